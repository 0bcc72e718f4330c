"""Clients that write without a pause while the service is killed under them."""

from __future__ import annotations

import http.client
import json
import random
import threading
import time
from collections.abc import Iterator
from typing import Any

from bench.running import RunningService
from tests.faults.ledger import GONE, Ledger, State
from tests.faults.texts import address, document

LINES = 24
"""Lines of a bulk."""
_PAUSE = 0.05
_NETWORK = (OSError, http.client.HTTPException)


class Writer(threading.Thread):
    """One client with articles of its own: it creates, replaces, deletes, posts and sends bulks, one after another.

    `posted_twice` names what got a second id when it was sent again, `cut_off` the requests whose answers broke off,
    `unanswered` holds of those without any answer when they were sent whole and after how many seconds they failed.
    """

    def __init__(self, service: RunningService, ledger: Ledger, number: int, seed: int) -> None:
        super().__init__(daemon=True)
        self._service = service
        self._ledger = ledger
        self._number = number
        self._chance = random.Random(seed * 100 + number)
        self._stopped = threading.Event()
        self._connection: http.client.HTTPConnection | None = None
        self._versions: dict[str, int] = {}
        self._known: dict[str, State] = {}
        self._ids: dict[str, str] = {}
        self._status: int | None = None
        self.posted_twice: list[str] = []
        self.cut_off: list[str] = []
        self.unanswered: list[tuple[float, float]] = []
        self.failure: BaseException | None = None

    def run(self) -> None:
        """Write until it is told to stop."""
        try:
            while not self._stopped.is_set():
                self._act()
        except BaseException as error:  # noqa: BLE001 -- the test raises it
            self.failure = error

    def stop(self) -> None:
        """End after the write under way; raises what the client failed with."""
        self._stopped.set()
        self.join(120)
        assert not self.is_alive()
        if self.failure:
            raise self.failure

    def _act(self) -> None:
        kind = self._chance.choices(("bulk", "put", "post", "delete"), (2, 5, 2, 2))[0]
        if kind == "bulk":
            self._bulk()
        elif kind == "put":
            self._put(self._key("a"))
        elif kind == "post":
            self._post(self._key("u"))
        else:
            living = [key for key, state in self._known.items() if state is not GONE and key in self._ids]
            if living:
                self._remove(self._chance.choice(living))

    def _key(self, kind: str) -> str:
        """Return the key of a new article, or of an earlier one."""
        own = [key for key in self._versions if key.startswith(kind)]
        if own and self._chance.random() < 0.4:
            return self._chance.choice(own)
        return f"{kind}{self._number}-{len(self._versions):05}"

    def _next(self, key: str) -> int:
        version = self._versions[key] = self._versions.get(key, 0) + 1
        self._ledger.sent(key, version)
        return version

    def _put(self, key: str) -> None:
        version = self._next(key)
        answer = self._ask("PUT", f"/v1/articles/{key}", document(key, version))
        if answer and answer[0] in (200, 201):
            self._acknowledged(key, key, version)

    def _post(self, key: str) -> None:
        # Sent again until it is answered, as a client does: the address makes it the same article each time.
        version = self._next(key)
        while not self._stopped.is_set():
            answer = self._ask("POST", "/v1/articles", {**document(key, version), "url": address(key)})
            if answer and answer[0] in (200, 201):
                found = answer[1]["id"]
                if self._ids.get(key, found) != found:
                    self.posted_twice.append(key)
                self._acknowledged(key, found, version)
                return

    def _remove(self, key: str) -> None:
        self._ledger.sent(key, GONE)
        answer = self._ask("DELETE", f"/v1/articles/{self._ids[key]}")
        if answer and answer[0] == 204:
            self._acknowledged(key, self._ids[key], GONE)

    def _bulk(self) -> None:
        keys = list(dict.fromkeys(self._key("a") for _ in range(LINES)))
        while len(keys) < LINES:
            keys.append(f"a{self._number}-{len(self._versions) + len(keys):05}")
        versions = {key: self._next(key) for key in keys}
        lines = [as_json({"id": key, **document(key, version)}) for key, version in versions.items()]
        for line in self._answer("POST", "/v1/articles/bulk", b"\n".join(lines), "application/x-ndjson"):
            answer = json.loads(line) if line.endswith(b"\n") else {}
            if answer.get("status") in (200, 201):
                self._acknowledged(answer["id"], answer["id"], versions[answer["id"]])

    def _acknowledged(self, key: str, article_id: str, state: State) -> None:
        self._known[key] = state
        self._ids[key] = article_id
        self._ledger.answered(key, state)

    def _ask(self, method: str, path: str, sent: Any = None) -> tuple[int, Any] | None:
        """Return status and JSON of the answer, None where there was no whole one."""
        content = b"".join(self._answer(method, path, as_json(sent) if sent else b"", "application/json"))
        if self._status is None:
            return None
        return self._status, json.loads(content) if content else None

    def _answer(self, method: str, path: str, body: bytes, media_type: str) -> Iterator[bytes]:
        """Yield the whole lines of the answer; notes what became of the request where it had none, or not all of it."""
        self._status = None
        try:
            response = self._sent(method, path, body, media_type)
        except _NETWORK:
            self._disconnect()
            return
        try:
            while line := response.readline():
                yield line
            response.read()  # only this lets the connection be used again
        except _NETWORK:
            self.cut_off.append(f"{method} {path}")
            self._disconnect()
            return
        self._status = response.status
        if response.status >= 500:
            time.sleep(_PAUSE)

    def _sent(self, method: str, path: str, body: bytes, media_type: str) -> http.client.HTTPResponse:
        if self._connection is None:
            self._connection = self._service.connection()
        self._connection.request(method, path, body, {"Content-Type": media_type} if body else {})
        sent_at = time.monotonic()
        try:
            return self._connection.getresponse()
        except _NETWORK:
            self.unanswered.append((sent_at, time.monotonic() - sent_at))
            raise

    def _disconnect(self) -> None:
        if self._connection:
            self._connection.close()
        self._connection = None
        time.sleep(_PAUSE)


def as_json(value: Any) -> bytes:
    """Return a value as a client sends it."""
    return json.dumps(value, ensure_ascii=False).encode()
