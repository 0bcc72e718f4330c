"""The bulk call as a client that sends and reads at the same time."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Iterator
from typing import Any

from bench.running import RunningService


def bulk(
    service: RunningService, lines: Iterable[bytes], *, query: str = "", seconds: float = 600.0
) -> Iterator[dict[str, Any]]:
    """Yield what the service answers to each line, and last its summary; ends early where the service goes away."""
    connection = service.connection(seconds)
    connection.putrequest("POST", f"/v1/articles/bulk{query}")
    connection.putheader("Content-Type", "application/x-ndjson")
    connection.putheader("Transfer-Encoding", "chunked")
    connection.endheaders()
    sender = threading.Thread(target=_send, args=(connection, lines), daemon=True)
    sender.start()
    try:
        response = connection.getresponse()
        while line := response.readline():
            if not line.endswith(b"\n"):
                return
            yield json.loads(line)
    except OSError:
        return
    finally:
        connection.close()
        sender.join()


def _send(connection: Any, lines: Iterable[bytes]) -> None:
    try:
        for line in lines:
            chunk = line + b"\n"
            connection.send(b"%x\r\n%b\r\n" % (len(chunk), chunk))
        connection.send(b"0\r\n\r\n")
    except (OSError, AttributeError):
        # The service went away or the reader has closed the connection: what was answered tells the rest.
        return
