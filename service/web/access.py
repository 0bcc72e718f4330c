"""The one place where it is decided who may call what: a key, its scope, and how often."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Response, current_app, g, request

from service.config import Config
from service.domain.errors import Forbidden, KeysUnavailable, RateLimited, Unauthorized
from service.domain.keys import Audience, Key, KeyState, Scope
from service.domain.sign_on import Session
from service.usecases.keys.ring import KeyRing
from service.web.client_address import Network, client_address, is_loopback
from service.web.foreign_sites import refuse_foreign_site, require_same_origin
from service.web.rate_limits import RateLimits
from service.web.scopes import scope_of
from service.web.session_cookies import brings_session, session_of_request
from service.web.sign_on import offers_sign_on

_EXTENSION = "gisa.access"
_BEARER = re.compile(r"bearer +([A-Za-z0-9._~+/-]+=*)", re.IGNORECASE)  # RFC 6750, section 2.1


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sent the request, what it may do, and as which audience it reads.

    `name` is the id of its key, or the provider's id of the account where there is a `session`.
    """

    name: str
    scope: Scope
    audience: Audience
    session: Session | None = None


ANYBODY = Caller("anybody", Scope.ADMIN, Audience.PRESS_OFFICE)
"""Whoever calls a service that is open, as one on this machine alone is until it has its first key."""


@dataclass(frozen=True, slots=True)
class Access:
    """What the decision is made by; `may_be_open` holds as long as there is no key."""

    keys: KeyRing
    may_be_open: bool
    limits: RateLimits
    trusted_proxies: tuple[Network, ...] = ()

    @classmethod
    def of(cls, config: Config) -> Access:
        """Return the access that the settings describe."""
        limits = RateLimits(config.requests_per_minute)
        return cls(KeyRing(config.keys_path), config.may_be_open, limits, config.trusted_networks)

    def install(self, extensions: dict[str, object]) -> None:
        """Make this the access of an app, given its `extensions`."""
        extensions[_EXTENSION] = self

    def is_open(self) -> bool:
        """Return whether everybody may call everything; KeysUnavailable where the keys are not known."""
        return self.may_be_open and not self.keys.had_keys()


def access() -> Access:
    """Return the access of the current app."""
    installed = current_app.extensions[_EXTENSION]
    assert isinstance(installed, Access)
    return installed


def caller() -> Caller:
    """Return who sent the request of a call that is not open to everybody."""
    found = g.caller
    assert isinstance(found, Caller)
    return found


def authorize() -> None:
    """Let the request go on where its sender may make this call.

    Raises Unauthorized, Forbidden, RateLimited, and KeysUnavailable where the keys are not known.
    """
    if request.routing_exception is not None:
        return  # an unknown address or method: there is nothing behind it
    needed = scope_of(request.endpoint or "", request.method)
    if needed is None:
        return
    rules = access()
    found = _sender(rules)
    g.caller = found
    if found is ANYBODY:
        count_address()
    else:
        _count(rules, f"{_kind(found)} {found.name}")
    if not found.scope.covers(needed):
        raise _lacks(needed, found)
    if needed is not Scope.READ and request.blueprint != "page":  # whose forms look themselves
        if found.session:
            require_same_origin()
        elif found is ANYBODY:
            refuse_foreign_site()


def count_address() -> None:
    """Count a request of somebody unknown, for the address that it comes from; RateLimited where it is one too many."""
    rules = access()
    if not is_loopback(address := client_address(rules.trusted_proxies)):
        # From this machine come its own programs, or a proxy whose clients cannot be told apart.
        _count(rules, f"address {address}")


def caller_in_log() -> dict[str, str]:
    """Return what a line of the log says of the sender: the id of the key or of the account, nothing else."""
    found = g.get("caller", ANYBODY)
    return {} if found is ANYBODY else {_kind(found): found.name}


def keep_private(response: Response) -> None:
    """Keep the answer to somebody signed on out of caches that others share: unlike a key, a cookie does not."""
    found = g.get("caller", ANYBODY)
    if found.session:
        response.vary.add("Cookie")
        if not response.headers.get("Cache-Control"):
            response.headers["Cache-Control"] = "private, no-cache"


def keys_trouble() -> KeysUnavailable | None:
    """Return why the keys of the current app are not known, None where they are."""
    try:
        access().keys.had_keys()
    except KeysUnavailable as error:
        return error
    return None


def _sender(rules: Access) -> Caller:
    # A key that is sent is meant, also by a browser that is signed on. A session stands without the file of keys.
    if "Authorization" not in request.headers and (session := session_of_request()):
        return Caller(session.subject, session.scope, session.audience, session)
    return ANYBODY if rules.is_open() else _of_key(_key(rules.keys))


def _kind(found: Caller) -> str:
    return "subject" if found.session else "key"


def _of_key(key: Key) -> Caller:
    return Caller(key.id, key.scope, key.audience)


def _key(keys: KeyRing) -> Key:
    header = request.headers.get("Authorization")
    keys.had_keys()  # before the header: while the keys are not known, that is what there is to say
    if header is None and offers_sign_on():
        ended_ko, ended_en = ("로그인 시간이 끝났습니다. ", "The session is over. ") if brings_session() else ("", "")
        raise Unauthorized(
            f"{ended_ko}로그인이나 키가 필요합니다. 사람은 /sign-on에서 로그인하고, 프로그램은 키를 Authorization: "
            "Bearer 머리글에 보내세요.",
            f"{ended_en}A sign-on or a key is needed. People sign on at /sign-on, programs send a key in the header "
            "Authorization: Bearer.",
        )
    if header is None:
        raise Unauthorized(
            "키가 필요합니다. Authorization: Bearer 머리글에 보내세요. 키는 담당자가 `gisa keys create`로 만듭니다.",
            "A key is needed. Send one in the header Authorization: Bearer. The operator makes it with "
            "`gisa keys create`.",
        )
    match = _BEARER.fullmatch(header.strip())
    key = keys.find(match[1]) if match else None
    if key is None:
        raise Unauthorized(
            "그런 키는 없습니다. 빠진 글자가 없는지, Authorization: Bearer 다음에 적었는지 확인하세요.",
            "There is no such key. See that none of it is missing and that it follows Authorization: Bearer.",
            invalid=True,
        )
    _check_state(key)
    return key


def _check_state(key: Key) -> None:
    state = key.state(datetime.now(UTC))
    if state is KeyState.EXPIRED:
        raise Unauthorized(
            f"키 {key.id}은(는) 만료되었습니다. 담당자에게 새 키를 받으세요.",
            f"The key {key.id} has expired. Ask the operator for a new one.",
            invalid=True,
        )
    if state is KeyState.REVOKED:
        raise Unauthorized(
            f"키 {key.id}은(는) 폐기되었습니다. 담당자에게 새 키를 받으세요.",
            f"The key {key.id} has been revoked. Ask the operator for a new one.",
            invalid=True,
        )


def _count(rules: Access, sender: str) -> None:
    seconds = rules.limits.take(sender)
    if seconds:
        raise RateLimited(
            f"요청이 너무 잦습니다. {seconds}초 뒤에 다시 보내세요. 기사를 많이 넣을 때는 /v1/articles/bulk가 한 "
            "건으로 셉니다.",
            f"Too many requests. Send the next one in {seconds} seconds. Many articles are one request to "
            "/v1/articles/bulk.",
            seconds,
        )


def _lacks(needed: Scope, found: Caller) -> Forbidden:
    if found.session:
        return Forbidden(
            f"이 계정으로는 할 수 없습니다. {needed} 이상의 권한이 필요합니다. 담당자에게 요청하세요.",
            f"This account may not do that: it needs the scope {needed} or above. Ask the operator.",
        )
    return Forbidden(
        f"이 키로는 할 수 없습니다. 권한이 {needed} 이상인 키가 필요합니다.",
        f"This key may not do that. A key of scope {needed} or above is needed.",
        needed.value,
    )
