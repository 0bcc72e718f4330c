"""`gisa restore`: a backup in the place of what there is, all of it or nothing."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click

from service.commands.backup_files import kept_elsewhere
from service.commands.console import note, tell, text_of
from service.commands.directory import hold_directory, prepare_directory
from service.commands.progress import progress
from service.config import Config, load_config
from service.domain.errors import BackupDamaged, Message, StartupError
from service.engines.embedded.backup import build_index, contents
from service.engines.embedded.database import FILE_NAME
from service.engines.embedded.index_copy import damage_of_copied_index
from service.engines.embedded.moves import finish_moves
from service.engines.embedded.replacing import INDEX, new_staging, present, put_in_place, replaced_name, require_alone
from service.usecases.backup.files import check_files, copy_files
from service.usecases.backup.manifest import Manifest, read_manifest

DAMAGED = 1
_CHANGED = Message("파일이 없거나 바뀜", "files are missing or have changed")


@click.command(
    help=tell(
        "`gisa backup`이 만든 백업 SOURCE를 되살립니다. 서비스를 멈추고 하세요. 해시와 개수를 확인한 뒤에만 바뀌고, "
        "중단되면 이전 상태가 남으니 다시 실행하세요. 종료 상태: 0 됨, 1 백업이 손상됨(바뀐 것 없음), 2 할 수 없음.",
        "Restore SOURCE, which `gisa backup` made. Stop the service first. Nothing changes before hashes and counts "
        "agree; where it is interrupted the old state stands: run it again. Exit status: 0 done, 1 the backup is "
        "damaged (nothing was changed), 2 could not be done.",
    )
)
@click.argument("source", type=click.Path(path_type=Path))
@click.option(
    "--replace",
    is_flag=True,
    help=tell("지금 있는 것을 옆으로 옮기고 되살림", "move what there is aside and restore"),
)
@click.option(
    "--check", "check_only", is_flag=True, help=tell("백업만 확인하고 되살리지 않음", "only check the backup")
)
def command(source: Path, replace: bool, check_only: bool) -> None:
    """Restore or check the backup; exit with 1 where it is damaged."""
    config, source = load_config(), source.absolute()
    try:
        manifest = read_manifest(source)
        if check_only:
            _check(config, source, manifest)
            return
        if manifest.engine != config.engine:
            raise _other_engine(manifest.engine)
        if manifest.engine == "elasticsearch":
            from service.commands.cluster_backup import restore_cluster  # noqa: PLC0415 -- see `gisa backup`

            restore_cluster(config, source, manifest, replace=replace)
        else:
            restore_embedded(config, source, manifest, replace=replace)
    except BackupDamaged as error:
        click.echo(f"gisa: {text_of(error.message)}", err=True)
        sys.exit(DAMAGED)


def restore_embedded(config: Config, source: Path, manifest: Manifest, *, replace: bool) -> None:
    """Restore a backup into the data directory."""
    directory = config.data_dir
    prepare_directory(directory)
    lock = hold_directory(directory)
    try:
        finish_moves(directory)
        elsewhere = {name: path for name, path in kept_elsewhere(config).items() if name in manifest.files}
        names = [name for name in manifest.files if name not in elsewhere]
        if (there := present(directory, names)) and not replace:
            raise _not_empty(directory, there)
        require_alone(directory)
        staging = new_staging(directory)
        _bring(source, staging, manifest)
        for name in elsewhere:
            (staging / name).unlink()
        if not _bring_index(source, staging, manifest):
            with progress(1.0, "색인을 만드는 중", "Building the index") as show:
                build_index(staging, lambda done, total: show(done / max(total, 1), done))
        require_alone(directory)
        replaced = put_in_place(directory, replaced_name(directory))
    finally:
        lock.release()
    _tell(manifest, directory, replaced, elsewhere)


def _bring(source: Path, staging: Path, manifest: Manifest) -> None:
    with progress(1.0, "백업을 가져오는 중", "Copying the backup") as show:
        copy_files(source, staging, manifest.files, lambda done, total: show(done / max(total, 1), 0))
    with progress(1.0, "기사를 확인하는 중", "Checking the articles") as show:
        found = contents(staging, lambda done, total: show(done / max(total, 1), done))
    _require_contents(source, manifest, found)


def _bring_index(source: Path, staging: Path, manifest: Manifest) -> bool:
    """Copy the index of a backup and return whether the restored store can go on from it."""
    if not manifest.index:
        return False
    try:
        with progress(1.0, "색인을 가져오는 중", "Copying the index") as show:
            copy_files(source, staging, manifest.index, lambda done, total: show(done / max(total, 1), 0))
        damage = damage_of_copied_index(staging)
    except BackupDamaged:
        damage = text_of(_CHANGED)
    if damage:
        shutil.rmtree(staging / INDEX, ignore_errors=True)
        note(
            f"  백업의 색인은 쓸 수 없어({damage}) 새로 만듭니다. 기사는 온전합니다.",
            f"  The index of the backup cannot be used ({damage}) and is built anew. The articles are whole.",
        )
    return not damage


def _check_index(source: Path, manifest: Manifest) -> None:
    try:
        with progress(1.0, "색인을 확인하는 중", "Checking the index") as show:
            check_files(source, manifest.index, lambda done, total: show(done / max(total, 1), 0))
    except BackupDamaged:
        note(
            f"  백업의 색인은 쓸 수 없습니다({_CHANGED.ko}). 되살릴 때 새로 만듭니다.",
            f"  The index of the backup cannot be used ({_CHANGED.en}): a restore builds it anew.",
        )


def _check(config: Config, source: Path, manifest: Manifest) -> None:
    with progress(1.0, "백업을 확인하는 중", "Checking the backup") as show:
        check_files(source, manifest.files, lambda done, total: show(done / max(total, 1), 0))
    if FILE_NAME in manifest.files:
        with progress(1.0, "기사를 확인하는 중", "Checking the articles") as show:
            found = contents(source, lambda done, total: show(done / max(total, 1), done))
        _require_contents(source, manifest, found)
    elif manifest.snapshot:
        from service.commands.cluster_backup import check_cluster  # noqa: PLC0415 -- see `gisa backup`

        _require_contents(source, manifest, check_cluster(config, manifest))
    _check_index(source, manifest)
    note(
        f"백업은 온전합니다: 기사 {manifest.articles.count:,}건, {manifest.created_at:%Y-%m-%d %H:%M}Z, "
        f"gisa {manifest.version}.",
        f"The backup is whole: {manifest.articles.count:,} articles, {manifest.created_at:%Y-%m-%d %H:%M}Z, "
        f"gisa {manifest.version}.",
    )


def _require_contents(source: Path, manifest: Manifest, found: object) -> None:
    if found != (manifest.articles, manifest.rows):
        raise BackupDamaged(
            f"{source}의 기사가 백업의 기록(개수와 해시)과 다릅니다. 바뀐 것은 없습니다. 다른 백업을 쓰세요.",
            f"The articles in {source} are not those that the backup recorded (counts and hash). Nothing was changed. "
            "Use another backup.",
        )


def _tell(manifest: Manifest, directory: Path, replaced: Path | None, elsewhere: dict[str, Path]) -> None:
    count = manifest.articles.count
    note(
        f"기사 {count:,}건을 {directory}에 되살렸습니다. 개수와 해시가 백업과 같습니다. 이제 서비스를 시작하세요.",
        f"{count:,} articles are restored in {directory}; counts and hash equal the backup's. Start the service now.",
    )
    if replaced:
        note(
            f"  전에 있던 것은 {replaced}에 있습니다. 필요 없으면 지우세요.",
            f"  What was there before is in {replaced}. Delete it when it is no longer needed.",
        )
    for name, path in elsewhere.items():
        note(
            f"  {name}은(는) 설정이 {path}에 두고 있어 그대로 두었습니다. 필요하면 백업에서 복사하세요.",
            f"  {name} is kept at {path} by the settings and was left as it is. Copy it out of the backup if you want.",
        )


def _not_empty(directory: Path, there: tuple[str, ...]) -> StartupError:
    named = ", ".join(there)
    return StartupError(
        f"{directory}에 이미 {named}이(가) 있습니다. 빈 폴더를 GISA_DATA_DIR로 지정하거나, 있는 것을 옆으로 옮기려면 "
        "--replace를 붙이세요.",
        f"{directory} holds {named} already. Set GISA_DATA_DIR to an empty folder, or add --replace to have what is "
        "there moved aside.",
    )


def _other_engine(engine: str) -> StartupError:
    return StartupError(
        f"이 백업은 {engine} 엔진의 것입니다. GISA_ENGINE={engine}로 되살린 뒤 `gisa transfer`로 옮기세요.",
        f"This backup is of the engine {engine}. Restore it with GISA_ENGINE={engine}, then use `gisa transfer`.",
    )
