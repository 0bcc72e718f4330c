"""Bytes of a paste to text."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from service.domain.errors import FieldError, MalformedRequest, Message, UnsupportedMediaType, ValidationFailed

_ALIASES = {
    "utf-8": "utf-8", "utf8": "utf-8", "utf-8-sig": "utf-8", "us-ascii": "utf-8", "ascii": "utf-8",
    "euc-kr": "cp949", "euckr": "cp949", "euc_kr": "cp949", "ks_c_5601-1987": "cp949", "ksc5601": "cp949",
    "ks_c_5601": "cp949", "korean": "cp949", "cp949": "cp949", "ms949": "cp949", "x-windows-949": "cp949",
    "windows-949": "cp949", "uhc": "cp949",
}  # fmt: skip
"""What WHATWG and Windows call the charsets of Korean text; each of the EUC-KR family is read as its superset."""
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f\x80-\x84\x86-\x9f\ud800-\udfff]")


def decode(data: bytes, charset: str | None = None) -> str:
    """Return the text of pasted bytes.

    UTF-8 is tried first, then the declared charset, then CP949, and last what the bytes look like. Raises
    UnsupportedMediaType for a charset that is not Korean text's, MalformedRequest where the bytes do not fit the
    declared one or none fits, ValidationFailed for control characters.
    """
    declared = _declared(charset)
    text = _strictly(data, "utf-8-sig")
    if text is None:
        text = _utf16(data) if declared is None else None
    if text is None and declared is not None:
        text = _strictly(data, declared) if declared != "utf-8" else None
        if text is None:
            raise MalformedRequest(
                f"본문이 선언된 문자 집합({charset})에 맞지 않습니다. charset 값을 고치거나 UTF-8로 보내세요.",
                f"The body does not fit the declared charset ({charset}). Correct the charset or send UTF-8.",
            )
    if text is None:
        text = _guess(data)
    _refuse_controls(text)
    return text


def _declared(charset: str | None) -> str | None:
    if charset is None:
        return None
    known = _ALIASES.get(charset.strip().strip("\"'").lower())
    if known is None:
        raise UnsupportedMediaType(
            f"문자 집합 {charset!r}은(는) 받지 않습니다. utf-8, euc-kr, cp949 가운데 하나로 보내세요.",
            f"Charset {charset!r} is not taken. Send utf-8, euc-kr or cp949.",
        )
    return known


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _utf16(data: bytes) -> str | None:
    return _strictly(data, "utf-16") if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else None


def _guess(data: bytes) -> str:
    text = _strictly(data, "cp949")
    if text is not None:
        return text
    best = from_bytes(data).best()
    if best is None:
        raise MalformedRequest(
            "본문의 문자 인코딩을 알 수 없습니다. UTF-8로 보내세요.",
            "The encoding of the body cannot be told. Send UTF-8.",
        )
    return str(best)


def _refuse_controls(text: str) -> None:
    match = _CONTROL.search(text)
    if match is None:
        return
    code = f"U+{ord(match.group()):04X}"
    message = Message(
        f"본문 {match.start()}번째 글자에 제어 문자({code})가 있습니다. 지우고 다시 보내세요.",
        f"There is a control character ({code}) at position {match.start()} of the body. Remove it and send again.",
    )
    raise ValidationFailed(message.ko, message.en, (FieldError("control-character", message, pointer=""),))
