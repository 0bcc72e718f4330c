"""The settings of what is seen of outlets without a licence in force."""

from __future__ import annotations

from service.config.setting import Setting
from service.domain.errors import Message
from service.domain.keys import Audience
from service.domain.outlets import Display

_CHOICES = tuple(display.value for display in Display)


def _default(audience: Audience, ko: str, en: str, display: Display) -> Setting:
    meaning = Message(
        f"이용 허락이 등록되지 않았거나 기간이 지난 언론사의 기사를 {ko}에 보여 주는 만큼: full은 모두, snippet은 요약 "
        "앞부분, link는 제목과 원문 주소",
        f"what {en} sees of outlets without a licence in force: full all of it, snippet the beginning of the summary, "
        "link the title and the address",
    )
    return Setting(f"display_{audience}", display.value, meaning, choices=_CHOICES)


LICENCES: tuple[Setting, ...] = (
    _default(Audience.PRESS_OFFICE, "공보 부서", "the press office", Display.FULL),
    _default(Audience.INTRANET, "내부망", "the intranet", Display.SNIPPET),
    _default(Audience.PUBLIC, "시민", "the public", Display.LINK),
    Setting(
        "snippet_characters",
        "150",
        Message("snippet으로 보여 주는 글자 수의 한도", "the most characters that a snippet shows"),
        kind="whole number",
        unit=Message("자", "characters"),
        low=20,
        high=1000,
    ),
)
