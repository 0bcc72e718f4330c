"""The widget inside a page of another origin under a strict policy."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from service.domain.keys import Audience, Scope
from service.engines.embedded import open_engine
from service.search.engine import Engine
from service.usecases.keys import ring
from service.usecases.keys.making import create_key, revoke_key
from tests.browser.axe import SCREENS, findings
from tests.browser.host import STRICT, Host
from tests.browser.site import served, store_samples

Open = Callable[..., Page]
TRAM = '<gisa-search query="트램" heading="우리 시 보도"></gisa-search>'


@pytest.fixture(scope="module")
def engine(browser: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    opened = open_engine(tmp_path_factory.mktemp("samples"))
    store_samples(opened)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def service(engine: Engine, host: Host, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("open")
    with served(engine, folder, cors_origins=host.origin, frame_ancestors=host.origin) as address:
        yield address


@pytest.fixture
def guarded(
    engine: Engine, host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[str, str, Path]]:
    """Return the address of a service with keys, its key for the intranet and the file of the keys."""
    monkeypatch.setattr(ring, "_EVERY", 0.0)
    keys = tmp_path / "keys.json"
    token, _ = create_key(keys, "업무망", scope=Scope.READ, audience=Audience.INTRANET)
    with served(engine, tmp_path, cors_origins=host.origin) as address:
        yield address, token, keys


def test_it_searches_lists_and_pages_on(service: str, host: Host, open_page: Open) -> None:
    page = open_page(host.widget(service, '<gisa-search heading="우리 시 보도" size="5"></gisa-search>'))
    widget = page.locator("gisa-search")
    expect(widget.get_by_role("heading", name="우리 시 보도")).to_be_visible()
    expect(widget.get_by_role("listitem")).to_have_count(5)  # the newest, before anything is asked
    widget.get_by_role("searchbox", name="검색어").fill("트램")
    page.keyboard.press("Enter")
    expect(widget.locator("mark").first).to_have_text("트램")
    expect(widget.get_by_role("status")).to_have_text(re.compile(r"^\d+건$"))
    widget.get_by_role("button", name="더 보기").click()
    expect(widget.get_by_role("listitem")).to_have_count(10)
    expect(widget.get_by_role("listitem").nth(5).get_by_role("link").first).to_be_focused()
    titles = widget.get_by_role("listitem").get_by_role("heading").all_inner_texts()
    assert len(set(titles)) == 10
    link = widget.get_by_role("listitem").get_by_role("link").first
    assert (link.get_attribute("href") or "").startswith(f"{service}/articles/")
    link.click()
    page.wait_for_url(f"{service}/articles/**")


def test_attributes_narrow_it_and_may_change(service: str, host: Host, open_page: Open) -> None:
    markup = '<gisa-search list-only group="none" outlet="가람통신" filters="q=트램&amp;sort=oldest"></gisa-search>'
    page = open_page(host.widget(service, markup))
    widget = page.locator("gisa-search")
    expect(widget.locator(".outlet").first).to_have_text("가람통신")
    expect(widget.get_by_role("searchbox")).to_have_count(0)
    assert set(widget.locator(".outlet").all_inner_texts()) == {"가람통신"}
    times = widget.locator("time").evaluate_all("all => all.map(each => each.dateTime)")
    assert times == sorted(times)
    assert "outlet=" in (widget.get_by_role("link", name="전체 화면에서 보기").get_attribute("href") or "")
    widget.evaluate("each => { each.setAttribute('outlet', '한빛일보'); each.setAttribute('lang', 'en') }")
    expect(widget.locator(".outlet").first).to_have_text("한빛일보")
    expect(widget.get_by_role("link", name="Open the full page")).to_be_visible()
    expect(widget.get_by_role("status")).to_contain_text("articles")


def test_titles_lead_to_the_original_where_that_is_asked(service: str, host: Host, open_page: Open) -> None:
    page = open_page(host.widget(service, '<gisa-search links="original" target="_blank" size="20"></gisa-search>'))
    expect(page.locator("gisa-search li")).to_have_count(20)
    links = page.locator("gisa-search h3 a").evaluate_all("all => all.map(each => [each.href, each.rel, each.target])")
    assert any(not href.startswith(service) for href, _, _ in links)
    assert {(rel, target) for _, rel, target in links} == {("noopener noreferrer", "_blank")}


def test_nothing_found_and_an_unreadable_query_are_told(service: str, host: Host, open_page: Open) -> None:
    page = open_page(host.widget(service, '<gisa-search query="트램 콸콸콸"></gisa-search>'))
    widget = page.locator("gisa-search")
    expect(widget.get_by_role("status")).to_have_text("맞는 기사가 없습니다.")
    widget.get_by_role("button", name=re.compile("하나라도 있는 기사")).click()
    expect(widget.get_by_role("listitem").first).to_be_visible()
    widget.get_by_role("searchbox").fill("(트램")
    widget.get_by_role("button", name="검색", exact=True).click()
    expect(widget.get_by_role("alert")).to_contain_text("괄호가 닫히지 않았습니다")
    expect(widget.get_by_role("listitem")).to_have_count(0)
    widget.get_by_role("button", name="(트램)").click()
    expect(widget.get_by_role("listitem").first).to_be_visible()
    expect(widget.get_by_role("alert")).to_have_count(0)


def test_a_site_that_is_not_on_the_list_is_told_so_and_gets_nothing(service: str, host: Host, open_page: Open) -> None:
    page = open_page(host.widget(service, TRAM, name="localhost"))
    widget = page.locator("gisa-search")
    expect(widget.get_by_role("alert")).to_contain_text("이 누리집에서는 검색할 수 없습니다")
    expect(widget.get_by_role("alert")).to_contain_text(f"http://localhost:{host.port}")
    expect(widget.get_by_role("listitem")).to_have_count(0)
    asked = "address => fetch(address).then(answer => answer.text(), () => 'refused')"
    assert page.evaluate(asked, f"{service}/v1/search?q=트램") == "refused"


def test_a_service_that_is_away_or_slow_is_told(service: str, host: Host, open_page: Open) -> None:
    page = open_page(host.widget(service, TRAM))
    widget = page.locator("gisa-search")
    expect(widget.get_by_role("listitem").first).to_be_visible()
    page.context.set_offline(True)
    widget.get_by_role("button", name="검색", exact=True).click()
    expect(widget.get_by_role("alert")).to_contain_text("닿지 못했습니다")
    page.context.set_offline(False)
    held: list[Route] = []
    page.route("**/v1/search?*", lambda route: held.append(route))  # noqa: PLW0108 # playwright looks into it
    widget.get_by_role("button", name="다시 시도").click()
    expect(widget.locator(".skeleton")).to_be_attached()
    expect(widget.get_by_role("status")).to_have_text("찾는 중입니다.")
    expect(widget.get_by_role("status")).to_contain_text("오래 걸리고 있습니다")
    held[0].continue_()
    expect(widget.get_by_role("listitem").first).to_be_visible()
    expect(widget.locator(".skeleton")).to_have_count(0)


def test_a_key_of_the_intranet_opens_it(guarded: tuple[str, str, Path], host: Host, open_page: Open) -> None:
    address, token, keys = guarded
    page = open_page(host.widget(address, f'<gisa-search query="트램" key="{token}"></gisa-search>'))
    widget = page.locator("gisa-search")
    expect(widget.get_by_role("listitem").first).to_be_visible()
    widget.evaluate("each => each.removeAttribute('key')")
    expect(widget.get_by_role("alert")).to_contain_text("키가 필요합니다")
    expect(widget.get_by_role("button", name="다시 시도")).to_have_count(0)
    revoke_key(keys, "업무망")
    page.reload()
    expect(widget.get_by_role("alert")).to_contain_text("폐기되었습니다")


def test_the_page_around_gives_it_its_colours_and_hears_of_results(service: str, host: Host, open_page: Open) -> None:
    page = open_page(host.widget(service, '<gisa-search size="1"></gisa-search>'))
    widget = page.locator("gisa-search")
    expect(widget.get_by_role("listitem")).to_have_count(1)
    told = page.evaluate(
        """async () => {
          const widget = document.querySelector("gisa-search");
          const heard = new Promise((told) => document.addEventListener("gisa-results", (event) => told(event.detail)));
          const sheet = new CSSStyleSheet();
          sheet.replaceSync("gisa-search { --gisa-accent-fill: rgb(1 102 3) } gisa-search::part(title) { color: red }");
          document.adoptedStyleSheets = [sheet];
          widget.search("트램");
          return await heard;
        }"""
    )
    assert told["q"] == "트램"
    assert told["total"] > told["shown"] == 1
    colour = "each => getComputedStyle(each).backgroundColor"
    assert widget.get_by_role("button", name="검색", exact=True).evaluate(colour) == "rgb(1, 102, 3)"
    assert widget.locator("h3").evaluate("each => getComputedStyle(each).color") == "rgb(255, 0, 0)"


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_state(service: str, host: Host, open_page: Open, scheme: str, screen: str) -> None:
    markup = '<gisa-search theme="auto" query="{}" heading="우리 시 보도"></gisa-search>'
    for q, role in (("트램", "listitem"), ("트램 콸콸콸", "button"), ("(트램", "alert")):
        body = f'<main><h1>할 일</h1>{markup.format(q)}</main><script src="{service}/widget/gisa-search.js"></script>'
        address = host.page(body, STRICT.format(service=service) if q != "트램" else "")
        page = open_page(address, color_scheme=scheme, viewport=SCREENS[screen])
        expect(page.locator("gisa-search").get_by_role(role).first).to_be_visible()  # type: ignore[arg-type] # a role
        assert findings(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_it_is_framed_by_the_sites_on_the_list_alone(
    browser: Browser, service: str, host: Host, open_page: Open
) -> None:
    frame = f'<iframe src="{service}/widget/frame?q=트램&heading=보도&size=3&outlet=가람통신" title="보도"></iframe>'
    page = open_page(host.page(frame, STRICT.format(service=service)))
    framed = page.frame_locator("iframe")
    expect(framed.get_by_role("listitem")).to_have_count(3)
    expect(framed.get_by_role("heading", name="보도", exact=True)).to_be_visible()
    assert set(framed.locator(".outlet").all_inner_texts()) == {"가람통신"}
    with browser.new_page() as stranger, stranger.expect_console_message() as said:
        stranger.goto(host.page(frame, STRICT.format(service=service), name="localhost"))
    assert "frame-ancestors" in said.value.text
    page.goto(f"{service}/widget/frame?size=0")
    expect(page.get_by_role("alert")).to_contain_text("1")
