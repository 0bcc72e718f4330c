"""The real application over a real embedded engine, in this process and as a service of its own."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service.app import create_app
from service.config import Config
from service.engines.embedded import open_engine
from service.search.engine import Engine
from tests.sign_on.provider import RealProvider, running_provider
from tests.web.signed_on import SERVICE, Site

_NUMBERS = count(1)
_START_SECONDS = 30


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    opened = open_engine(tmp_path_factory.mktemp("data"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def app(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return create_app(Config(data_dir=tmp_path_factory.mktemp("unused"), log_level="error"), engine)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def article_id() -> str:
    """Return an id that no other test of this run uses."""
    return f"test-{os.getpid()}-{next(_NUMBERS)}"


@dataclass(frozen=True)
class Service:
    """A running service: its port and the process that was started for it."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path

    def connect(self, timeout: float = 30) -> http.client.HTTPConnection:
        """Return a connection to the service."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)

    def socket(self, timeout: float = 30) -> socket.socket:
        """Return a bare socket to the service."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=timeout)


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Return a service of one gunicorn worker."""
    started = _start(tmp_path_factory.mktemp("service"))
    yield started
    started.process.send_signal(signal.SIGTERM)
    started.process.wait(timeout=30)


@pytest.fixture(scope="session")
def live(service: Service) -> Callable[..., tuple[http.client.HTTPResponse, bytes]]:
    """Return a function that sends a request to the service and returns the response with its body."""

    def ask(method: str, path: str, body: object = None, **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
        connection = service.connect()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body=body, headers=named)  # type: ignore[arg-type] # bytes or an iterable
        response = connection.getresponse()
        content = response.read()
        connection.close()
        return response, content

    return ask


def _start(directory: Path) -> Service:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = directory / "service.log"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GISA_")}
    environment |= {"GISA_DATA_DIR": str(directory / "data"), "GISA_PORT": str(port), "GISA_WORKERS": "1"}
    command = [sys.executable, "-c", "from service.cli import main; main()", "serve"]
    with log.open("wb") as output:
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=output)
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                return Service(port, process, log)
        except OSError:
            pass
        time.sleep(0.1)
    process.kill()
    raise AssertionError(f"The service did not start: {log.read_text('utf-8')}")


@pytest.fixture(scope="session")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealProvider]:
    with running_provider(tmp_path_factory.mktemp("provider"), SERVICE) as running:
        yield running


@pytest.fixture
def site(engine: Engine, tmp_path: Path, provider: RealProvider) -> Site:
    return Site(Config(data_dir=tmp_path, log_level="error", **provider.settings()), engine, provider)
