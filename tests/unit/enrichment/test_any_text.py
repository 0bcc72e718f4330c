"""What holds for every text: no exception, offsets inside and matching, time in proportion to the length."""

from __future__ import annotations

import time
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.domain.article import Article
from service.enrichment.characters import char_count_step, language_step
from service.enrichment.keywords import keywords_step
from service.enrichment.money import money_step
from service.enrichment.pipeline import STEPS, analyze_texts, enrich
from service.enrichment.quotes import quotes_step
from service.enrichment.summary import summary_step
from tests.timing import least_seconds

_PIECES = st.sampled_from(
    [
        *(
            "강라온",
            "광주시장",
            "은",
            "는",
            "이",
            "가",
            "을",
            "의",
            "에서",
            "과",
            "와",
            "·",
            ",",
            ".",
            "\n\n",
            "“",
            "”",
            "‘",
            "'",
        ),
        *(
            '"',
            "(",
            ")",
            "尹",
            "美",
            "대구시",
            "수성구",
            "북구",
            "3억",
            "원",
            "만",
            "여",
            "달러",
            "$",
            "15일",
            "2027년",
            "지난",
        ),
        *(
            "클라라",
            "슈나이더",
            "대표",
            "기업",
            "새론",
            "씨",
            "김모",
            "역",
            "동",
            "로",
            "며",
            "고",
            "말했다",
            "라고",
            "▶",
            "-",
        ),
        *("Q.", "１２", "\u200b", "\ufeff", "한국공사", "교수", "전"),
    ]
)
_TEXTS = st.one_of(
    st.text(max_size=200), st.lists(_PIECES, max_size=60).map("".join), st.lists(_PIECES, max_size=60).map(" ".join)
)


@settings(max_examples=300, deadline=None)
@given(title=_TEXTS, body=_TEXTS)
def test_any_text_is_enriched_and_mentions_match(title: str, body: str) -> None:
    article = enrich(Article(id="a", title=title, body=body)).article
    end = 0
    for mention in article.mentions:
        assert end <= mention.start < mention.end <= len(body)
        end = mention.end
    assert article.char_count == len(body)
    assert len(article.keywords) <= 10
    for quote in article.quotes:
        assert quote.text in body
    for sum_of_money in article.money:
        assert sum_of_money.text in title or sum_of_money.text in body


_WORST = {
    "digits": "1",
    "sums": "1억 ",
    "opening marks": "“",
    "quotes": '"가나다"고 말했다. ',
    "authorities": "대구시·",
    "names": "강라온 시장은 ",
    "foreign names": "클라라 슈나이더 ",
    "anaphors": '한빛공사는 "가나다"고 했다. 이 공사는 "나나"라고 했다. ',
    "addresses": "a.",
    "dateline": "(대구=가) ",
    "lines": "가\n",
    "nested marks": "“가‘나”다’",
}


def _seconds(piece: str, length: int) -> float:
    body = (piece * (length // len(piece) + 1))[:length]
    article = Article(id="a", title="", body=body)
    texts = analyze_texts(article)
    start = time.thread_time()
    for step in STEPS:
        article = step(article, texts)
    return time.thread_time() - start


_LONGEST_BODY = 200_000
_SECONDS = 2.0
_TRIES = 3  # on a machine that does other things as well
_OWN_STEPS = (char_count_step, language_step, money_step, quotes_step, keywords_step, summary_step)
_WORST_OF_QUOTES_AND_SUMS = (
    "1원", "(단위: 1억", "“‘", "가나다.\n\n", "“가나다라.” ", "“가나다라.”\n\n",
    "그는 “가나다라”고 했다. ",
    "시는 “가나다라”고 했다.\n\n", "▲김= “가나다”", "Q. 가나다?\n\nA. “가나다”고 말했다.\n\n", "민서연 시장은 ",
    "또 다른 ",
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("piece", _WORST_OF_QUOTES_AND_SUMS)
def test_the_longest_body_takes_two_seconds_a_step_at_most(piece: str) -> None:
    body = (piece * _LONGEST_BODY)[:_LONGEST_BODY]
    article = Article(id="a", title="", body=body)
    texts = analyze_texts(article)
    assert texts.people
    for step in _OWN_STEPS:
        assert least_seconds(partial(step, article, texts), _SECONDS) <= _SECONDS, step.__name__
        article = step(article, texts)


@pytest.mark.slow
@pytest.mark.parametrize("name", _WORST)
def test_time_grows_with_the_length_alone(name: str) -> None:
    # Four times the text takes four times as long, sixteen times where a rule is quadratic, however often one tries.
    tries = ((_seconds(_WORST[name], 25_000), _seconds(_WORST[name], 100_000)) for _ in range(_TRIES))
    assert any(long < 8 * max(short, 0.05) for short, long in tries)
