"""Backups of the Elasticsearch engine: a snapshot in the cluster, and beside it a manifest and the operator's files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from service import __version__
from service.commands.backup_files import copy_operator_files
from service.commands.console import note
from service.commands.progress import progress
from service.config import Config
from service.domain.errors import StartupError
from service.engines.elasticsearch.snapshots import Part, Snapshots
from service.opening import elasticsearch_settings
from service.usecases.backup.files import check_files, described, new_backup, write_manifest
from service.usecases.backup.manifest import Manifest, Snapshot


def back_up_cluster(config: Config, target: Path, repository: str | None) -> Manifest:
    """Make a snapshot in this repository and a backup that describes it."""
    if not repository:
        raise StartupError(
            "Elasticsearch의 백업은 스냅샷 저장소에 만듭니다. --repository로 등록된 저장소를 지정하세요.",
            "A backup of Elasticsearch is made in a snapshot repository. Name a registered one with --repository.",
        )
    with new_backup(target) as folder, _snapshots(config) as snapshots:
        created_at = datetime.now(UTC)
        name = f"gisa-{created_at:%Y%m%d-%H%M%S-%f}"
        with progress(0, "스냅샷을 만드는 중", "Making the snapshot"):
            parts = snapshots.take(repository, name)
        with progress(1.0, "스냅샷을 확인하는 중", "Checking the snapshot") as show:
            articles, rows = snapshots.contents(
                repository, name, parts, lambda done, total: show(done / max(total, 1), done)
            )
        files = {path.name: described(path) for path in copy_operator_files(config, folder)}
        snapshot = Snapshot(repository, name, tuple((part.kind, part.alias, part.name) for part in parts))
        manifest = Manifest(__version__, "elasticsearch", created_at, articles, rows, files, snapshot)
        write_manifest(folder, manifest)
    return manifest


def restore_cluster(config: Config, source: Path, manifest: Manifest, *, replace: bool) -> None:
    """Restore the snapshot that a backup describes."""
    snapshot, parts = _of(manifest)
    check_files(source, manifest.files)
    with _snapshots(config) as snapshots:
        snapshots.require_place(parts, replace=replace)
        with progress(1.0, "스냅샷을 되살리는 중", "Restoring the snapshot") as show:
            replaced = snapshots.bring_back(
                snapshot.repository,
                snapshot.name,
                parts,
                (manifest.articles, dict(manifest.rows)),
                lambda done, total: show(done / max(total, 1), done),
            )
    count = manifest.articles.count
    note(
        f"기사 {count:,}건을 되살렸습니다. 개수와 해시가 백업과 같습니다. 서비스를 다시 시작하세요.",
        f"{count:,} articles are restored; counts and hash equal the backup's. Restart every service.",
    )
    for name in replaced:
        note(f"  전에 쓰이던 색인 {name}은(는) 남아 있습니다.", f"  The index {name}, in use before, is kept.")
    for name in manifest.files:
        note(
            f"  {name}은(는) 백업 폴더에 있습니다. 필요하면 복사하세요.",
            f"  {name} is in the folder of the backup: copy it to its place where you want it.",
        )


def check_cluster(config: Config, manifest: Manifest) -> object:
    """Return what the snapshot of a backup holds, restored beside the indices in use for it and dropped again."""
    snapshot, parts = _of(manifest)
    with _snapshots(config) as snapshots, progress(1.0, "스냅샷을 확인하는 중", "Checking the snapshot") as show:
        return snapshots.contents(
            snapshot.repository, snapshot.name, parts, lambda done, total: show(done / max(total, 1), done)
        )


def _of(manifest: Manifest) -> tuple[Snapshot, list[Part]]:
    assert manifest.snapshot is not None, "a backup of Elasticsearch names its snapshot"
    return manifest.snapshot, [Part(*part) for part in manifest.snapshot.indices]


@contextmanager
def _snapshots(config: Config) -> Iterator[Snapshots]:
    settings = elasticsearch_settings(config)
    # No caller of the API waits for this: an answer of the cluster may take its time.
    settings = replace(settings, timeout=max(settings.timeout, 30.0), write_timeout=max(settings.write_timeout, 60.0))
    opened = Snapshots(settings)
    try:
        yield opened
    finally:
        opened.close()
