"""Press copy pasted into the page, corrected by hand and stored."""

from __future__ import annotations

import http.client
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Page, expect

from service.engines.embedded import open_engine
from tests.browser.site import elasticsearch_engine, served

Open = Callable[..., Page]
COPY = (Path(__file__).resolve().parents[2] / "docs" / "paste.txt").read_text(encoding="utf-8")


@pytest.fixture
def own_site(tmp_path: Path) -> Iterator[str]:
    engine = open_engine(tmp_path / "data")
    with served(engine, tmp_path) as address:
        yield address
    engine.close()


@pytest.fixture
def own_elasticsearch_site(elasticsearch_url: str, tmp_path: Path) -> Iterator[str]:
    with elasticsearch_engine(elasticsearch_url) as engine, served(engine, tmp_path) as address:
        yield address


@pytest.mark.parametrize(
    ("own", "scripts"),
    [("own_site", True), ("own_site", False), ("own_elasticsearch_site", True)],
    ids=["scripts", "no-scripts", "elasticsearch"],
)
def test_copy_is_understood_corrected_and_stored(
    own: str, open_page: Open, scripts: bool, request: pytest.FixtureRequest
) -> None:
    site = request.getfixturevalue(own)
    page = open_page(f"{site}/paste", java_script_enabled=scripts)
    page.get_by_label("누리집이나 보도자료에서 복사한 글").fill(COPY)
    page.get_by_role("button", name="알아보기").click()
    title = page.get_by_label("제목 (꼭)")
    expect(title).to_have_value("[단독] 새빛도서관, 내달부터 밤 10시까지 문 연다")
    expect(page.get_by_label("입력")).to_have_value("2026-11-18T09:30")
    expect(page.get_by_label("기자 한 줄에")).to_have_value("노을빛 기자 <noeul@garam.example>")
    title.fill("새빛도서관 밤 10시까지")
    page.get_by_label("태그").fill("도서관\n야간 개관")
    page.get_by_role("button", name="저장", exact=True).click()
    expect(page.get_by_role("heading", name="저장했습니다")).to_be_visible()
    page.get_by_role("link", name="새빛도서관 밤 10시까지").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("새빛도서관 밤 10시까지")
    expect(page.locator(".byline")).to_contain_text("노을빛 기자")
    expect(page.locator(".byline")).to_contain_text("2026. 11. 18. (수) 09:30")
    expect(page.locator(".words a", has_text="야간 개관")).to_be_visible()
    expect(page.locator(".caption")).to_contain_text("[가온시]")
    expect(page.locator(".facts h3").first).to_have_text("한도윤")
    page.goto(f"{site}/?q=도서관")
    expect(page.locator(".hit")).to_have_count(1)


def test_what_does_not_fit_is_shown_at_its_field_and_nothing_is_stored(own_site: str, open_page: Open) -> None:
    page = open_page(f"{own_site}/paste")
    page.get_by_label("누리집이나 보도자료에서 복사한 글").fill(COPY)
    page.get_by_role("button", name="알아보기").click()
    page.get_by_label("제목 (꼭)").fill("")
    page.get_by_label("원문 주소").fill("아무 데나")
    page.get_by_role("button", name="저장", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("아직 아무것도 저장하지 않았습니다")
    expect(page.locator(".field.title .field-error")).to_be_visible()
    expect(page.get_by_label("원문 주소")).to_have_attribute("aria-invalid", "true")
    page.goto(own_site)
    expect(page.get_by_role("heading", name="아직 기사가 없습니다")).to_be_visible()


def test_nothing_pasted_says_so(own_site: str, open_page: Open) -> None:
    page = open_page(f"{own_site}/paste")
    page.get_by_role("button", name="알아보기").click()
    expect(page.get_by_role("alert")).to_contain_text("붙여 넣으세요")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": "SITE"}, 200),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Origin": "SITE"}, 403),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 403),
    ],
)
def test_a_form_from_elsewhere_is_refused(own_site: str, headers: dict[str, str], status: int) -> None:
    host = urlsplit(own_site)
    sent = {name: own_site if value == "SITE" else value for name, value in headers.items()}
    connection = http.client.HTTPConnection(str(host.hostname), host.port or 80)
    body = urlencode({"text": COPY, "action": "preview"})
    connection.request("POST", "/paste", body, {"Content-Type": "application/x-www-form-urlencoded", **sent})
    assert connection.getresponse().status == status
    connection.close()
