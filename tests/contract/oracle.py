"""What a query means, told article by article: slow, plain, and without any index."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise, product

from service.korean.analysis import Analysis, analyze
from service.korean.folding import fold_value
from service.search.engine import Put
from service.search.tree import And, Near, Node, Not, Or, Phrase, Prefix, Ranked, TextField, Widened, Word
from service.search.values import texts_in_order

Run = tuple[int, ...]
"""The positions of the morphemes that a leaf matches, in the order of its terms."""


def matches(node: Node, article: Put) -> bool:  # noqa: PLR0911 -- one for each kind of node
    """Return whether an article matches; knows words, phrases, prefixes, NEAR and what joins them."""
    match node:
        case And(children):
            return all(matches(child, article) for child in children)
        case Or(children):
            return any(matches(child, article) for child in children)
        case Not(child):
            return not matches(child, article)
        case Ranked(child):
            return matches(child, article)
        case Widened(child, synonyms):
            return matches(child, article) or any(matches(synonym.leaf, article) for synonym in synonyms)
        case Prefix(text, fields):
            return any(_begins(text, analysis) for analysis in _texts(article, fields))
        case Word(fields=fields) | Phrase(fields=fields):
            return any(any(_runs(node, analysis)) for analysis in _texts(article, fields))
        case Near(left, right, distance):
            return any(_near(left, right, distance, analysis) for analysis in _texts(article, left.fields))
    raise NotImplementedError(f"the oracle does not know {node}")


def _texts(article: Put, fields: tuple[TextField, ...]) -> Iterator[Analysis]:
    texts = texts_in_order(article.article)
    for field in fields or tuple(TextField):
        yield from map(_analyzed, texts[field])


@cache
def _analyzed(text: str) -> Analysis:
    return analyze(text)


def _begins(prefix: str, analysis: Analysis) -> bool:
    return any(fold_value(word).startswith(prefix) for word in analysis.text.split())


def _runs(leaf: Word | Phrase, analysis: Analysis) -> Iterator[Run]:
    tokens = analysis.tokens
    places = [
        [
            position
            for position, token in enumerate(tokens)
            if token.term == term and (token.content or isinstance(leaf, Phrase))
        ]
        for _, term in leaf.terms
    ]
    slop = leaf.slop if isinstance(leaf, Phrase) else 0
    for run in product(*places):
        if slop:
            within = max(run) - min(run) + 1 - len(run) <= slop
            if within and len(set(run)) == len(run):
                yield run
        elif all(place - run[0] == term.position for place, term in zip(run, leaf.terms, strict=True)):
            yield run


def _near(left: Word | Phrase, right: Word | Phrase, distance: int, analysis: Analysis) -> bool:
    for one, other in product(_runs(left, analysis), _runs(right, analysis)):
        spans = sorted([(min(one), max(one)), (min(other), max(other))])
        if all(0 <= second[0] - first[1] - 1 <= distance for first, second in pairwise(spans)):
            return True
    return False
