"""Random articles and trees: what the index finds is what a scan of every article finds."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

import pytest

from service.domain.article import Article, Caption
from service.engines.embedded import EmbeddedEngine
from service.engines.embedded.compile_positions import matches
from service.korean.analysis import Analysis, Morpheme
from service.search.engine import Outcome, Put
from service.search.request import SearchRequest, Sort
from service.search.stored_tokens import decode_tokens, encode_tokens
from service.search.tokens import Tokens
from service.search.tree import And, Near, Node, Not, Or, Phrase, PositionedTerm, TextField, Word

_LETTERS = "abcd"
_PARTICLE = "p"


def _analysis(text: str) -> Analysis:
    morphemes, start = [], 0
    for term in text.split():
        tag = "JKS" if term == _PARTICLE else "NNG"
        morphemes.append(Morpheme(term, tag, None, None, start, start + len(term), ()))
        start += len(term) + 1
    return Analysis(text, tuple(morphemes))


def _text(length: int) -> str:
    return " ".join(random.choices(_LETTERS + _PARTICLE, k=random.randint(1, length)))


def _put(number: int) -> Put:
    time = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=random.randint(0, 5))
    article = Article(
        f"article-number-{number:04d}", _text(4), _text(12), subtitle=_text(3),
        captions=tuple(Caption(_text(3)) for _ in range(random.randint(0, 2))), subheads=(_text(3),),
        published_at=random.choice([None, time]), story_id=random.choice([None, "s1", "s2", "s3"]),
    )  # fmt: skip
    texts = {
        TextField.TITLE: (_analysis(article.title),),
        TextField.SUBTITLE: (_analysis(article.subtitle or ""),),
        TextField.BODY: (_analysis(article.body), _analysis(article.subheads[0])),
        TextField.CAPTION: tuple(_analysis(caption.text) for caption in article.captions),
    }
    return Put(article, encode_tokens(texts), str(number))


def _fields() -> tuple[TextField, ...]:
    return tuple(random.sample(list(TextField), random.choice([0, 0, 1, 2])))


def _word(fields: tuple[TextField, ...]) -> Word:
    places = sorted(random.sample(range(4), random.choice([1, 1, 2])))
    terms = tuple(PositionedTerm(place - places[0], random.choice(_LETTERS)) for place in places)
    return Word("w", terms, fields)


def _phrase(fields: tuple[TextField, ...], slop: int) -> Phrase:
    terms = random.choices(_LETTERS + _PARTICLE, k=random.randint(1, 4))
    return Phrase("p", tuple(PositionedTerm(place, term) for place, term in enumerate(terms)), fields, slop)


def _side(fields: tuple[TextField, ...]) -> Word | Phrase:
    return _phrase(fields, 0) if random.random() < 0.3 else _word(fields)


def _leaf() -> Word | Phrase | Near:
    fields = _fields()
    kind = random.randrange(4)
    if kind == 0:
        return _word(fields)
    if kind == 1:
        return _phrase(fields, random.choice([0, 0, 1, 3, 150]))
    return Near(_side(fields), _side(fields), random.choice([0, 1, 4, 150]))


def _tree(depth: int) -> Node:
    if depth == 0:
        return _leaf()
    kind = random.randrange(4)
    if kind == 0:
        return Not(_tree(depth - 1))
    children = tuple(_tree(depth - 1) for _ in range(random.randint(2, 3)))
    return And(children) if kind < 3 else Or(children)


def _scan(node: Node, tokens: Tokens) -> bool:
    match node:
        case And(children):
            return all(_scan(child, tokens) for child in children)
        case Or(children):
            return any(_scan(child, tokens) for child in children)
        case Not(child):
            return not _scan(child, tokens)
        case Word() | Phrase() | Near():
            fields = node.left.fields if isinstance(node, Near) else node.fields
            return any(matches(node, place, tokens) for place in fields or (None,))
    raise AssertionError(node)


@pytest.fixture
def articles(store: Callable[..., list[Outcome]]) -> Mapping[str, tuple[Article, Tokens]]:
    random.seed(random.randrange(1 << 30))
    puts = [_put(number) for number in range(150)]
    for start in range(0, len(puts), 40):  # several segments
        store(*puts[start : start + 40])
    return {put.article.id: (put.article, decode_tokens(put.tokens)) for put in puts}


def test_a_tree_finds_what_a_scan_finds(engine: EmbeddedEngine, articles: Mapping[str, tuple[Article, Tokens]]) -> None:
    for _ in range(150):
        tree = _tree(random.choice([0, 0, 1, 2]))
        expected = {key for key, (_, tokens) in articles.items() if _scan(tree, tokens)}
        results = engine.search(SearchRequest(tree, size=100))
        second = engine.search(SearchRequest(tree, size=100, cursor=results.next)) if results.next else None
        found = [hit.article.id for hit in (*results.hits, *(second.hits if second else ()))]
        assert results.total == len(found) == len(set(found)), tree
        assert set(found) == expected, tree


@pytest.mark.parametrize("grouped", [False, True])
@pytest.mark.parametrize("sort", list(Sort))
def test_pages_neither_repeat_nor_miss_and_keep_their_order(
    engine: EmbeddedEngine, articles: Mapping[str, tuple[Article, Tokens]], sort: Sort, grouped: bool
) -> None:
    tree = Or((_word(()), Word("a", (PositionedTerm(0, "a"),))))
    cursor, hits = None, []
    while True:
        size = random.randint(1, 9)
        request = SearchRequest(tree, sort=sort, size=size, cursor=cursor, group_by_story=grouped)
        results = engine.search(request)
        hits += results.hits
        cursor = results.next
        if cursor is None:
            break
        assert len(results.hits) == size
    whole = [key for key, (_, tokens) in articles.items() if _scan(tree, tokens)]
    expected = {articles[key][0].story_id or key for key in whole} if grouped else set(whole)
    assert [hit.article.id for hit in hits] == [hit.article.id for hit in sorted(hits, key=lambda h: _order(h, sort))]
    assert len(hits) == len({hit.article.id for hit in hits}) == len(expected)
    assert results.total == len(whole)
    assert results.stories == (len(expected) if grouped else None)
    if grouped:
        assert sum(1 + (hit.copies or 0) for hit in hits) == len(whole)
        best: dict[str, Article] = {}
        for key in whole if sort is not Sort.RELEVANCE else ():
            article = articles[key][0]
            story = article.story_id or key
            best[story] = min(best.get(story, article), article, key=lambda one: _time_order(one, sort))
        if best:
            assert {hit.article.id for hit in hits} == {article.id for article in best.values()}


def _order(hit: object, sort: Sort) -> tuple[object, ...]:
    if sort is Sort.RELEVANCE:
        return (-hit.score, hit.article.id)  # type: ignore[attr-defined]
    return _time_order(hit.article, sort)  # type: ignore[attr-defined]


def _time_order(article: Article, sort: Sort) -> tuple[object, ...]:
    if article.published_at is None:
        return (1, 0, article.id)
    stamp = article.published_at.timestamp()
    return (0, stamp if sort is Sort.OLDEST else -stamp, article.id)
