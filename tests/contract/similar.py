"""Articles like another."""

from __future__ import annotations

import pytest

from service.domain.errors import NotFound
from service.search.engine import Delete
from tests.contract.articles import article
from tests.contract.shelves import Library, Shelf

SHELF = "similar"
FIREFLIES = "반딧불이 서식지를 넓히는 생태 습지 사업을 시작했다. 반딧불이 유충을 습지에 풀었다."
LIBRARY = "도서관 열람실을 넓히고 어린이 자료실을 새로 꾸몄다. 열람실은 밤에도 연다."
ARTICLES = (
    article(SHELF, "one", FIREFLIES, title="반딧불이 습지 조성"),
    article(SHELF, "copy", FIREFLIES + " 주민도 거들었다.", title="반딧불이 습지 만든다"),
    article(SHELF, "related", "습지 생태 탐방로를 새로 놓았다.", title="탐방로 개통"),
    article(SHELF, "unrelated", "프로 농구단이 홈 경기에서 이겼다.", title="농구단 승리"),
)


class SimilarContract:
    """What is like an article."""

    def test_the_likest_comes_first(self, library: Library) -> None:
        hits = library(SHELF).engine.similar(f"{SHELF}.one", 10)
        ids = [hit.article.id for hit in hits]
        assert ids[0] == f"{SHELF}.copy"
        assert f"{SHELF}.related" in ids
        assert f"{SHELF}.unrelated" not in ids
        scores = [hit.score for hit in hits if hit.score is not None]
        assert len(scores) == len(hits)
        assert scores == sorted(scores, reverse=True)

    def test_an_article_is_not_like_itself(self, library: Library) -> None:
        ids = [hit.article.id for hit in library(SHELF).engine.similar(f"{SHELF}.one", 100)]
        assert f"{SHELF}.one" not in ids
        assert len(set(ids)) == len(ids)

    def test_no_more_than_asked_for(self, library: Library) -> None:
        assert len(library(SHELF).engine.similar(f"{SHELF}.one", 1)) == 1

    def test_an_unknown_article_is_not_found(self, library: Library) -> None:
        with pytest.raises(NotFound):
            library(SHELF).engine.similar(f"{SHELF}.none", 10)

    def test_a_deleted_article_is_like_nothing(self, shelf: Shelf) -> None:
        shelf.store(article(shelf.name, "a", LIBRARY), article(shelf.name, "b", LIBRARY))
        assert f"{shelf.name}.b" in [hit.article.id for hit in shelf.engine.similar(f"{shelf.name}.a", 100)]
        shelf.apply([Delete(f"{shelf.name}.b")])
        assert f"{shelf.name}.b" not in [hit.article.id for hit in shelf.engine.similar(f"{shelf.name}.a", 100)]
        with pytest.raises(NotFound):
            shelf.engine.similar(f"{shelf.name}.b", 10)

    def test_an_article_without_words_is_like_nothing(self, shelf: Shelf) -> None:
        shelf.store(article(shelf.name, "a", "…", title="!!"))
        assert shelf.engine.similar(f"{shelf.name}.a", 10) == ()
