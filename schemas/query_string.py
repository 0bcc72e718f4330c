"""Query strings as the documents that schemas load: lists, numbers and flags out of text."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from marshmallow import Schema, ValidationError, fields

from schemas.article import refused
from schemas.fields import Flag, Items, Text, WholeNumber
from schemas.violations import Violation, parameter_errors, violation

_JSON_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_LONGEST_NUMBER = 32
_FLAGS = {"true": True, "false": False}


def load_query_string(schema: Schema, parameters: Mapping[str, Sequence[str]]) -> Any:
    """Return what the schema loads out of query parameters, each name with its values in order.

    A field whose metadata says `style: form` takes one comma list, another list repeated parameters. Raises
    ValidationFailed that names each parameter which is unknown, repeated, empty or does not fit.
    """
    document: dict[str, Any] = {}
    wrong: dict[str, list[Violation]] = {}
    for name, values in parameters.items():
        field = schema.load_fields.get(name)
        if field is None:
            wrong[name] = [violation("unknown")]
        elif len(values) > 1 and not _is_repeatable(field):
            wrong[name] = [violation("repeated")]
        elif "" in values and not _may_be_blank(field):
            wrong[name] = [violation("blank")]
        else:
            document[name] = _value(field, values)
    try:
        loaded = schema.load(document)
    except ValidationError as error:
        wrong = {**error.messages_dict, **wrong}
        raise refused(parameter_errors(ValidationError(wrong))) from error
    if wrong:
        raise refused(parameter_errors(ValidationError(wrong)))
    return loaded


def is_comma_list(field: fields.Field[Any]) -> bool:
    """Return whether a field is given as one comma list in a query string."""
    return isinstance(field, Items) and field.metadata.get("style") == "form"


def _is_repeatable(field: fields.Field[Any]) -> bool:
    return isinstance(field, Items) and not is_comma_list(field)


def _may_be_blank(field: fields.Field[Any]) -> bool:
    value = field.inner if isinstance(field, Items) and _is_repeatable(field) else field
    return isinstance(value, Text) and value.blank


def _value(field: fields.Field[Any], values: Sequence[str]) -> Any:
    if is_comma_list(field):
        return values[0].split(",")
    if isinstance(field, Items):
        return list(values)
    if isinstance(field, WholeNumber):
        return _number(values[0])
    return _FLAGS.get(values[0], values[0]) if isinstance(field, Flag) else values[0]


def _number(text: str) -> Any:
    return json.loads(text) if len(text) <= _LONGEST_NUMBER and _JSON_NUMBER.fullmatch(text) else text
