"""The view for analysis, which needs no script."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

Open = Callable[..., Page]


def test_queries_are_compared(each_site: str, open_page: Open) -> None:
    page = open_page(f"{each_site}/analysis", java_script_enabled=False)
    page.get_by_label("검색식", exact=True).fill("트램")
    page.get_by_label("견줄 검색식 2").fill("버스")
    page.get_by_role("button", name="살펴보기").click()
    page.wait_for_url(re.compile(r"\?q=[^&]+&q=[^&]+$"))
    expect(page.locator("svg.lines polyline")).to_have_count(2)
    expect(page.locator(".shares li").first).to_be_visible()
    expect(page.locator(".terms li").first).to_be_visible()
    page.get_by_text("표로 보기").first.click()
    rows = page.locator("section:has(#trends-title) tbody tr")
    counts = [int(row.replace(",", "")) for row in rows.locator("td:nth-of-type(1)").all_inner_texts()]
    keys = page.locator(".keys li").first.inner_text()
    assert str(sum(counts)) in keys


def test_a_name_of_the_network_leads_to_its_articles(each_site: str, open_page: Open) -> None:
    page = open_page(f"{each_site}/analysis?q=트램", java_script_enabled=False)
    name = page.locator("svg.network a").first
    said = name.get_attribute("aria-label") or ""
    name.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("(person|organization)="))
    expect(page.locator(".chip")).to_contain_text(said.rsplit(" ", 1)[0])


def test_a_query_that_cannot_be_read_is_told(site: str, open_page: Open) -> None:
    page = open_page(f"{site}/analysis?q=(트램")
    expect(page.get_by_role("alert")).to_contain_text("괄호")


def test_nothing_found_is_told(site: str, open_page: Open) -> None:
    page = open_page(f"{site}/analysis?q=콸콸콸")
    expect(page.get_by_role("heading", name="맞는 기사가 없습니다")).to_be_visible()


def test_who_said_what_is_looked_for_by_speaker(each_site: str, open_page: Open) -> None:
    page = open_page(f"{each_site}/analysis?q=이름", java_script_enabled=False)
    page.get_by_label("말한 사람").fill("도윤")
    page.locator(".speaker").get_by_role("button", name="찾기").click()
    page.wait_for_url(re.compile("speaker="))
    speakers = page.locator(".said-list strong").all_inner_texts()
    assert speakers
    assert set(speakers) == {"도윤석"}
    expect(page.get_by_label("검색식", exact=True)).to_have_value("이름")


def test_words_that_no_quote_has_by_itself_are_told(site: str, open_page: Open) -> None:
    page = open_page(f"{site}/analysis?q=제목:트램")
    expect(page.locator("section:has(#quotes-title)")).to_contain_text("낱말, 구절, 연산자로만")
