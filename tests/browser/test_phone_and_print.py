"""The page on a phone, by touch, and on paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import combinations

from playwright.sync_api import Page, expect

from tests.browser.axe import SCREENS

Open = Callable[..., Page]
_WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
_SIDEWAYS = """() => [...document.querySelectorAll("main *")].filter(
  (each) => each.scrollWidth > each.clientWidth && /auto|scroll/.test(getComputedStyle(each).overflowX)
).length"""
_INK = "getComputedStyle(document.querySelector('.hit h2 a')).color"
_PAPER = "getComputedStyle(document.querySelector('.hits')).backgroundColor"


def brightness(colour: str) -> float:
    red, green, blue = map(int, re.findall(r"\d+", colour)[:3])
    return (red + green + blue) / 3


def test_a_search_is_narrowed_and_read_by_touch(each_site: str, open_page: Open) -> None:
    page = open_page(f"{each_site}/?q=온패스", viewport=SCREENS["phone"], is_mobile=True, has_touch=True)
    expect(page.locator(".hit").first).to_be_in_viewport()
    page.get_by_role("link", name="거르기").tap()
    value = page.locator("#facet-outlet .value").first
    expect(value).to_be_in_viewport()
    box = value.bounding_box()
    assert box
    assert box["height"] >= 24  # the least target of WCAG 2.2
    value.tap()
    page.wait_for_url(re.compile("outlet="))
    expect(page.locator(".chip")).to_be_visible()
    assert page.evaluate(_WIDER) is False
    page.locator(".hit h2 a").first.tap()
    page.wait_for_url(re.compile("/articles/"))
    expect(page.locator("#copies li").first).to_be_visible()
    assert page.evaluate(_WIDER) is False


def test_the_network_fits_a_phone_and_its_names_are_tapped(each_site: str, open_page: Open) -> None:
    page = open_page(f"{each_site}/analysis", viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True)
    expect(page.locator(".lines")).to_be_in_viewport(ratio=0.5)
    expect(page.locator(".wide-chart")).to_be_hidden()
    names = page.locator(".narrow-chart a")
    assert names.count() > 10
    boxes = [text.bounding_box() for text in page.locator(".narrow-chart text").all()]
    assert all(box and box["x"] >= 0 and box["x"] + box["width"] <= 360 and box["height"] >= 11 for box in boxes)
    for one, other in combinations(filter(None, boxes), 2):
        is_beside = one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
        assert is_beside or abs(one["y"] - other["y"]) >= 24  # the least target of WCAG 2.2
    assert page.evaluate(_WIDER) is False
    assert page.evaluate(_SIDEWAYS) == 0
    said = names.first.get_attribute("aria-label") or ""
    names.first.tap()
    page.wait_for_url(re.compile("(person|organization)="))
    expect(page.locator(".chip")).to_contain_text(said.rsplit(" ", 1)[0])


def test_results_are_printed_dark_on_white_without_what_is_clicked(each_site: str, open_page: Open) -> None:
    page = open_page(f"{each_site}/?q=트램", color_scheme="dark")
    page.get_by_role("button", name="화면: 자동").click()
    page.get_by_role("button", name="화면: 밝게").click()
    expect(page.get_by_role("button", name="화면: 어둡게")).to_be_visible()
    assert brightness(page.evaluate(_INK)) > brightness(page.evaluate(_PAPER))
    page.emulate_media(media="print")
    for clicked in (".facets", ".sorts", ".top nav", ".paging", ".exports"):
        expect(page.locator(clicked)).to_be_hidden()
    expect(page.locator(".hit").first).to_be_visible()
    expect(page.locator("svg[data-timeline]")).to_be_visible()
    assert brightness(page.evaluate(_PAPER)) == 255
    assert brightness(page.evaluate(_INK)) < 128
    assert page.pdf().startswith(b"%PDF-")
