"""What schemathesis has to be told beside the OpenAPI document."""

from __future__ import annotations

import json

import schemathesis


@schemathesis.serializer("application/x-ndjson")
def lines(_: object, value: object) -> bytes:
    """Return the value as one line of NDJSON; text stands as it is."""
    text = value if isinstance(value, str) else json.dumps(value, default=str)
    return text.encode("utf-8", "replace")
