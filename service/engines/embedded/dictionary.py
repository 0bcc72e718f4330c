"""The operator's words that the index in use was made with: kept in the store, in force in every process of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from threading import Lock

import apsw
import zstandard

from index_mappings import UserWord, parse_words
from service.engines.embedded.checkpoint import read_checkpoint
from service.engines.embedded.database import Database, open_database
from service.engines.embedded.quotes import quote_rows, replace_quotes
from service.engines.embedded.rows import Row, rows_of
from service.engines.embedded.status import read_entry, write_entry
from service.korean.dictionary import Dictionary, dictionary_of, put_in_force
from service.search.stored_tokens import cut, encode_tokens, is_cut_by

_WORDS = "user_dictionary"


def own_words(connection: apsw.Connection) -> tuple[UserWord, ...]:
    """Return the operator's words by which the index in use was made, none before the first were applied."""
    words, _ = parse_words(read_entry(connection, _WORDS) or "")
    return words


def applied_own_words(directory: Path) -> tuple[UserWord, ...]:
    """Return the operator's words by which the index of a data directory was made."""
    database = open_database(directory)
    try:
        with database.connection() as connection:
            return own_words(connection)
    finally:
        database.close()


def keep_own_words(connection: apsw.Connection, words: Iterable[UserWord]) -> None:
    """Keep the words of an index within the transaction that puts it to use."""
    write_entry(connection, _WORDS, "\n".join(word.rule for word in words) or None)


def renewed(database: Database, rows: Sequence[Row], dictionary: Dictionary) -> list[Row]:
    """Return stored rows with their tokens cut by this dictionary, and store those that were cut by another."""
    now = [_renewed(row, dictionary) for row in rows]
    changed = [(new.packed_tokens, new.key, new.seq) for row, new in zip(rows, now, strict=True) if new is not row]
    if changed:
        with database.transaction() as connection:
            connection.executemany("UPDATE articles SET tokens = ? WHERE key = ? AND seq = ?", changed)
            # Searches cut their words by the old dictionary until the index is in use, which takes no longer than this.
            for row in rows_of(connection, [key for _, key, _ in changed]):
                replace_quotes(connection, row.key, quote_rows(row.article(), dictionary))
    return now


def _renewed(row: Row, dictionary: Dictionary) -> Row:
    try:
        if is_cut_by(row.packed_tokens, dictionary):
            return row
        return row._replace(packed_tokens=encode_tokens(cut(row.article(), dictionary)))
    except (ValueError, KeyError, TypeError, zstandard.ZstdError):
        return row  # whoever indexes it says what is wrong with it


class DictionaryInUse:
    """Puts in force in this process what the index in use was made with."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = Lock()
        self._generation: str | None = None

    def follow(self) -> Dictionary:
        """Return the dictionary of the index in use, in force from now on; reads the words where the index is new."""
        with self._database.snapshot() as connection:
            checkpoint = read_checkpoint(connection)
            generation = checkpoint.generation if checkpoint else ""
            dictionary = dictionary_of(own_words(connection))
        with self._lock:
            put_in_force(dictionary)
            self._generation = generation
        return dictionary

    def follow_index(self) -> None:
        """Put in force the dictionary of the index in use unless it is the one of the last time."""
        with self._database.connection() as connection:
            checkpoint = read_checkpoint(connection)
        if self._generation != (checkpoint.generation if checkpoint else ""):
            self.follow()
