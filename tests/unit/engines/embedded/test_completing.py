"""Values that are completed, beside a count over the articles themselves."""

from __future__ import annotations

import random
import re
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from service.domain.article import Article, NamedCount
from service.engines.embedded import EmbeddedEngine, completing
from service.search.completion import Completed, Completion, completion_terms, read_term
from service.search.times import microseconds
from service.suggestions.typed import Typed, readings
from tests.unit.engines.embedded.conftest import PutOf

TYPED = (
    "가",
    "ㄱ",
    "가나",
    "갈",
    "가라",
    "가ㄴ",
    "ㄱㄴ",
    "가나다",
    "가 나",
    "갑ㅅ",
    "가각",
    "고가",
    "과기",
    "가나다라마",
)
NAMES = (
    "가나",
    "가 나다",
    "가나다라",
    "가라앉다",
    "갈나무",
    "각나라",
    "가각",
    "과기부",
    "고가",
    "고각대로",
    "나라",
    "가나 마을",
)
AMONG = 12


def expected(articles: list[Article], wanted: Completion) -> set[Completed]:
    """Return what is to be told: the archive is so small that all values are."""
    pattern = re.compile(wanted.pattern or ".*")
    terms = {article.id: completion_terms(article).get(wanted.group, []) for article in articles}
    matching = {key: [term for term in own if pattern.fullmatch(term)] for key, own in terms.items()}
    times = {article.id: microseconds(article.published_at) for article in articles if article.published_at}
    looked_at = sorted((key for key in terms if wanted.of_all or matching[key]), key=lambda key: -times[key])
    among = looked_at[: wanted.among]
    counts = Counter(term for key in among for term in matching[key])
    newest = {term: max(times[key] for key in among if term in matching[key]) for term in counts}
    return {Completed(*read_term(term), count, int(float(newest[term]))) for term, count in counts.items()}


def asked(typed: Typed, *, of_all: bool) -> Completion:
    return Completion(typed.group, typed.term_pattern(()), AMONG, of_all, typed.prefixes)


@pytest.mark.parametrize("few", [0, completing._FEW])
def test_values_are_those_of_the_newest_articles(
    engine: EmbeddedEngine, put: PutOf, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(completing, "_FEW", few)  # none are few: little data takes the way of very many values
    generator = random.Random(random.randrange(1 << 30))
    start = datetime(2026, 1, 1, tzinfo=UTC)
    days = generator.sample(range(400), 60)
    puts = [
        put(
            f"n{number}",
            published_at=start + timedelta(days=day),
            places=tuple(NamedCount(name, 1) for name in generator.sample(NAMES, generator.randrange(4))),
        )
        for number, day in enumerate(days)
    ]
    engine.wait_until_searchable(engine.write(puts[:30]))
    for articles in ([each.article for each in puts[:30]], [each.article for each in puts]):
        engine.wait_until_searchable(engine.write([each for each in puts if each.article in articles]))
        for text in TYPED:
            for of_all in (True, False):
                wanted = asked(readings(text)[0], of_all=of_all)
                assert set(engine.complete(wanted)) == expected(articles, wanted), (text, of_all)
