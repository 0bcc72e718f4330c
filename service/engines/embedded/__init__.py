"""The engine of one machine: SQLite is the system of record, a tantivy index is derived from it."""

from service.engines.embedded.builder import rebuild
from service.engines.embedded.dictionary import applied_own_words
from service.engines.embedded.engine import EmbeddedEngine, open_engine
from service.engines.embedded.versions import versions

__all__ = ["EmbeddedEngine", "applied_own_words", "open_engine", "rebuild", "versions"]
