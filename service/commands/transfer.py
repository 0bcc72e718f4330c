"""`gisa transfer`: everything from the configured engine into the other one."""

from __future__ import annotations

import sys
from dataclasses import replace

import click

from service.commands.console import note, tell, text_of
from service.commands.directory import hold_directory, prepare_directory
from service.commands.opening import open_configured, open_pool
from service.commands.progress import progress
from service.commands.searchable import wait_until_searchable
from service.config import load_config
from service.domain.errors import StartupError
from service.usecases.transfer import Transferred, transfer

NOT_ALL = 1
_SHOWN = 10  # articles named of each kind of trouble


@click.command(
    help=tell(
        "설정된 엔진(GISA_ENGINE)의 모든 기사와 언론사의 이용 허락, 열람 수를 다른 엔진으로 옮겨 담습니다. 원본은 "
        "그대로 둡니다. 중단되면 다시 실행하세요. 이미 옮긴 것은 건너뜁니다. 종료 상태: 0 모두 같음, 1 빠지거나 다른 "
        "것이 있음, 2 시작할 수 없음.",
        "Copy every article of the configured engine (GISA_ENGINE) into the other one, as it is stored, with the "
        "outlets, their licences and the counts of views. The source stays as it is. Where it is interrupted, run it "
        "again: what is there is passed over. Exit status: 0 all there and equal, 1 something is missing or differs, "
        "2 could not start.",
    )
)
@click.option(
    "--to",
    "wanted",
    required=True,
    type=click.Choice(["elasticsearch", "embedded"]),
    help=tell("옮겨 담을 엔진", "the engine to copy into"),
)
def command(wanted: str) -> None:
    """Transfer, compare, and exit with 1 where the engines do not agree."""
    config = load_config()
    if config.engine == wanted:
        raise StartupError(
            f"GISA_ENGINE이 이미 {wanted}입니다. GISA_ENGINE에는 기사가 지금 있는 엔진을 지정하세요.",
            f"GISA_ENGINE is {wanted} already. Set GISA_ENGINE to the engine that holds the articles now.",
        )
    if config.engine == "embedded" and not config.data_dir.is_dir():
        raise StartupError(
            f"{config.data_dir}에 기사가 없습니다. GISA_DATA_DIR을 확인하세요.",
            f"There are no articles in {config.data_dir}. Check GISA_DATA_DIR.",
        )
    prepare_directory(config.data_dir)
    # An operator waits for this, no caller of the API: the cluster may take its time.
    patient = replace(config, elasticsearch_timeout_milliseconds=max(config.elasticsearch_timeout_milliseconds, 30_000))
    lock = hold_directory(config.data_dir) if wanted == "embedded" else None
    try:
        with (
            open_configured(patient, index=False) as source,
            open_configured(replace(patient, engine=wanted), index=True) as target,
            open_pool(config) as pool,
        ):
            with progress(1.0, "옮겨 담는 중", "Transferring") as show:
                done = transfer(source, target, lambda count, total: show(count / max(total, 1), count), pool)
            searchable = wait_until_searchable(target)
    finally:
        if lock:
            lock.release()
    _tell(done)
    if not searchable:
        note("아직 검색되지 않는 것이 있습니다.", "Some of it cannot be searched yet.")
    sys.exit(0 if done.complete else NOT_ALL)


def _tell(done: Transferred) -> None:
    note(
        f"옮김 {done.written:,}건, 이미 있음 {done.unchanged:,}건. "
        f"원본 {done.in_source:,}건, 대상 {done.in_target:,}건.",
        f"{done.written:,} copied, {done.unchanged:,} there already. {done.in_source:,} in the source, "
        f"{done.in_target:,} in the target.",
    )
    if done.outlets:
        note("언론사와 이용 허락을 옮겼습니다.", "Copied the outlets and their licences.")
    if done.views:
        note(f"열람 수 {done.views:,}회를 옮겼습니다.", f"Added {done.views:,} views to the counts.")
    for problem in done.problems[:_SHOWN]:
        click.echo(f"  {problem.id}: {text_of(problem.error.message)}", err=True)
    _name(done.missing, "대상에 없거나 다른 상태", "missing in the target or in another state")
    _name(done.different, "내용이 다름", "different contents")
    if not done.complete:
        note(
            "모두 옮겨지지 않았습니다. 옮기는 동안 원본에 쓰지 않게 하고 다시 실행하세요.",
            "Not everything has been copied. Let nobody write to the source meanwhile and run this again.",
        )


def _name(ids: tuple[str, ...], ko: str, en: str) -> None:
    if ids:
        more = " …" if len(ids) > _SHOWN else ""
        named = ", ".join(ids[:_SHOWN]) + more
        note(f"{ko} {len(ids):,}건: {named}", f"{len(ids):,} {en}: {named}")
