"""What is a copy of what."""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.article import Article
from service.stories.likeness import is_copy, similarity
from service.stories.signature import Signature, decode, encode, signature_of
from tests.contract.wire import (
    COPIES,
    FERRY,
    LIBRARY,
    NOTICE,
    NOTICES,
    ORIGINAL,
    OTHER,
    OTHER_WITH_QUOTE,
    QUOTE,
    WEATHER,
    text,
)


def signed(body: str, title: str = "제목") -> Signature:
    """Return the signature of an article with this body."""
    signature = signature_of(Article(id="a", title=title, body=body))
    assert signature
    return signature


def are_copies(one: str, other: str) -> bool:
    """Return whether two bodies are copies, asked both ways."""
    answers = {is_copy(signed(one), signed(other)), is_copy(signed(other), signed(one))}
    assert len(answers) == 1
    return answers.pop()


@pytest.mark.parametrize("kind", COPIES)
def test_copies_of_all_kinds_are_recognised(kind: str) -> None:
    assert are_copies(ORIGINAL, COPIES[kind])


def test_the_more_is_the_same_the_higher_the_similarity() -> None:
    bodies = (COPIES["verbatim"], COPIES["light"], COPIES["truncated"], OTHER_WITH_QUOTE, OTHER)
    found = [similarity(signed(ORIGINAL), signed(body)) for body in bodies]
    assert found[0] == 1.0
    assert sorted(set(found), reverse=True) == found
    assert found[-1] < 0.05


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (ORIGINAL, OTHER),
        (ORIGINAL, OTHER_WITH_QUOTE),
        (text(*FERRY[:4], NOTICE), text(*LIBRARY[:4], NOTICE)),
        (text(FERRY[0], QUOTE, NOTICE), text(LIBRARY[0], QUOTE, NOTICE)),
        # The same sentences in another order with others between: a review of the year, not a copy.
        (text(*FERRY[:6], *LIBRARY[:2]), text(LIBRARY[2], *reversed(FERRY[:6]), LIBRARY[3])),
    ],
)
def test_a_quote_or_a_notice_in_common_is_no_copy(one: str, other: str) -> None:
    assert not are_copies(one, other)


def test_the_same_reporter_line_is_no_copy() -> None:
    bodies = [f"(가온=누리통신) 도서윤 기자 = 불{rest}\n\n{NOTICES}" for rest in ("이 났다.", "을 껐다.")]
    assert not are_copies(*bodies)


def test_a_form_with_other_numbers_is_no_copy() -> None:
    days = [
        " ".join(WEATHER.format(day=day, low=low + part, high=high - part) for part in range(4))
        for day, low, high in ((8, 3, 15), (9, 7, 21))
    ]
    assert not are_copies(*days)
    assert are_copies(days[0], days[0] + " 바람은 약하게 불겠다.")


def test_a_brief_in_a_round_up_does_not_make_it_a_copy() -> None:
    brief = text(*FERRY[:2])
    assert not are_copies(brief, text(*FERRY[:2], *LIBRARY, *FERRY[6:], NOTICE))


def test_a_short_text_is_a_copy_only_of_the_same_title_and_text() -> None:
    assert is_copy(signed("불이 났다.", "[속보] 화재"), signed("불이  났다", "[속보]화재"))
    assert not is_copy(signed("불이 났다.", "가온시 화재"), signed("불이 났다.", "한빛군 화재"))
    assert not is_copy(signed("불이 났다."), signed("불이 꺼졌다."))
    assert not is_copy(signed("불이 났다."), signed(ORIGINAL))


def test_a_text_without_blanks_is_compared_as_a_whole() -> None:
    assert are_copies("가" * 5_000, "가" * 5_000)
    assert not are_copies("가" * 5_000, "가" * 5_001)


def test_what_the_client_gave_has_no_signature() -> None:
    assert signature_of(Article(id="a", title="제목", body="본문", story_id="s", given=frozenset({"story_id"}))) is None


def test_long_texts_keep_a_sample_that_compares_with_whole_ones() -> None:
    numbers = random.Random(5)
    long = " ".join(f"낱말{numbers.randrange(50_000)}" for _ in range(20_000))
    signature = signed(long)
    assert len(signature.pairs) <= 256
    assert are_copies(long, long.removesuffix(long[-4_000:]))
    assert 0.9 < similarity(signature, signed(long[: len(long) * 9 // 10])) < 0.99
    assert not are_copies(long, ORIGINAL)


@given(st.text(max_size=400))
def test_any_text_has_a_signature_that_can_be_kept(body: str) -> None:
    signature = signed(body)
    assert decode(encode(signature)) == signature
    assert is_copy(signature, signature)


def test_different_articles_are_not_mixed_up() -> None:
    bodies = [text(*FERRY), text(*LIBRARY), text(*FERRY[:3], *LIBRARY[:4]), text(*FERRY[3:], *LIBRARY[4:])]
    assert [pair for pair in combinations(bodies, 2) if are_copies(*pair)] == []
