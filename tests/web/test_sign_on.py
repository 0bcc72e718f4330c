"""Sign-on against a real provider: from a page to the provider and back, and all that must not let anybody in."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.app import create_app
from service.config import Config
from service.domain.keys import Audience, Scope
from service.search.engine import Engine
from service.usecases.keys.making import create_key
from service.web.logs import configure_logs
from tests.sign_on.provider import RealProvider, running_provider

HTML = {"Accept": "text/html"}
SERVICE = "http://127.0.0.1"
OWN = {"Sec-Fetch-Site": "same-origin"}
ARTICLE = {"title": "가온시 새 도서관", "body": "가온시는 새 도서관을 연다."}


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealProvider]:
    with running_provider(tmp_path_factory.mktemp("provider"), SERVICE) as running:
        yield running


@dataclass(frozen=True)
class Site:
    """A service with sign-on: its settings, its app, and a way for somebody to sign on."""

    config: Config
    engine: Engine
    provider: RealProvider
    apps: dict[str, Flask] = field(default_factory=dict)

    def client(self, **changed: Any) -> FlaskClient:
        """Return a browser without any cookie, at the service with these settings changed."""
        name = repr(changed)
        if name not in self.apps:
            self.apps[name] = create_app(replace(self.config, **changed), self.engine)
        return self.apps[name].test_client()

    def restart(self) -> None:
        """Have the service start anew."""
        self.apps.clear()

    def come_back(self, client: FlaskClient, account: str, path: str = "/sign-on") -> str:
        """Return where the provider sends this browser back to."""
        return self.provider.answer(client.get(path, headers=HTML).headers["Location"], account)

    def sign_on(self, client: FlaskClient, account: str, status: int = 303) -> TestResponse:
        """Return the answer to a browser that comes back from the provider, which has this status."""
        answer = client.get(local(self.come_back(client, account)), headers=HTML)
        assert answer.status_code == status, answer.text
        return answer


@pytest.fixture
def site(engine: Engine, tmp_path: Path, provider: RealProvider) -> Site:
    return Site(Config(data_dir=tmp_path, log_level="error", **provider.settings()), engine, provider)


def local(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}"


def session_cookie(client: FlaskClient) -> str | None:
    found = client.get_cookie("gisa-session")
    return found.value if found else None


def test_a_page_leads_to_the_provider_and_back_to_the_very_address(site: Site) -> None:
    client, wanted = site.client(), "/?q=%EB%8F%84%EC%84%9C%EA%B4%80&outlet=A%26B&outlet=%2B1"
    sent = client.get(wanted, headers=HTML)
    assert sent.status_code == 302
    assert sent.headers["Cache-Control"] == "no-store"
    begun = client.get(sent.headers["Location"], headers=HTML)
    asked = parse_qs(urlsplit(begun.headers["Location"]).query)
    assert begun.headers["Location"].startswith(site.provider.issuer)
    assert asked["redirect_uri"] == [f"{SERVICE}/sign-on/callback"]
    assert (asked["response_type"], asked["code_challenge_method"]) == (["code"], ["S256"])
    assert {len(asked[name][0]) for name in ("state", "nonce", "code_challenge")} == {43}
    back = client.get(local(site.provider.answer(begun.headers["Location"], "garam")), headers=HTML)
    assert (back.status_code, back.headers["Location"]) == (303, wanted)
    page = client.get(wanted, headers=HTML)
    assert page.status_code == 200
    assert "한가람" in page.text
    assert 'action="/sign-out"' in page.text


def test_the_cookies_are_kept_from_scripts_and_other_sites(site: Site) -> None:
    client = site.client()
    begun = client.get("/sign-on", headers=HTML)
    back = client.get(local(site.provider.answer(begun.headers["Location"], "garam")), headers=HTML)
    for cookie in (*begun.headers.getlist("Set-Cookie"), *back.headers.getlist("Set-Cookie")):
        assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
        assert "Secure" not in cookie
        assert "Domain" not in cookie
    assert any(
        cookie.startswith("gisa-sign-on-") and "Max-Age=0" in cookie for cookie in back.headers.getlist("Set-Cookie")
    )


def test_over_https_cookies_are_of_this_host_alone(site: Site) -> None:
    client = site.client(public_url="https://gisa.example/")
    begun = client.get("/sign-on", headers=HTML)
    asked = parse_qs(urlsplit(begun.headers["Location"]).query)
    assert asked["redirect_uri"] == ["https://gisa.example/sign-on/callback"]
    cookie = begun.headers["Set-Cookie"]
    assert cookie.startswith("__Host-gisa-sign-on-")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))


def test_roles_give_scope_and_audience(site: Site) -> None:
    press, staff = site.client(), site.client()
    site.sign_on(press, "garam")
    site.sign_on(staff, "noeul")
    for client, status in ((press, {200, 201}), (staff, {403})):
        assert client.get("/v1/search").status_code == 200
        assert client.put("/v1/articles/signed-on", json=ARTICLE, headers=OWN).status_code in status
        assert client.get("/metrics").status_code == 403
    refused = staff.put("/v1/articles/signed-on", json=ARTICLE, headers=OWN).json
    assert "write" in refused["detail"]
    assert "계정" in refused["detail"]


def test_an_account_without_a_role_is_refused_and_told_so(site: Site) -> None:
    client = site.client()
    refused = site.sign_on(client, "narae", 403)
    assert "이 계정에는 권한이 없습니다" in refused.text
    assert "문나래" in refused.text
    assert "/sign-on?prompt=login" in refused.text
    assert session_cookie(client) is None
    asked = client.get("/sign-on?prompt=login").headers["Location"]
    assert parse_qs(urlsplit(asked).query)["prompt"] == ["login"]
    everybody = site.client(oidc_roles="*=read:public")
    site.sign_on(everybody, "narae")
    assert everybody.get("/v1/search").status_code == 200


def test_without_a_session_an_api_call_is_401_and_a_key_still_works(site: Site) -> None:
    client = site.client()
    answer = client.get("/v1/search")
    assert (answer.status_code, answer.mimetype) == (401, "application/problem+json")
    assert "/sign-on" in answer.json["detail"]
    token, _ = create_key(site.config.keys_path, "열쇠", scope=Scope.READ, audience=Audience.PUBLIC)
    site.restart()
    client = site.client()
    header = {"Authorization": f"Bearer {token}"}
    assert client.get("/v1/search", headers=header).status_code == 200
    site.sign_on(client, "garam")
    # A key that is sent is meant, also where there is a session.
    assert client.put("/v1/articles/x", json=ARTICLE, headers=header | OWN).status_code == 403
    assert client.get("/v1/search", headers={"Authorization": "Bearer wrong"}).status_code == 401
    site.config.keys_path.write_bytes(b"{")
    site.restart()
    damaged = site.client()
    site.sign_on(damaged, "garam")
    assert damaged.get("/v1/search").status_code == 200


def test_writes_of_a_session_come_from_our_own_page_alone(site: Site) -> None:
    client = site.client()
    site.sign_on(client, "garam")
    for headers in (
        {},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://intranet.example"},
        {"Origin": "null"},
    ):
        assert client.put("/v1/articles/forged", json=ARTICLE, headers=headers).status_code == 403
        assert client.post("/paste", data={"text": "가"}, headers=HTML | headers).status_code == 403
        assert client.post("/sign-out", headers=HTML | headers).status_code == 403
    assert session_cookie(client) is not None
    for headers in (OWN, {"Origin": SERVICE}):
        assert client.put("/v1/articles/own", json=ARTICLE, headers=headers).status_code in {200, 201}
    # What reads may come from another origin: whether its page may see the answer is for CORS.
    assert client.post("/v1/search", json={"q": "도서관"}, headers={"Sec-Fetch-Site": "same-site"}).status_code == 200


def test_signing_out_ends_the_session_here_and_at_the_provider(site: Site) -> None:
    client = site.client()
    site.sign_on(client, "garam")
    token = session_cookie(client)
    out = client.post("/sign-out", headers=HTML | OWN)
    assert out.status_code == 200
    away = out.headers["Refresh"].removeprefix("0; url=")
    asked = parse_qs(urlsplit(away).query)
    assert away.startswith(f"{site.provider.issuer}/oauth/end_session?")
    assert asked["post_logout_redirect_uri"] == [f"{SERVICE}/signed-out"]
    assert asked["id_token_hint"][0].count(".") == 2
    assert session_cookie(client) is None
    # The cookie of a browser that forgot nothing is of no use, in any process over the same data.
    site.restart()
    for again in (client, site.client()):
        again.set_cookie("gisa-session", str(token))
        assert again.get("/v1/search").status_code == 401
    assert "로그아웃했습니다" in site.client().get("/signed-out", headers=HTML).text


def test_a_session_is_new_each_time_and_the_one_before_ends(site: Site) -> None:
    client = site.client()
    client.set_cookie("gisa-session", "planted")
    site.sign_on(client, "garam")
    first = session_cookie(client)
    site.sign_on(client, "garam")
    assert session_cookie(client) not in (first, "planted", None)
    client.set_cookie("gisa-session", str(first))
    assert client.get("/v1/search").status_code == 401


def test_an_answer_that_was_not_begun_here_is_refused(site: Site) -> None:
    client, other = site.client(), site.client()
    back = local(site.come_back(client, "garam"))
    state = parse_qs(urlsplit(back).query)["state"][0]
    for forged in (back.replace(state, "x" * 43), back.replace("state=", "stat="), "/sign-on/callback"):
        refused = client.get(forged, headers=HTML)
        assert refused.status_code == 400
        assert "로그인하지 못했습니다" in refused.text
    assert other.get(back, headers=HTML).status_code == 400  # another browser: what it did not begin
    refused = client.get(back.replace("iss=http%3A%2F%2Flocalhost", "iss=http%3A%2F%2Fevil"), headers=HTML)
    assert refused.status_code == 400
    assert session_cookie(client) is None


def test_a_code_is_taken_once(site: Site) -> None:
    client = site.client()
    begun = client.get("/sign-on", headers=HTML)
    name, _, value = begun.headers["Set-Cookie"].partition(";")[0].partition("=")
    back = local(site.provider.answer(begun.headers["Location"], "garam"))
    assert client.get(back, headers=HTML).status_code == 303
    assert client.get(back, headers=HTML).status_code == 400
    thief = site.client()
    thief.set_cookie(name, value)  # even with what the first browser kept
    refused = thief.get(back, headers=HTML)
    assert refused.status_code == 400
    assert "이미 쓰였거나" in refused.text
    assert session_cookie(thief) is None


def test_an_answer_without_a_code_is_said(site: Site) -> None:
    client = site.client()
    begun = client.get("/sign-on", headers=HTML)
    state = parse_qs(urlsplit(begun.headers["Location"]).query)["state"][0]
    iss = site.provider.issuer
    denied = client.get(f"/sign-on/callback?error=access_denied&state={state}&iss={iss}", headers=HTML)
    assert denied.status_code == 400
    assert "access_denied" in denied.text


@pytest.mark.parametrize(
    "path",
    [
        "https://evil.example/", "//evil.example/", "/\\evil.example", "\\/evil", "javascript:alert(1)", "/a\r\nB: c",
        " /", "evil", "",
    ],
)  # fmt: skip
def test_it_never_leads_to_another_site(site: Site, path: str) -> None:
    answer = site.client().get("/sign-on", query_string={"next": path}, headers=HTML)
    assert answer.status_code == 422
    assert "Location" not in answer.headers


def test_a_session_ends_after_its_time_and_a_forged_one_never_begins(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = site.client(session_minutes=10)
    site.sign_on(client, "garam")
    token = str(session_cookie(client))
    assert client.get("/v1/search").status_code == 200
    for forged in (f"{token[:-2]}xx", token[5:], "", "a.b"):
        other = site.client()
        other.set_cookie("gisa-session", forged)
        assert other.get("/v1/search").status_code == 401
    # Other roles in the settings, another secret: a session granted under the former ones is over.
    for changed in ({"oidc_roles": "press=read:public"}, {"session_secret_file": secret_file(site)}):
        other = site.client(**changed)
        other.set_cookie("gisa-session", token)
        assert other.get("/v1/search").status_code == 401
    now = time.time()
    monkeypatch.setattr("time.time", lambda: now + 601)
    late = site.client()
    late.set_cookie("gisa-session", token)
    expired = late.get("/v1/search", headers={"Accept-Language": "en"})
    assert (expired.status_code, "The session is over." in expired.json["detail"]) == (401, True)
    assert late.get("/?q=a", headers=HTML).headers["Location"] == "/sign-on?next=%2F%3Fq%3Da"
    form = late.post("/paste", data={"text": "가나다"}, headers=HTML | OWN)
    assert (form.status_code, "새 탭에서 로그인" in form.text) == (401, True)


def secret_file(site: Site) -> Path:
    path = site.config.data_dir / "another_secret"
    path.write_text("s" * 40)
    return path


def test_a_script_of_the_page_has_the_window_go_to_sign_on(site: Site) -> None:
    answer = site.client().get("/?q=a", headers=HTML | {"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == "/sign-on?next=%2F%3Fq%3Da"


def test_the_log_names_the_subject_and_no_secret(site: Site, capfd: pytest.CaptureFixture[str]) -> None:
    client = site.client()
    configure_logs("debug", "json")
    site.sign_on(client, "garam")
    client.get("/v1/search")
    logged = capfd.readouterr().err
    configure_logs("error", "json")
    assert '"subject": "garam"' in logged
    assert "한가람" not in logged
    assert str(session_cookie(client)) not in logged
    assert "the-secret-of-the-tests" not in logged


def test_the_limit_holds_for_each_account(site: Site) -> None:
    client, other, same = site.client(requests_per_minute=3), None, None
    site.sign_on(client, "garam")
    app = client.application
    other, same = app.test_client(), app.test_client()
    site.sign_on(other, "noeul")
    site.sign_on(same, "garam")
    assert [client.get("/v1/search").status_code for _ in range(3)] == [200] * 3
    assert same.get("/v1/search").status_code == 429
    assert other.get("/v1/search").status_code == 200


def test_answers_to_a_session_are_kept_out_of_shared_caches(site: Site) -> None:
    client = site.client()
    site.sign_on(client, "garam")
    for path in ("/v1/search", "/v1/feeds/search.atom", "/"):
        answer = client.get(path, headers={"Accept": "*/*"})
        assert {"private", "no-store"} & set(answer.headers["Cache-Control"].replace(" ", "").split(","))
        assert "Cookie" in answer.headers["Vary"]


def test_without_a_provider_set_there_is_no_sign_on(client: FlaskClient) -> None:
    for method, path in (
        ("GET", "/sign-on"),
        ("GET", "/sign-on/callback"),
        ("POST", "/sign-out"),
        ("GET", "/signed-out"),
    ):
        assert client.open(path, method=method, headers=HTML | OWN).status_code == 404
    assert 'action="/sign-out"' not in client.get("/", headers=HTML).text


def test_with_sign_on_it_is_never_open(site: Site) -> None:
    for changed in ({}, {"open_access": "anywhere"}, {"host": "0.0.0.0"}):
        assert site.client(**changed).get("/v1/search").status_code == 401
