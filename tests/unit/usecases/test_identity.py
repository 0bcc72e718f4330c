from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from service.domain.article import Article
from service.domain.time import KST
from service.usecases.identity import derive_id, fingerprint

NINE = datetime(2026, 3, 12, 9, tzinfo=KST)
ARTICLE = Article(
    id="",
    title="가온시, 전차 노선 확정",
    body="가온시가 전차 노선을 확정했다.",
    outlet="한빛일보",
    published_at=NINE,
    given=frozenset({"title", "body", "outlet", "published_at"}),
)


def test_the_same_article_has_the_same_id() -> None:
    assert derive_id(ARTICLE) == derive_id(replace(ARTICLE, body="고친 본문"))


def test_the_time_counts_as_an_instant() -> None:
    assert derive_id(ARTICLE) == derive_id(replace(ARTICLE, published_at=NINE.astimezone(UTC)))
    assert derive_id(ARTICLE) != derive_id(replace(ARTICLE, published_at=NINE + timedelta(minutes=1)))


def test_outlet_and_title_count_without_regard_to_case_and_blanks() -> None:
    assert derive_id(ARTICLE) == derive_id(replace(ARTICLE, title="가온시,  전차 노선 확정 "))
    assert derive_id(ARTICLE) != derive_id(replace(ARTICLE, outlet="새벽경제"))


def test_the_url_alone_identifies_where_there_is_one() -> None:
    one = replace(ARTICLE, url="https://news.example.kr/1")
    assert derive_id(one) == derive_id(replace(one, title="다른 제목"))
    assert derive_id(one) != derive_id(replace(one, url="https://news.example.kr/2"))


def test_undated_articles_of_one_title_differ_by_body() -> None:
    undated = replace(ARTICLE, title="인사", published_at=None)
    assert derive_id(undated) != derive_id(replace(undated, body="다른 사람들의 인사"))


def test_the_id_is_one_that_a_path_takes() -> None:
    assert len(derive_id(ARTICLE)) == 24
    assert derive_id(ARTICLE).isalnum()


def test_the_fingerprint_tells_what_was_given_and_nothing_else() -> None:
    assert fingerprint(ARTICLE) == fingerprint(replace(ARTICLE, char_count=7, received_at=NINE))
    assert fingerprint(ARTICLE) != fingerprint(replace(ARTICLE, body="고친 본문"))
    assert fingerprint(ARTICLE) != fingerprint(replace(ARTICLE, tags=("전차",), given=ARTICLE.given | {"tags"}))
