"""What a request looks for itself, so that it need not be told of it."""

from __future__ import annotations

from collections.abc import Iterator

from service.korean.folding import fold_value
from service.search.query_language.terms import word
from service.search.request import SearchRequest
from service.search.tree import And, Near, Node, Not, Or, Phrase, Prefix, Ranked, Value, Widened, Word


class OwnWords:
    """The words, beginnings of words and values that a request includes, synonyms too."""

    def __init__(self, request: SearchRequest) -> None:
        leaves = list(_leaves(request.query))
        self._terms = {term for leaf in leaves if isinstance(leaf, Word | Phrase) for _, term in leaf.terms}
        self._prefixes = tuple(leaf.text for leaf in leaves if isinstance(leaf, Prefix))
        named = [leaf.value for leaf in leaves if isinstance(leaf, Value)]
        named += [value for wanted in request.filters.values() for value in wanted.include]
        self._values = {fold_value(value) for value in named}

    def has(self, text: str) -> bool:
        """Return whether a text says nothing that the request does not say."""
        folded = fold_value(text)
        if folded in self._values or (self._prefixes and folded.startswith(self._prefixes)):
            return True
        return all(term in self._terms for _, term in word(text, ()).terms)


def _leaves(node: Node) -> Iterator[Word | Phrase | Prefix | Value]:
    match node:
        case Word() | Phrase() | Prefix() | Value():
            yield node
        case And(children) | Or(children):
            for child in children:
                yield from _leaves(child)
        case Near(left, right):
            yield left
            yield right
        case Ranked(child):
            yield from _leaves(child)
        case Widened(child, synonyms):
            yield from _leaves(child)
            yield from (synonym.leaf for synonym in synonyms)
        case Not():
            return
