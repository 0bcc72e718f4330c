"""Who said what."""

from __future__ import annotations

from datetime import datetime
from itertools import chain

import pytest

from service.domain.article import Article, Quote
from service.domain.errors import InvalidCursor, ValidationFailed
from service.domain.time import KST
from service.search.engine import Delete
from service.search.query_language import parse
from service.search.quotes import QuoteRequest, QuoteResults, require_quotable
from service.search.request import Match
from tests.contract.articles import article, put
from tests.contract.shelves import Shelf

SAID = (
    ("구서율", "하천을 정비하겠다"),
    ("맹다온", "하천보다 도서관이 먼저다. 예산을 도서관에 쓰자"),
    ("구서율", "도서관도 짓겠다"),
    (None, "시민이 하천을 지킨다"),
)


def quoting(shelf: Shelf, key: str, *said: tuple[str | None, str], published: str | None = None) -> Article:
    """Return an article with these quotes; every name ends with a mark of the shelf."""
    quotes = tuple(Quote(name and f"{name}{shelf.name}", text) for name, text in said)
    return article(shelf.name, key, "본문에는 하천과 도서관과 예산이 다 있다.", published=published, quotes=quotes)


def asked(shelf: Shelf, q: str = "", speaker: str = "", **more: object) -> QuoteRequest:
    """Return a request for quotes of this shelf's speakers."""
    match = more.pop("match", Match.ALL)
    tree = parse(q, match).tree  # type: ignore[arg-type]
    return QuoteRequest(tree, f"{speaker}{shelf.name}", **more)  # type: ignore[arg-type]


def found(shelf: Shelf, q: str = "", speaker: str = "", **more: object) -> list[str]:
    """Return what is found as key and number of the quote."""
    results = shelf.engine.quotes(asked(shelf, q, speaker, size=100, **more))
    assert results.total == len(results.quotes)
    return places(shelf, results)


def places(shelf: Shelf, results: QuoteResults) -> list[str]:
    """Return each quote as its article's key and its number."""
    return [
        f"{each.article.id.removeprefix(f'{shelf.name}.')}{each.article.quotes.index(each.quote)}"
        for each in results.quotes
    ]


class QuoteContract:
    """What is found among quotes."""

    @pytest.fixture
    def sayings(self, shelf: Shelf) -> Shelf:
        """A shelf of three articles with quotes: a, and later b, and c without a time."""
        shelf.store(
            quoting(shelf, "a", *SAID, published="2026-01-01T09:00+09:00"),
            quoting(shelf, "b", ("구서율", "예산은 넉넉하다"), *SAID[:1], published="2026-01-03T23:30+09:00"),
            quoting(shelf, "c", ("구서율", "Kim 시장과 하천을 걷겠다")),
            article(shelf.name, "d", "하천 정비"),
        )
        return shelf

    @pytest.mark.parametrize(
        ("q", "expected"),
        [
            ("", "b0 b1 a0 a1 a2 c0"),
            ("하천", "b1 a0 a1 c0"),
            ("도서관 예산", "a1"),
            ("도서관 하천", "a1"),
            ("도서관 | 넉넉", "b0 a1 a2"),
            ("하천 -정비", "a1 c0"),
            ("-하천", "b0 a2"),
            ('"하천을 정비"', "b1 a0"),
            ('"하천보다 도서관이"', "a1"),
            ('"도서관 하천"', ""),
            ('"예산 도서관"~3', "a1"),
            ('"하천 예산"~1', ""),
            ("하천 NEAR/2 도서관", "a1"),
            ("하천 NEAR/0 예산", ""),
            ("도서*", "a1 a2"),
            ("kim", "c0"),
            ("우주정거장", ""),
        ],
    )
    def test_a_quote_matches_by_itself(self, sayings: Shelf, q: str, expected: str) -> None:
        assert " ".join(found(sayings, q)) == expected

    def test_any_word_will_do_where_asked(self, sayings: Shelf) -> None:
        assert found(sayings, "넉넉하다 걷겠다", match=Match.ANY) == ["b0", "c0"]

    def test_a_part_of_the_name_is_enough(self, sayings: Shelf) -> None:
        assert found(sayings, speaker="구서율") == found(sayings, speaker="서율") == ["b0", "b1", "a0", "a2", "c0"]
        assert found(sayings, "하천", "맹다온") == ["a1"]
        assert found(sayings, "하천", "다율") == []

    @pytest.mark.parametrize("name", ["KIM", "ｋｉｍ", "im h", "Kim  Haram"])
    def test_names_are_folded(self, shelf: Shelf, name: str) -> None:
        shelf.store(quoting(shelf, "a", ("Kim Haram ", "그렇다")))
        results = shelf.engine.quotes(QuoteRequest(parse("").tree, name, size=100))
        assert f"{shelf.name}.a" in [each.article.id for each in results.quotes]

    @pytest.mark.parametrize(
        ("name", "expected"),
        [("50%_*?\\", ["a0"]), ("*?\\", ["a0"]), ("5*", []), ("*", []), ("?", []), ("_", []), ("%", [])],
    )
    def test_a_name_is_no_pattern(self, shelf: Shelf, name: str, expected: list[str]) -> None:
        shelf.store(quoting(shelf, "a", ("50%_*?\\", "아니다"), ("오십", "그렇다")))
        assert found(shelf, speaker=name) == expected

    def test_quotes_without_a_speaker_are_found_by_their_words(self, sayings: Shelf) -> None:
        results = sayings.engine.quotes(QuoteRequest(parse('"시민이 하천을 지킨다"').tree, size=100))
        assert "a3" in places(sayings, results)
        assert results.quotes[0].quote.speaker is None

    def test_dates_are_those_of_the_article(self, sayings: Shelf) -> None:
        day = datetime(2026, 1, 3, tzinfo=KST)
        assert found(sayings, "하천", published_from=day) == ["b1"]
        assert found(sayings, "하천", published_to=day) == ["a0", "a1"]
        assert found(sayings, published_from=day, published_to=day) == []

    @pytest.mark.parametrize("size", [1, 2, 3, 5, 6, 7])
    def test_pages_give_each_quote_once(self, sayings: Shelf, size: int) -> None:
        pages, cursor = [], None
        while not pages or cursor:
            results = sayings.engine.quotes(asked(sayings, size=size, cursor=cursor))
            assert results.total == 6
            pages.append(places(sayings, results))
            cursor = results.next
        assert list(chain.from_iterable(pages)) == ["b0", "b1", "a0", "a1", "a2", "c0"]
        assert all(len(page) == size for page in pages[:-1])
        assert pages[-1]

    def test_many_quotes_of_one_article_are_paged(self, shelf: Shelf) -> None:
        said = [("구서율", f"하천 {number}번") for number in range(250)]
        shelf.store(quoting(shelf, "a", *said), quoting(shelf, "b", *said[:3]))
        seen: list[str] = []
        cursor = None
        while not seen or cursor:
            results = shelf.engine.quotes(asked(shelf, "하천", size=100, cursor=cursor))
            seen += places(shelf, results)
            cursor = results.next
        assert seen == [f"a{number}" for number in range(250)] + ["b0", "b1", "b2"]

    def test_what_is_written_meanwhile_shifts_nothing(self, sayings: Shelf) -> None:
        first = sayings.engine.quotes(asked(sayings, size=2))
        sayings.store(quoting(sayings, "new", *SAID, published="2026-02-01T09:00+09:00"))
        sayings.apply([Delete(f"{sayings.name}.b")])
        later = sayings.engine.quotes(asked(sayings, size=2, cursor=first.next))
        assert places(sayings, later) == ["a0", "a1"]

    def test_a_replaced_article_has_its_new_quotes_alone(self, sayings: Shelf) -> None:
        sayings.apply([put(quoting(sayings, "a", ("구서율", "하천을 미루겠다")))])
        assert found(sayings, "하천 정비") == ["b1"]
        assert found(sayings, "하천 미루") == ["a0"]
        sayings.apply([Delete(f"{sayings.name}.a")])
        assert found(sayings, "하천 미루") == []

    def test_a_cursor_belongs_to_its_request(self, sayings: Shelf) -> None:
        cursor = sayings.engine.quotes(asked(sayings, size=2)).next
        assert cursor
        for other in (asked(sayings, "하천", cursor=cursor), asked(sayings, speaker="구", cursor=cursor)):
            with pytest.raises(InvalidCursor):
                sayings.engine.quotes(other)
        with pytest.raises(InvalidCursor):
            sayings.engine.search(sayings.request(cursor=cursor))
        searched = sayings.search(size=1).next
        with pytest.raises(InvalidCursor):
            sayings.engine.quotes(asked(sayings, cursor=searched))

    @pytest.mark.parametrize(
        "q", ["제목:하천", "언론사:새벽신문", "날짜:2026", "금액:>1억", "하천 -본문:정비", "발언자:구"]
    )
    def test_fields_of_the_article_are_refused(self, q: str) -> None:
        with pytest.raises(ValidationFailed):
            require_quotable(parse(q).tree)
