"""`gisa rebuild`: the index anew out of the stored articles."""

from __future__ import annotations

import click

from service.commands.console import note, tell
from service.commands.directory import prepare_directory
from service.commands.progress import progress
from service.config import load_config
from service.domain.errors import StartupError
from service.engines.embedded import rebuild


@click.command(
    help=tell(
        "저장된 기사에서 색인을 새로 만듭니다. 서비스가 도는 동안에도 할 수 있고, 검색은 이전 색인으로 계속됩니다.",
        "Build the index anew out of the stored articles. A running service goes on, with the old index until then.",
    )
)
def command() -> None:
    """Rebuild the index and print how many articles it holds."""
    config = load_config()
    if config.engine != "embedded":
        raise StartupError(
            "`gisa rebuild`는 embedded 엔진의 명령입니다. Elasticsearch의 색인은 `gisa index`로 다룹니다.",
            "`gisa rebuild` belongs to the embedded engine. The indices of Elasticsearch are handled by `gisa index`.",
        )
    prepare_directory(config.data_dir)
    with progress(1.0, "색인을 새로 만드는 중", "Rebuilding") as show:
        articles = rebuild(config.data_dir, lambda done, total: show(done / max(total, 1), done))
    note(f"기사 {articles:,}건의 색인을 새로 만들었습니다.", f"The index of {articles:,} articles has been built anew.")
