"""Sign-on in a real browser at a real provider: out, back to the same search, and off.

The provider is at localhost and the service at 127.0.0.1, so that a browser takes them for two sites.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from service.search.engine import Engine
from tests.browser.axe import findings_both_ways
from tests.browser.site import served
from tests.sign_on.provider import PASSWORD, RealProvider, free_port, running_provider

Open = Callable[..., Page]


@dataclass(frozen=True)
class Guarded:
    """A service with sign-on, and its provider."""

    address: str
    provider: RealProvider
    folder: Path


@contextmanager
def guarded_site(samples: Engine, folder: Path) -> Iterator[Guarded]:
    """Yield a site over the samples that people sign on to at a provider of its own."""
    port = free_port()
    with (
        running_provider(folder, f"http://127.0.0.1:{port}") as provider,
        served(samples, folder, port, **provider.settings()) as address,
    ):
        yield Guarded(address, provider, folder)


@pytest.fixture(scope="module")
def guarded(samples: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    with guarded_site(samples, tmp_path_factory.mktemp("guarded")) as running:
        yield running


@pytest.fixture
def guarded_alone(samples: Engine, tmp_path: Path) -> Iterator[Guarded]:
    """Return a site whose provider a test may end."""
    with guarded_site(samples, tmp_path) as running:
        yield running


def sign_on(page: Page, account: str) -> None:
    """Sign on at the provider, where the browser is."""
    expect(page).to_have_url(re.compile(r"^http://localhost:"))
    page.locator("input[name=login]").fill(account)
    page.locator("input[name=login]").press("Enter")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_search_leads_to_the_provider_and_back_to_itself(guarded: Guarded, open_page: Open, scripts: bool) -> None:
    wanted = f"{guarded.address}/?q=%ED%8A%B8%EB%9E%A8&outlet=%ED%95%9C%EB%B9%9B%EC%9D%BC%EB%B3%B4"
    page = open_page(wanted, java_script_enabled=scripts)
    sign_on(page, "garam")
    expect(page).to_have_url(wanted)
    expect(page.locator(".hit").first).to_be_visible()
    expect(page.locator(".account .who")).to_have_text("한가람")
    for cookie in page.context.cookies(guarded.address):
        if cookie["name"].startswith("gisa-"):
            assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Lax")

    page.get_by_role("link", name="붙여 넣기").click()
    page.get_by_label("누리집이나 보도자료에서 복사한 글").fill(
        "가온시 새 다리 놓는다\n\n가온시는 다리를 놓는다고 밝혔다."
    )
    page.get_by_role("button", name="알아보기").click()
    expect(page.get_by_label("제목 (꼭)")).to_have_value("가온시 새 다리 놓는다")

    page.get_by_role("button", name="로그아웃").click()
    expect(page.get_by_role("heading", name="로그아웃했습니다")).to_be_visible(timeout=20_000)
    assert urlsplit(page.url).path == "/signed-out"
    if scripts:  # axe is one
        assert findings_both_ways(page) == []
    page.goto(wanted)
    expect(page.locator("input[name=login]")).to_be_visible()  # the provider asks as well


def test_an_account_without_a_role_is_refused_and_may_be_changed(guarded: Guarded, open_page: Open) -> None:
    page = open_page(f"{guarded.address}/analysis?q=%ED%8A%B8%EB%9E%A8")
    sign_on(page, "narae")
    expect(page.get_by_role("heading", name="이 계정에는 권한이 없습니다")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("문나래")
    assert findings_both_ways(page) == []
    page.get_by_role("link", name="다른 계정으로 로그인").click()
    expect(page).to_have_url(re.compile(r"^http://localhost:"))


def test_a_session_that_ended_leads_to_sign_on_and_loses_nothing(guarded: Guarded, open_page: Open) -> None:
    page = open_page(f"{guarded.address}/?q=%ED%8A%B8%EB%9E%A8")
    sign_on(page, "garam")
    expect(page.locator(".hit").first).to_be_visible()
    page.context.clear_cookies(name="gisa-session")
    page.locator("#facet-outlet .value").first.click()  # fetched by a script, which the provider would not answer
    expect(page).to_have_url(re.compile("outlet="), timeout=20_000)  # the provider knew the account still
    expect(page.locator(".account .who")).to_have_text("한가람")

    page.goto(f"{guarded.address}/paste")
    page.get_by_label("누리집이나 보도자료에서 복사한 글").fill("가온시 새 다리 놓는다\n\n가온시는 다리를 놓는다.")
    page.context.clear_cookies(name="gisa-session")
    page.get_by_role("button", name="알아보기").click()
    expect(page.get_by_role("heading", name="로그인이 필요합니다")).to_be_visible()
    assert findings_both_ways(page) == []
    with page.expect_popup() as opened:
        page.get_by_role("link", name="새 탭에서 로그인").click()
    expect(opened.value.get_by_role("heading", name="로그인되어 있습니다")).to_be_visible(timeout=20_000)
    assert findings_both_ways(opened.value) == []
    page.go_back()
    expect(page.get_by_label("누리집이나 보도자료에서 복사한 글")).to_have_value(re.compile("새 다리"))
    page.get_by_role("button", name="알아보기").click()
    expect(page.get_by_label("제목 (꼭)")).to_have_value("가온시 새 다리 놓는다")


def test_while_the_provider_is_away_a_page_says_so_and_sessions_go_on(
    guarded_alone: Guarded, samples: Engine, open_page: Open
) -> None:
    page = open_page(guarded_alone.address)
    sign_on(page, "garam")
    expect(page.locator(".account .who")).to_be_visible()
    guarded_alone.provider.process.kill()
    guarded_alone.provider.process.wait()
    page.goto(f"{guarded_alone.address}/?q=%ED%8A%B8%EB%9E%A8")
    expect(page.locator(".hit").first).to_be_visible()
    started_anew = guarded_alone.provider.settings() | {"public_url": ""}
    with served(samples, guarded_alone.folder, **started_anew) as address:
        page.context.clear_cookies()
        with page.expect_response(lambda answer: answer.status == 503) as refused:
            page.goto(f"{address}/?q=%ED%8A%B8%EB%9E%A8")
        assert refused.value.headers["retry-after"] == "10"
        expect(page.get_by_role("heading", name="지금은 로그인할 수 없습니다")).to_be_visible()
        expect(page.get_by_role("link", name="다시 시도")).to_have_attribute("href", re.compile("^/sign-on\\?next="))
        assert findings_both_ways(page) == []


def test_a_sign_on_that_was_not_begun_here_says_so(guarded: Guarded, open_page: Open) -> None:
    page = open_page(f"{guarded.address}/sign-on/callback?state=unknown&code=any")
    expect(page.get_by_role("heading", name="로그인하지 못했습니다")).to_be_visible()
    assert findings_both_ways(page) == []
