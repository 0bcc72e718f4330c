"""The views of sign-on: to the provider, back from it, and out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, redirect, request
from werkzeug.wrappers import Response

from service.web.access import count_address
from service.web.local_path import check_local_path
from service.web.page.origin import check_same_origin
from service.web.page.rendering import page
from service.web.public_url import is_https, public_url
from service.web.session_cookies import (
    flow_of_request,
    forget_flow,
    forget_session,
    id_token_of_request,
    keep_flow,
    keep_session,
    session_of_request,
)
from service.web.sign_on import sign_on as installed

if TYPE_CHECKING:
    from service.usecases.sign_on.flow import SignOn

CALLBACK = "/sign-on/callback"


def sign_on() -> Response:
    """Send the browser to the provider; `next` is the path to come back to, `prompt=login` asks for another account."""
    service = _service()
    count_address()
    back_to = check_local_path(request.args.get("next", "/"))
    begun = service.begin(back_to, _callback(), login=request.args.get("prompt") == "login")
    response = redirect(begun.url)
    keep_flow(response, begun.state, begun.token)
    return _unkept(response)


def signed_on() -> Response:
    """Begin the session that follows from the provider's answer, and go where the browser wanted to."""
    service = _service()
    count_address()
    state = request.args.get("state", "")
    finished = service.finish(request.args, flow_of_request(state), _callback())
    if former := session_of_request():
        service.sessions.end(former)
    response = redirect(finished.back_to, 303)
    keep_session(response, finished.token, finished.id_token, service.sessions.seconds)
    forget_flow(response, state)
    return _unkept(response)


def sign_out() -> Response:
    """End the session here, and sign out of the provider where it can be done."""
    service = _service()
    check_same_origin()
    if former := session_of_request():
        service.sessions.end(former)
    away = service.sign_out_url(id_token_of_request(), f"{public_url()}/signed-out")
    # A redirect after a form may lead to our own origin alone (form-action); the browser goes on by itself.
    response = page("signing_out.html", away=away) if away else redirect("/signed-out", 303)
    if away:
        response.headers["Refresh"] = f"0; url={away}"
    forget_session(response)
    if is_https():
        response.headers["Clear-Site-Data"] = '"cache"'
    return _unkept(response)


def signed_out() -> Response:
    """Return the page that says that the session is over."""
    _service()
    return _unkept(page("signed_out.html", session=session_of_request()))


def _service() -> SignOn:
    found = installed()
    if found is None:
        abort(404)
    return found


def _callback() -> str:
    return public_url() + CALLBACK


def _unkept(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
