"""What a provider may send that must not be believed: forged, foreign, stale and misdirected ID tokens."""

from __future__ import annotations

import hmac
import json
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from flask import Flask
from flask.testing import FlaskClient
from joserfc.jwk import ECKey, OctKey
from werkzeug.test import TestResponse

from service.app import create_app
from service.config import Config
from service.search.engine import Engine
from service.usecases.sign_on import provider as module
from tests.sign_on.crooked import CrookedProvider, crooked_provider, new_key
from tests.web.signed_on import HTML, OWN, session_cookie

Forge = Callable[[CrookedProvider, str], None]


@pytest.fixture
def crooked() -> Iterator[CrookedProvider]:
    with crooked_provider() as provider:
        yield provider


@pytest.fixture
def config(crooked: CrookedProvider, tmp_path: Path) -> Config:
    return Config(
        data_dir=tmp_path, log_level="error", oidc_issuer=crooked.issuer, oidc_client_id="gisa",
        oidc_client_secret="a-secret-of-the-client", oidc_roles="press=write:press_office",
    )  # fmt: skip


@pytest.fixture
def app(config: Config, engine: Engine) -> Flask:
    return create_app(config, engine)


def sign_on(client: FlaskClient, crooked: CrookedProvider, forge: Forge) -> TestResponse:
    begun = client.get("/sign-on", headers=HTML)
    asked = parse_qs(urlsplit(begun.headers["Location"]).query)
    forge(crooked, asked["nonce"][0])
    return client.get(f"/sign-on/callback?code=a-code&state={asked['state'][0]}", headers=HTML)


def claims(**changed: Any) -> Forge:
    return lambda crooked, nonce: crooked.give(crooked.claims(nonce, **changed))


def none_at_all(crooked: CrookedProvider, nonce: str) -> None:
    crooked.give(crooked.claims(nonce), "none", OctKey.import_key("unused-but-long-enough-for-a-key"))


def by_the_public_key(crooked: CrookedProvider, nonce: str) -> None:
    # By hand, as no library signs with a public key taken for a secret.
    parts = ({"alg": "HS256", "kid": "first"}, crooked.claims(nonce))
    signed = b".".join(urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in parts)
    digest = hmac.digest(crooked.key.as_pem(private=False), signed, "sha256")
    token = signed + b"." + urlsafe_b64encode(digest).rstrip(b"=")
    crooked.tokens = {"access_token": "a", "token_type": "Bearer", "id_token": token.decode()}


def by_the_client_secret(crooked: CrookedProvider, nonce: str) -> None:
    crooked.give(crooked.claims(nonce), "HS256", OctKey.import_key("a-secret-of-the-client", {"kid": "first"}))


def by_another_key(crooked: CrookedProvider, nonce: str) -> None:
    crooked.give(crooked.claims(nonce), key=new_key("first"))


def by_an_unknown_key(crooked: CrookedProvider, nonce: str) -> None:
    crooked.give(crooked.claims(nonce), key=new_key("unheard-of"))


def altered(crooked: CrookedProvider, nonce: str) -> None:
    crooked.give(crooked.claims(nonce))
    head, body, signature = crooked.tokens["id_token"].split(".")
    crooked.tokens["id_token"] = f"{head}.{body[:-4]}AAAA.{signature}"


def not_a_token(crooked: CrookedProvider, _: str) -> None:
    crooked.tokens = {"access_token": "a", "token_type": "Bearer", "id_token": "not.a.token"}


REFUSED: dict[str, Forge] = {
    "alg none": none_at_all,
    "HS256 by the public key": by_the_public_key,
    "HS256 by the client secret": by_the_client_secret,
    "another key": by_another_key,
    "an unknown key": by_an_unknown_key,
    "altered": altered,
    "no token": not_a_token,
    "another nonce": claims(nonce="x" * 43),
    "no nonce": claims(nonce=None),
    "another issuer": claims(iss="http://evil.example"),
    "no issuer": claims(iss=None),
    "another audience": claims(aud="other"),
    "several audiences, no azp": claims(aud=["gisa", "other"]),
    "another azp": claims(azp="other"),
    "no subject": claims(sub=None),
    "expired": claims(exp=int(time.time()) - 61),
    "no expiry": claims(exp=None),
    "not yet": claims(nbf=int(time.time()) + 3600),
    "of the future": claims(iat=int(time.time()) + 3600),
    "for another access token": claims(at_hash="AAAAAAAAAAAAAAAAAAAAAA"),
}


def test_what_does_not_hold_is_refused(app: Flask, crooked: CrookedProvider) -> None:
    statuses = {}
    for name, forge in REFUSED.items():
        client = app.test_client()
        statuses[name] = sign_on(client, crooked, forge).status_code
        assert session_cookie(client) is None, name
    assert statuses == dict.fromkeys(REFUSED, 400)


def test_a_sound_token_is_taken_by_either_kind_of_key(app: Flask, crooked: CrookedProvider) -> None:
    assert sign_on(app.test_client(), crooked, claims()).status_code == 303
    assert sign_on(app.test_client(), crooked, claims(aud=["gisa", "other"], azp="gisa")).status_code == 303
    elliptic = ECKey.generate_key("P-256", {"kid": "second"})
    # Keys to encrypt with and of kinds unheard of may stand in the set as well.
    crooked.published += [
        new_key("to encrypt").as_dict(private=False) | {"use": "enc", "alg": "RSA-OAEP"},
        {"kty": "NEW", "kid": "third"},
        elliptic.as_dict(private=False),
    ]
    forget_provider(app)
    given = sign_on(app.test_client(), crooked, lambda to, nonce: to.give(to.claims(nonce), "ES256", elliptic))
    assert given.status_code == 303


def forget_provider(app: Flask) -> None:
    """Have this app know nothing of its provider, as at its start."""
    provider = app.extensions["gisa.sign_on"].provider
    provider._keys = provider._metadata = None


def test_a_new_key_of_the_provider_is_fetched_but_not_at_will(
    app: Flask, crooked: CrookedProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sign_on(app.test_client(), crooked, claims()).status_code == 303
    crooked.key = new_key("rotated")
    crooked.published = [crooked.key.as_dict(private=False)]
    assert sign_on(app.test_client(), crooked, claims()).status_code == 400  # half a minute has not gone by
    monkeypatch.setattr(module, "_BETWEEN_KEYS", 0.0)
    assert sign_on(app.test_client(), crooked, claims()).status_code == 303
    monkeypatch.setattr(module, "_BETWEEN_KEYS", 30.0)
    before = crooked.asked.count("/jwks")
    for _ in range(3):
        assert sign_on(app.test_client(), crooked, by_an_unknown_key).status_code == 400
    assert crooked.asked.count("/jwks") == before


def test_roles_may_be_deep_inside_or_in_userinfo(config: Config, engine: Engine, crooked: CrookedProvider) -> None:
    deep = create_app(replace(config, oidc_roles_claim="realm_access.roles"), engine)
    given = claims(groups=None, realm_access={"roles": ["other", "press"]})
    assert sign_on(deep.test_client(), crooked, given).status_code == 303
    assert sign_on(deep.test_client(), crooked, claims()).status_code == 403
    crooked.metadata["userinfo_endpoint"] = f"{crooked.issuer}/userinfo"
    asks = create_app(config, engine)
    crooked.userinfo = {"sub": "garam", "groups": "press"}
    assert sign_on(asks.test_client(), crooked, claims(groups=None)).status_code == 303
    crooked.userinfo = {"sub": "somebody else", "groups": ["press"]}
    assert sign_on(asks.test_client(), crooked, claims(groups=None)).status_code == 400
    crooked.userinfo = {"sub": "garam", "groups": ["pres", "PRESS", 7]}
    assert sign_on(asks.test_client(), crooked, claims(groups=None)).status_code == 403


@pytest.mark.parametrize(
    "changed",
    [
        {"issuer": "http://127.0.0.1:1"},
        {"token_endpoint": "ftp://127.0.0.1/token"},
        {"jwks_uri": None},
        {"authorization_endpoint": "javascript:alert(1)"},
    ],
)
def test_a_provider_that_describes_itself_wrongly_is_not_used(
    app: Flask, crooked: CrookedProvider, changed: dict[str, Any]
) -> None:
    crooked.metadata |= changed
    refused = app.test_client().get("/sign-on", headers=HTML)
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "10")
    assert "지금은 로그인할 수 없습니다" in refused.text
    problem = app.test_client().get("/sign-on", headers={"Accept": "application/problem+json, text/html;q=0.1"})
    assert problem.status_code == 503


def test_a_provider_that_is_away_is_left_in_peace_and_what_is_known_used_on(
    config: Config, app: Flask, crooked: CrookedProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = app.test_client()
    assert sign_on(client, crooked, claims()).status_code == 303
    monkeypatch.setattr(crooked, "answer", crooked.asked.append)  # 404 for all
    monkeypatch.setattr(module, "_FRESH", 0.0)
    app.extensions["gisa.sign_on"].provider._metadata_until = 0.0
    assert client.get("/sign-on", headers=HTML).status_code == 302  # by what was known
    assert client.get("/v1/search").status_code == 200
    assert client.get("/readyz").status_code == 200
    assert client.post("/sign-out", headers=HTML | OWN).headers["Location"] == "/signed-out"


def test_a_provider_that_hangs_is_given_up_and_keys_and_sessions_go_on(
    config: Config, app: Flask, crooked: CrookedProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = app.test_client()
    assert sign_on(client, crooked, claims()).status_code == 303
    going_on = threading.Event()
    monkeypatch.setattr(crooked, "answer", lambda _: going_on.wait(60) and None)
    monkeypatch.setattr(module, "_TIMEOUT", httpx2.Timeout(0.5))
    forget_provider(app)
    try:
        began = time.monotonic()
        assert app.test_client().get("/sign-on", headers=HTML).status_code == 503
        # Nobody waits for it again, for some seconds.
        assert app.test_client().get("/sign-on", headers=HTML).status_code == 503
        assert time.monotonic() - began < 30
        assert client.get("/v1/search").status_code == 200
    finally:
        going_on.set()
