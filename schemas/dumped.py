"""Fields of answers whose values are JSON values already: dumped as they are, as a page has thousands."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import msgspec
from marshmallow import Schema, fields

from schemas.fields import Timestamp


class Parts(fields.List[Any]):
    """An array of dataclasses whose fields are those of the schema."""

    def __init__(self, schema: type[Schema], **options: Any) -> None:
        super().__init__(fields.Nested(schema), **options)

    def _serialize(self, value: Any, *_: Any, **__: Any) -> list[dict[str, Any]]:
        return list(msgspec.to_builtins(value))


class Record(fields.Nested):
    """An object of which all values but times and lists of parts are JSON values already."""

    def _serialize(self, value: Any, *_: Any, **__: Any) -> dict[str, Any]:  # type: ignore[override] # Nested renames it
        values = {name: getattr(value, name) for name in self.schema.fields}
        for name, field in self._written:
            values[name] = field._serialize(values[name], name, value)
        return values

    @cached_property
    def _written(self) -> tuple[tuple[str, fields.Field[Any]], ...]:
        return tuple((name, f) for name, f in self.schema.fields.items() if isinstance(f, Timestamp | Parts))
