"""`gisa reenrich`: the stored articles, enriched as the service enriches today."""

from __future__ import annotations

import sys

import click

from service.commands.console import note, tell, text_of
from service.commands.directory import prepare_directory
from service.commands.opening import open_configured, open_pool
from service.commands.progress import progress
from service.commands.searchable import wait_until_searchable
from service.commands.stopping import INTERRUPTED, stop_on_signals
from service.config import load_config
from service.usecases.reenrich import Reenriched, reenrich

NOT_ALL = 1
_SHOWN = 10  # articles named that could not be enriched anew


@click.command(
    help=tell(
        "저장된 기사에서 인물·기관·장소 등을 지금 판의 규칙과 모델로 다시 뽑습니다. 직접 보낸 값은 그대로 둡니다. "
        "서비스가 도는 동안 할 수 있고, 중단되면 다시 실행하세요. 이어서 합니다. "
        "종료 상태: 0 됨, 1 안 된 기사가 있음, 2 시작할 수 없음.",
        "Derive people, bodies, places and the rest anew for the stored articles, by the rules and the model of this "
        "version. What a client gave stands. It runs beside the service; where it is interrupted, run it again: it "
        "goes on. Exit status: 0 done, 1 some could not be done, 2 could not start.",
    )
)
def command() -> None:
    """Enrich anew what is of another version and print the counts."""
    config = load_config()
    prepare_directory(config.data_dir)
    stop = stop_on_signals()
    with open_configured(config, index=True) as engine, open_pool(config) as pool:
        with progress(1.0, "다시 뽑는 중", "Enriching anew") as show:
            done = reenrich(engine, lambda count, total: show(count / max(total, 1), count), stop.is_set, pool)
        searchable = stop.is_set() or wait_until_searchable(engine)
    _tell(done)
    if not searchable:
        note("아직 검색되지 않는 것이 있습니다.", "Some of it cannot be searched yet.")
    if stop.is_set():
        note(
            "중단했습니다. 같은 명령을 다시 실행하면 이어서 마칩니다.",
            "Interrupted. The same command finishes the rest.",
        )
        sys.exit(INTERRUPTED)
    sys.exit(NOT_ALL if done.problems else 0)


def _tell(done: Reenriched) -> None:
    note(
        f"새로 뽑음 {done.renewed:,}건, 이미 최신 {done.current:,}건, 그 사이 바뀜 {done.overtaken:,}건.",
        f"{done.renewed:,} enriched anew, {done.current:,} current already, {done.overtaken:,} changed meanwhile.",
    )
    for problem in done.problems[:_SHOWN]:
        click.echo(f"  {problem.id}: {text_of(problem.error.message)}", err=True)
