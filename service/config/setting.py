"""What one setting is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from service.domain.errors import Message

PREFIX = "GISA_"

Kind = Literal["text", "whole number", "path", "file", "addresses", "origins", "url", "roles"]

_ALLOWED: dict[Kind, Message] = {
    "path": Message("폴더 경로", "a path of a folder"),
    "file": Message("파일 경로, 없으면 빈 값", "a path of a file, or nothing"),
    "addresses": Message(
        "IP 주소나 네트워크(10.0.0.0/8), 여럿이면 쉼표로 나눔, 없으면 빈 값",
        "IP addresses or networks (10.0.0.0/8) with commas between, or nothing",
    ),
    "origins": Message(
        "출처(https://intranet.example), 여럿이면 쉼표로 나눔, 없으면 빈 값",
        "origins (https://intranet.example) with commas between, or nothing",
    ),
    "url": Message("http나 https 주소, 없으면 빈 값", "an http or https address, or nothing"),
    "roles": Message(
        "역할=권한:대상, 여럿이면 쌍반점(;)으로 나눔, 없으면 빈 값",
        "role=scope:audience with semicolons between, or nothing",
    ),
}


@dataclass(frozen=True, slots=True)
class Setting:
    """One variable: the attribute of `Config` it fills, its default as written, and what it means.

    Numbers lie within `low` and `high`, both included; a text is one of `choices` where there are any. What is
    `optional` may be left empty; what is `secret` is never shown.
    """

    attribute: str
    default: str
    meaning: Message
    kind: Kind = "text"
    unit: Message | None = None
    choices: tuple[str, ...] = ()
    low: int = 0
    high: int = 0
    optional: bool = False
    secret: bool = False

    @property
    def name(self) -> str:
        """Return the name of the variable, `GISA_PORT` for `port`."""
        return PREFIX + self.attribute.upper()

    @property
    def allowed(self) -> Message:
        """Return which values are taken."""
        if self.choices:
            listed = ", ".join(self.choices)
            return Message(f"{listed} 중 하나", f"one of {listed}")
        if self.kind == "whole number":
            empty = Message(", 없으면 빈 값", ", or nothing") if self.optional else Message("", "")
            return Message(
                f"{self.low}부터 {self.high}까지의 정수{empty.ko}",
                f"a whole number from {self.low} to {self.high}{empty.en}",
            )
        if self.kind in _ALLOWED:
            return _ALLOWED[self.kind]
        if self.optional:
            return Message("값, 없으면 빈 값", "a value, or nothing")
        return Message("비어 있지 않은 값", "a value that is not empty")
