"""What holds for any text."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.domain.errors import QuerySyntaxError, ValidationFailed
from service.search.query_language import parse
from service.search.query_language.limits import MAX_LENGTH
from service.search.request import Match
from service.search.tree import TextField
from tests.timing import least_seconds

PIECES = [
    *"‘’“”\"「」『』()|-!*:~'…\n \u200b\u0301\u1161ㄷ１｜，aé", "OR", "AND", "NOT", "NEAR/3", "NEAR", "OR’", "~3", "..",
    "대구", "시장에서", "밝혔다", "그리고", "don’t", "대구*", "10:30", "ABC-123", "제목:", "title:", "본문:(", "날짜:",
    "날짜:2026-01..", "금액:", "금액:>=1.5억", "기자:", "언론사:", "발언자:", "2026-01", "1.5억",
]  # fmt: skip
QUERIES = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(PIECES), max_size=25).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=20).map(" ".join),
)
FIELDS = st.sampled_from([(), (TextField.TITLE,), (TextField.TITLE, TextField.BODY)])


@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(QUERIES, st.sampled_from(list(Match)), FIELDS)
def test_any_text_is_read_or_refused(q: str, match: Match, fields: tuple[TextField, ...]) -> None:
    try:
        parsed = parse(q, match, fields)
    except ValidationFailed:
        return
    except QuerySyntaxError as error:
        refusal = error
    else:
        again = parse(parsed.interpreted, match, fields)
        assert again.tree == parsed.tree
        assert again.interpreted == parsed.interpreted
        return
    assert 0 <= refusal.position <= len(q)
    assert refusal.correction is None or parse(refusal.correction, match, fields).tree


HARDEST = [
    "(" * 1_024, "‘" * 1_024, "-" * 1_024, '"' * 1_024, "「" * 1_024, "|" * 1_024, "*" * 1_024, ":" * 1_024,
    "\u1100" * 1_024, "\u0301" * 1_024, "\u200b" * 1_024, "‘a’b" * 256, "a" * 1_024, "대구 " * 340, "제목:" * 340,
    "가나다라마바사아자차카타파하" * 73, " -(a" * 16 + ")" * 16, "a NEAR/5 " * 60 + "b", "금액:" + "9" * 1_000,
]  # fmt: skip


@pytest.mark.parametrize("q", HARDEST, ids=lambda q: f"{q[:6]!r}")
def test_no_query_takes_long(q: str) -> None:
    parse("대구")  # loads the dictionary

    def read() -> None:
        with contextlib.suppress(QuerySyntaxError, ValidationFailed):
            parse(q)

    assert least_seconds(read, 0.05) < 0.05


@pytest.mark.parametrize("match", Match)
def test_what_grows_when_written_out_is_still_read(match: Match) -> None:
    sums = " ".join(["금액:1.5억"] * 63)
    q = f'{sums} "{"가" * (MAX_LENGTH - len(sums) - 3)}"'
    parsed = parse(q, match)
    assert parse(parsed.interpreted, match).tree == parsed.tree


@pytest.mark.parametrize("match", Match)
@pytest.mark.parametrize("q", ['o"공원 하천 하천"~20’rganization:달섬군', 'NOT AND~"a b"~5’NEAR/9가'])
def test_what_chance_has_found_to_read_otherwise(q: str, match: Match) -> None:
    parsed = parse(q, match)
    assert parse(parsed.interpreted, match).tree == parsed.tree
