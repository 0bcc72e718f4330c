"""Writes and single reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from service.domain.article import (
    Article,
    Caption,
    DateMention,
    Keyword,
    Mention,
    Money,
    NamedCount,
    Person,
    Quote,
    Reporter,
    SpeakerLabel,
)
from service.domain.errors import NotFound
from service.domain.time import KST
from service.search.engine import Change, Delete, Put, Refused, Written
from tests.contract.articles import article, put
from tests.contract.shelves import Shelf


def full(shelf: str) -> Article:
    """Return an article with a value in every field."""
    return Article(
        id=f"{shelf}.Aa0._~-",
        title="한빛교 보수 “마무리” 😀",
        body="첫 문단이다.\n\n둘째 문단 𐍈이다.",
        subtitle="부제",
        outlet="새길일보",
        section="지역 > 사회",
        reporters=(Reporter("표이든", "edeun@example.com", "기자"), Reporter("온라인뉴스팀")),
        published_at=datetime(2026, 1, 15, 9, 30, 15, 123456, tzinfo=KST),
        updated_at=datetime(2026, 1, 15, 1, 0, tzinfo=UTC),
        url="https://example.com/a?b=1&c=가",
        dateline_place="대구",
        captions=(Caption("다리 전경", "한빛시"), Caption("공사 모습")),
        subheads=("왜 늦었나",),
        tags=(shelf, "다리"),
        page="3면",
        language="ko",
        quotes=(Quote("구서율", "곧 끝난다"), Quote(None, "다행이다")),
        persons=(Person("구서율", "한빛시장", 2),),
        organizations=(NamedCount("한빛시", 1),),
        places=(NamedCount("대구", 3),),
        money=(Money("7억5000만원", 750_000_000, "KRW"), Money("1.5달러", 1.5, "USD")),
        dates=(DateMention("15일", "2026-01-15"),),
        mentions=(Mention(0, 1, "person", "구서율"),),
        keywords=(Keyword("한빛교", 1.0), Keyword("보수", 0.25)),
        summary="다리를 고쳤다.",
        story_id="story-1",
        duplicate_of="other",
        char_count=18,
        received_at=datetime(2026, 1, 15, 10, 0, tzinfo=KST),
        enrichment_version=7,
        speaker_labels=(SpeakerLabel(0, "구서율", "시장"),),
        given=frozenset({"title", "body"}),
    )


class WriteContract:
    """What writing does and what reading back gives."""

    def test_an_article_comes_back_as_it_was_stored(self, shelf: Shelf) -> None:
        stored = full(shelf.name)
        version = shelf.version(stored)
        again = shelf.engine.get(stored.id)
        assert again.article == stored
        assert again.version == version

    def test_a_bare_article_comes_back_as_it_was_stored(self, shelf: Shelf) -> None:
        stored = Article(id=f"{shelf.name}.bare", title="제목", body="본문")
        shelf.version(stored)
        assert shelf.engine.get(stored.id).article == stored

    def test_the_first_write_creates(self, shelf: Shelf) -> None:
        stored = article(shelf.name, "a")
        outcome = shelf.write_one(put(stored))
        assert isinstance(outcome, Written)
        assert (outcome.id, outcome.change) == (stored.id, Change.CREATED)
        assert outcome.version

    def test_the_same_fingerprint_changes_nothing(self, shelf: Shelf) -> None:
        stored = article(shelf.name, "a")
        version = shelf.version(stored)
        first = put(stored)
        later = Put(replace(stored, received_at=datetime(2026, 1, 1, tzinfo=KST)), first.tokens, first.fingerprint)
        outcome = shelf.write_one(later)
        assert isinstance(outcome, Written)
        assert (outcome.change, outcome.version) == (Change.UNCHANGED, version)
        assert shelf.engine.get(stored.id).article == stored

    def test_another_fingerprint_replaces(self, shelf: Shelf) -> None:
        version = shelf.version(article(shelf.name, "a"))
        changed = article(shelf.name, "a", title="새 제목")
        assert shelf.version(changed, Change.REPLACED) != version
        assert shelf.engine.get(changed.id).article == changed

    def test_going_back_to_an_earlier_text_is_a_new_version(self, shelf: Shelf) -> None:
        one, other = article(shelf.name, "a"), article(shelf.name, "a", title="새 제목")
        versions = [shelf.version(one)]
        versions += [shelf.version(each, Change.REPLACED) for each in (other, one)]
        assert len(set(versions)) == 3

    def test_an_unknown_article_is_not_found(self, shelf: Shelf) -> None:
        with pytest.raises(NotFound):
            shelf.engine.get(f"{shelf.name}.none")

    def test_ids_differ_by_case(self, shelf: Shelf) -> None:
        shelf.version(article(shelf.name, "a", title="작은"))
        shelf.version(article(shelf.name, "A", title="큰"))
        assert shelf.engine.get(f"{shelf.name}.a").article.title == "작은"

    def test_a_deleted_article_is_not_found(self, shelf: Shelf) -> None:
        stored = article(shelf.name, "a")
        shelf.version(stored)
        outcome = shelf.write_one(Delete(stored.id))
        assert isinstance(outcome, Written)
        assert outcome.change is Change.DELETED
        with pytest.raises(NotFound):
            shelf.engine.get(stored.id)

    def test_deleting_what_is_not_there_is_refused(self, shelf: Shelf) -> None:
        outcome = shelf.write_one(Delete(f"{shelf.name}.none"))
        assert isinstance(outcome, Refused)
        assert isinstance(outcome.error, NotFound)
        assert outcome.id == f"{shelf.name}.none"

    def test_a_deleted_article_can_be_created_again(self, shelf: Shelf) -> None:
        stored = article(shelf.name, "a")
        first = shelf.version(stored)
        shelf.write_one(Delete(stored.id))
        assert shelf.version(stored, Change.CREATED) != first

    def test_outcomes_come_in_the_order_of_the_operations(self, shelf: Shelf) -> None:
        keys = [f"{number:02}" for number in (7, 3, 9, 1)]
        outcomes = shelf.engine.write([put(article(shelf.name, key)) for key in keys])
        assert [outcome.id for outcome in outcomes] == [f"{shelf.name}.{key}" for key in keys]

    def test_operations_on_one_id_see_those_before_them(self, shelf: Shelf) -> None:
        one, other = article(shelf.name, "a"), article(shelf.name, "a", title="새 제목")
        outcomes = shelf.engine.write(
            [put(one), put(one), put(other), Delete(one.id), Delete(one.id), put(one), put(other)]
        )
        changes = [outcome.change if isinstance(outcome, Written) else type(outcome.error) for outcome in outcomes]
        assert changes == [
            Change.CREATED,
            Change.UNCHANGED,
            Change.REPLACED,
            Change.DELETED,
            NotFound,
            Change.CREATED,
            Change.REPLACED,
        ]
        assert shelf.engine.get(one.id).article == other

    def test_a_refused_operation_leaves_the_others_alone(self, shelf: Shelf) -> None:
        outcomes = shelf.engine.write(
            [put(article(shelf.name, "a")), Delete(f"{shelf.name}.none"), put(article(shelf.name, "b"))]
        )
        assert [type(outcome) for outcome in outcomes] == [Written, Refused, Written]
        assert shelf.engine.get(f"{shelf.name}.b").article.id == f"{shelf.name}.b"

    def test_an_empty_batch_does_nothing(self, shelf: Shelf) -> None:
        assert shelf.engine.write([]) == []

    def test_sequences_grow(self, shelf: Shelf) -> None:
        sequences = [written.sequence for written in shelf.store(*(article(shelf.name, key) for key in "abc"))]
        assert sequences == sorted(set(sequences))

    def test_articles_are_counted(self, shelf: Shelf) -> None:
        before = shelf.engine.count()
        shelf.engine.write([put(article(shelf.name, key)) for key in "aba"])
        assert shelf.engine.count() == before + 2
        shelf.write_one(Delete(f"{shelf.name}.a"))
        assert shelf.engine.count() == before + 1

    def test_fingerprints_of_what_is_stored(self, shelf: Shelf) -> None:
        operations = [put(article(shelf.name, key)) for key in "ab"]
        versions = [outcome.version for outcome in shelf.engine.write(operations) if isinstance(outcome, Written)]
        ids = [operation.article.id for operation in operations]
        assert shelf.engine.fingerprints([*ids, f"{shelf.name}.none"]) == {
            article_id: (operation.fingerprint, version)
            for article_id, operation, version in zip(ids, operations, versions, strict=True)
        }
        assert shelf.engine.fingerprints([]) == {}
