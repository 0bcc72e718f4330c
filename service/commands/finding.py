"""What an examination finds."""

from __future__ import annotations

from dataclasses import dataclass

from service.domain.errors import Message


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: whether it is in order, and what was found or is to be done."""

    name: Message
    ok: bool
    told: Message
