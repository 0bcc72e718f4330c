"""One article on the page, and two side by side."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

Open = Callable[..., Page]
TRAM = "gaon-2025-11-04-tram-survey"


def test_what_was_read_out_of_an_article_is_marked_and_leads_to_searches(each_site: str, open_page: Open) -> None:
    page = open_page(f"{each_site}/articles/{TRAM}", java_script_enabled=False)
    expect(page.get_by_role("heading", level=1)).to_contain_text("트램 정거장 이름")
    expect(page.locator(".caption")).to_contain_text("붙임딱지")
    expect(page.locator(".facts blockquote").first).to_contain_text("지도에 없는 이름")
    person = page.locator("a.mention.person").first
    expect(person).to_have_text("도윤석")
    person.click()
    page.wait_for_url(re.compile("person="))
    expect(page.locator(".chip")).to_contain_text("도윤석")
    assert page.locator(".hit").count() > 1


def test_sums_and_dates_lead_to_searches_that_find_the_article(each_site: str, open_page: Open) -> None:
    page = open_page(f"{each_site}/articles/{TRAM}", java_script_enabled=False)
    sums = page.locator("a.mention.money").first
    assert parse_qs(urlsplit(sums.get_attribute("href") or "").query) == {"q": ["금액:=100000"]}
    sums.click()
    page.wait_for_url(re.compile("q="))
    expect(page.locator(f'.hit a[href="/articles/{TRAM}"]')).to_be_visible()


def test_speakers_lead_to_what_they_said(site: str, open_page: Open) -> None:
    page = open_page(f"{site}/articles/{TRAM}", java_script_enabled=False)
    page.locator(".facts h3 a").first.click()
    page.wait_for_url(re.compile("q="))
    expect(page.locator(f'.hit a[href="/articles/{TRAM}"]')).to_be_visible()


def test_copies_stand_side_by_side_with_their_differences(each_site: str, open_page: Open) -> None:
    page = open_page(f"{each_site}/?q=온패스", java_script_enabled=False)
    page.locator(".copies").first.click()
    page.wait_for_url(re.compile("#copies"))
    copies = page.locator("#copies li")
    assert copies.count() >= 6
    copies.filter(has_text=re.compile(r"[1-9]\d% 같음")).last.get_by_role("link", name=re.compile("나란히")).click()
    page.wait_for_url(re.compile("/compare/"))
    expect(page.locator("tr.same").first).to_be_visible()
    expect(page.locator("del, ins").first).to_be_visible()


@pytest.mark.parametrize("path", ["/articles/no-such-article", "/articles/%C3%A9", f"/articles/{TRAM}/compare/nothing"])
def test_what_is_not_there_is_told_on_a_page(site: str, open_page: Open, path: str) -> None:
    page = open_page(f"{site}{path}")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_role("link", name="검색으로 가기")).to_be_visible()
