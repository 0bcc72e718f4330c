"""Scripts in texts, names and queries: none runs, and none becomes an element."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import Page

from service.engines.embedded import open_engine
from tests.browser.host import Host
from tests.browser.payloads import PAYLOADS, WIDGET, article, clean, clean_widget
from tests.browser.site import served, store

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def poisoned(host: Host, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    engine = open_engine(tmp_path_factory.mktemp("poisoned"))
    store(engine, [article(number, payload) for number, payload in enumerate(PAYLOADS)])
    with served(engine, tmp_path_factory.mktemp("unused"), cors_origins=host.origin) as address:
        yield address
    engine.close()


def test_there_are_a_hundred() -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) == 100


@pytest.mark.parametrize("copies", ["&size=100", "&size=100&more=outlet", "&size=100&more=tag"])
def test_no_payload_runs_among_results_and_facets(poisoned: str, open_page: Open, copies: str) -> None:
    page = open_page(f"{poisoned}/?q=트램&copies=each{copies}")
    assert page.locator(".hit").count() == len(PAYLOADS)
    assert clean(page)


def test_no_payload_runs_in_an_article_or_a_comparison(poisoned: str, open_page: Open) -> None:
    page = open_page(poisoned)
    for number in range(len(PAYLOADS)):
        page.goto(f"{poisoned}/articles/payload-{number}")
        assert clean(page)
    page.goto(f"{poisoned}/articles/payload-0/compare/payload-2")
    assert clean(page)


def test_no_payload_runs_in_a_query_a_filter_or_a_suggestion(poisoned: str, open_page: Open) -> None:
    page = open_page(poisoned)
    for payload in PAYLOADS:
        everywhere = {"q": payload, "outlet": payload, "tag": f"-{payload}", "facet_search": f"tag:{payload}"}
        page.goto(f"{poisoned}/?{urlencode(everywhere)}")
        assert clean(page)
    for payload in PAYLOADS[::5]:
        page.goto(f"{poisoned}/nothing/{quote(payload, safe='')}")
        assert clean(page)
    page.goto(poisoned)
    page.get_by_label("검색어", exact=True).press_sequentially("트램")
    page.wait_for_selector("#suggestions li")
    assert clean(page)


def test_no_payload_runs_in_the_analysis_or_a_paste(poisoned: str, open_page: Open) -> None:
    page = open_page(f"{poisoned}/analysis?q=트램")
    assert clean(page)
    for payload in PAYLOADS[::10]:
        page.goto(f"{poisoned}/paste")
        page.locator("#text").fill(f"{payload} 제목\n{payload}\n\n가온시는 {payload} 트램을 놓는다고 밝혔다.")
        page.get_by_role("button", name="알아보기").click()
        page.wait_for_selector(".draft, [role=alert]")
        assert clean(page)


def test_no_payload_runs_in_the_widget(poisoned: str, host: Host, open_page: Open) -> None:
    assert clean_widget(open_page(host.widget(poisoned, WIDGET)))
