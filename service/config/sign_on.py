"""The settings of sign-on by OpenID Connect, and what has to hold between them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from service.config.setting import Setting
from service.domain.errors import Message, StartupError
from service.domain.sign_on import parse_roles

SIGN_ON: tuple[Setting, ...] = (
    Setting(
        "public_url",
        "",
        Message(
            "브라우저에 보이는 이 서비스의 주소(https://gisa.example). 없으면 요청의 Host를 따름",
            "the address that browsers reach this service at (https://gisa.example); without one, the Host of the "
            "request",
        ),
        kind="url",
        optional=True,
    ),
    Setting(
        "oidc_issuer",
        "",
        Message(
            "로그인을 맡는 OpenID Connect 제공자의 issuer 주소. 없으면 로그인 없음",
            "the issuer of the OpenID Connect provider that people sign on at; without one there is no sign-on",
        ),
        kind="url",
        optional=True,
    ),
    Setting(
        "oidc_client_id",
        "",
        Message("제공자에 등록한 이 서비스의 client_id", "the client_id of this service at the provider"),
        optional=True,
    ),
    Setting(
        "oidc_client_secret",
        "",
        Message(
            "제공자가 준 client_secret. 없으면 공개 클라이언트(PKCE만)",
            "the client_secret that the provider gave; without one it is a public client (PKCE alone)",
        ),
        optional=True,
        secret=True,
    ),
    Setting(
        "oidc_client_secret_file",
        "",
        Message("client_secret이 든 파일. 값 대신 쓰임", "a file with the client_secret, in place of its value"),
        kind="file",
        optional=True,
    ),
    Setting(
        "oidc_scopes",
        "openid profile",
        Message("제공자에게 청하는 scope. 빈칸으로 나눔", "the scopes asked of the provider, with blanks between"),
    ),
    Setting(
        "oidc_roles_claim",
        "groups",
        Message(
            "역할이 든 클레임. 안쪽은 점으로 나눔(realm_access.roles)",
            "the claim that holds the roles; dots lead inside (realm_access.roles)",
        ),
    ),
    Setting(
        "oidc_roles",
        "",
        Message(
            "역할마다 주는 권한과 대상. press=write:press_office; staff=read:intranet. *는 로그인한 모두",
            "what each role gives, as scope and audience: press=write:press_office; staff=read:intranet. * is "
            "everybody who signs on",
        ),
        kind="roles",
        optional=True,
    ),
    Setting(
        "oidc_ca_file",
        "",
        Message(
            "제공자의 인증서를 확인할 인증 기관의 PEM 파일",
            "the PEM file of the authority that the certificate of the provider is checked with",
        ),
        kind="file",
        optional=True,
    ),
    Setting(
        "session_minutes",
        "480",
        Message("로그인이 이어지는 시간", "how long a sign-on lasts"),
        kind="whole number",
        unit=Message("분", "minutes"),
        low=1,
        high=43_200,
    ),
    Setting(
        "session_secret_file",
        "",
        Message(
            "세션 쿠키에 서명하는 비밀의 파일. 없으면 데이터 폴더의 session_secret을 만들어 씀. 여러 대면 같은 파일을 "
            "줌",
            "the file of the secret that session cookies are signed with; without one, session_secret in the data "
            "directory is made; several replicas are given the same one",
        ),
        kind="file",
        optional=True,
    ),
)
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def check_url(value: str) -> None:
    """Raise ValueError unless this is an http or https address of a host, without query or fragment."""
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment or parts.username:
        raise ValueError(value)
    parts.port  # noqa: B018 # raises ValueError where it is no port


def check_sign_on(values: Mapping[str, Any]) -> None:
    """Raise StartupError where sign-on is set by halves, or in a way that would not be safe."""
    issuer = values["oidc_issuer"]
    if not issuer:
        if given := [name for name in ("oidc_client_id", "oidc_roles") if values[name]]:
            raise _lacking("GISA_OIDC_ISSUER", f"GISA_{given[0].upper()}")
        return
    for name in ("oidc_client_id", "oidc_roles"):
        if not values[name]:
            raise _lacking(f"GISA_{name.upper()}", "GISA_OIDC_ISSUER")
    parts = urlsplit(issuer)
    if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
        raise StartupError(
            "GISA_OIDC_ISSUER는 https 주소여야 합니다. http는 이 컴퓨터(localhost)의 제공자에만 쓸 수 있습니다.",
            "GISA_OIDC_ISSUER has to be an https address; http is for a provider on this machine (localhost) alone.",
        )
    if "openid" not in values["oidc_scopes"].split():
        raise StartupError("GISA_OIDC_SCOPES에는 openid가 있어야 합니다.", "GISA_OIDC_SCOPES has to hold openid.")
    if values["oidc_client_secret"] and values["oidc_client_secret_file"]:
        raise StartupError(
            "GISA_OIDC_CLIENT_SECRET과 GISA_OIDC_CLIENT_SECRET_FILE 가운데 하나만 지정하세요.",
            "Set one of GISA_OIDC_CLIENT_SECRET and GISA_OIDC_CLIENT_SECRET_FILE, not both.",
        )
    parse_roles(values["oidc_roles"])


def _lacking(missing: str, given: str) -> StartupError:
    return StartupError(
        f"{given}을(를) 쓰려면 {missing}도 지정하세요. docs/sign-on.md에 예가 있습니다.",
        f"{given} needs {missing} as well. docs/sign-on.md has an example.",
    )
