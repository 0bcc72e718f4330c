"""A tree with the synonyms of its words: what was written stays, and what means the same is found as well.

Exact phrases, distances, prefixes and values are left as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from index_mappings import SynonymRule
from service.korean.folding import fold_value
from service.search.query_language import synonyms as table_of
from service.search.query_language.numerals import other_spellings
from service.search.query_language.synonyms import SynonymTable, is_hanja, synonym_table, terms_of
from service.search.query_language.terms import prefix, word
from service.search.tree import And, Fields, Node, Not, Or, Phrase, Prefix, Synonym, Widened, Word

MOST_SYNONYMS = 64
"""Synonyms in one query, so that it stays bounded; words further behind find what is written alone."""
_LONGEST_RUN = 6  # words written apart that may be one word of the synonyms

Used = Mapping[str, tuple[str, ...]]
"""For each word of the query that has synonyms, what is looked for as well."""


def widen(tree: Node, rules: tuple[SynonymRule, ...]) -> tuple[Node, Used]:
    """Return the tree with the synonyms of its words by these rules, and which they are."""
    widening = _Widening(synonym_table(rules))
    widened = widening.node(tree)
    return widened, widening.used()


class _Widening:
    def __init__(self, table: SynonymTable) -> None:
        self._table = table
        self._taken: list[Synonym] = []

    def used(self) -> Used:
        found: dict[str, dict[str, None]] = {}
        for synonym in self._taken:
            found.setdefault(synonym.word, {})[synonym.leaf.text] = None
        return {of: tuple(texts) for of, texts in found.items()}

    def node(self, node: Node) -> Node:
        match node:
            case Word():
                return self._word(node)
            case And(children):
                return And(tuple(self._conjunction(children)))
            case Or(children):
                return self._disjunction(children)
            case Not(child):
                return Not(self.node(child))
            case _:
                return node

    def _word(self, written: Word) -> Node:
        if written.terms != terms_of(written.text):
            return self._widened(written, self._within(written.text, written.fields))
        text = fold_value(written.text)
        if is_hanja(text) and text in self._table.hanja:
            # Not by its reading, which is a syllable of too many other words.
            found = self._others(self._table.hanja[text], written.text, written.fields)
            return self._widened(prefix(written.text, written.fields), found)
        known = self._table.of_terms(written.terms)
        own = self._others(known, written.text, written.fields) if known else ()
        return self._widened(written, [*own, *_spellings(written)])

    def _conjunction(self, children: Sequence[Node]) -> Iterator[Node]:
        place = 0
        while place < len(children):
            run = self._run(children[place : place + _LONGEST_RUN])
            yield self._together(run) if len(run) > 1 else self.node(children[place])
            place += max(len(run), 1)

    def _run(self, children: Sequence[Node]) -> Sequence[Word]:
        """Return the longest run of words from the first on that together are a word of the synonyms."""
        words: list[Word] = []
        for child in children:
            if not isinstance(child, Word) or (words and child.fields != words[0].fields):
                break
            words.append(child)
        if not words or words[0].terms[0].term not in self._table.by_first:
            return ()
        for count in range(len(words), 1, -1):
            if self._table.of_terms(terms_of(_joined(words[:count]))):
                return words[:count]
        return ()

    def _together(self, words: Sequence[Word]) -> Node:
        text = _joined(words)
        known = self._table.of_terms(terms_of(text))
        assert known is not None
        return self._widened(And(tuple(words)), self._others(known, text, words[0].fields))

    def _disjunction(self, children: Sequence[Node]) -> Node:
        # The morphemes of a run of which any will do follow each other, and each bears the whole of its text.
        widened: list[Node] = []
        for text, same in groupby(children, key=_loose_text):
            if text is None:
                widened += map(self.node, same)
                continue
            words = [child for child in same if isinstance(child, Word)]
            found = self._within(text, words[0].fields)
            if found and len(words) > 1:
                widened.append(self._widened(Or(tuple(words)), found))
            else:
                widened += [self._widened(words[0], found), *words[1:]]
        return widened[0] if len(widened) == 1 else Or(tuple(widened))

    def _within(self, text: str, fields: Fields) -> list[Synonym]:
        found = [synonym for known in self._table.within(text) for synonym in self._others(known, known.text, fields)]
        return found + [synonym for one in text.split() for synonym in _spellings_of(one, fields)]

    def _others(self, known: table_of.Word, written: str, fields: Fields) -> tuple[Synonym, ...]:
        own = [known] if not known.terms and known.text != written else []
        return tuple(
            Synonym(written, _leaf(other, fields), table_of.weight(known.terms, other.terms))
            for other in [*own, *self._table.found[known]]
        )

    def _widened(self, child: Node, synonyms: Iterable[Synonym]) -> Node:
        room = MOST_SYNONYMS - len(self._taken)
        taken = tuple(dict.fromkeys(synonyms))[:room]
        self._taken += taken
        return Widened(child, taken) if taken else child


def _joined(words: Iterable[Word]) -> str:
    return " ".join(word.text for word in words)


def _loose_text(child: Node) -> str | None:
    return child.text if isinstance(child, Word) and child.terms != terms_of(child.text) else None


def _leaf(known: table_of.Word, fields: Fields) -> Word | Phrase | Prefix:
    return word(known.text, fields) if known.terms else prefix(known.text, fields)


def _spellings(written: Word) -> Iterator[Synonym]:
    yield from _spellings_of(written.text, written.fields)


def _spellings_of(text: str, fields: Fields) -> Iterator[Synonym]:
    own = terms_of(text)
    for spelling in other_spellings(fold_value(text)):
        leaf = word(spelling, fields)
        yield Synonym(text, leaf, min(1.0, len(own) / len(leaf.terms)))
