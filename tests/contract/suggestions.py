"""What is suggested to whom types; names here begin as none of another shelf does."""

from __future__ import annotations

import pytest

from service.search.completion import Completion
from service.search.engine import Delete
from service.suggestions.ranking import SuggestionType
from service.usecases.suggest import Suggest
from tests.contract.articles import article, put
from tests.contract.shelves import Library, Shelf

SHELF = "suggestions"


def _day(number: int) -> str:
    return f"2026-03-{number:02}T09:00+09:00"


ARTICLES = (
    article(
        SHELF, "a", title="뵤롬시, 물너울공원 넓힌다", published=_day(1),
        organizations=("뵤롬시", "한국 뵤롬연구원"), places=("뵤롬", "물너울 공원"),
        keywords=("vyorom tower", "ＶＹＯ"),
    ),
    article(
        SHELF, "b", title="“뵤롬시장”이 온다", published=_day(2),
        persons=("뵤나래",), organizations=("뵤롬시",), places=("뵤롬",), keywords=("뵤롬시", "vyo"),
    ),
    article(SHELF, "c", title="뵤인사", published=_day(3), reporters=("뵤다온",), places=("뵤롬", "뵤장동")),
    article(SHELF, "d", title="뵤인사", published=_day(4), keywords=("vyo",), places=("뵤랑동",)),
)  # fmt: skip


class SuggestionContract:
    """Suggestions."""

    @pytest.mark.parametrize(
        ("typed", "expected"),
        [
            ("뵤롬", "뵤롬 뵤롬시 “뵤롬시장”이_온다 뵤롬시,_물너울공원_넓힌다 한국_뵤롬연구원"),
            ("뵤로", "뵤롬 뵤롬시 “뵤롬시장”이_온다 뵤롬시,_물너울공원_넓힌다 한국_뵤롬연구원"),
            ("뵤롬ㅅ", "뵤롬시 “뵤롬시장”이_온다 뵤롬시,_물너울공원_넓힌다"),
            ("뵤낫", ""),
            ("뵤날", "뵤나래"),
            ("뵤ㄹㅅ", "뵤롬시 “뵤롬시장”이_온다 뵤롬시,_물너울공원_넓힌다"),
            ("ㅂㄹㅅ", "뵤롬시 “뵤롬시장”이_온다 뵤롬시,_물너울공원_넓힌다"),
            ("qyfhatl", "뵤롬시 “뵤롬시장”이_온다 뵤롬시,_물너울공원_넓힌다"),
            ("ㅍㅛㅐ", "vyo vyorom_tower"),
            ("퓨ㅐ", ""),
            ("VYO", "vyo vyorom_tower"),
            ("물너울공", "물너울_공원 뵤롬시,_물너울공원_넓힌다"),
            ("물너울 공", "물너울_공원"),
            ("뵤롬시 물", "뵤롬시,_물너울공원_넓힌다"),
            ("뵤롬시장이 오", "“뵤롬시장”이_온다"),
            ("뵤인", "뵤인사"),
            (
                "뵤",
                "뵤롬 뵤인사 뵤롬시 뵤랑동 뵤다온 뵤장동 “뵤롬시장”이_온다 뵤나래 뵤롬시,_물너울공원_넓힌다 "
                "한국_뵤롬연구원",
            ),
            ("롬시", ""),
            ("뵤룸", ""),
            ("", ""),
            ("!?", ""),
        ],
    )  # fmt: skip
    def test_what_goes_on_like_this(self, library: Library, typed: str, expected: str) -> None:
        found = Suggest(library(SHELF).engine).run(typed, 20)
        assert " ".join(each.text.replace(" ", "_") for each in found) == expected

    def test_articles_are_counted(self, library: Library) -> None:
        found = Suggest(library(SHELF).engine).run("뵤", 20)
        counts = {each.text: (each.type, each.count) for each in found}
        assert counts["뵤롬"] == (SuggestionType.PLACE, 3)
        assert counts["뵤인사"] == (SuggestionType.TITLE, 2)
        assert counts["뵤다온"] == (SuggestionType.REPORTER, 1)
        [vyo, _] = Suggest(library(SHELF).engine).run("vyo", 20)
        assert (vyo.type, vyo.count) == (SuggestionType.KEYWORD, 3)

    def test_a_type_may_be_named_again_and_again(self, library: Library) -> None:
        suggest = Suggest(library(SHELF).engine)
        assert suggest.run("뵤", 20, (SuggestionType.PLACE,) * 500) == suggest.run("뵤", 20, (SuggestionType.PLACE,))

    @pytest.mark.parametrize("kind", SuggestionType)
    def test_of_one_type(self, library: Library, kind: SuggestionType) -> None:
        found = Suggest(library(SHELF).engine).run("ㅂ", 100, (kind,))
        assert {each.type for each in found} <= {kind}
        suggested = {each.text for each in found}
        own = {
            SuggestionType.PERSON: {"뵤나래"},
            SuggestionType.ORGANIZATION: {"뵤롬시", "한국 뵤롬연구원"},
            SuggestionType.PLACE: {"뵤롬", "뵤랑동", "뵤장동"},
            SuggestionType.KEYWORD: {"뵤롬시"},
            SuggestionType.REPORTER: {"뵤다온"},
            SuggestionType.TITLE: {"뵤인사", "뵤롬시, 물너울공원 넓힌다", "“뵤롬시장”이 온다"},
            SuggestionType.OUTLET: set(),
        }
        assert own[kind] <= suggested

    def test_no_more_than_asked_for(self, library: Library) -> None:
        assert [each.text for each in Suggest(library(SHELF).engine).run("뵤", 2)] == ["뵤롬", "뵤롬시"]

    def test_what_is_deleted_or_replaced_is_suggested_no_more(self, shelf: Shelf) -> None:
        shelf.store(article(shelf.name, "a", persons=("쀼가온",)), article(shelf.name, "b", persons=("쀼나온",)))
        assert [each.text for each in Suggest(shelf.engine).run("쀼", 10)] == ["쀼가온", "쀼나온"]
        shelf.apply([Delete(f"{shelf.name}.a"), put(article(shelf.name, "b", persons=("쀼다온",)))])
        assert [each.text for each in Suggest(shelf.engine).run("쀼", 10)] == ["쀼다온"]

    def test_only_the_newest_that_match_are_looked_at(self, shelf: Shelf) -> None:
        shelf.store(
            *(article(shelf.name, str(day), published=_day(day), places=(f"쓩{day}동",)) for day in range(1, 6)),
            article(shelf.name, "other", published=_day(9), places=("쎻동",)),
        )
        found = shelf.engine.complete(Completion("ㅆ", "쓩.*", 2))
        assert {each.text for each in found} == {"쓩5동", "쓩4동"}
        assert shelf.engine.complete(Completion("ㅆ", "쓩.*", 1, of_all=True)) == ()

    def test_a_value_that_is_too_long_is_left_out(self, shelf: Shelf) -> None:
        shelf.store(article(shelf.name, "a", persons=("쬽" * 61,)), article(shelf.name, "b", persons=("쬽" * 60,)))
        assert [each.text for each in Suggest(shelf.engine).run("쬽" * 60, 10)] == ["쬽" * 60]
        assert Suggest(shelf.engine).run("쬽" * 61, 10) == ()
        assert Suggest(shelf.engine).run("ㄱ" * 60, 10) == ()
