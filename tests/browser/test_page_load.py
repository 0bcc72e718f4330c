"""What a first view loads; `make page-load` measures how fast it is painted, where nothing else runs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from bench.page_load import TRANSFER_BYTES, load
from service.web.page import assets

Open = Callable[..., Page]
_STYLES = """() => [...document.querySelectorAll("body *")].map((each) => {
  const style = getComputedStyle(each);
  return [...style].filter((name) => !name.startsWith("--")).map((name) => `${name}: ${style[name]}`).join("; ");
})"""


@pytest.mark.parametrize("view", ["/", "/?q=트램", "/analysis?q=트램", "/widget/frame?q=트램"])
def test_a_first_view_is_small_painted_and_of_this_host(site: str, browser: Browser, view: str) -> None:
    loaded = load(browser, f"{site}{view}")
    assert 10_000 < loaded.transfer < TRANSFER_BYTES
    assert loaded.foreign == ()
    assert 0 < loaded.answer < loaded.paint
    assert (loaded.result is None) == view.startswith("/widget")
    assert loaded.result is None or loaded.result >= loaded.paint


@pytest.mark.parametrize("view", ["/?q=트램&outlet=-가람통신&more=person", "/analysis?q=트램&q=버스"])
def test_a_view_looks_the_same_under_its_own_rules_and_under_those_of_all(
    site: str, open_page: Open, view: str
) -> None:
    page = open_page(f"{site}{view}", bypass_csp=True)
    sheet, under_its_own = page.locator("head style").text_content(), page.evaluate(_STYLES)
    assert len(under_its_own) > 200
    whole = str(assets.styles(""))
    assert whole != sheet
    page.evaluate("(whole) => { document.querySelector('head style').textContent = whole }", whole)
    assert page.evaluate(_STYLES) == under_its_own
