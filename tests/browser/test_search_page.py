"""Searching on the page, with scripts and without."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

Open = Callable[..., Page]
with_and_without_scripts = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
on_each_engine = pytest.mark.parametrize(
    ("each_site", "scripts"),
    [("embedded", True), ("embedded", False), ("elasticsearch", False)],
    indirect=["each_site"],
    ids=["scripts", "no-scripts", "elasticsearch-no-scripts"],
)


def arrive(page: Page, pattern: str) -> None:
    page.wait_for_url(re.compile(pattern))
    expect(page.locator("html.loading")).to_have_count(0)


def parameters(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def total(page: Page) -> int:
    found = re.search(r"([\d,]+)\s*건", page.locator("#count").inner_text())
    assert found
    return int(found[1].replace(",", ""))


@on_each_engine
def test_words_are_typed_and_found(each_site: str, open_page: Open, scripts: bool) -> None:
    page = open_page(each_site, java_script_enabled=scripts)
    page.get_by_label("검색어", exact=True).fill("트램")
    page.get_by_role("button", name="검색", exact=True).click()
    arrive(page, r"\?q=")
    assert parameters(page) == {"q": ["트램"]}
    expect(page.locator(".hit mark").first).to_have_text("트램")
    expect(page.get_by_label("검색어", exact=True)).to_have_value("트램")
    first = page.locator(".hit").first
    expect(first.locator("time")).to_have_text(re.compile(r"\d{4}\. \d+\. \d+\. \(.\) \d\d:\d\d"))


@on_each_engine
def test_facets_include_exclude_and_let_go(each_site: str, open_page: Open, scripts: bool) -> None:
    page = open_page(each_site, java_script_enabled=scripts)
    every = total(page)
    outlets = page.locator("#facet-outlet")
    name = outlets.locator(".value .name").first.inner_text()
    count = int(outlets.locator(".value .count").first.inner_text().removesuffix("건"))
    outlets.locator(".value").first.click()
    arrive(page, "outlet=")
    expect(page.locator(".chip")).to_contain_text(name)
    assert total(page) == count
    page.get_by_role("link", name=f"언론사 {name} 조건 지우기", exact=True).click()
    expect(page.locator(".chip")).to_have_count(0)
    page.get_by_role("link", name=f"{name} 빼기").first.click()
    expect(page.locator(".chip.minus")).to_contain_text(name)
    assert parameters(page)["outlet"] == [f"-{name}"]
    assert total(page) == every - count


@on_each_engine
def test_a_facet_is_searched_inside(each_site: str, open_page: Open, scripts: bool) -> None:
    page = open_page(f"{each_site}/?more=organization", java_script_enabled=scripts)
    page.get_by_label("기관 이름에 든 글자").fill("의회")
    page.locator("#facet-organization").get_by_role("button", name="찾기").click()
    arrive(page, "facet_search=")
    assert parameters(page) == {"facet_search": ["organization:의회"]}
    names = page.locator("#facet-organization .name").all_inner_texts()
    assert names
    assert all("의회" in name for name in names)


@on_each_engine
def test_a_bar_of_the_timeline_leads_to_its_period(each_site: str, open_page: Open, scripts: bool) -> None:
    page = open_page(f"{each_site}/?copies=each", java_script_enabled=scripts)
    bar = page.locator("svg[data-timeline] a").last
    count, first = int(bar.get_attribute("data-count") or 0), bar.get_attribute("data-first")
    bar.focus()
    page.keyboard.press("Enter")
    arrive(page, "published_from=")
    assert parameters(page)["published_from"] == [first]
    assert total(page) == count


@on_each_engine
def test_orders_and_folding_are_links(each_site: str, open_page: Open, scripts: bool) -> None:
    page = open_page(f"{each_site}/?q=온패스", java_script_enabled=scripts)
    folded = page.locator(".hit").count()
    expect(page.locator(".copies").first).to_contain_text("같은 보도")
    page.get_by_role("link", name=re.compile("같은 보도 묶기: 켜짐")).click()
    arrive(page, "copies=each")
    expect(page.locator(".copies")).to_have_count(0)
    assert page.locator(".hit").count() > folded
    page.get_by_role("link", name="오래된순").click()
    arrive(page, "sort=oldest")
    times = page.locator(".hit time").evaluate_all("all => all.map(each => each.dateTime)")
    assert times == sorted(times)


@on_each_engine
def test_pages_are_turned(each_site: str, open_page: Open, scripts: bool) -> None:
    page = open_page(f"{each_site}/?size=5", java_script_enabled=scripts)
    first = page.locator(".hit h2").all_inner_texts()
    page.get_by_role("link", name="다음 5건").click()
    arrive(page, "cursor=")
    second = page.locator(".hit h2").all_inner_texts()
    assert not set(first) & set(second)
    page.go_back()
    arrive(page, r"\?size=5$")
    expect(page.locator(".hit h2").first).to_have_text(first[0])


@on_each_engine
def test_conditions_make_a_tidy_address(each_site: str, open_page: Open, scripts: bool) -> None:
    page = open_page(f"{each_site}/?q=트램", java_script_enabled=scripts)
    page.get_by_text("상세 조건").click()
    page.get_by_label("시작일").fill("2026-01-01")
    page.get_by_label("제목", exact=True).check()
    page.get_by_role("button", name="이 조건으로 찾기").click()
    arrive(page, "published_from=")
    assert parameters(page) == {"q": ["트램"], "published_from": ["2026-01-01"], "fields": ["title"]}
    expect(page.locator(".hit h2 mark").first).to_be_visible()


@with_and_without_scripts
def test_a_query_that_cannot_be_read_is_shown_and_mended(site: str, open_page: Open, scripts: bool) -> None:
    page = open_page(f"{site}/?q=(트램 버스", java_script_enabled=scripts)
    expect(page.get_by_role("alert")).to_contain_text("괄호가 닫히지 않았습니다")
    expect(page.locator("mark.wrong")).to_have_text("(")
    page.locator(".meant a").click()
    arrive(page, "%29|\\)")
    expect(page.locator("#count, #none")).to_be_visible()


@on_each_engine
def test_nothing_found_says_what_to_do(each_site: str, open_page: Open, scripts: bool) -> None:
    page = open_page(f"{each_site}/?q=트램 콸콸콸", java_script_enabled=scripts)
    expect(page.get_by_role("heading", name="맞는 기사가 없습니다")).to_be_visible()
    page.get_by_role("link", name=re.compile("하나라도 있는 기사")).click()
    arrive(page, "match=any")
    assert total(page) > 0


@with_and_without_scripts
def test_values_out_of_range_and_unknown_parameters_are_told(site: str, open_page: Open, scripts: bool) -> None:
    page = open_page(f"{site}/?size=1000", java_script_enabled=scripts)
    expect(page.get_by_role("alert")).to_contain_text("1")
    assert open_page(f"{site}/?colour=red", java_script_enabled=scripts).get_by_role("alert").is_visible()


@on_each_engine
def test_what_is_shown_can_be_exported(each_site: str, open_page: Open, scripts: bool) -> None:
    page = open_page(f"{each_site}/?q=트램&outlet=-가람통신&sort=oldest", java_script_enabled=scripts)
    shown = page.locator(".hit h2").all_inner_texts()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV", exact=True).click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    assert all(title in text.replace('""', '"') for title in shown)
    assert "가람통신" not in [line.split(",")[2:3] for line in text.splitlines()]
