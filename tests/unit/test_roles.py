"""Roles of a provider and what they give."""

from __future__ import annotations

import pytest

from service.config import load_config
from service.domain.errors import StartupError
from service.domain.keys import Audience, Scope
from service.domain.sign_on import Grant, granted, parse_roles

TABLE = parse_roles("press=write:press_office; staff = read:intranet\ncn=web,ou=groups,dc=city=admin:public;")
SET = {
    "GISA_OIDC_ISSUER": "https://login.example/realms/city",
    "GISA_OIDC_CLIENT_ID": "gisa",
    "GISA_OIDC_ROLES": "press=write:press_office",
}


@pytest.mark.parametrize(
    ("roles", "scope", "audience"),
    [
        (["press"], Scope.WRITE, Audience.PRESS_OFFICE),
        (["staff", "unknown"], Scope.READ, Audience.INTRANET),
        (["cn=web,ou=groups,dc=city"], Scope.ADMIN, Audience.PUBLIC),
        (["cn=web,ou=groups,dc=city", "press"], Scope.ADMIN, Audience.PRESS_OFFICE),
    ],
)
def test_several_roles_give_the_widest_of_each(roles: list[str], scope: Scope, audience: Audience) -> None:
    assert granted(roles, TABLE) == Grant(scope, audience)


@pytest.mark.parametrize("roles", [[], ["Press"], ["*"], ["cn=web"]])
def test_other_roles_give_nothing(roles: list[str]) -> None:
    assert granted(roles, TABLE) is None


def test_everybody_has_the_role_of_everybody() -> None:
    table = parse_roles("*=read:public; press=write:press_office")
    assert granted([], table) == Grant(Scope.READ, Audience.PUBLIC)
    assert granted(["press"], table) == Grant(Scope.WRITE, Audience.PRESS_OFFICE)


@pytest.mark.parametrize(
    "text",
    ["press", "press=write", "=read:public", "press=own:public", "a=read:public;a=read:public", "a=read:x"],
)
def test_an_entry_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(StartupError, match="GISA_OIDC_ROLES"):
        load_config(SET | {"GISA_OIDC_ROLES": text})


def test_what_is_set_whole_is_taken() -> None:
    config = load_config(SET | {"GISA_OPEN_ACCESS": "anywhere"})
    assert not config.may_be_open
    assert load_config(SET | {"GISA_OIDC_ISSUER": "http://localhost:8080/realms/city"})


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"GISA_OIDC_ISSUER": ""}, "GISA_OIDC_ISSUER"),
        ({"GISA_OIDC_CLIENT_ID": ""}, "GISA_OIDC_CLIENT_ID"),
        ({"GISA_OIDC_ROLES": ""}, "GISA_OIDC_ROLES"),
        ({"GISA_OIDC_ISSUER": "http://login.example/"}, "https"),
        ({"GISA_OIDC_ISSUER": "login.example"}, "GISA_OIDC_ISSUER"),
        ({"GISA_OIDC_ISSUER": "https://login.example/?a=b"}, "GISA_OIDC_ISSUER"),
        ({"GISA_OIDC_SCOPES": "profile"}, "openid"),
        ({"GISA_OIDC_CLIENT_SECRET": "a", "GISA_OIDC_CLIENT_SECRET_FILE": "b"}, "not both"),
        ({"GISA_PUBLIC_URL": "gisa.example"}, "GISA_PUBLIC_URL"),
        ({"GISA_SESSION_MINUTES": "0"}, "GISA_SESSION_MINUTES"),
    ],
)
def test_what_is_set_by_halves_or_unsafely_is_refused(changed: dict[str, str], named: str) -> None:
    with pytest.raises(StartupError, match=named):
        load_config(SET | changed)
