"""What axe finds on a page."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

AXE = (Path(__file__).parent / "vendor" / "axe-core" / "axe-4.14.1.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SCREENS = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 360, "height": 780}}


def findings(page: Page) -> list[str]:
    """Return a line for each finding."""
    page.evaluate(AXE)
    found = page.evaluate("tags => axe.run(document, {runOnly: tags})", TAGS)
    return [
        f"{rule['id']}: {node['target']} {node['html'][:160]} {node['failureSummary'][:300]}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def findings_both_ways(page: Page) -> list[str]:
    """Return the findings of a page as it stands, light on a desktop and dark on a phone, and where it is too wide."""
    found: list[str] = []
    for scheme, screen in (("light", "desktop"), ("dark", "phone")):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # one of its literals
        page.set_viewport_size(SCREENS[screen])  # type: ignore[arg-type] # a width and a height
        found += [f"{scheme} {screen}: {finding}" for finding in findings(page)]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append(f"{scheme} {screen}: wider than the screen")
    return found
