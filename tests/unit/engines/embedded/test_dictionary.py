"""An index made with the operator's words: who follows it, and what is cut anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index_mappings import UserWord
from service.engines.embedded import EmbeddedEngine, applied_own_words, open_engine, rebuild
from service.engines.embedded.database import open_database
from service.engines.embedded.rows import rows_of
from service.korean.dictionary import dictionary_of, in_force, put_in_force
from service.search.engine import Put
from service.search.query_language import parse
from service.search.request import SearchRequest
from service.search.stored_tokens import is_cut_by

OWN = (UserWord("한빛마루길"),)


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    before = in_force()
    yield
    put_in_force(before)


def ids(engine: EmbeddedEngine, q: str) -> list[str]:
    engine.follow_dictionary()
    return [hit.article.id for hit in engine.search(SearchRequest(parse(q).tree)).hits]


def test_a_rebuild_cuts_what_is_stored_anew_and_keeps_it(tmp_path: Path, put: Callable[..., Put]) -> None:
    engine = open_engine(tmp_path)
    engine.wait_until_searchable(engine.write([put("a", body="한빛마루길에서 열렸다")]))
    assert ids(engine, "마루길") == ["a"]
    assert rebuild(tmp_path, words=OWN) == 1
    assert ids(engine, "마루길") == []
    assert ids(engine, "한빛마루길") == ["a"]
    assert applied_own_words(tmp_path) == OWN
    database = open_database(tmp_path)
    with database.connection() as connection:
        [row] = rows_of(connection, ["a"])
    assert is_cut_by(row.packed_tokens, dictionary_of(OWN))
    assert rebuild(tmp_path) == 1
    assert applied_own_words(tmp_path) == OWN
    assert rebuild(tmp_path, words=()) == 1
    assert ids(engine, "마루길") == ["a"]
    database.close()
    engine.close()


def test_what_a_process_with_other_words_wrote_is_cut_anew(tmp_path: Path, put: Callable[..., Put]) -> None:
    rebuild(tmp_path, words=OWN)
    late = put("a", body="한빛마루길에서 열렸다")  # by the words in force before the engine is opened
    engine = open_engine(tmp_path)
    engine.wait_until_searchable(engine.write([late]))
    assert in_force() == dictionary_of(OWN)
    [hit] = engine.search(SearchRequest(parse("한빛마루길").tree)).hits
    assert hit.highlights["body"] == ("<mark>한빛마루길</mark>에서 열렸다",)
    engine.close()


def test_an_index_of_other_words_is_built_anew_at_the_start(tmp_path: Path, put: Callable[..., Put]) -> None:
    engine = open_engine(tmp_path)
    engine.wait_until_searchable(engine.write([put("a", body="한빛마루길에서 열렸다")]))
    engine.close()
    database = open_database(tmp_path)
    with database.transaction() as connection:
        # As after an update of the service whose own words have changed.
        connection.execute("INSERT INTO meta VALUES ('user_dictionary', '한빛마루길')")
    database.close()
    engine = open_engine(tmp_path)
    engine.wait_until_searchable(engine.write([put("b")]))
    assert ids(engine, "한빛마루길") == ["a"]
    assert ids(engine, "마루길") == []
    engine.close()
