"""The fields that schemas are made of; each says in its metadata, as JSON Schema, exactly what it takes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any, ClassVar
from urllib.parse import urlsplit

from marshmallow import RAISE, Schema, ValidationError, fields, pre_load

from schemas.violations import invalid, violation
from service.domain.time import KST
from service.korean.folding import nfc, strip_ignored

MAX_STRING = 2_000
MAX_ITEMS = 500

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
VISIBLE = (
    r"[^\s\u0000-\u001f\u007f-\u00a0\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    r"\ufeff\ufe00-\ufe0f]"
)
PRINTABLE = r"[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]"
NOT_BLANK = f"{PRINTABLE}*{VISIBLE}{PRINTABLE}*"
"""Regular expressions of JSON Schema: a character that shows, any but a control character, and a text that shows."""

ID_PATTERN = "^[A-Za-z0-9._~-]{1,128}$"
_ID = re.compile(r"[A-Za-z0-9._~-]{1,128}")

_PORT = "(?:6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}|[0-9]{1,4})"
_HOST_LABEL = r"[0-9A-Za-z\u00c0-\u00d6\u1100-\u11ff\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3_~%-]+"
_URL_REST = r"[^\s\u0000-\u001f\u007f-\u00a0<>\u0022\\^`{|}]*"
URL_PATTERN = rf"^[Hh][Tt][Tt][Pp][Ss]?://{_HOST_LABEL}(?:\.{_HOST_LABEL})*\.?(?::{_PORT})?(?:[/?#]{_URL_REST})?$"
_URL = re.compile(URL_PATTERN)

_YEAR = "(?:[1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])"
_MONTH_DAY = (
    "(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    "|02-(?:0[1-9]|1[0-9]|2[0-8]))"
)
_LEAP_YEAR = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:0[48]|[2468][048]|[13579][26])00)"
_CLOCK = "(?:[01][0-9]|2[0-3]):[0-5][0-9]"
TIME_PATTERN = (
    rf"^(?:{_YEAR}-{_MONTH_DAY}|{_LEAP_YEAR}-02-29)(?:[Tt ]{_CLOCK}:[0-5][0-9](?:\.[0-9]+)?(?:[Zz]|[+-]{_CLOCK})?)?$"
)
_TIME_SHAPE = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[Tt ]([0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.([0-9]+))?([Zz]|[+-][0-9]{2}:[0-9]{2})?)?"
)


_CODES = {"type": "not-an-object"}
"""What marshmallow's own keys of errors are called here, where the name differs."""


class StrictSchema(Schema):
    """A schema that refuses unknown names and takes `null` for a field it knows as if it were not there."""

    error_messages: ClassVar[dict[str, Any]] = {  # type: ignore[misc] # violations take the place of strings
        "unknown": violation("unknown"),
        "type": violation("not-an-object"),
    }

    class Meta:
        """Written down although it is marshmallow's default, as the OpenAPI document reads it here."""

        unknown = RAISE

    @pre_load
    def drop_nulls(self, data: Any, **_: Any) -> Any:
        """Return the object without the known names whose value is null."""
        if not isinstance(data, Mapping):
            return data
        return {name: value for name, value in data.items() if value is not None or name not in self.load_fields}


class _Strict:
    """A field whose errors are violations."""

    def make_error(self, key: str, **_: Any) -> ValidationError:
        """Return the violation that stands for this key of marshmallow's."""
        return invalid(_CODES.get(key, key))


class Part(_Strict, fields.Nested):
    """An object within an object."""


def check_text(value: object, limit: int, *, blank: bool = False) -> str:
    """Return the text in NFC; raise the violation where it is no string, too long, blank or holds control characters.

    `limit` is in code points as they were sent.
    """
    if not isinstance(value, str):
        raise invalid("not-a-string")
    if len(value) > limit:
        raise invalid("too-long", limit=limit)
    if found := _CONTROL.search(value):
        raise invalid("control-character", position=found.start() + 1)
    if found := _SURROGATE.search(value):
        raise invalid("lone-surrogate", position=found.start() + 1)
    if not blank and not strip_ignored(value).strip():
        raise invalid("blank")
    return nfc(value)


class Text(_Strict, fields.String):
    """A string of at most `limit` code points, kept in NFC; blank only where `blank` is set."""

    def __init__(self, *, limit: int = MAX_STRING, blank: bool = False, description: str = "", **options: Any) -> None:
        metadata = {
            "maxLength": limit,
            "pattern": f"^{PRINTABLE}*$" if blank else f"^{NOT_BLANK}$",
            **({"description": description} if description else {}),
            **({} if blank else {"minLength": 1}),
        }
        super().__init__(metadata=metadata | options.pop("metadata", {}), **options)
        self.limit = limit
        self.blank = blank

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str:
        return check_text(value, self.limit, blank=self.blank)


class Identifier(_Strict, fields.String):
    """An article id."""

    def __init__(self, **options: Any) -> None:
        metadata = {"pattern": ID_PATTERN, "not": {"enum": [".", ".."]}}
        super().__init__(metadata=metadata | options.pop("metadata", {}), **options)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str:
        if not isinstance(value, str):
            raise invalid("not-a-string")
        return check_id(value)


def check_id(value: str) -> str:
    """Return the article id; raise the violation where it is none."""
    if not _ID.fullmatch(value) or value in {".", ".."}:
        raise invalid("invalid-id")
    return value


class Url(_Strict, fields.String):
    """An http or https URL of at most 2,000 code points; the host is a name or an IPv4 address."""

    def __init__(self, **options: Any) -> None:
        metadata = {"maxLength": MAX_STRING, "pattern": URL_PATTERN}
        super().__init__(metadata=metadata | options.pop("metadata", {}), **options)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str:
        text = check_text(value, MAX_STRING)
        if not _URL.fullmatch(text):
            raise invalid("invalid-url")
        try:
            urlsplit(text)
        except ValueError as error:  # a host that another form of Unicode would turn into something else
            raise invalid("invalid-url") from error
        return text


class Timestamp(_Strict, fields.Field[datetime]):
    """An RFC 3339 time or a date; without an offset it is Asia/Seoul; an aware datetime comes out.

    A date alone is the beginning of its day, or with `end_of_day` its last microsecond.
    """

    def __init__(self, *, end_of_day: bool = False, **options: Any) -> None:
        metadata = {"type": "string", "pattern": TIME_PATTERN}
        super().__init__(metadata=metadata | options.pop("metadata", {}), **options)
        self.end_of_day = end_of_day

    def _serialize(self, value: Any, *_: Any, **__: Any) -> str | None:
        return None if value is None else str(value.isoformat())

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> datetime:
        if not isinstance(value, str):
            raise invalid("not-a-string")
        shape = _TIME_SHAPE.fullmatch(value)
        if not shape:
            raise invalid("invalid-time")
        try:
            moment = _moment(shape, time.max if self.end_of_day else time.min)
            for zone in (UTC, KST):  # everything else reckons in one of these, so that both have to have the moment
                moment.astimezone(zone)
        except (ValueError, OverflowError) as error:
            raise invalid("not-in-calendar") from error
        return moment


def _moment(shape: re.Match[str], clock_of_date: time) -> datetime:
    day, clock, fraction, offset = shape.groups()
    if clock is None:
        return datetime.combine(date.fromisoformat(day), clock_of_date, KST)
    microseconds = (fraction or "0")[:6].ljust(6, "0")
    moment = datetime.fromisoformat(f"{day}T{clock}.{microseconds}{(offset or '').upper()}")
    return moment if offset else moment.replace(tzinfo=KST)


class WholeNumber(_Strict, fields.Integer):
    """An integer of JSON Schema, so `20.0` too; in a query string, digits."""

    def __init__(self, *, low: int, high: int, **options: Any) -> None:
        metadata = {"minimum": low, "maximum": high}
        super().__init__(metadata=metadata | options.pop("metadata", {}), **options)
        self.low = low
        self.high = high

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise invalid("not-an-integer")
        if not self.low <= value <= self.high:
            raise invalid("out-of-range", low=self.low, high=self.high)
        if value != int(value):
            raise invalid("not-an-integer")
        return int(value)


class Flag(_Strict, fields.Boolean):
    """True or false."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> bool:
        if not isinstance(value, bool):
            raise invalid("not-a-boolean")
        return value


class Choice(_Strict, fields.String):
    """One value of an enumeration."""

    def __init__(self, choices: type[StrEnum], **options: Any) -> None:
        values = [choice.value for choice in choices]
        metadata = {"enum": [*values, None] if options.get("allow_none") else values}
        super().__init__(metadata=metadata | options.pop("metadata", {}), **options)
        self.choices = choices

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> StrEnum:
        if not isinstance(value, str):
            raise invalid("not-a-string")
        try:
            return self.choices(value)
        except ValueError as error:
            raise invalid("not-one-of", choices=", ".join(choice.value for choice in self.choices)) from error


class Items(_Strict, fields.List[Any]):
    """An array of at most `limit` items; a tuple comes out."""

    def __init__(self, item: fields.Field[Any], *, limit: int = MAX_ITEMS, low: int = 0, **options: Any) -> None:
        bounds = {"maxItems": limit} | ({"minItems": low} if low else {})
        super().__init__(item, metadata=bounds | options.pop("metadata", {}), **options)
        self.limit = limit
        self.low = low

    def _deserialize(self, value: Any, *rest: Any, **options: Any) -> Any:
        if not isinstance(value, list):
            raise invalid("not-a-list")
        if len(value) > self.limit:
            raise invalid("too-many", limit=self.limit)
        if len(value) < self.low:
            raise invalid("blank")
        return tuple(super()._deserialize(value, *rest, **options))
