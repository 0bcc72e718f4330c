"""Scripts in texts, names and queries: none runs, and none becomes an element."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import Page

from service.engines.embedded import open_engine
from tests.browser.site import served, store

Open = Callable[..., Page]
PAYLOADS = [
    "<script>alert(1)</script>",
    "<ScRiPt>alert(1)</sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<body onload=alert(1)>",
    "<iframe src=javascript:alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<a href=javascript:alert(1)>눌러</a>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<math><mi xlink:href=javascript:alert(1)>x",
    "<style>@import 'javascript:alert(1)'</style>",
    "<link rel=stylesheet href=javascript:alert(1)>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<base href=javascript:alert(1)//>",
    "<form action=javascript:alert(1)><button>x",
    "<object data=javascript:alert(1)>",
    "<embed src=javascript:alert(1)>",
    '"><script>alert(1)</script>',
    "'><script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)' autofocus='",
    '" autofocus onfocus=alert(1) x="',
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "--><script>alert(1)</script>",
    "]]><script>alert(1)</script>",
    "<mark onclick=alert(1)>트램</mark>",
    "<mark><script>alert(1)</script></mark>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    "{{ 7 * 7 }}{% for x in range(9) %}",
    "${alert(1)}`${alert(1)}`",
    "<p hx-get=/paste hx-trigger=load hx-on::load=alert(1)>",
    "javascript:alert(1)",
]
ELEMENTS = (
    "script:not([src^='/assets/']), iframe, object, embed, base, meta[http-equiv], style, video, math, "
    "[onerror], [onload], [onfocus], [onclick], [onmouseover], [ontoggle], [hx-get], [href^='javascript:' i]"
)


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    engine = open_engine(tmp_path_factory.mktemp("poisoned"))
    store(engine, [article(number, payload) for number, payload in enumerate(PAYLOADS)])
    with served(engine, tmp_path_factory.mktemp("unused")) as address:
        yield address
    engine.close()


def article(number: int, payload: str) -> dict[str, object]:
    """Return an article with the payload wherever a text can be."""
    return {
        "id": f"payload-{number}",
        "title": f"트램 {payload}",
        "subtitle": f"부제 트램 {payload}",
        "body": f'가온시는 트램을 놓는다. {payload} 트램\n\n도윤석 국장은 "트램 {payload}"라고 말했다.',
        "outlet": payload,
        "section": payload,
        "reporters": [{"name": payload, "role": payload}],
        "captions": [{"text": f"트램 {payload}", "credit": payload}],
        "subheads": [payload],
        "tags": [payload],
        "published_at": "2026-11-01T09:00:00+09:00",
    }


def clean(page: Page) -> bool:
    return page.locator(ELEMENTS).count() == 0


def test_there_are_forty() -> None:
    assert len(set(PAYLOADS)) == 40


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
        page.goto(f"{poisoned}/?{urlencode({'q': payload})}")
        assert clean(page)
        page.goto(f"{poisoned}/?{urlencode({'outlet': payload, 'facet_search': f'tag:{payload}'})}")
        assert clean(page)
        page.goto(f"{poisoned}/nothing/{quote(payload, safe='')}")
        assert clean(page)
    page.goto(poisoned)
    page.get_by_label("검색어", exact=True).press_sequentially("트램")
    page.wait_for_selector("#suggestions li")
    assert clean(page)


def test_no_payload_runs_in_the_analysis_or_a_paste(poisoned: str, open_page: Open) -> None:
    page = open_page(f"{poisoned}/analysis?q=트램")
    assert clean(page)
    for payload in PAYLOADS[::4]:
        page.goto(f"{poisoned}/paste")
        page.locator("#text").fill(f"{payload} 제목\n{payload}\n\n가온시는 {payload} 트램을 놓는다고 밝혔다.")
        page.get_by_role("button", name="알아보기").click()
        page.wait_for_selector(".draft, [role=alert]")
        assert clean(page)
