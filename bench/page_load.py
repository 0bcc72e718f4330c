"""How fast the page is painted and how much it loads: `python -m bench.page_load --url http://127.0.0.1:8000`.

Opens each view several times in a chromium without a cache, beside whatever the service holds, and prints the median
and the worst time at which its first result was painted (`elementtiming="first-result"`, by the performance API of the
browser), the first paint of anything, and what was transferred, in the browser's own compression. Exit status 1 where a
budget is passed or a request left the host.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Request, sync_playwright

from tests.browser.chromium import find_chromium

PAINT_MS = 300
TRANSFER_BYTES = 300_000
_PAINT = """() => new Promise((told) => {
  new PerformanceObserver((list) => told(list.getEntriesByName("first-contentful-paint")[0].startTime))
    .observe({ type: "paint", buffered: true });
})"""
_RESULT = """() => new Promise((told) => {
  if (!document.querySelector("[elementtiming=first-result]")) return told(null);
  new PerformanceObserver((list) => told(list.getEntries()[0].renderTime))
    .observe({ type: "element", buffered: true });
})"""


@dataclass(frozen=True)
class Load:
    """One load of a view: milliseconds to its first paint, first result and answer, bytes, foreign addresses.

    `result` is None where a view has no results.
    """

    paint: float
    result: float | None
    answer: float
    transfer: int
    foreign: tuple[str, ...]


def load(browser: Browser, address: str) -> Load:
    """Return how one load went, in a browser context of its own and so without a cache."""
    host = urlsplit(address).netloc
    with browser.new_context(locale="ko-KR", viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        asked: list[Request] = []
        page.on("request", lambda request: asked.append(request))  # noqa: PLW0108 # playwright marks what it is given
        page.goto(address)
        paint = float(page.evaluate(_PAINT))
        result = page.evaluate(_RESULT)
        page.wait_for_load_state("networkidle")
        answer = float(page.evaluate("performance.getEntriesByType('navigation')[0].responseStart"))
        sizes = [request.sizes() for request in asked]
    foreign = tuple(request.url for request in asked if urlsplit(request.url).netloc != host)
    transfer = sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)
    return Load(paint, result, answer, transfer, foreign)


def main() -> int:
    """Measure each view and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default="http://127.0.0.1:8000", help="the address of the service")
    parser.add_argument("--times", type=int, default=10, help="loads of each view")
    parser.add_argument("views", nargs="*", default=["/", "/?q=예산", "/?q=시장&outlet=-가람통신", "/analysis?q=예산"])
    asked = parser.parse_args()
    within = True
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        for view in asked.views:
            loads = [load(browser, f"{asked.url}{view}") for _ in range(asked.times)]
            within &= _report(view, loads)
        browser.close()
    return 0 if within else 1


def _report(view: str, loads: list[Load]) -> bool:
    results = [each.paint if each.result is None else each.result for each in loads]
    result = statistics.median(results)
    paint = statistics.median(each.paint for each in loads)
    answer = statistics.median(each.answer for each in loads)
    transfer = max(each.transfer for each in loads)
    foreign = {url for each in loads for url in each.foreign}
    sys.stdout.write(
        f"{view}: first result {result:.0f} ms (worst {max(results):.0f}), first paint {paint:.0f} ms, "
        f"answer {answer:.0f} ms, {transfer / 1000:.0f} kB, {len(foreign)} foreign requests\n"
    )
    return result < PAINT_MS and transfer < TRANSFER_BYTES and not foreign


if __name__ == "__main__":
    sys.exit(main())
