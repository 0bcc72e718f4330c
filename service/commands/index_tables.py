"""The indices of Elasticsearch as a table in the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from service.commands.console import tell
from service.engines.elasticsearch import IndexState, Status

_UNITS = ("B", "KiB", "MiB", "GiB", "TiB")


def print_status(status: Status) -> None:
    """Print the indices, the mapping version of this service, and the reindex under way."""
    console = Console(highlight=False)
    if not status.indices:
        console.print(
            tell("색인이 없습니다. `gisa index create`로 만드세요.", "No index yet. Create them: `gisa index create`.")
        )
        return
    console.print(_table(status.indices))
    console.print(tell(f"이 서비스의 매핑 버전: {status.mapping}", f"mapping of this service: {status.mapping}"))
    console.print(_under_way(status))


def _table(indices: tuple[IndexState, ...]) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False)
    for ko, en in (("별칭", "alias"), ("색인", "index"), ("상태", "role")):
        table.add_column(tell(ko, en), no_wrap=True)
    for ko, en in (("매핑", "mapping"), ("문서", "documents"), ("크기", "size")):
        table.add_column(tell(ko, en), justify="right", no_wrap=True)
    table.add_column(tell("건강", "health"))
    for index in indices:
        table.add_row(
            index.alias,
            index.name,
            _role(index.role),
            str(index.mapping),
            f"{index.documents:,}",
            _size(index.size),
            Text(index.health, index.health),
        )
    return table


def _under_way(status: Status) -> str:
    state = status.reindexing
    if state is None:
        return tell("진행 중인 작업: 없음", "under way: nothing")
    return tell(
        f"진행 중이거나 중단된 재색인: {state.source} → {state.target}, {state.copied:,}건 복사, 단계 {state.phase}. "
        "중단되었으면 `gisa index reindex`를 다시 실행하세요.",
        f"under way or interrupted: reindex {state.source} → {state.target}, {state.copied:,} copied, {state.phase}. "
        "Where it was interrupted, run `gisa index reindex` again.",
    )


def _role(role: str) -> str:
    return {
        "live": tell("사용 중", "in use"),
        "filling": tell("채우는 중", "being filled"),
        "kept": tell("보관", "kept"),
    }[role]


def _size(size: float) -> str:
    for unit in _UNITS[:-1]:
        if size < 1024:
            return f"{size:,.0f} {unit}"
        size /= 1024
    return f"{size:,.0f} {_UNITS[-1]}"
