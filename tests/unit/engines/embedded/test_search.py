"""What is particular to this engine's search; the contract tests hold the rest."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from service.domain.article import Caption
from service.domain.errors import InvalidCursor, ValidationFailed
from service.engines.embedded import EmbeddedEngine, exactness
from service.search.cursor import encode_cursor
from service.search.engine import Delete, Outcome, Put
from service.search.request import SearchRequest, Sort
from service.search.stored_tokens import decode_tokens
from service.search.tree import And, Near, Node, Or, Phrase, PositionedTerm, Prefix, TextField, Word

PutOf = Callable[..., Put]
Store = Callable[..., list[Outcome]]
Ids = Callable[..., list[str]]


def _score(engine: EmbeddedEngine, query: Node, key: str) -> float:
    hits = engine.search(SearchRequest(query, sort=Sort.RELEVANCE, size=100)).hits
    return next(hit.score for hit in hits if hit.article.id == key and hit.score is not None)


def test_a_score_is_bm25_over_content_morphemes_with_the_title_twice(
    engine: EmbeddedEngine, store: Store, put: PutOf, word: Callable[..., Word]
) -> None:
    store(
        put("a", "전차 노선", "전차가 강변을 지나는 새 노선에서 달린다."),
        put("b", "날씨", "비가 온다.", captions=(Caption("우산"), Caption("강변"))),
        put("c", "전차", "소식"),
    )
    lengths = {}
    for key in "abc":
        tokens = put(key, *((a := engine.get(key).article).title, a.body), captions=a.captions).tokens
        content = {field: "".join(text.content for text in of) for field, of in decode_tokens(tokens).items()}
        lengths[key] = sum(of.count("1") for of in (*content.values(), content[TextField.TITLE]))
    average = sum(lengths.values()) / 3
    inverse = math.log(1 + (3 - 2 + 0.5) / (2 + 0.5))
    for key, frequency in (("a", 3), ("c", 2)):
        norm = 1.2 * (1 - 0.75 + 0.75 * lengths[key] / average)
        expected = inverse * frequency * 2.2 / (frequency + norm)
        assert _score(engine, word("전차"), key) == pytest.approx(expected, rel=1e-5)


def test_equal_scores_go_by_id_whatever_order_they_were_stored_in(
    engine: EmbeddedEngine, store: Store, put: PutOf, word: Callable[..., Word], ids: Ids
) -> None:
    keys = [f"a-very-long-common-beginning-{number}" for number in (5, 3, 9, 1)] + ["b", "a"]
    for key in keys:
        store(put(key, "전차", "강변 노선"))
    query = And((word("전차"), word("강변"), word("노선")))
    assert ids(query, sort=Sort.RELEVANCE) == sorted(keys)
    assert ids(query, sort=Sort.NEWEST) == sorted(keys)


def test_no_phrase_runs_from_one_text_into_the_next(store: Store, put: PutOf, phrase: Any, word: Any, ids: Ids) -> None:
    store(put("a", "여름", "강변 산책", subheads=("축제 행렬",), captions=(Caption("전차"), Caption("노선"))))
    for leaf in (phrase("산책 축제"), phrase("전차 노선"), phrase("여름 강변"), phrase("여름 여름"), word("산책축제")):
        assert ids(leaf) == []
    assert ids(Near(word("전차"), word("노선"), 60)) == []
    assert ids(phrase("산책 축제", slop=60)) == []
    assert ids(phrase("강변 산책")) == ids(phrase("축제 행렬", TextField.BODY)) == ["a"]


def test_a_word_with_a_wide_gap_is_verified(store: Store, put: PutOf, ids: Ids) -> None:
    # 150 particles between two content morphemes would reach over the gap between title and body.
    leaf = Word("멀다", (PositionedTerm(0, "전차"), PositionedTerm(129, "강변")))
    store(put("a", "전차", "강변"))
    assert ids(leaf) == []


def test_too_many_candidates_for_a_distance_are_refused(
    engine: EmbeddedEngine, store: Store, put: PutOf, phrase: Callable[..., Phrase], monkeypatch: pytest.MonkeyPatch
) -> None:
    store(*(put(f"a{number}", body="전차 강변 노선") for number in range(4)))
    leaf = phrase("노선 강변 전차", slop=2)
    assert engine.search(SearchRequest(leaf)).total == 4
    store(put("other"))
    monkeypatch.setattr(exactness, "_MOST_CANDIDATES", 3)
    with pytest.raises(ValidationFailed) as refused:
        engine.search(SearchRequest(leaf))
    assert [error.parameter for error in refused.value.errors] == ["q"]


@pytest.mark.parametrize("text", [".*", "전.*", "[가-힣]", "\\", "전차|강", "전차\x00", "😀", "가" * 400])
def test_a_prefix_has_no_special_characters(store: Store, put: PutOf, ids: Ids, text: str) -> None:
    store(put("a", body="전차가 강변을"), put("b", body=f"앞 {text}뒤" + "가" * 400))
    assert "a" not in ids(Prefix(text))


@pytest.mark.parametrize("term", ["\x01", " ", "가" * 70_000, "a b", "\u2028"])
def test_strange_terms_break_nothing(store: Store, put: PutOf, ids: Ids, term: str) -> None:
    store(put("a", body="전차 " + "나" * 70_000))
    for leaf in (
        Word("x", (PositionedTerm(0, term),)),
        Word("x", (PositionedTerm(0, "전차"), PositionedTerm(1, term))),
        Phrase("x", (PositionedTerm(0, term), PositionedTerm(1, term)), (), 3),
        Near(Word("x", (PositionedTerm(0, term),)), Word("x", (PositionedTerm(0, "전차"),)), 2),
    ):
        ids(leaf)
        ids(Or((leaf, Prefix("전차"))))


def test_a_word_longer_than_the_index_holds_is_found(
    store: Store, put: PutOf, word: Callable[..., Word], ids: Ids
) -> None:
    long = "abcdefghij" * 60
    store(put("a", body=f"{long} 끝"))
    assert ids(word(long)) == ["a"]
    assert ids(Prefix(long)) == ["a"]


@pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.OLDEST])
def test_pages_by_time_hold_while_articles_come_and_go(
    engine: EmbeddedEngine, store: Store, put: PutOf, sort: Sort
) -> None:
    day = datetime(2026, 1, 1, tzinfo=UTC)

    def dated(number: int) -> Put:
        return put(f"a{number:03d}", published_at=day + timedelta(days=number // 7) if number % 5 else None)

    store(*(dated(number) for number in range(100)))
    cursor, seen, page = None, [], 0
    while True:
        results = engine.search(SearchRequest(sort=sort, size=7, cursor=cursor))
        seen += [hit.article.id for hit in results.hits]
        cursor, page = results.next, page + 1
        if cursor is None:
            break
        early = day + timedelta(days=-page if sort is Sort.OLDEST else 100 + page)
        store(put(f"new{page}", published_at=early), *(Delete(key) for key in seen[-2:]))  # type: ignore[arg-type]
    assert len(seen) == len(set(seen))
    assert {key for key in seen if key.startswith("a")} == {f"a{number:03d}" for number in range(100)}


def test_a_cursor_with_a_strange_position_is_refused(engine: EmbeddedEngine) -> None:
    for position in ((), ("x", "y", 1), (1, 2, 3), (1, "a", "b")):
        with pytest.raises(InvalidCursor):
            engine.search(SearchRequest(cursor=encode_cursor(SearchRequest(), position)))


def test_a_hit_deleted_since_is_left_out(
    engine: EmbeddedEngine, store: Store, put: PutOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(put("a"), put("b"))
    with engine._searchers.view() as view:
        engine.wait_until_searchable(engine.write([Delete("a")]))
        monkeypatch.setattr(engine._searchers, "_current", lambda: view)
        assert [hit.article.id for hit in engine.search(SearchRequest()).hits] == ["b"]


def test_similar_articles_share_telling_words(engine: EmbeddedEngine, store: Store, put: PutOf) -> None:
    store(
        put("a", "전차 노선 확정", "가온시가 강변 전차 노선을 확정했다."),
        put("b", "전차 노선 반대", "주민들이 강변 전차 노선에 반대했다."),
        put("c", "축제 개막", "가온시 불꽃 축제가 열렸다."),
        put("d", "날씨", "비가 온다."),
    )
    hits = engine.similar("a", 5)
    assert [hit.article.id for hit in hits] == ["b", "c"]
    assert [hit.article.id for hit in engine.similar("a", 1)] == ["b"]
    assert engine.similar("d", 5) == ()
