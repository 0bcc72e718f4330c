"""`gisa backup`: everything the service keeps, checked, beside a running service."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import click

from service import __version__
from service.commands.backup_files import copy_operator_files
from service.commands.console import note, tell
from service.commands.directory import prepare_directory
from service.commands.progress import progress
from service.config import Config, load_config
from service.engines.embedded.backup import contents, copy_store
from service.engines.embedded.database import FILE_NAME
from service.engines.embedded.index_copy import copy_index, journal_kept
from service.usecases.backup.files import described, new_backup, require_room, total_size, write_manifest
from service.usecases.backup.last import note_backup
from service.usecases.backup.manifest import Manifest


@click.command(
    help=tell(
        "모든 것을 새 폴더 TARGET에 백업합니다: 기사, 키, 사전, 동의어. 서비스가 도는 동안 할 수 있습니다. "
        "종료 상태: 0 됨, 2 할 수 없음.",
        "Back everything up into the new folder TARGET: articles, keys, dictionary, synonyms. Works beside a running "
        "service. Exit status: 0 done, 2 could not be done.",
    )
)
@click.argument("target", type=click.Path(path_type=Path))
@click.option(
    "--without-index",
    is_flag=True,
    help=tell(
        "색인은 빼고 백업: 반쯤 작아지지만 되살릴 때 색인을 새로 만듦",
        "leave the index out: half the size, but a restore has to build it",
    ),
)
@click.option(
    "--repository",
    metavar="NAME",
    help=tell("Elasticsearch: 등록된 스냅샷 저장소", "Elasticsearch: the registered snapshot repository"),
)
def command(target: Path, without_index: bool, repository: str | None) -> None:
    """Make the backup, and say what it holds."""
    config, target = load_config(), target.absolute()
    if config.engine == "elasticsearch":
        # Imported where it is asked for: the client of Elasticsearch takes its time.
        from service.commands.cluster_backup import back_up_cluster  # noqa: PLC0415

        manifest = back_up_cluster(config, target, repository)
    else:
        manifest = back_up_embedded(config, target, with_index=not without_index)
    prepare_directory(config.data_dir)
    note_backup(config.data_dir, manifest.created_at)
    size = total_size({**manifest.files, **manifest.index}) / (1 << 20)
    note(
        f"기사 {manifest.articles.count:,}건을 {target}에 백업했습니다({size:,.1f} MiB). 되살리려면: "
        f"gisa restore {target}",
        f"{manifest.articles.count:,} articles are backed up in {target} ({size:,.1f} MiB). To restore them: "
        f"gisa restore {target}",
    )


def back_up_embedded(config: Config, target: Path, *, with_index: bool) -> Manifest:
    """Make a backup of the data directory and return its manifest."""
    with new_backup(target) as folder:
        created_at = datetime.now(UTC)
        store = config.data_dir / "gisa.sqlite3"
        if store.is_file():
            require_room(folder, store.stat().st_size)
        copied, index = _copied(config.data_dir, folder, with_index=with_index)
        with progress(1.0, "백업을 확인하는 중", "Checking the backup") as show:
            articles, rows = contents(folder, lambda done, total: show(done / max(total, 1), done))
        files = [copied, *copy_operator_files(config, folder)]
        parts = {path.name: described(path) for path in files}
        of_index = {str(path.relative_to(folder)): described(path) for path in index}
        manifest = Manifest(__version__, "embedded", created_at, articles, rows, parts, index=of_index)
        write_manifest(folder, manifest)
    return manifest


def _copied(directory: Path, folder: Path, *, with_index: bool) -> tuple[Path, tuple[Path, ...]]:
    """Copy the store and, where that is asked for and there is a sound one, the index that it goes on from."""
    with ExitStack() as stack:
        index = None
        if with_index and (directory / FILE_NAME).is_file() and stack.enter_context(journal_kept(directory)):
            with progress(1.0, "색인을 백업하는 중", "Backing up the index") as show:
                index = copy_index(directory, folder, lambda done, total: show(done / max(total, 1), 0))
        with progress(1.0, "백업하는 중", "Backing up") as show:
            copied = copy_store(directory, folder, lambda done, total: show(done / max(total, 1), 0))
    if index:
        index.remember(folder)
    elif with_index:
        note(
            "  색인은 백업에 없습니다(만드는 중이거나 손상됨). 되살릴 때 새로 만듭니다.",
            "  The index is not in the backup (being built, or damaged): a restore builds it.",
        )
    return copied, index.files if index else ()
