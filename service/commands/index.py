"""`gisa index`: the indices of Elasticsearch, looked at, created, migrated and built anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import click

from service.commands.console import note, tell
from service.commands.index_tables import print_status
from service.commands.progress import progress
from service.config import load_config
from service.domain.errors import StartupError
from service.engines.elasticsearch import Administration, ElasticsearchSettings, Reindexed
from service.opening import elasticsearch_settings

_DROP_OLD = click.option(
    "--drop-old",
    is_flag=True,
    help=tell("끝난 뒤 이전 색인을 지움", "delete the old indices in the end"),
)


@click.group(
    help=tell(
        "Elasticsearch의 색인을 다룹니다. 서비스가 도는 동안 할 수 있습니다. 종료 상태: 0 됨, 2 할 수 없음.",
        "Handle the indices of Elasticsearch, beside a running service. Exit status: 0 done, 2 could not be done.",
    )
)
def command() -> None:
    """Group the commands on indices."""


@command.command(help=tell("별칭, 색인, 진행 중인 작업을 보여 줍니다.", "Show aliases, indices and what is under way."))
def status() -> None:
    """Print a table of the indices."""
    with _administration() as indices:
        print_status(indices.status())


@command.command(help=tell("없는 색인을 만듭니다.", "Create the indices that are missing."))
@click.option("--shards", type=click.IntRange(1, 1024), help=tell("기사 색인의 샤드 수", "shards of the articles"))
@click.option("--replicas", type=click.IntRange(0, 16), help=tell("복제본 수", "replicas"))
def create(shards: int | None, replicas: int | None) -> None:
    """Create what is missing and print the names."""
    with _administration(shards, replicas) as indices:
        created = indices.create()
    for name in created:
        note(f"만들었습니다: {name}", f"Created {name}.")
    if not created:
        note("모두 이미 있습니다.", "All of them are there already.")


@command.command(
    help=tell(
        "색인의 매핑이 이 서비스의 것보다 오래되었으면 새 색인을 만들어 옮깁니다.",
        "Move to a new index where the mapping of the one in use is older than this service's.",
    )
)
@_DROP_OLD
def migrate(drop_old: bool) -> None:
    """Reindex where the mapping is older."""
    with _administration() as indices:
        with progress(1.0, "새 색인으로 옮기는 중", "Migrating") as show:
            each = indices.migrate(lambda copied, total: show(copied / max(total, 1), copied))
            done = _all_of(each, indices, drop_old)
        if not done:
            note("매핑이 최신입니다. 할 일이 없습니다.", "The mapping is up to date. There is nothing to do.")
            if drop_old:
                _drop(indices)


@command.command(
    help=tell(
        "모든 기사를 새 색인에 다시 색인하고 별칭을 옮깁니다. 중단되면 다시 실행하세요. 이어서 합니다.",
        "Index all articles anew in a new index and move the alias. Where it is interrupted, run it again: it goes on.",
    )
)
@_DROP_OLD
@click.option("--shards", type=click.IntRange(1, 1024), help=tell("새 색인의 샤드 수", "shards of the new index"))
@click.option("--replicas", type=click.IntRange(0, 16), help=tell("새 색인의 복제본 수", "replicas of the new index"))
@click.option("--year", help=tell("연도별 색인 가운데 이 해(또는 other)만", "of yearly indices this one (or other)"))
def reindex(drop_old: bool, shards: int | None, replicas: int | None, year: str | None) -> None:
    """Reindex and print which index is in use."""
    with _administration(shards, replicas) as indices:
        alias = indices.alias_of_year(year) if year else None
        with progress(1.0, "다시 색인하는 중", "Reindexing") as show:
            each = indices.reindex(lambda copied, total: show(copied / max(total, 1), copied), alias)
            _all_of(each, indices, drop_old)


@command.command(
    name="drop-old",
    help=tell(
        "쓰이지 않고 남아 있는 이전 기사 색인을 지웁니다. 되돌릴 수 없습니다.",
        "Delete the old indices of articles that are kept and not in use. This cannot be undone.",
    ),
)
def drop_old() -> None:
    """Delete what is kept."""
    with _administration() as indices:
        _drop(indices)


@contextmanager
def _administration(shards: int | None = None, replicas: int | None = None) -> Iterator[Administration]:
    config = load_config()
    if config.engine != "elasticsearch":
        raise StartupError(
            "`gisa index`는 Elasticsearch 엔진의 명령입니다(GISA_ENGINE=elasticsearch). embedded 엔진의 색인은 "
            "`gisa rebuild`로 새로 만듭니다.",
            "`gisa index` is for Elasticsearch only (GISA_ENGINE=elasticsearch). The embedded engine's index is built "
            "anew by `gisa rebuild`.",
        )
    indices = Administration(_sized(elasticsearch_settings(config), shards, replicas))
    try:
        yield indices
    finally:
        indices.close()


def _sized(settings: ElasticsearchSettings, shards: int | None, replicas: int | None) -> ElasticsearchSettings:
    return replace(
        settings,
        number_of_shards=settings.number_of_shards if shards is None else shards,
        number_of_replicas=settings.number_of_replicas if replicas is None else replicas,
        # No caller of the API waits for this: an answer of the cluster may take its time.
        timeout=max(settings.timeout, 30.0),
        write_timeout=max(settings.write_timeout, 60.0),
    )


def _all_of(each: Iterator[Reindexed], indices: Administration, drop_old: bool) -> int:
    """Tell of each index that is done, drop the old one where that is asked for, and return how many there were."""
    number = 0
    for number, done in enumerate(each, 1):  # noqa: B007 -- the last number is the answer
        _told(done)
        if drop_old:  # not at the end: of many years one at a time is to need room twice
            _drop(indices)
    return number


def _told(done: Reindexed) -> None:
    note(
        f"기사 {done.articles:,}건이 {done.target}에 있고 이제 이 색인이 쓰입니다. 이전 색인 {done.source}은(는) 남아 "
        "있습니다.",
        f"{done.articles:,} articles are in {done.target}, which is in use now. The old index {done.source} is kept.",
    )


def _drop(indices: Administration) -> None:
    dropped = indices.drop_old()
    for name in dropped:
        note(f"지웠습니다: {name}", f"Deleted {name}.")
    if not dropped:
        note("지울 이전 색인이 없습니다.", "There is no old index to delete.")
