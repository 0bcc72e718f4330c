"""A real browser on the real page; no request may leave this host, and nothing may go wrong unseen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright

from service.engines.embedded import open_engine
from service.search.engine import Engine
from tests.browser.chromium import find_chromium
from tests.browser.host import Host, hosted
from tests.browser.site import elasticsearch_engine, served, store_samples
from tests.elasticsearch_node.fixtures import elasticsearch_prefix, elasticsearch_url

__all__ = ["elasticsearch_prefix", "elasticsearch_url"]

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = find_chromium()
    expect.set_options(timeout=20_000)  # a busy machine is no defect
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def host(browser: Browser) -> Iterator[Host]:
    """Return another site, whose pages hold the widget."""
    with hosted() as site:
        yield site


@pytest.fixture(scope="session")
def samples(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Return an engine with the sample articles; tests write nothing into it that others look for."""
    engine = open_engine(tmp_path_factory.mktemp("samples"))
    store_samples(engine)
    yield engine
    engine.close()


@pytest.fixture(scope="session")
def site(samples: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a site with the sample articles."""
    with served(samples, tmp_path_factory.mktemp("unused")) as address:
        yield address


@pytest.fixture(scope="session")
def elasticsearch_site(
    browser: Browser, elasticsearch_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Return the address of the same site over a real Elasticsearch."""
    with elasticsearch_engine(elasticsearch_url) as engine:
        store_samples(engine)
        with served(engine, tmp_path_factory.mktemp("unused")) as address:
            yield address


@pytest.fixture(params=["embedded", "elasticsearch"])
def each_site(request: pytest.FixtureRequest) -> str:
    """Return the address of the site over one engine and then over the other."""
    sites = {"embedded": "site", "elasticsearch": "elasticsearch_site"}
    return str(request.getfixturevalue(sites[request.param]))


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Return a function that opens an address in a browser of its own.

    The test fails where a request left the host, a script failed, or something was stopped by the content policy.
    """
    wrong: list[str] = []
    with ExitStack() as contexts:

        def opened(address: str, **options: Any) -> Page:
            settings = {"locale": "ko-KR", "viewport": {"width": 1280, "height": 900}} | options
            context = browser.new_context(**settings)
            contexts.callback(context.close)
            page = context.new_page()
            page.set_default_timeout(20_000)
            page.on("request", lambda request: _stays(request, wrong))
            page.on("pageerror", lambda error: wrong.append(f"script error: {error}"))
            page.on("console", lambda said: wrong.append(said.text) if "Content Security Policy" in said.text else None)
            page.on("dialog", lambda dialog: wrong.append(f"dialog: {dialog.message}") or dialog.dismiss())
            page.goto(address)
            return page

        yield opened
    assert wrong == []


def _stays(request: Request, wrong: list[str]) -> None:
    if urlsplit(request.url).hostname not in {"127.0.0.1", "localhost", None}:
        wrong.append(f"left the host: {request.url}")
