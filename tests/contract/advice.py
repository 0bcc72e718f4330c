"""What a search that finds nothing, or next to nothing, is answered besides its hits."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from service.search.engine import Engine
from service.search.request import Filter, Match, SearchParameters
from service.search.tree import FilterField, TextField
from service.suggestions.advice import Advice
from service.suggestions.spelling import far_patterns, near_patterns
from service.usecases.search import Search
from tests.contract.articles import article
from tests.contract.shelves import Library

SHELF = "advice"
ARTICLES = (
    *(
        article(
            SHELF, f"tower{number}", "별빛나래타워에 전망대를 짓는다. 휘파람새축제도 연다.",
            title=f"전망대 소식 {number}", published=f"2026-02-{number:02}T09:00+09:00",
            persons=("나휘람",), organizations=("별빛나래공사",),
        )
        for number in range(1, 13)
    ),
    article(
        SHELF, "fair", "휘파람새 생태학교가 별빛나래타워에서 문을 열었다.",
        title="휘파람새 vorticom", persons=("나휘랑",),
    ),
    article(SHELF, "rare", "휘파랑새라는 배가 떴다.", title="배가 뜨다"),
)  # fmt: skip


def advice(engine: Engine, q: str, **options: object) -> Advice:
    """Return the advice for a search."""
    return Search(engine).run(SearchParameters(q=q, **options)).advice  # type: ignore[arg-type] # the options of a test


class AdviceContract:
    """Corrections, words to blame, and the search with any of the words."""

    @pytest.mark.parametrize(
        ("q", "meant"),
        [
            ("별빚나래타워", "별빛나래타워"),
            ("별나래타워", "별빛나래타워"),
            ("별빛나래탕워", "별빛나래타워"),
            ("별빛날래타원", "별빛나래타워"),
            ("별빛래타워", "별빛나래타워"),
            ("별빛래나타워", "별빛나래타워"),
            ("별빛나래타월에", "별빛나래타워에"),
            ("별빚나래타워 전망대", "별빛나래타워 전망대"),
            ("전망대 별빚나래타워 -생태학교", "전망대 별빛나래타워 -생태학교"),
            ("(별빚나래타워 | 휫파람새축제) 전망대", "(별빛나래타워 | 휘파람새축제) 전망대"),
            ('"별빚나래타워에 전망대"', '"별빛나래타워에 전망대"'),
            ("“별빚나래타워에 전망대”~3", '"별빛나래타워에 전망대"~3'),
            ("별빚나래타워 NEAR/3 전망대", "별빛나래타워 NEAR/3 전망대"),
            ("제목:휘파람새 본문:별빚나래타워", "제목:휘파람새 본문:별빛나래타워"),
            ("인물:나휘럄", "인물:나휘람"),
            ("기관:별빛나래", "기관:별빛나래공사"),
            ("기관:qufqlcskforhdtk", "기관:별빛나래공사"),
            ("vortcom", "vorticom"),
            ("vorticmo", "vorticom"),
            ("qufqlcskfoxkdnj", "별빛나래타워"),
            ("패ㄱ샤채ㅡ", "vorticom"),
            ("휘파람새 생 태학교", "휘파람새 생태학교"),
            ("전망대휘파람새", "전망대 휘파람새"),
            ("휘파랑새", "휘파람새"),
            ("별빛나래타워", None),
            ("별빛나래타워 생태학교 축제", None),
            ("-별빚나래타워 없는낱말이다", None),
            ("캬캬캬캬캬캬", None),
            ("뷁", None),
            ("", None),
        ],
    )
    def test_what_was_meant(self, library: Library, q: str, meant: str | None) -> None:
        assert advice(library(SHELF).engine, q).did_you_mean == meant

    def test_a_correction_has_to_find_more_within_the_filters(self, library: Library) -> None:
        engine = library(SHELF).engine
        of_shelf = {FilterField.TAG: Filter((SHELF,))}
        assert advice(engine, "별빚나래타워", filters=of_shelf).did_you_mean == "별빛나래타워"
        assert advice(engine, "별빚나래타워", filters={FilterField.TAG: Filter(("none",))}).did_you_mean is None
        assert advice(engine, "별빚나래타워", fields=(TextField.BODY,)).did_you_mean == "별빛나래타워"
        assert advice(engine, "별빚나래타워", fields=(TextField.TITLE,)).did_you_mean is None

    @pytest.mark.parametrize(
        ("q", "missing", "with_any"),
        [
            ("전망대 뷁뷁한", ("뷁뷁한",), True),
            ("뷁뷁한 쀍쀍한", ("뷁뷁한", "쀍쀍한"), False),
            ('"뷁뷁한 전망대" 인물:뷁뷁', ("뷁뷁한 전망대", "뷁뷁"), False),
            ("생태학교 휘파람새축제", (), True),
            ("별빛나래타워 -별빛나래타워", (), False),
            ("별빛나래타워 날짜:1999", (), False),
        ],
    )
    def test_which_word_is_to_blame(self, library: Library, q: str, missing: tuple[str, ...], with_any: bool) -> None:
        answer = Search(library(SHELF).engine).run(SearchParameters(q=q))
        assert answer.results.total == 0
        assert answer.advice.missing_words == missing
        assert (answer.advice.match_any_total is not None) is with_any
        [warning] = answer.advice.warnings
        assert warning in answer.warnings
        assert all(f"'{word}'" in warning.ko and f"'{word}'" in warning.en for word in missing)
        assert ("match=any" in warning.ko) is with_any

    def test_a_word_alone_is_told_without_a_warning(self, library: Library) -> None:
        assert advice(library(SHELF).engine, "뷁뷁한") == Advice(missing_words=("뷁뷁한",))

    def test_the_search_with_any_word_finds_as_many(self, library: Library) -> None:
        engine = library(SHELF).engine
        told = advice(engine, "전망대 뷁뷁한").match_any_total
        assert told == Search(engine).run(SearchParameters(q="전망대 뷁뷁한", match=Match.ANY)).results.total
        assert advice(engine, "뷁뷁한 쀍쀍한", match=Match.ANY).match_any_total is None

    @pytest.mark.parametrize(
        "word", ["가" * 12, "가나" * 6, "각" * 8, "a" * 12, "뷁뒑쉛뷁뒑쉛뷁", "ㄱㅏ1a", "漢字語漢字語"]
    )
    @pytest.mark.parametrize("patterns", [near_patterns, far_patterns])
    def test_engines_take_the_patterns_of_any_word(
        self, library: Library, word: str, patterns: Callable[[str], tuple[str, ...]]
    ) -> None:
        assert library(SHELF).engine.articles_with(patterns(word) or (word,), 5) == ()

    def test_nothing_is_said_besides_hits(self, library: Library) -> None:
        assert advice(library(SHELF).engine, "전망대") == Advice()
        assert advice(library(SHELF).engine, "") == Advice()
