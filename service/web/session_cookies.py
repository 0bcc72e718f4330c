"""The cookies of sign-on: the session, what a browser keeps while it is at the provider, and what signs it out there.

All are `HttpOnly` and `SameSite=Lax`: scripts cannot read them, and another site's requests come without them.
"""

from __future__ import annotations

import hashlib
from typing import Literal

from flask import request
from werkzeug.wrappers import Response

from service.domain.sign_on import Session
from service.usecases.sign_on.sessions import FLOW_SECONDS
from service.web.public_url import is_https
from service.web.sign_on import sign_on

_SESSION = "gisa-session"
_FLOW = "gisa-sign-on-"
_ID_TOKEN = "gisa-id-token"  # noqa: S105 # the name of a cookie
_LONGEST_ID_TOKEN = 3800  # bytes; a longer one is not kept by browsers, and the provider asks before it signs out
_MOST_FLOWS = 5


def session_of_request() -> Session | None:
    """Return the session that the request brings, None where there is none in force."""
    found, token = sign_on(), request.cookies.get(_name(_SESSION))
    return found.sessions.read(token) if found and token else None


def session_cookie_name() -> str:
    """Return the name of the cookie that a session is sent as."""
    return _name(_SESSION)


def brings_session() -> bool:
    """Return whether the request brings a session, in force or not."""
    return _name(_SESSION) in request.cookies


def id_token_of_request() -> str | None:
    """Return the ID token that the session began with, where the browser kept it."""
    return request.cookies.get(_name(_ID_TOKEN))


def flow_of_request(state: str) -> str | None:
    """Return what this browser kept of the sign-on with this state; each tab has one of its own."""
    return request.cookies.get(_flow_name(state))


def keep_session(response: Response, token: str, id_token: str, seconds: int) -> None:
    """Have the browser keep a session and the ID token that it began with."""
    _set(response, _name(_SESSION), token, seconds)
    if len(id_token) <= _LONGEST_ID_TOKEN:
        _set(response, _name(_ID_TOKEN), id_token, seconds)
    else:
        _delete(response, _name(_ID_TOKEN))


def forget_session(response: Response) -> None:
    """Have the browser forget its session."""
    for name in (_SESSION, _ID_TOKEN):
        _delete(response, _name(name))


def keep_flow(response: Response, state: str, token: str) -> None:
    """Have the browser keep a sign-on that was begun; of many that were never finished it forgets the others."""
    _set(response, _flow_name(state), token, FLOW_SECONDS)
    begun = [name for name in request.cookies if name.startswith(_name(_FLOW))]
    if len(begun) >= _MOST_FLOWS:
        for name in begun:
            _delete(response, name)


def forget_flow(response: Response, state: str) -> None:
    """Have the browser forget a sign-on, as each is finished once."""
    _delete(response, _flow_name(state))


def _flow_name(state: str) -> str:
    return _name(_FLOW) + hashlib.sha256(state.encode()).hexdigest()[:16]


def _name(plain: str) -> str:
    # Under this prefix a browser takes a cookie from this very host alone, over TLS, and for every path.
    return f"__Host-{plain}" if is_https() else plain


_LAX: Literal["Lax"] = "Lax"


def _set(response: Response, name: str, value: str, seconds: int) -> None:
    response.set_cookie(name, value, max_age=seconds, path="/", secure=is_https(), httponly=True, samesite=_LAX)


def _delete(response: Response, name: str) -> None:
    response.delete_cookie(name, path="/", secure=is_https(), httponly=True, samesite=_LAX)
