"""JSON between the service and the cluster, written and read by orjson."""

from __future__ import annotations

import json
from typing import Any, ClassVar

import orjson
from elasticsearch.serializer import JsonSerializer


def to_json(value: Any) -> bytes:
    """Return a value as JSON in UTF-8."""
    try:
        return orjson.dumps(value)
    except TypeError:  # a sum over 64 bits: orjson writes none, and reads it as a float
        return json.dumps(value, ensure_ascii=False).encode()


class FastJson(JsonSerializer):
    """Serializes requests and answers with orjson."""

    mimetype: ClassVar[str] = "application/json"

    def json_dumps(self, data: Any) -> bytes:
        """Return the body of a request."""
        return to_json(data)

    def json_loads(self, data: str | bytes) -> Any:
        """Return the body of an answer."""
        return orjson.loads(data)


class FastCompatibleJson(FastJson):
    """The same under the media type that names a version of the API."""

    mimetype: ClassVar[str] = "application/vnd.elasticsearch+json"


SERIALIZERS = {serializer.mimetype: serializer for serializer in (FastJson(), FastCompatibleJson())}
