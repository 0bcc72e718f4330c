"""`gisa import`: files into the store."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from service.commands.console import note, tell, text_of
from service.commands.directory import prepare_directory
from service.commands.importer import Importer
from service.commands.opening import open_configured, open_pool
from service.commands.progress import progress
from service.commands.rejects import Rejects, default_path
from service.commands.searchable import wait_until_searchable
from service.commands.sources import Kind, Listing, list_sources
from service.commands.stopping import INTERRUPTED, stop_on_signals
from service.config import load_config
from service.domain.errors import GisaError
from service.search.engine import Change
from service.usecases.ingest import Ingest

SOMETHING_REFUSED = 1
_MUCH = 1 << 19  # bytes in the files, as they are: some seconds of work


@click.command(
    help=tell(
        "기사와 보도자료 파일을 가져옵니다. PATH는 폴더, .txt(보도자료), .json, .jsonl, .jsonl.gz 또는 -(표준 입력의 "
        "JSON 줄)입니다. 다시 가져와도 같은 기사는 그대로 둡니다. "
        "종료 상태: 0 모두 저장, 1 거부된 것이 있음, 2 시작할 수 없음.",
        "Import files of articles and press copy. PATH is a folder, .txt (press copy), .json, .jsonl, .jsonl.gz or - "
        "(lines of JSON on the standard input). Importing again leaves what is there as it is. "
        "Exit status: 0 all taken, 1 something refused, 2 could not start.",
    )
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option(
    "--rejects",
    type=click.Path(dir_okay=False, path_type=Path),
    help=tell(
        "거부된 것을 적을 파일 (기본: gisa-rejects-<시각>.jsonl)",
        "the file for what is refused (default: gisa-rejects-<time>.jsonl)",
    ),
)
@click.option(
    "--no-wait",
    is_flag=True,
    help=tell("검색될 때까지 기다리지 않음", "do not wait until everything can be searched"),
)
def command(paths: tuple[str, ...], rejects: Path | None, no_wait: bool) -> None:
    """Import the files and exit with 0, 1 where something was refused, 130 where it was interrupted."""
    config = load_config()
    listing = list_sources(paths)
    prepare_directory(config.data_dir)
    refused = Rejects(rejects or default_path())
    stop = stop_on_signals()
    with open_configured(config, index=True) as engine, open_pool(config) as pool:
        if sum(source.size for source in listing.sources if source.kind is not Kind.PRESS_COPY) >= _MUCH:
            pool.start()  # else this process would read the model and learn the words as well
        importer = Importer(Ingest(engine, pool=pool), refused, stop)
        _run(importer, listing, refused)
        interrupted = stop.is_set() and importer.failure is None
        searchable = no_wait or interrupted or wait_until_searchable(engine)
    refused.close()
    _summarize(importer, refused, listing, interrupted=interrupted)
    if not searchable:
        note(
            "모두 저장되었지만 아직 검색되지 않는 것이 있습니다. `gisa doctor`가 까닭을 보여 줍니다.",
            "All of it is stored, but some cannot be searched yet. `gisa doctor` shows why.",
        )
    sys.exit(INTERRUPTED if interrupted else SOMETHING_REFUSED if refused.count else 0)


def _run(importer: Importer, listing: Listing, refused: Rejects) -> None:
    for piece in listing.refused:
        assert isinstance(piece.content, GisaError)
        refused.add(piece, piece.content)
    total = sum(source.size for source in listing.sources)
    with progress(total, "가져오는 중", "Importing") as show:
        for _ in importer.run(listing.sources):
            show(importer.position.bytes, importer.counts.total() + refused.count)


def _summarize(importer: Importer, refused: Rejects, listing: Listing, *, interrupted: bool) -> None:
    created, replaced, unchanged = (
        importer.counts[change] for change in (Change.CREATED, Change.REPLACED, Change.UNCHANGED)
    )
    note(
        f"새 기사 {created:,}건, 바뀐 기사 {replaced:,}건, 그대로 {unchanged:,}건, 거부 {refused.count:,}건.",
        f"{created:,} created, {replaced:,} replaced, {unchanged:,} unchanged, {refused.count:,} refused.",
    )
    if listing.passed_over:
        note(
            f"기사 파일이 아닌 {listing.passed_over:,}개는 건너뛰었습니다.",
            f"{listing.passed_over:,} files of other kinds were passed over.",
        )
    if refused.count:
        note(f"거부된 것과 이유: {refused.path}", f"What was refused and why: {refused.path}")
    if importer.failure is not None:
        click.echo(text_of(importer.failure.message), err=True)
    if interrupted:
        note(
            "중단했습니다. 여기까지는 저장되었습니다. 같은 명령을 다시 실행하면 이어서 마칩니다.",
            "Interrupted. What was taken so far is stored; the same command finishes the rest.",
        )
