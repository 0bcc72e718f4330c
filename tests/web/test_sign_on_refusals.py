"""Sign-on against a real provider: all that must not let anybody in."""

from __future__ import annotations

import time
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.web.signed_on import ARTICLE, HTML, OWN, SERVICE, Site, local, session_cookie


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
