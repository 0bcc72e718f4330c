"""Queries made at random: pieces put together, good queries mutated, and any characters at all."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).resolve().parents[1] / "contract" / "queries.json"
PIECES = (
    *"‘’“”\"「」『』()|-!*:~'…\n\t \u200b\u0301\u1161ㄷ１｜，aé😀\u202e\u3000",
    "OR",
    "AND",
    "NOT",
    "NEAR/3",
    "NEAR",
    "NEAR/99999",
    "~3",
    "..",
    " ",
    "대구",
    "시장에서",
    "밝혔다",
    "그리고",
    "don’t",
    "대구*",
    "10:30",
    "ABC-123",
    "제목:",
    "title:",
    "본문:(",
    "날짜:",
    "날짜:2026-01..",
    "금액:",
    "금액:>=1.5억",
    "기자:",
    "언론사:",
    "발언자:",
    "인물:",
    "2026-01",
    "1.5억",
    "尹대통령",
    "수성알파시티",
    "CES",
    "https://a.kr/b",
    '"a b"~5',
)
_ANY = (
    (0x20, 0x7E),
    (0xAC00, 0xD7A3),
    (0x1100, 0x11FF),
    (0x2000, 0x206F),
    (0x3000, 0x303F),
    (0xFF00, 0xFFEF),
    (0x1F300, 0x1F6FF),
)


@cache
def _good() -> tuple[str, ...]:
    table = json.loads(_TABLE.read_text(encoding="utf-8"))
    return tuple(str(row["q"]) for row in table["queries"])


def random_queries(count: int, seed: int) -> Iterator[str]:
    """Yield so many queries, the same ones for the same seed; few are over the limit of their length."""
    chance = random.Random(seed)
    makers = (_of_pieces, _mutated, _mutated, _of_characters)
    for _ in range(count):
        yield chance.choice(makers)(chance)


def _of_pieces(chance: random.Random) -> str:
    return chance.choice(("", " ")).join(chance.choices(PIECES, k=chance.randint(1, 24)))


def _of_characters(chance: random.Random) -> str:
    return "".join(chr(chance.randint(*chance.choice(_ANY))) for _ in range(chance.randint(1, 40)))


def _mutated(chance: random.Random) -> str:
    q = chance.choice(_good())
    for _ in range(chance.randint(1, 5)):
        at = chance.randint(0, len(q))
        to = min(len(q), at + chance.randint(0, 6))
        change = chance.randrange(5)
        if change == 0:
            q = q[:at] + q[to:]
        elif change == 1:
            q = q[:at] + chance.choice(PIECES) + q[at:]
        elif change == 2:
            q = q[:at] + q[at:to] * chance.randint(2, 8) + q[to:]
        elif change == 3:
            q = q[:at] + chance.choice(_good()) + q[at:]
        else:
            q = q[:at] + q[at:to][::-1] + q[to:]
    return q
