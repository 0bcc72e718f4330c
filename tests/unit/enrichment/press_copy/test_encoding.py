"""Bytes of a paste to text: what is taken, and what is refused how."""

from __future__ import annotations

import pytest

from service.domain.errors import MalformedRequest, UnsupportedMediaType, ValidationFailed
from service.enrichment.press_copy import decode

TEXT = "가온시, 봄꽃길 열었다\n해솔천 둔치에 벚나무 300그루를 심었다."


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        (TEXT.encode(), None),
        (TEXT.encode("utf-8-sig"), None),
        (TEXT.encode(), "UTF-8"),
        (TEXT.encode("cp949"), None),
        (TEXT.encode("cp949"), "euc-kr"),
        (TEXT.encode("cp949"), '"CP949"'),
        (TEXT.encode("cp949"), "ks_c_5601-1987"),
        (TEXT.encode(), "euc-kr"),
        (TEXT.encode("utf-16"), None),
    ],
)
def test_text_comes_back_whole(data: bytes, charset: str | None) -> None:
    assert decode(data, charset) == TEXT


def test_cp949_syllables_outside_euc_kr_are_read_under_the_name_of_euc_kr() -> None:
    assert decode("똠방각하 펲시".encode("cp949"), "euc-kr") == "똠방각하 펲시"


def test_nothing_is_an_empty_text() -> None:
    assert decode(b"") == ""


@pytest.mark.parametrize("charset", ["shift_jis", "latin-1", "utf-16", ""])
def test_another_charset_is_not_taken(charset: str) -> None:
    with pytest.raises(UnsupportedMediaType):
        decode(TEXT.encode(), charset)


def test_bytes_that_do_not_fit_the_declared_charset_are_malformed() -> None:
    with pytest.raises(MalformedRequest):
        decode(b"\xff\xff\xfe", "euc-kr")
    with pytest.raises(MalformedRequest):
        decode(TEXT.encode("cp949"), "utf-8")


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f"])
def test_control_characters_are_refused_with_their_place(character: str) -> None:
    with pytest.raises(ValidationFailed) as refusal:
        decode(f"가온시{character}".encode())
    assert f"U+{ord(character):04X}" in refusal.value.message.en
    assert "3" in refusal.value.message.ko


def test_tabs_and_every_line_end_stay() -> None:
    assert decode("가\t나\r\n다\r라\n".encode()) == "가\t나\r\n다\r라\n"
