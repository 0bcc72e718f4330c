"""Preconditions: writes that happen only where the stored article is as the caller believes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from service.domain.errors import Conflict, PreconditionFailed
from service.search.engine import Change, Delete, Outcome, Precondition, Refused, Written
from tests.contract.articles import article, put
from tests.contract.shelves import Shelf

ABSENT, PRESENT = Precondition(absent=True), Precondition(present=True)


def change_of(outcome: Outcome) -> Change | type[Exception]:
    """Return what a write did, or the kind of error it was refused with."""
    return outcome.change if isinstance(outcome, Written) else type(outcome.error)


class PreconditionContract:
    """What preconditions refuse and let pass."""

    def test_absent_creates_only(self, shelf: Shelf) -> None:
        stored = article(shelf.name, "a")
        assert change_of(shelf.write_one(put(stored, ABSENT))) is Change.CREATED
        other = article(shelf.name, "a", title="새 제목")
        assert change_of(shelf.write_one(put(other, ABSENT))) is PreconditionFailed
        assert shelf.engine.get(stored.id).article == stored

    def test_absent_holds_for_the_same_article_too(self, shelf: Shelf) -> None:
        stored = article(shelf.name, "a")
        shelf.version(stored)
        assert change_of(shelf.write_one(put(stored, ABSENT))) is PreconditionFailed

    def test_absent_sees_the_batch(self, shelf: Shelf) -> None:
        operation = put(article(shelf.name, "a"), ABSENT)
        outcomes = shelf.engine.write([operation, operation, Delete(operation.article.id), operation])
        assert [change_of(outcome) for outcome in outcomes] == [
            Change.CREATED,
            PreconditionFailed,
            Change.DELETED,
            Change.CREATED,
        ]

    def test_present_replaces_only(self, shelf: Shelf) -> None:
        stored = article(shelf.name, "a")
        assert change_of(shelf.write_one(put(stored, PRESENT))) is PreconditionFailed
        shelf.version(stored)
        other = article(shelf.name, "a", title="새 제목")
        assert change_of(shelf.write_one(put(other, PRESENT))) is Change.REPLACED

    def test_a_current_version_lets_pass(self, shelf: Shelf) -> None:
        version = shelf.version(article(shelf.name, "a"))
        wanted = Precondition(versions=frozenset({"other", version}))
        assert change_of(shelf.write_one(put(article(shelf.name, "a", title="둘"), wanted))) is Change.REPLACED

    def test_a_stale_version_is_refused(self, shelf: Shelf) -> None:
        version = shelf.version(article(shelf.name, "a"))
        shelf.version(article(shelf.name, "a", title="둘"), Change.REPLACED)
        wanted = Precondition(versions=frozenset({version}))
        assert change_of(shelf.write_one(put(article(shelf.name, "a", title="셋"), wanted))) is PreconditionFailed
        assert shelf.engine.get(f"{shelf.name}.a").article.title == "둘"

    def test_a_version_of_an_article_since_deleted_is_refused(self, shelf: Shelf) -> None:
        version = shelf.version(article(shelf.name, "a"))
        shelf.write_one(Delete(f"{shelf.name}.a"))
        wanted = Precondition(versions=frozenset({version}))
        assert change_of(shelf.write_one(put(article(shelf.name, "a"), wanted))) is PreconditionFailed
        shelf.version(article(shelf.name, "a"))
        assert change_of(shelf.write_one(put(article(shelf.name, "a"), wanted))) is PreconditionFailed

    def test_no_versions_at_all_is_refused(self, shelf: Shelf) -> None:
        shelf.version(article(shelf.name, "a"))
        wanted = Precondition(versions=frozenset())
        assert change_of(shelf.write_one(put(article(shelf.name, "a"), wanted))) is PreconditionFailed

    def test_a_version_that_the_caller_read_itself_conflicts(self, shelf: Shelf) -> None:
        shelf.version(article(shelf.name, "a"))
        wanted = Precondition(versions=frozenset({"stale"}), conflict=True)
        assert change_of(shelf.write_one(put(article(shelf.name, "a", title="둘"), wanted))) is Conflict

    @pytest.mark.parametrize("conflict", [False, True])
    def test_a_delete_minds_its_version(self, shelf: Shelf, conflict: bool) -> None:
        version = shelf.version(article(shelf.name, "a"))
        stale = Delete(f"{shelf.name}.a", Precondition(versions=frozenset({"stale"}), conflict=conflict))
        assert change_of(shelf.write_one(stale)) is (Conflict if conflict else PreconditionFailed)
        current = Delete(f"{shelf.name}.a", Precondition(versions=frozenset({version})))
        assert change_of(shelf.write_one(current)) is Change.DELETED

    def test_a_refusal_says_what_to_do(self, shelf: Shelf) -> None:
        shelf.version(article(shelf.name, "a"))
        outcome = shelf.write_one(put(article(shelf.name, "a"), ABSENT))
        assert isinstance(outcome, Refused)
        assert outcome.error.message.ko
        assert outcome.error.message.en

    def test_of_many_writers_one_wins(self, shelf: Shelf) -> None:
        seen = Precondition(versions=frozenset({shelf.version(article(shelf.name, "a"))}))
        operations = [put(article(shelf.name, "a", title=f"제목 {number}"), seen) for number in range(8)]
        with ThreadPoolExecutor(4) as pool:
            outcomes = list(pool.map(shelf.write_one, operations))
        assert [change_of(outcome) for outcome in outcomes].count(Change.REPLACED) == 1
        assert [change_of(outcome) for outcome in outcomes].count(PreconditionFailed) == 7
        [winner] = [n for n, outcome in enumerate(outcomes) if isinstance(outcome, Written)]
        assert shelf.engine.get(f"{shelf.name}.a").article.title == f"제목 {winner}"
