"""`gisa serve`: the service over HTTP."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from shutil import which

import click

from service import __version__
from service.commands.access import decide_access, note_open
from service.commands.console import note, tell
from service.commands.directory import hold_directory, prepare_directory
from service.commands.listening import listen_at, url_of
from service.commands.opening import open_configured
from service.config import SETTINGS, Config, load_config

_BY_NAME = {setting.attribute: setting for setting in SETTINGS}


def _range(name: str) -> click.IntRange:
    return click.IntRange(_BY_NAME[name].low, _BY_NAME[name].high)


@click.command(help=tell("서비스를 시작합니다. Ctrl-C로 멈춥니다.", "Start the service; Ctrl-C stops it."))
@click.option("--host", help=tell("요청을 받는 주소 (GISA_HOST)", "the address to listen at (GISA_HOST)"))
@click.option("--port", type=_range("port"), help=tell("포트 (GISA_PORT)", "the port to listen at (GISA_PORT)"))
@click.option(
    "--workers", type=_range("workers"), help=tell("프로세스 수 (GISA_WORKERS)", "the processes (GISA_WORKERS)")
)
def command(host: str | None, port: int | None, workers: int | None) -> None:
    """Run the service until it is stopped; StartupError where it cannot start."""
    config = load_config()
    config = replace(config, host=host or config.host, port=port or config.port, workers=workers or config.workers)
    prepare_directory(config.data_dir)
    config = decide_access(config)
    listener = listen_at(config.host, config.port)
    lock = hold_directory(config.data_dir)
    # Opened once and closed again before the fork: a store that is damaged is told at once, and by one process.
    with open_configured(config, index=False):
        pass
    # gunicorn, Flask and the engine are imported once, before the workers are forked, and only where the start is sure.
    from service.commands.server import Server, prepare_metrics  # noqa: PLC0415

    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(prepare_metrics(config.data_dir))
    from service.app import create_app  # noqa: PLC0415
    from service.web.logs import configure_logs  # noqa: PLC0415
    from service.web.tracing import require_traces  # noqa: PLC0415

    require_traces(config)
    configure_logs(config.log_level, config.log_format)
    Server(config, listener, create_app, lambda: _announce(config)).run()
    lock.release()


def _announce(config: Config) -> None:
    url = url_of(config.host, config.port)
    program = "gisa" if which("gisa") else sys.argv[0]
    note(
        f"gisa {__version__}: {url} 에서 요청을 받습니다 (데이터 {config.data_dir}, 프로세스 {config.workers}개). "
        "Ctrl-C로 멈춥니다.",
        f"gisa {__version__} listens at {url} (data {config.data_dir}, {config.workers} processes). Ctrl-C stops it.",
    )
    note(
        f"  검색: curl -G {url}/v1/search --data-urlencode q=도서관   또는   {program} search 도서관",
        f"  Search: curl -G {url}/v1/search --data-urlencode q=도서관   or   {program} search 도서관",
    )
    note(f"  API 문서: {url}/docs", f"  API reference: {url}/docs")
    note_open(config)
