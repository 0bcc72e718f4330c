"""Sign-on: which roles of a provider may do what, as which audience, and the session that follows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from service.domain.keys import Audience, Scope

EVERYBODY = "*"
"""The role that whoever the provider knows has."""
_BETWEEN = re.compile(r"[;\n]")
_WIDTH = (Audience.PUBLIC, Audience.INTRANET, Audience.PRESS_OFFICE)


@dataclass(frozen=True, slots=True)
class Grant:
    """What a role gives."""

    scope: Scope
    audience: Audience


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who has signed on: `subject` is the provider's id of the account, `expires_at` in seconds of Unix time.

    `id` is random and names this session alone; `name` is for the page, never for a log.
    """

    id: str
    subject: str
    name: str
    scope: Scope
    audience: Audience
    expires_at: int


def parse_roles(text: str) -> Mapping[str, Grant]:
    """Return what each role gives, out of `press=write:press_office; staff=read:intranet`.

    A role may hold `=` and `,`, as names in a directory do. Raises ValueError where an entry cannot be read.
    """
    found: dict[str, Grant] = {}
    for entry in filter(None, map(str.strip, _BETWEEN.split(text))):
        role, _, given = entry.rpartition("=")
        scope, _, audience = given.partition(":")
        if not role.strip() or role.strip() in found:
            raise ValueError(f"{entry!r} names no role, or one that was named before")
        found[role.strip()] = Grant(Scope(scope.strip()), Audience(audience.strip()))
    return MappingProxyType(found)


def granted(roles: Iterable[str], table: Mapping[str, Grant]) -> Grant | None:
    """Return the widest scope and the widest audience that these roles give, None where they give nothing."""
    grants = [table[role] for role in {*roles, EVERYBODY} if role in table]
    if not grants:
        return None
    order = tuple(Scope)
    return Grant(
        max((grant.scope for grant in grants), key=order.index),
        max((grant.audience for grant in grants), key=_WIDTH.index),
    )
