"""Fields of answers whose values are JSON values already: dumped as they are, as a page has thousands."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from operator import attrgetter
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


class Values(fields.Nested):
    """An object whose values are JSON values already, all under names of the schema."""

    def _serialize(self, value: Any, *_: Any, **__: Any) -> dict[str, Any]:  # type: ignore[override] # Nested renames it
        return dict(value)


class Record(fields.Nested):
    """An object of which all values but times, lists of parts and other such objects are JSON values already."""

    def _serialize(self, value: Any, *_: Any, **__: Any) -> dict[str, Any]:  # type: ignore[override] # Nested renames it
        values = dict(zip(self.schema.fields, self._read(value), strict=True))
        for name, field in self._written:
            values[name] = field._serialize(values[name], name, value)
        parts = self._parts
        values.update(zip(parts, msgspec.to_builtins([values[name] for name in parts]), strict=True))
        return values

    @cached_property
    def _read(self) -> Callable[[Any], tuple[Any, ...]]:
        return attrgetter(*(field.attribute or name for name, field in self.schema.fields.items()))

    @cached_property
    def _written(self) -> tuple[tuple[str, fields.Field[Any]], ...]:
        kinds = (Timestamp, Record, Values)
        return tuple((name, field) for name, field in self.schema.fields.items() if isinstance(field, kinds))

    @cached_property
    def _parts(self) -> tuple[str, ...]:
        return tuple(name for name, field in self.schema.fields.items() if isinstance(field, Parts))
