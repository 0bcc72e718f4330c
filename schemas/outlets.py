"""Outlets and their licences on the wire."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from marshmallow import Schema, ValidationError, fields, validates_schema

from schemas.article import refused
from schemas.fields import Choice, Items, Part, StrictSchema, Text, check_text
from schemas.violations import body_errors, invalid, violation
from service.domain.errors import FieldError
from service.domain.keys import Audience
from service.domain.outlets import Display, Licence, Outlet, OutletKind

MAX_NAME = 200
_MAX_NOTE = 1_000
_MAX_ALIASES = 50
_DATE_PATTERN = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


class Day(fields.Field[date]):
    """A date of the calendar: 2026-01-15."""

    def __init__(self, **options: Any) -> None:
        metadata = {"type": "string", "format": "date", "pattern": _DATE_PATTERN}
        super().__init__(metadata=metadata | options.pop("metadata", {}), **options)

    def _serialize(self, value: Any, *_: Any, **__: Any) -> str | None:
        return None if value is None else str(value.isoformat())

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> date:
        if not isinstance(value, str):
            raise invalid("not-a-string")
        try:
            if len(value) != len("2026-01-15"):
                raise ValueError
            return date.fromisoformat(value)
        except ValueError as error:
            raise invalid("invalid-date") from error


class LicenceSchema(StrictSchema):
    """What an audience may see of the outlet's articles, and from which day to which, both included, in KST."""

    display = Choice(
        Display, required=True, metadata={"description": "full, snippet(요약 앞부분) 또는 link(제목과 주소)"}
    )
    valid_from = Day(allow_none=True, metadata={"description": "첫날(KST). 없으면 처음부터"})
    valid_to = Day(allow_none=True, metadata={"description": "마지막 날(KST). 없으면 끝없이"})
    note = Text(limit=_MAX_NOTE, allow_none=True, metadata={"description": "계약 번호 같은 메모"})

    @validates_schema
    def check_term(self, data: Mapping[str, Any], **_: Any) -> None:
        """Raise where the term ends before it begins."""
        start, end = data.get("valid_from"), data.get("valid_to")
        if start and end and start > end:
            raise invalid("reversed-term", "valid_from")


class LicencesSchema(StrictSchema):
    """The licence of each audience; one that is left out gets the cautious default."""

    press_office = Part(LicenceSchema, allow_none=True)
    intranet = Part(LicenceSchema, allow_none=True)
    public = Part(LicenceSchema, allow_none=True)


class OutletInput(StrictSchema):
    """What an operator says of an outlet; the name in the body, if any, is that of the path."""

    name = Text(limit=MAX_NAME, allow_none=True)
    kind = Choice(OutletKind, required=True, metadata={"description": "통신사, 일간지, 지역지, 방송, 인터넷"})
    aliases = Items(Text(limit=MAX_NAME), limit=_MAX_ALIASES, allow_none=True, metadata={"description": "다른 표기"})
    licences = Part(LicencesSchema, allow_none=True)


class OutletSchema(Schema):
    """An outlet; `display` is what each audience sees today, by its licence or by the cautious default."""

    name = fields.String(required=True)
    kind = fields.String(required=True, metadata={"enum": [kind.value for kind in OutletKind]})
    aliases = fields.List(fields.String(), required=True)
    licences = fields.Nested(LicencesSchema, required=True)
    display = fields.Nested(
        Schema.from_dict(
            {
                audience.value: fields.String(required=True, metadata={"enum": [each.value for each in Display]})
                for audience in Audience
            },
            name="DisplayOfAudiences",
        ),
        required=True,
    )


class OutletsSchema(Schema):
    """Every outlet, by name."""

    outlets = fields.List(fields.Nested(OutletSchema), required=True)


_INPUT = OutletInput()
_LICENCE = LicenceSchema()


def load_outlet(document: object, name: str) -> Outlet:
    """Return the outlet of this name; ValidationFailed with a pointer for each value that does not fit."""
    name = check_name(name)
    try:
        values = _INPUT.load(document)  # type: ignore[arg-type] # what is no object is refused by the schema
        if values.get("name", name) != name:
            raise invalid("other-name", "name")
    except ValidationError as error:
        raise refused(body_errors(error)) from error
    licences = {Audience(audience): Licence(**licence) for audience, licence in values.get("licences", {}).items()}
    aliases = tuple(dict.fromkeys(values.get("aliases", ())))
    return Outlet(name, values["kind"], aliases, licences)


def check_name(name: str) -> str:
    """Return the name of an outlet in a path; ValidationFailed where it can be none."""
    try:
        return check_text(name, MAX_NAME).strip()
    except ValidationError as error:
        found = violation("invalid-name", limit=MAX_NAME)
        raise refused((FieldError(found.code, found.message, parameter="name"),)) from error


def dump_outlet(outlet: Outlet, display: Mapping[Audience, Display]) -> dict[str, Any]:
    """Return the outlet as JSON values, with what each audience sees of it today."""
    return dump_kept(outlet) | {"display": {audience.value: display[audience].value for audience in Audience}}


def dump_kept(outlet: Outlet) -> dict[str, Any]:
    """Return what is kept of the outlet, in the form in which it can be put again."""
    return {
        "name": outlet.name,
        "kind": outlet.kind.value,
        "aliases": list(outlet.aliases),
        "licences": {audience.value: _LICENCE.dump(licence) for audience, licence in outlet.licences.items()},
    }


def load_outlets(documents: Iterable[object]) -> tuple[Outlet, ...]:
    """Return the outlets of a file; ValidationFailed names the number of the first that does not fit."""
    loaded = []
    for number, document in enumerate(documents):
        if not isinstance(document, Mapping) or not isinstance(document.get("name"), str):
            found = violation("required")
            raise refused((FieldError(found.code, found.message, pointer=f"/outlets/{number}/name"),))
        loaded.append(load_outlet(document, document["name"]))
    return tuple(loaded)
