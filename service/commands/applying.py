"""The operator's words in the index of either engine: which are applied, and applying others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from index_mappings import UserWord
from service.commands.directory import prepare_directory
from service.config import Config
from service.engines.embedded import applied_own_words, rebuild
from service.opening import elasticsearch_settings

if TYPE_CHECKING:
    from service.engines.elasticsearch import Administration

_PATIENCE = 60.0  # seconds: no caller of the API waits for this, an answer of the cluster may take its time

Progress = Callable[[int, int], None]


def applied_words(config: Config) -> tuple[UserWord, ...]:
    """Return the operator's words that the index in use was made with; EngineUnavailable where nothing answers."""
    if config.engine == "embedded":
        return applied_own_words(config.data_dir) if config.data_dir.is_dir() else ()
    indices = _administration(config)
    try:
        return indices.own_words()
    finally:
        indices.close()


def apply_words(config: Config, words: Sequence[UserWord], progress: Progress) -> int:
    """Build the index anew with these words, put it to use, and return the number of its articles."""
    if config.engine == "embedded":
        prepare_directory(config.data_dir)
        return rebuild(config.data_dir, progress, words)
    indices = _administration(config)
    try:
        return sum(done.articles for done in indices.apply_words(words, progress))
    finally:
        indices.close()


def _administration(config: Config) -> Administration:
    from service.engines.elasticsearch import Administration  # noqa: PLC0415 -- takes a second where it is not needed

    settings = elasticsearch_settings(config)
    return Administration(
        replace(
            settings,
            timeout=max(settings.timeout, _PATIENCE / 2),
            write_timeout=max(settings.write_timeout, _PATIENCE),
        )
    )
