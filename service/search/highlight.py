"""Highlights out of the stored tokens: no text is analysed again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from service.domain.article import Article
from service.korean.folding import fold_value
from service.search.fragments import Mark, fragments, marked
from service.search.request import SearchRequest
from service.search.runs import runs
from service.search.tokens import TextTokens, Tokens
from service.search.tree import And, Near, Node, Or, Phrase, Prefix, Ranked, TextField, Widened, Word
from service.search.values import texts_in_order
from service.search.words import fold_prefix, prefix_end, written_words

Leaf = Word | Phrase | Near | Prefix

_WHOLE = (TextField.TITLE, TextField.SUBTITLE)
_MOST_FRAGMENTS = 3


class Sought(NamedTuple):
    """A leaf and the fields it looks in."""

    leaf: Leaf
    fields: frozenset[TextField]


def sought(request: SearchRequest) -> tuple[Sought, ...]:
    """Return the leaves of the query that a hit may match, those under an exclusion left out."""
    found = ((leaf, _fields(leaf) or request.fields or tuple(TextField)) for leaf in _leaves(request.query))
    return tuple(dict.fromkeys(Sought(leaf, frozenset(fields)) for leaf, fields in found))


def highlights(article: Article, tokens: Tokens, leaves: tuple[Sought, ...]) -> Mapping[str, tuple[str, ...]]:
    """Return fragments of escaped HTML with the matches marked, for each field that has any.

    Title and subtitle are given whole, of body and captions up to three fragments.
    """
    found: dict[str, tuple[str, ...]] = {}
    for field, texts in texts_in_order(article).items():
        wanted = [leaf for leaf, fields in leaves if field in fields]
        pairs = zip(texts, tokens[field], strict=False)
        marks = [(text, sorted(_marks(text, text_tokens, wanted))) for text, text_tokens in pairs]
        with_marks = [(text, own) for text, own in marks if own]
        if not with_marks:
            continue
        if field in _WHOLE:
            found[str(field)] = tuple(marked(text, 0, len(text), own) for text, own in with_marks)
        else:
            found[str(field)] = fragments(with_marks, _MOST_FRAGMENTS)
    return found


def _leaves(node: Node) -> Iterator[Leaf]:
    match node:
        case Word() | Phrase() | Near() | Prefix():
            yield node
        case And(children) | Or(children):
            for child in children:
                yield from _leaves(child)
        case Ranked(child):
            yield from _leaves(child)
        case Widened(child, synonyms):
            yield from _leaves(child)
            yield from (synonym.leaf for synonym in synonyms)
        case _:
            return


def _fields(leaf: Leaf) -> tuple[TextField, ...]:
    return leaf.left.fields or leaf.right.fields if isinstance(leaf, Near) else leaf.fields


def _marks(text: str, tokens: TextTokens, leaves: list[Leaf]) -> Iterator[Mark]:
    for number, leaf in enumerate(leaves):
        if isinstance(leaf, Prefix):
            for start, end in _prefix_spans(text, fold_prefix(leaf.text)):
                yield Mark(start, end, number)
            continue
        for first, last in runs(leaf, tokens):
            start, end = tokens.span(first)
            yield Mark(start, end if last == first else tokens.span(last)[1], number)


def _prefix_spans(text: str, prefix: str) -> Iterator[tuple[int, int]]:
    if prefix not in fold_value(text):  # most texts: to fold them at once is far cheaper than word by word
        return
    for word in written_words(text):
        if word.folded.startswith(prefix):
            yield word.start, prefix_end(text, word, prefix)
