"""The id of a request: in every line of the log about it, those of the engine and of a bulk's thread too."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from service.search.engine import Engine
from service.web.logs import configure_logs

NAMED = {"X-Request-ID": "asked-7"}


@pytest.fixture
def lines(client: FlaskClient) -> Iterator[io.StringIO]:
    """Return where the log goes during a test."""
    stream = io.StringIO()
    configure_logs("info", "json", stream)
    yield stream
    configure_logs("info", "auto")


def logged(lines: io.StringIO, event: str) -> list[dict[str, Any]]:
    """Return the lines of the log about an event."""
    return [line for line in map(json.loads, lines.getvalue().splitlines()) if line["event"] == event]


def test_the_engine_logs_under_the_id_of_the_request(
    client: FlaskClient, engine: Engine, lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def search(self: Engine, request: object) -> object:
        logging.getLogger("gisa.engine").warning("the engine speaks")
        raise NotImplementedError

    monkeypatch.setattr(type(engine), "search", search)
    client.get("/v1/search?q=x", headers=NAMED)
    client.get("/livez", headers={"X-Request-ID": "asked-8"})
    assert [line["request_id"] for line in logged(lines, "the engine speaks")] == ["asked-7"]
    assert [line["request_id"] for line in logged(lines, "request")] == ["asked-7", "asked-8"]


def test_the_thread_of_a_bulk_logs_under_it_too(
    client: FlaskClient, engine: Engine, lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = type(engine).write

    def speaking(self: Engine, operations: Any) -> Any:
        logging.getLogger("gisa.engine").warning("the engine writes")
        return write(self, operations)

    monkeypatch.setattr(type(engine), "write", speaking)
    line = b'{"id": "named", "title": "t", "body": "b"}'
    assert client.post("/v1/articles/bulk", data=line, content_type="application/x-ndjson", headers=NAMED).data
    assert [line["request_id"] for line in logged(lines, "the engine writes")] == ["asked-7"]
