"""Sign-on against a real provider: from a page to the provider and back, and what a session may do."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from service.domain.keys import Audience, Scope
from service.usecases.keys.making import create_key
from service.web.logs import configure_logs
from tests.web.signed_on import ARTICLE, HTML, OWN, SERVICE, Site, local, session_cookie


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


def test_the_document_says_that_a_session_is_taken(site: Site) -> None:
    document = site.client().get("/openapi.json").json
    assert document["components"]["securitySchemes"]["session"]["name"] == "gisa-session"
    assert document["paths"]["/v1/search"]["get"]["security"] == [{"key": ["read"]}, {"session": ["read"]}]


def test_with_sign_on_it_is_never_open(site: Site) -> None:
    for changed in ({}, {"open_access": "anywhere"}, {"host": "0.0.0.0"}):
        assert site.client(**changed).get("/v1/search").status_code == 401
