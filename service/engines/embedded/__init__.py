"""The engine of one machine: SQLite is the system of record, a tantivy index is derived from it."""

from service.engines.embedded.builder import rebuild
from service.engines.embedded.engine import EmbeddedEngine, open_engine
from service.engines.embedded.versions import versions

__all__ = ["EmbeddedEngine", "open_engine", "rebuild", "versions"]
