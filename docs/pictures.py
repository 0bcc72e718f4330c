"""Writes the pictures of docs/images by really opening the page: `make pictures`.

A service with the sample articles is started and a chromium opened on it. A picture is a WebP of 1.5 device pixels
for each pixel of the page, so that it is sharp and small.
"""

from __future__ import annotations

import base64
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from bench.running import RunningService, environment, gisa
from tests.browser.chromium import find_chromium
from tests.browser.host import Host, hosted

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
QUALITY = 82
WIDE = {"width": 1200, "height": 780}
PHONE = {"width": 390, "height": 780}


INTRANET = """
<style>
body { margin: 0; background: #f3f5f7; font: 16px/1.6 "Noto Sans CJK KR", sans-serif; color: #1e2124; }
header { padding: 14px 28px; background: #14352a; color: #fff; font-weight: 700; }
header span { margin-left: 24px; font-weight: 400; opacity: 0.85; }
main { display: grid; grid-template-columns: 260px 1fr; gap: 20px; padding: 20px 28px; align-items: start; }
aside { padding: 14px 18px; background: #fff; border: 1px solid #dbe0e6; border-radius: 10px; }
h2 { margin: 0 0 6px; font-size: 17px; } li { margin: 4px 0; } ul { margin: 0; padding-left: 18px; }
gisa-search { --gisa-accent-fill: #1a6b4c; --gisa-accent: #1a6b4c; }
</style>
<header>가온시 업무망<span>공지</span><span>결재</span><span>보도</span></header>
<main><aside><h2>오늘</h2>
<ul><li>10:00 주간 회의</li><li>14:00 착공식 점검</li><li>16:30 기자실 브리핑</li></ul></aside>
<gisa-search query="트램" heading="우리 시 보도" size="4"></gisa-search></main>
"""


def suggest(page: Page) -> None:
    """Type the beginning of a name."""
    page.get_by_role("combobox", name="검색어").fill("")
    page.get_by_role("combobox", name="검색어").press_sequentially("ㄷㅇㅅ")
    page.get_by_role("option").first.wait_for()


def language(page: Page) -> None:
    """Open the help of the query language."""
    page.get_by_text("검색식 쓰는 법").click()


def drag(page: Page) -> None:
    """Drag over the bars, and hold."""
    box = page.locator("svg[data-timeline]").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.45, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.7, box["y"] + 34, steps=6)


def paste(page: Page) -> None:
    """Paste the sample, and have it read."""
    page.locator("#text").fill((ROOT / "docs" / "paste.txt").read_text(encoding="utf-8"))
    page.get_by_role("button", name="알아보기").click()
    page.locator(".draft").first.wait_for()


def quotes(page: Page) -> None:
    """Go down to who said what."""
    page.locator(".halves").evaluate("each => scrollTo(0, each.getBoundingClientRect().top + scrollY - 90)")


@dataclass(frozen=True)
class Picture:
    """A picture: where it is taken, what is done before, how large and in which colours."""

    name: str
    path: str
    prepare: Callable[[Page], None] | None = None
    size: dict[str, int] | None = None
    scheme: str = "light"


PICTURES = (
    Picture("search", "/?q=트램"),
    Picture("search-dark", "/?q=트램", scheme="dark"),
    Picture("search-phone", "/?q=트램", size=PHONE),
    Picture("suggestions", "/", suggest, {"width": 1200, "height": 520}),
    Picture("language", "/?q=트램", language, {"width": 1200, "height": 640}),
    Picture("filters", "/?q=트램&person=문해진&outlet=-가람통신", size={"width": 1200, "height": 640}),
    Picture("timeline", "/", drag, {"width": 1200, "height": 420}),
    Picture("article", "/articles/gaon-2025-11-04-tram-survey"),
    Picture("compare", "{copy}", size={"width": 1200, "height": 560}),
    Picture("analysis", "/analysis?q=트램&q=버스"),
    Picture("analysis-quotes", "/analysis?q=트램&q=버스", quotes),
    Picture("paste", "/paste", paste),
    Picture("nothing", "/?q=트램 콸콸콸", size={"width": 1200, "height": 480}),
)


def main() -> None:
    """Take every picture, or those whose names are given."""
    wanted = set(sys.argv[1:]) or {picture.name for picture in PICTURES} | {"widget"}
    with _service() as (service, host), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox", "--lang=ko-KR"])
        root = f"http://127.0.0.1:{service.port}"
        for picture in PICTURES:
            if picture.name in wanted:
                _take(browser, root, picture)
        if "widget" in wanted:
            _take_widget(browser, root, host)
        browser.close()


@contextmanager
def _service() -> Iterator[tuple[RunningService, Host]]:
    with tempfile.TemporaryDirectory() as folder, hosted() as host:
        data = Path(folder) / "data"
        importing = gisa("import", "samples", "--rejects", f"{folder}/rejects")
        subprocess.run(importing, cwd=ROOT, env=environment(data), check=False)
        with RunningService.start(data, workers=1, cors_origins=host.origin) as service:
            yield service, host


def _take(browser: Browser, root: str, picture: Picture) -> None:
    page = _page(browser, picture.size or WIDE, picture.scheme)
    path = _with_copy(page, root) if "{copy}" in picture.path else picture.path
    page.goto(f"{root}{path}")
    if picture.prepare:
        picture.prepare(page)
    _write(page, picture.name)


def _with_copy(page: Page, root: str) -> str:
    """Return the path of two copies side by side that differ."""
    page.goto(f"{root}/?q=온패스")
    page.locator(".copies").first.click()
    page.locator("#copies li").first.wait_for()
    links = page.locator("#copies li").filter(has_not_text="100% 같음").get_by_role("link", name="나란히")
    return links.first.get_attribute("href") or ""


def _take_widget(browser: Browser, root: str, host: Host) -> None:
    page = _page(browser, {"width": 1000, "height": 620}, "light")
    widget = f'<script src="{root}/widget/gisa-search.js" defer></script>{INTRANET}'
    page.goto(host.page(widget, "style-src 'unsafe-inline'"))
    page.locator("gisa-search li").first.wait_for()
    _write(page, "widget")


def _page(browser: Browser, size: dict[str, int], scheme: str) -> Page:
    context = browser.new_context(
        viewport={"width": size["width"], "height": size["height"]},
        device_scale_factor=1.5,
        locale="ko-KR",
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    return context.new_page()


def _write(page: Page, name: str) -> None:
    page.evaluate("document.fonts.ready")
    session = page.context.new_cdp_session(page)
    taken = session.send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
    path = IMAGES / f"{name}.webp"
    path.write_bytes(base64.b64decode(taken["data"]))
    sys.stdout.write(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1024} kB\n")
    page.context.close()


if __name__ == "__main__":
    main()
