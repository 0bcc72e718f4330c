"""Articles that tell by themselves which state of which article they are, so that a torn one is seen."""

from __future__ import annotations

import random
from typing import Any

_PLACES = ("새빛동", "은행로", "가온역", "미르천", "달무리공원", "노을시장", "한울초등학교", "시립도서관")
_SUBJECTS = ("가온시는", "시의회는", "주민자치회는", "상인회는", "도서관은", "교통공사는", "연구진은", "소방서는")
_OBJECTS = ("새 노선을", "보행자 다리를", "예산 12억원을", "야간 진료를", "나무 300그루를", "공청회를", "안전 점검을")
_VERBS = ("마련했다", "공개했다", "미뤘다", "확정했다", "되살렸다", "시작한다고 밝혔다", "늘리기로 했다")


def document(key: str, version: int) -> dict[str, Any]:
    """Return this state of this article as a client sends it, the same each time; its one tag names both."""
    mark = f"{key}@{version}"
    chance = random.Random(mark)

    def sentence() -> str:
        return (
            f"{chance.choice(_PLACES)}에서 {chance.choice(_SUBJECTS)} {chance.choice(_OBJECTS)} {chance.choice(_VERBS)}"
        )

    paragraphs = (f"{sentence()}. {sentence()}. {mark}" for _ in range(3))
    return {"title": f"{sentence()} {mark}", "body": "\n\n".join(paragraphs), "outlet": "가람통신", "tags": [mark]}


def address(key: str) -> str:
    """Return the URL of an article that is posted without an id."""
    return f"https://garam.example/{key}"
