"""The page over a real Elasticsearch: the same flows, a part of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from elasticsearch import Elasticsearch
from playwright.sync_api import Browser, Page, expect

from service.engines.elasticsearch import ElasticsearchSettings, open_engine
from service.search.engine import Engine
from tests.browser.host import Host, hosted
from tests.browser.payloads import PAYLOADS, WIDGET, article, clean, clean_widget
from tests.browser.site import served, store, store_samples

Open = Callable[..., Page]
MOMENT = "2026-11-01T09:00:00Z"
"""When the payloads were published, and nothing else."""


@pytest.fixture(scope="module")
def engine(browser: Browser, elasticsearch_url: str) -> Iterator[Engine]:
    prefix = f"gisa-test-{uuid4().hex[:12]}-"
    opened = open_engine(
        ElasticsearchSettings((elasticsearch_url,), index_prefix=prefix, timeout=30, number_of_replicas=0)
    )
    yield opened
    opened.close()
    with Elasticsearch(elasticsearch_url) as client:
        for name in client.indices.get(index=f"{prefix}*"):
            client.indices.delete(index=name)


@pytest.fixture(scope="module")
def host(browser: Browser) -> Iterator[Host]:
    with hosted() as site:
        yield site


@pytest.fixture(scope="module")
def elastic_site(engine: Engine, host: Host, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    store_samples(engine)
    store(engine, [article(number, payload) for number, payload in enumerate(PAYLOADS)])
    with served(engine, tmp_path_factory.mktemp("unused"), cors_origins=host.origin) as address:
        yield address


def test_a_search_is_narrowed_and_an_article_read(elastic_site: str, open_page: Open) -> None:
    page = open_page(f"{elastic_site}/?q=온패스")
    expect(page.locator(".hit mark").first).to_contain_text("패스")
    expect(page.locator(".copies").first).to_contain_text("같은 보도")
    page.locator("#facet-outlet .value").first.click()
    page.wait_for_url(re.compile("outlet="))
    expect(page.locator(".chip")).to_be_visible()
    page.locator(".hit h2 a").first.click()
    page.wait_for_url(re.compile("/articles/"))
    expect(page.locator("#copies li").first).to_be_visible()
    expect(page.locator("a.mention").first).to_be_visible()


def test_suggestions_and_the_analysis_answer(elastic_site: str, open_page: Open) -> None:
    page = open_page(elastic_site)
    page.get_by_role("combobox", name="검색어").press_sequentially("트")
    expect(page.get_by_role("option").first).to_be_visible()
    page.goto(f"{elastic_site}/analysis?q=트램&q=버스")
    expect(page.locator("svg.lines polyline")).to_have_count(2)
    expect(page.locator("svg.network a").first).to_be_visible()


def test_no_payload_runs_in_its_highlights(elastic_site: str, open_page: Open) -> None:
    page = open_page(f"{elastic_site}/?q=트램&copies=each&size=100&published_from={MOMENT}&published_to={MOMENT}")
    assert page.locator(".hit").count() == len(PAYLOADS)
    assert clean(page)


def test_no_payload_runs_in_the_widget(elastic_site: str, host: Host, open_page: Open) -> None:
    widget = WIDGET.replace("query=", f'published-from="{MOMENT}" published-to="{MOMENT}" query=')
    assert clean_widget(open_page(host.widget(elastic_site, widget)))
