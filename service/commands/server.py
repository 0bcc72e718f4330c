"""The web server: gunicorn with threaded workers, each with an application and an engine of its own."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.errors import AppImportError
from gunicorn.glogging import Logger

from service.commands.console import text_of
from service.config import Config
from service.domain.errors import StartupError

MAX_REQUEST_LINE = 8190
"""Bytes: 500 Hangul characters in an address take 4,500, more than gunicorn's own limit; 8,190 is its highest."""
METRIC_KINDS = ("counter", "gauge_livesum", "histogram")
"""What the metrics of the service are: each kind has a file for each process."""
_METRICS_BYTES = 1 << 20  # as many as prometheus_client gives a file; all the metrics of the service take a quarter
_LAST_TAKEN = 0.25
"""Seconds in which the workers learn of a stop and take the connections that have come by then."""
WORKER_TIMEOUT = 60
"""Seconds after which a worker whose main loop hangs is replaced; requests themselves may take as long as they like."""


class Server(BaseApplication):  # type: ignore[misc] # gunicorn carries no types
    """The application as gunicorn runs it: `create` is called in each worker, after the fork."""

    def __init__(
        self, config: Config, listener: socket.socket, create: Callable[[Config], Any], ready: Callable[[], None]
    ) -> None:
        self._config = config
        self._listener = listener
        self._create = create
        self._ready = ready
        super().__init__()

    def load_config(self) -> None:
        """Set what differs from gunicorn's defaults."""
        for name, value in self._settings().items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Return the WSGI application of this worker; a StartupError ends the whole service with its sentence."""
        try:
            application = self._create(self._config)
        except StartupError as error:
            raise AppImportError(f"gisa: {text_of(error.message)}") from error
        # A page of hits is thousands of objects without a cycle, and what has been loaded by now stays for good.
        gc.freeze()
        gc.set_threshold(20_000, 20, 20)
        return application

    def run(self) -> None:
        """Serve until it is stopped."""
        _Arbiter(self).run()

    def _settings(self) -> dict[str, Any]:
        config = self._config
        return {
            "bind": [f"fd://{self._listener.detach()}"],
            "worker_class": "service.commands.worker.ProblemWorker",
            "workers": config.workers,
            "threads": config.threads,
            "timeout": WORKER_TIMEOUT,
            "graceful_timeout": config.shutdown_grace_seconds,
            "keepalive": config.keep_alive_seconds,
            "limit_request_line": MAX_REQUEST_LINE,
            # gunicorn believes what comes from this machine; here a proxy is believed only where it is named.
            "forwarded_allow_ips": config.trusted_proxies,
            "logger_class": _Log,
            "loglevel": "debug" if config.log_level == "debug" else "warning",
            "proc_name": "gisa",
            "control_socket_disable": True,
            "when_ready": lambda _: self._ready(),
            "post_fork": _worker_begins,
            "child_exit": _worker_ended,
        }


class _Arbiter(Arbiter):  # type: ignore[misc] # gunicorn carries no types
    """Ceases to listen when it stops: whoever comes then is refused and not kept until the workers have ended."""

    def stop(self, graceful: bool = True) -> None:
        """Stop the workers; with `graceful` they answer first what has come by then."""
        if graceful:
            self.kill_workers(signal.SIGTERM)
            time.sleep(_LAST_TAKEN)
        for listener in self.LISTENERS:
            # The workers have the same socket open: closing it here alone would leave it listening.
            with suppress(OSError):  # not every system knows this of a socket that only listens
                listener.sock.shutdown(socket.SHUT_RDWR)
        super().stop(graceful)


class _Log(Logger):  # type: ignore[misc] # gunicorn carries no types
    """Leaves gunicorn's lines to the handlers of the service, in whose form they are written."""

    def setup(self, cfg: Any) -> None:
        """Take gunicorn's own handler away."""
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True


def prepare_metrics(directory: Path) -> Path:
    """Return the emptied folder in which the workers add up their metrics; what is there counts for a dead service."""
    folder = directory / "metrics"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    reserve_metrics(folder)
    return folder


def reserve_metrics(folder: Path) -> None:
    """Give the metrics of this process their place on the disk before they are counted.

    They are written through memory: on a disk that has become full since, a count without its place ends the process.
    """
    for kind in METRIC_KINDS:
        with (folder / f"{kind}_{os.getpid()}.db").open("ab") as file:
            os.posix_fallocate(file.fileno(), 0, _METRICS_BYTES)


def _worker_begins(_: Any, worker: Any) -> None:
    try:
        reserve_metrics(Path(os.environ["PROMETHEUS_MULTIPROC_DIR"]))
    except OSError as error:
        worker.log.error("There is no room for the metrics of worker %s: %s", worker.pid, error)


def _worker_ended(_: Any, worker: Any) -> None:
    from prometheus_client import multiprocess  # noqa: PLC0415 # its folder is named by the environment at import

    multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call] # the library leaves it untyped
