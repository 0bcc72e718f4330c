"""Scripts in texts and names, highlighted by a real Elasticsearch: none runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.host import Host
from tests.browser.payloads import PAYLOADS, WIDGET, article, clean, clean_widget
from tests.browser.site import elasticsearch_engine, served, store

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def elastic_site(elasticsearch_url: str, host: Host, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with elasticsearch_engine(elasticsearch_url) as engine:
        store(engine, [article(number, payload) for number, payload in enumerate(PAYLOADS)])
        with served(engine, tmp_path_factory.mktemp("unused"), cors_origins=host.origin) as address:
            yield address


def test_no_payload_runs_in_its_highlights(elastic_site: str, open_page: Open) -> None:
    page = open_page(f"{elastic_site}/?q=트램&copies=each&size=100")
    assert page.locator(".hit").count() == len(PAYLOADS)
    assert clean(page)


def test_no_payload_runs_in_the_widget(elastic_site: str, host: Host, open_page: Open) -> None:
    assert clean_widget(open_page(host.widget(elastic_site, WIDGET)))
