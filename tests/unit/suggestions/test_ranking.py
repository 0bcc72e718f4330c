"""The order of suggestions."""

from __future__ import annotations

from datetime import datetime

from service.domain.time import KST
from service.search.completion import Completed, Title
from service.search.times import microseconds
from service.search.tree import FilterField
from service.suggestions.ranking import Candidate, SuggestionType, of_titles, of_values, ranked


def at(year: int, month: int = 1) -> int:
    return microseconds(datetime(year, month, 1, tzinfo=KST))


def candidate(
    text: str, count: int = 1, newest: int = at(2026), kind: SuggestionType = SuggestionType.PLACE
) -> Candidate:
    return Candidate(text, kind, count, newest)


def texts(candidates: list[Candidate]) -> list[str]:
    return [each.text for each in candidates]


def test_the_more_frequent_comes_first() -> None:
    assert texts(ranked([candidate("가", 1), candidate("나", 3), candidate("다", 2)], 10)) == ["나", "다", "가"]


def test_of_the_same_count_the_more_recent_comes_first() -> None:
    older, newer = candidate("가", 2, at(2026, 1)), candidate("나", 2, at(2026, 2))
    assert texts(ranked([older, newer], 10)) == ["나", "가"]


def test_what_was_frequent_years_ago_falls_behind() -> None:
    assert texts(ranked([candidate("가", 5, at(2020)), candidate("나", 1, at(2026))], 10)) == ["나", "가"]
    assert texts(ranked([candidate("가", 3, at(2025, 6)), candidate("나", 1, at(2026))], 10)) == ["가", "나"]


def test_without_any_time_the_count_decides() -> None:
    assert texts(ranked([candidate("가", 1, 0), candidate("나", 2, 0)], 10)) == ["나", "가"]


def test_a_keyword_that_is_a_name_stands_once() -> None:
    keyword, place = candidate("대전", 9, kind=SuggestionType.KEYWORD), candidate("대전", 2)
    assert ranked([keyword, place], 10) == [place]
    assert ranked([keyword], 10) == [keyword]


def test_one_in_five_is_kept_for_titles() -> None:
    places = [candidate(f"대{number}", 9) for number in range(20)]
    titles = [candidate(f"대제목{number}", kind=SuggestionType.TITLE) for number in range(5)]
    found = ranked([*places, *titles], 10)
    assert len(found) == 10
    assert [each.type for each in found[-2:]] == [SuggestionType.TITLE] * 2
    assert SuggestionType.TITLE not in [each.type for each in ranked([*places, *titles], 4)]


def test_spellings_of_one_value_are_one_suggestion() -> None:
    spellings = [
        Completed(FilterField.KEYWORD, "CES", 3, 5),
        Completed(FilterField.KEYWORD, "ＣＥＳ", 1, 9),
        Completed(FilterField.KEYWORD, "ces", 1, 1),
        Completed(FilterField.PERSON, "ces", 1, 1),
    ]
    assert of_values(spellings) == [
        Candidate("CES", SuggestionType.KEYWORD, 5, 9),
        Candidate("ces", SuggestionType.PERSON, 1, 1),
    ]


def test_copies_of_a_title_are_one_suggestion() -> None:
    moment = datetime(2026, 1, 1, tzinfo=KST)
    [found] = of_titles([Title("인사", moment), Title("인사", None)])
    assert (found.text, found.count, found.newest) == ("인사", 2, microseconds(moment))
