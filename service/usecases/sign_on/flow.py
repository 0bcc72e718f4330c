"""Signing on and out: the browser goes to the provider with a question and comes back with a code."""

from __future__ import annotations

import hmac
import logging
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from service.domain.errors import GisaError, NoRole, SignOnFailed
from service.domain.sign_on import Grant, granted
from service.usecases.sign_on.id_token import claims_of
from service.usecases.sign_on.provider import Provider, unavailable
from service.usecases.sign_on.sessions import FLOW_SECONDS, Sealed, Sessions

_LOG = logging.getLogger("gisa.sign_on")
_LONGEST_FLOW = 3800  # bytes; browsers keep cookies of 4,096 with their name and attributes
_AWAY = ("temporarily_unavailable", "server_error")


@dataclass(frozen=True, slots=True)
class Begun:
    """A sign-on that was begun: where the browser goes, and what it has to bring back beside the answer."""

    url: str
    state: str
    token: str


@dataclass(frozen=True, slots=True)
class SignedOn:
    """A sign-on that was finished: the token of the session, where the browser wanted to go, and the ID token."""

    token: str
    back_to: str
    id_token: str


class SignOn:
    """The use case of sign-on by OpenID Connect; `roles` says what each role of the provider gives."""

    def __init__(
        self, provider: Provider, sessions: Sessions, flows: Sealed, roles: Mapping[str, Grant], roles_claim: str
    ) -> None:
        self.provider = provider
        self.sessions = sessions
        self._flows = flows
        self._roles = roles
        self._roles_claim = roles_claim

    def begin(self, back_to: str, redirect_uri: str, *, login: bool = False) -> Begun:
        """Return the beginning of a sign-on; `login` has the provider ask even whom it knows.

        Raises SignOnUnavailable, and SignOnFailed where `back_to` is too long to be kept.
        """
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        token = self._flows.seal({"state": state, "nonce": nonce, "verifier": verifier, "to": back_to}, FLOW_SECONDS)
        if len(token) > _LONGEST_FLOW:
            raise SignOnFailed(
                "주소가 너무 길어 로그인한 뒤 그리로 돌아올 수 없습니다. 먼저 로그인하고 다시 여세요.",
                "The address is too long to come back to after a sign-on. Sign on first and open it again.",
            )
        asked = {"prompt": "login"} if login else {}
        return Begun(self.provider.authorization_url(redirect_uri, state, verifier, nonce, **asked), state, token)

    def finish(self, answer: Mapping[str, str], token: str | None, redirect_uri: str) -> SignedOn:
        """Return the session that follows from the provider's answer and the token that this browser kept.

        Raises SignOnFailed where they do not belong together or the proof does not hold, NoRole where the account has
        no role here, SignOnUnavailable where the provider is away.
        """
        flow = self._flows.open(token) if token else None
        if flow is None or not hmac.compare_digest(flow["state"].encode(), answer.get("state", "").encode()):
            raise SignOnFailed(
                "이 브라우저에서 시작한 로그인이 아니거나, 10분이 지났거나, 이미 쓴 주소입니다. 다시 로그인하세요.",
                "This sign-on was not begun in this browser, took over 10 minutes, or was finished before. Sign on "
                "again.",
            )
        self._check_answer(answer)
        tokens = self.provider.exchange(redirect_uri, answer["code"], flow["verifier"])
        claims = claims_of(tokens["id_token"], self.provider, flow["nonce"], tokens.get("access_token"))
        subject, name, roles = self._account(claims, tokens)
        grant = granted(roles, self._roles)
        if grant is None:
            _LOG.warning("No role here for the subject %s", subject)
            raise NoRole(
                f"{name} 계정에는 이 서비스를 쓸 권한이 없습니다. 담당자에게 권한을 요청하거나 다른 계정으로 "
                "로그인하세요.",
                f"The account {name} has no role that lets it use this service. Ask the operator for one, or sign on "
                "with another account.",
            )
        _LOG.info("Signed on: the subject %s, %s, %s", subject, grant.scope, grant.audience)
        return SignedOn(self.sessions.begin(subject, name, grant), flow["to"], tokens["id_token"])

    def sign_out_url(self, id_token: str | None, back_to: str) -> str | None:
        """Return where the browser signs out of the provider (RP-Initiated Logout 1.0), None where it cannot."""
        try:
            endpoint = self.provider.metadata().get("end_session_endpoint")
        except GisaError:
            return None  # whoever signs out here while the provider is away stays signed on there, as the page says
        if not endpoint:
            return None
        asked = {"client_id": self.provider.settings.client_id, "post_logout_redirect_uri": back_to}
        parts = urlsplit(str(endpoint))
        query = urlencode(asked | ({"id_token_hint": id_token} if id_token else {}))
        return urlunsplit(parts._replace(query=f"{parts.query}&{query}" if parts.query else query))

    def _check_answer(self, answer: Mapping[str, str]) -> None:
        issuer = self.provider.settings.issuer
        named = answer.get("iss")
        # RFC 9207: an answer of another provider must not be taken for one of ours.
        if named is None and self.provider.metadata().get("authorization_response_iss_parameter_supported"):
            named = ""
        if named not in (None, issuer):
            raise _refused(f"iss={named}")
        if error := answer.get("error"):
            _LOG.warning("The sign-on provider answered %s: %s", error, answer.get("error_description", ""))
            raise unavailable() if error in _AWAY else _refused(error)
        if not answer.get("code"):
            raise _refused("no code")

    def _account(self, claims: Mapping[str, Any], tokens: Mapping[str, Any]) -> tuple[str, str, list[str]]:
        subject = str(claims["sub"])
        known: Mapping[str, Any] = claims
        if _inside(claims, self._roles_claim) is None and tokens.get("access_token"):
            more = self.provider.userinfo(tokens["access_token"])
            if more and more.get("sub") != subject:  # OpenID Connect Core 1.0, section 5.3.4
                raise _refused("sub")
            known = {**more, **claims}
        name = str(known.get("name") or known.get("preferred_username") or subject)
        return subject, name, _texts(_inside(known, self._roles_claim))


def _inside(claims: Mapping[str, Any], path: str) -> Any:
    if path in claims:  # a name may have dots of its own: https://city.example/roles
        return claims[path]
    found: Any = claims
    for part in path.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [entry for entry in value if isinstance(entry, str)] if isinstance(value, Iterable) else []


def _refused(reason: str) -> SignOnFailed:
    return SignOnFailed(
        f"로그인이 끝나지 않았습니다({reason}). 다시 로그인하세요.",
        f"The sign-on was not finished ({reason}). Sign on again.",
    )
