"""The OpenID Connect provider: what it says of itself, its keys, and what it gives for a code."""

from __future__ import annotations

import logging
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any
from urllib.parse import urlsplit

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.discovery import get_well_known_url

from service.domain.errors import SignOnFailed, SignOnUnavailable

_LOG = logging.getLogger("gisa.sign_on")
_TIMEOUT = httpx2.Timeout(5.0)
_FRESH = 3600.0  # seconds that what the provider says of itself is used without asking again
_REST = 5.0  # seconds in which nobody asks again, after the provider did not answer
_BETWEEN_KEYS = 30.0  # seconds between two looks for a key that is not known, as anybody may invent one
_AT_ONCE = 3
_LONGEST_WAIT = 1.0  # seconds for one of these places: requests with a key need the threads
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


@dataclass(frozen=True, slots=True)
class ProviderSettings:
    """How the provider is reached and what this service is called there."""

    issuer: str
    client_id: str
    client_secret: str
    scopes: str
    ca_file: Path | None


class Provider:
    """Asks the provider, with time-outs; a provider that is away is not asked again for some seconds.

    Every call raises SignOnUnavailable where it does not answer as the specification says.
    """

    def __init__(self, settings: ProviderSettings, clock: Callable[[], float] = time.monotonic) -> None:
        self.settings = settings
        self._clock = clock
        self._tls = ssl.create_default_context(cafile=settings.ca_file) if settings.ca_file else True
        self._places = BoundedSemaphore(_AT_ONCE)
        self._away_until = 0.0
        self._metadata: Mapping[str, Any] | None = None
        self._metadata_until = 0.0
        self._keys: Mapping[str, Any] | None = None
        self._keys_at = 0.0

    def metadata(self) -> Mapping[str, Any]:
        """Return what the provider says of itself (OpenID Connect Discovery 1.0), an hour old at most.

        An older one is used on while the provider is away.
        """
        if self._metadata is None or self._clock() >= self._metadata_until:
            try:
                self._metadata = self._discover()
                self._metadata_until = self._clock() + _FRESH
            except SignOnUnavailable:
                if self._metadata is None:
                    raise
                self._metadata_until = self._clock() + _REST
        return self._metadata

    def keys(self, *, anew: bool = False) -> Mapping[str, Any]:
        """Return the JWK set; `anew` asks again where a key is not among those known, but not too often."""
        age = self._clock() - self._keys_at
        if self._keys is None or age >= _FRESH or (anew and age >= _BETWEEN_KEYS):
            found = self._ask(self.metadata()["jwks_uri"])
            if not isinstance(found.get("keys"), list):
                raise _unavailable(f"{self.settings.issuer}: the key set has no keys")
            self._keys, self._keys_at = found, self._clock()
        return self._keys

    def authorization_url(self, redirect_uri: str, state: str, verifier: str, nonce: str, **more: str) -> str:
        """Return where the browser is sent to sign on (code flow with PKCE, S256)."""
        endpoint = self.metadata()["authorization_endpoint"]
        with self._client(redirect_uri) as client:
            url, _ = client.create_authorization_url(endpoint, state=state, code_verifier=verifier, nonce=nonce, **more)
        return str(url)

    def exchange(self, redirect_uri: str, code: str, verifier: str) -> Mapping[str, Any]:
        """Return the tokens for this code; SignOnFailed where the provider does not take it."""
        endpoint = self.metadata()["token_endpoint"]
        with self._asking(endpoint), self._client(redirect_uri) as client:
            try:
                found = client.fetch_token(endpoint, grant_type="authorization_code", code=code, code_verifier=verifier)
            except OAuthError as error:
                if error.error != "invalid_grant":
                    raise _unavailable(f"{endpoint} refused this service: {error}") from error
                raise SignOnFailed(
                    "로그인 확인 번호가 이미 쓰였거나 시간이 지났습니다. 다시 로그인하세요.",
                    "The code of this sign-on was used before or is too old. Sign on again.",
                ) from error
        if not isinstance(found, Mapping) or not isinstance(found.get("id_token"), str):
            raise _unavailable(f"{endpoint} gave no ID token; see that GISA_OIDC_SCOPES holds openid")
        return found

    def userinfo(self, access_token: str) -> Mapping[str, Any]:
        """Return the claims of the UserInfo endpoint, none where there is no such endpoint."""
        endpoint = self.metadata().get("userinfo_endpoint")
        return self._ask(endpoint, Authorization=f"Bearer {access_token}") if endpoint else {}

    def _discover(self) -> Mapping[str, Any]:
        issuer = self.settings.issuer
        address = get_well_known_url(issuer, external=True)
        found = self._ask(address)
        if found.get("issuer") != issuer:
            raise _unavailable(f"{address} names the issuer {found.get('issuer')!r}, not GISA_OIDC_ISSUER {issuer!r}")
        scheme = urlsplit(issuer).scheme
        for name in _ENDPOINTS:
            if urlsplit(str(found.get(name))).scheme not in {"https", scheme}:
                raise _unavailable(f"{address}: {name} is {found.get(name)!r}")
        return found

    def _ask(self, address: str, **headers: str) -> Mapping[str, Any]:
        with self._asking(address), httpx2.Client(verify=self._tls, timeout=_TIMEOUT) as client:
            response = client.get(address, headers={"Accept": "application/json", **headers})
            if response.status_code != 200:
                raise _unavailable(f"{address} answered {response.status_code}")
            found = response.json()
        if not isinstance(found, dict):
            raise _unavailable(f"{address} gave no JSON object")
        return found

    def _client(self, redirect_uri: str) -> OAuth2Client:
        settings = self.settings
        methods = self.metadata().get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        named = "client_secret_basic" if "client_secret_basic" in methods else "client_secret_post"
        return OAuth2Client(
            client_id=settings.client_id,
            client_secret=settings.client_secret or None,
            token_endpoint_auth_method=named if settings.client_secret else "none",
            scope=settings.scopes,
            redirect_uri=redirect_uri,
            code_challenge_method="S256",
            timeout=_TIMEOUT,
            verify=self._tls,
        )

    @contextmanager
    def _asking(self, address: str) -> Iterator[None]:
        if self._clock() < self._away_until or not self._places.acquire(timeout=_LONGEST_WAIT):
            raise unavailable()
        try:
            yield
        except (httpx2.HTTPError, ValueError) as error:  # it did not answer, or not in JSON
            self._away_until = self._clock() + _REST
            raise _unavailable(f"{address}: {type(error).__name__}: {error}") from error
        finally:
            self._places.release()


def unavailable(reason: str = "") -> SignOnUnavailable:
    """Return the error that says that nobody can sign on now."""
    return SignOnUnavailable(
        "지금은 로그인할 수 없습니다. 로그인 제공자가 응답하지 않습니다. 잠시 뒤 다시 시도하고, 이어지면 담당자에게 "
        "알려 주세요. 키로 보내는 요청은 그대로 됩니다.",
        "Nobody can sign on now, as the provider does not answer. Try again in a moment, and tell the operator if it "
        "goes on. Requests with a key are answered as ever.",
        reason,
    )


def _unavailable(reason: str) -> SignOnUnavailable:
    _LOG.error("The sign-on provider: %s", reason)
    return unavailable(reason)
