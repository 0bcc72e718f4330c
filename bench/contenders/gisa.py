"""Gisa over HTTP, on each of its engines."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.parse import urlencode

from bench.contenders.contender import Answered, Memory, folder_bytes, memory_of
from bench.enriched import fill
from bench.kinds import Kind, gisa_parameters
from bench.running import RunningService
from service.engines import elasticsearch, embedded
from service.search.engine import Engine, Put


class Gisa:
    """The service with two workers, its other settings as they come."""

    name = "Gisa, embedded"
    most_articles: int | None = None

    def __init__(self) -> None:
        self._service: RunningService | None = None
        self._connection: http.client.HTTPConnection | None = None
        self._cursors: dict[str, str] = {}

    @property
    def service(self) -> RunningService:
        """Return the running service."""
        assert self._service is not None, "open it first"
        return self._service

    def load(self, folder: Path, parts: Iterable[Sequence[Put]]) -> float:
        """Write the articles at the port of the engine."""
        engine = self._engine(folder)
        try:
            return fill(engine, parts)
        finally:
            engine.close()

    def open(self, folder: Path) -> float | None:
        """Start the service."""
        began = time.monotonic()
        self._service = RunningService.start(folder / "data", **self._settings(), wait=False)
        while True:
            try:
                status, answer = self._service.request("GET", "/v1/search?" + urlencode({"q": "정부"}))
            except OSError:
                if self._service.process.poll() is not None:
                    raise RuntimeError(self._service.log.read_text(encoding="utf-8", errors="replace")) from None
                time.sleep(0.01)
                continue
            if status == http.client.OK and answer["total"]["value"]:
                break
            time.sleep(0.01)
        seconds = time.monotonic() - began
        self._service.wait_until_ready()
        self._connection = self._service.connection()
        return seconds

    def search(self, kind: Kind) -> Answered:
        """Answer over a connection that is kept; the cursor of a deep page is fetched beforehand."""
        path = self._path(kind)
        began = time.perf_counter()
        answer = self._get(path)
        milliseconds = (time.perf_counter() - began) * 1000
        return Answered(milliseconds, json.loads(answer)["total"]["value"])

    def url(self, kind: Kind) -> str | None:
        """Return the address of the search."""
        return f"http://127.0.0.1:{self.service.port}{self._path(kind)}"

    def memory(self) -> Memory | None:
        """Return what gunicorn and its workers hold."""
        return memory_of([self.service.process.pid, *self.service.worker_pids()])

    def stored_bytes(self, folder: Path) -> int:
        """Return the size of the data directory."""
        return folder_bytes(folder / "data")

    def close(self) -> None:
        """End the service."""
        if self._connection is not None:
            self._connection.close()
        if self._service is not None:
            self._service.stop()

    def remove(self, folder: Path) -> None:
        """Do nothing: all of it is in the folder."""

    def suggest(self, typed: str) -> float:
        """Return the milliseconds of a suggestion."""
        path = "/v1/suggest?" + urlencode({"q": typed})
        began = time.perf_counter()
        self._get(path)
        return (time.perf_counter() - began) * 1000

    def _path(self, kind: Kind) -> str:
        parameters = gisa_parameters(kind)
        if kind.page > 1 and kind.name not in self._cursors:
            cursor: dict[str, str] = {}
            for _ in range(kind.page - 1):
                answer = json.loads(self._get("/v1/search?" + urlencode(parameters | cursor)))
                cursor = {"cursor": answer["next"]}
            self._cursors[kind.name] = cursor["cursor"]
        if kind.page > 1:
            parameters["cursor"] = self._cursors[kind.name]
        return "/v1/search?" + urlencode(parameters)

    def _get(self, path: str) -> bytes:
        assert self._connection is not None, "open it first"
        try:
            response, content = self._exchange(path)
        except (http.client.RemoteDisconnected, ConnectionError):
            # The service closes a connection that was idle while others took their turns; a client opens another.
            self._connection.close()
            response, content = self._exchange(path)
        if response.status != http.client.OK:
            raise RuntimeError(f"{path} was answered with {response.status}: {content[:500]!r}")
        return content

    def _exchange(self, path: str) -> tuple[http.client.HTTPResponse, bytes]:
        assert self._connection is not None, "open it first"
        self._connection.request("GET", path)
        response = self._connection.getresponse()
        return response, response.read()

    def _engine(self, folder: Path) -> Engine:
        return embedded.open_engine(folder / "data")

    def _settings(self) -> dict[str, str]:
        return {}


class GisaOnElasticsearch(Gisa):
    """The service on Elasticsearch."""

    name = "Gisa, Elasticsearch"

    def __init__(self, url: str, prefix: str) -> None:
        super().__init__()
        self._url, self._prefix = url, prefix

    def stored_bytes(self, folder: Path) -> int:  # noqa: ARG002 -- the node has the files
        """Return what the index of the articles has on disk."""
        from bench.contenders.elasticsearch import index_bytes  # noqa: PLC0415 -- only where it is measured

        return index_bytes(self._url, f"{self._prefix}articles")

    def remove(self, folder: Path) -> None:  # noqa: ARG002 -- the same
        """Remove the indices."""
        from bench.contenders.elasticsearch import remove_indices  # noqa: PLC0415 -- the same

        remove_indices(self._url, self._prefix)

    def _engine(self, folder: Path) -> Engine:  # noqa: ARG002 -- the same
        settings = elasticsearch.ElasticsearchSettings(
            urls=(self._url,), index_prefix=self._prefix, number_of_replicas=0, timeout=60.0
        )
        return elasticsearch.open_engine(settings)

    def _settings(self) -> dict[str, str]:
        return {
            "engine": "elasticsearch",
            "elasticsearch_url": self._url,
            "elasticsearch_index_prefix": self._prefix,
            "elasticsearch_replicas": "0",
        }
