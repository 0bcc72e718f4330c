"""What scripts add to the search: suggestions, dragging over the timeline, results without a new page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from service.engines.embedded import open_engine
from tests.browser.site import served

Open = Callable[..., Page]


def test_suggestions_are_chosen_with_the_keyboard(site: str, open_page: Open) -> None:
    page = open_page(site)
    box = page.get_by_role("combobox", name="검색어")
    expect(box).to_be_focused()
    box.press_sequentially("트")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    box.press_sequentially("램")
    expect(options.first).to_be_visible()
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url(re.compile(r"\?q="))
    expect(page.locator("#count")).to_be_visible()


def test_initial_consonants_and_the_other_layout_find_names(each_site: str, open_page: Open) -> None:
    page = open_page(each_site)
    box = page.get_by_role("combobox", name="검색어")
    box.press_sequentially("rkdhs")
    expect(page.get_by_role("option").first).to_contain_text("가온")


def test_dragging_over_the_timeline_chooses_a_period(each_site: str, open_page: Open) -> None:
    page = open_page(each_site)
    chart = page.locator("svg[data-timeline]")
    box = chart.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 30, steps=8)
    expect(page.locator("#span")).to_contain_text("~")
    page.mouse.up()
    page.wait_for_url(re.compile("published_from=.*published_to="))
    expect(page.locator(".chip")).to_contain_text("기간")


def test_arrows_move_along_the_bars(site: str, open_page: Open) -> None:
    page = open_page(site)
    bars = page.locator("svg[data-timeline] a")
    bars.first.focus()
    page.keyboard.press("ArrowRight")
    expect(bars.nth(1)).to_be_focused()


def test_results_are_swapped_without_a_new_page(each_site: str, open_page: Open) -> None:
    page = open_page(f"{each_site}/?q=트램")
    page.evaluate("window.stayed = true")
    page.get_by_role("link", name="최신순").click()
    page.wait_for_url(re.compile("sort=newest"))
    expect(page.get_by_role("link", name="최신순")).to_have_attribute("aria-current", "true")
    assert page.evaluate("window.stayed") is True
    page.locator("#facet-outlet .value").first.click()
    page.wait_for_url(re.compile("outlet="))
    expect(page.locator("#feed")).to_have_attribute("href", re.compile(r"search\.atom\?q=[^&]+&outlet="))
    page.go_back()
    page.wait_for_url(re.compile("sort=newest$"))
    expect(page.locator("#feed")).not_to_have_attribute("href", re.compile("outlet="))
    page.go_back()
    page.wait_for_url(re.compile(r"q=[^&]*$"))
    expect(page.get_by_role("link", name="관련도순")).to_have_attribute("aria-current", "true")


def test_an_error_is_swapped_in_as_well(site: str, open_page: Open) -> None:
    page = open_page(f"{site}/?q=트램")
    page.get_by_role("combobox", name="검색어").fill('"트램')
    page.get_by_role("combobox", name="검색어").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("따옴표")


def test_the_theme_is_kept(site: str, open_page: Open) -> None:
    page = open_page(site, color_scheme="light")
    page.get_by_role("button", name="화면: 자동").click()
    page.get_by_role("button", name="화면: 밝게").click()
    expect(page.get_by_role("button", name="화면: 어둡게")).to_be_visible()
    page.reload()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(16, 20, 24)"


@pytest.fixture
def empty_site(tmp_path: Path) -> Iterator[str]:
    engine = open_engine(tmp_path / "empty")
    with served(engine, tmp_path) as address:
        yield address
    engine.close()


def test_an_empty_archive_says_how_to_fill_it(empty_site: str, open_page: Open) -> None:
    page = open_page(empty_site)
    expect(page.get_by_role("heading", name="아직 기사가 없습니다")).to_be_visible()
    expect(page.get_by_text("gisa import samples")).to_be_visible()
