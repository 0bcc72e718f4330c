"""Answers about words are kept for the words of articles, and not for runs without an end."""

from __future__ import annotations

from service.domain.article import Article
from service.enrichment.pipeline import enrich
from service.korean.word_cache import LONGEST_KEPT, forget_after, kept_for_words

_asked: list[str] = []


@kept_for_words(100)
def _length(word: str) -> int:
    _asked.append(word)
    return len(word)


def test_an_answer_is_kept_until_a_text_with_a_run_without_an_end_was_looked_through() -> None:
    _asked.clear()
    assert [_length("도서관"), _length("도서관")] == [3, 3]
    forget_after("도서관을 열었다.", None, "가" * LONGEST_KEPT)
    _length("도서관")
    assert _asked == ["도서관"]
    forget_after("도서관을 열었다.", "가" * (LONGEST_KEPT + 1))
    _length("도서관")
    assert _asked == ["도서관", "도서관"]


def test_an_article_with_such_a_run_leaves_nothing_behind() -> None:
    _length("한빛교")
    enrich(Article(id="a", title="도서관", body="도서관을 열었다."))
    _asked.clear()
    _length("한빛교")
    assert not _asked
    enrich(Article(id="a", title="도서관", body="a" * 5_000))
    _length("한빛교")
    assert _asked == ["한빛교"]
