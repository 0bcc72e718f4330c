"""Every page under axe, light and dark, on a desktop and on a phone; and the whole of it by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from service.search.engine import Engine
from tests.browser.axe import SCREENS, findings, findings_both_ways
from tests.browser.site import served

Open = Callable[..., Page]
PATHS = {
    "start": "/",
    "search": "/?q=트램 예산&person=문해진&outlet=-가람통신&more=person&published_from=2025-01-01",
    "all-sides": "/?q=CES (트램 | 버스)&match=any",
    "nothing": "/?q=트램 콸콸콸",
    "query-problem": "/?q=(트램",
    "problem": "/?size=1000",
    "article": "/articles/gaon-2025-11-04-tram-survey",
    "compare": "/articles/gaon-2025-11-04-tram-survey/compare/gaon-2025-11-26-kimchi",
    "paste": "/paste",
    "analysis": "/analysis?q=트램&q=버스",
    "unknown": "/nothing/here",
}


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PATHS)
def test_axe_finds_nothing(site: str, open_page: Open, name: str, scheme: str, screen: str) -> None:
    page = open_page(f"{site}{PATHS[name]}", color_scheme=scheme, viewport=SCREENS[screen])
    for details in page.locator("details").all():
        details.evaluate("each => { each.open = true }")
    assert findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_a_corrected_paste(site: str, open_page: Open, scheme: str) -> None:
    page = open_page(f"{site}/paste", color_scheme=scheme)
    copy = Path(__file__).resolve().parents[2] / "docs" / "paste.txt"
    page.locator("#text").fill(copy.read_text(encoding="utf-8"))
    page.get_by_role("button", name="알아보기").click()
    page.get_by_label("제목 (꼭)").fill("")
    page.get_by_role("button", name="저장", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert findings(page) == []


def test_axe_finds_nothing_where_a_licence_withholds_the_text(samples: Engine, tmp_path: Path, open_page: Open) -> None:
    with served(samples, tmp_path, display_press_office="snippet") as address:
        page = open_page(f"{address}{PATHS['article']}")
        expect(page.get_by_role("region", name="이용 허락")).to_contain_text("앞부분만")
        assert findings_both_ways(page) == []
    with served(samples, tmp_path, display_press_office="link") as address:
        page.goto(f"{address}{PATHS['article']}")
        expect(page.get_by_role("region", name="이용 허락")).to_contain_text("제목과 원문 주소만")
        assert findings_both_ways(page) == []
        page.goto(f"{address}{PATHS['compare']}")
        expect(page.locator(".licence")).to_have_count(2)
        assert findings_both_ways(page) == []
        page.goto(f"{address}/analysis?q=트램")
        expect(page.get_by_text("이용 허락에 따라").first).to_be_visible()
        assert findings_both_ways(page) == []


def test_axe_finds_nothing_in_suggestions(site: str, open_page: Open) -> None:
    page = open_page(site)
    page.get_by_role("combobox", name="검색어").press_sequentially("트")
    expect(page.get_by_role("option").first).to_be_visible()
    assert findings(page) == []


def test_the_keyboard_alone_leads_through_a_search(each_site: str, open_page: Open) -> None:
    page = open_page(f"{each_site}/?q=트램")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("/")
    expect(page.get_by_role("combobox", name="검색어")).to_be_focused()
    seen: set[str] = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.activeElement.closest('.timeline, .sorts, .hit, .facet')?.className ?? ''"))
        shown = page.evaluate("getComputedStyle(document.activeElement).outlineStyle + document.activeElement.tagName")
        assert shown.startswith("solid") or shown.endswith("a")  # a bar of the timeline marks itself by its shape
    assert {"timeline", "sorts", "hit"} <= seen
