"""The units that the sequence model labels: morphemes, cut further where the edge of a name lies inside of one."""

from __future__ import annotations

from service.enrichment.lexicon import words
from service.korean.analysis import Analysis, Morpheme
from service.korean.word_cache import kept_for_words

_SYMBOLS = frozenset(("SY", "SC", "SSO", "SSC", "SF", "SE", "SP"))
_NOUNS = frozenset(("NNG", "NNP"))
_CUT = frozenset((*_SYMBOLS, *_NOUNS, "NNB", "NNBC", "NR", "NP"))
_TAILS = frozenset("장인도대자")
"""Last parts of compounds that stand outside the name before them: `은행|장`, `미국|인`, `내년|도`."""
_COUNTERS = frozenset("분시일점부심위명원년월주호대회편곡")
_BEHIND_COUNTERS = frozenset("경자여대치간도과장주부인")
"""What the dictionary glues to a counter: `3시경`, `29일자`, `2분여`."""
_PLAIN_LENGTH = 2


def units_of(analysis: Analysis) -> list[Morpheme]:
    """Return the units of a text in order; those cut out of a morpheme carry no parts."""
    units: list[Morpheme] = []
    previous: Morpheme | None = None
    for morpheme in analysis.morphemes:
        kind = None
        if morpheme[1] in _CUT and len(morpheme[0]) > 1:  # by index, as this is done for every morpheme
            kind = _cut(morpheme.surface, morpheme.tag, morpheme.parts)
        if kind is None or len(morpheme.surface) != morpheme.end - morpheme.start:
            units.append(morpheme)
        elif kind[0] == "always":
            units.extend(_pieces(morpheme, kind[1]))
        elif kind[0] == "counter":
            counted = previous is not None and previous.tag == "SN" and previous.end == morpheme.start
            units.extend(_pieces(morpheme, kind[1]) if counted else (morpheme,))
        else:
            units.extend(_pieces(morpheme, kind[1]) if _is_anonymized(analysis.text, morpheme) else (morpheme,))
        previous = morpheme
    return units


_Pieces = tuple[tuple[str, str, str | None], ...]


@kept_for_words(1 << 16)
def _cut(surface: str, tag: str, parts: tuple[tuple[str, str], ...]) -> tuple[str, _Pieces] | None:
    """Return when a morpheme is cut and into which surfaces, tags and classes; None where it never is."""
    if tag in _SYMBOLS:
        return "always", tuple((character, tag, None) for character in surface)
    return _cut_noun(surface, tag, parts)


def _cut_noun(surface: str, tag: str, parts: tuple[tuple[str, str], ...]) -> tuple[str, _Pieces] | None:
    if surface in words("grammar", "joined_countries"):
        return "always", tuple((character, "NNP", "지명") for character in surface)
    if len(surface) == _PLAIN_LENGTH:
        first, last = surface[0], surface[1]
        if first in _COUNTERS and last in _BEHIND_COUNTERS:
            return "counter", ((first, "NNBC", None), (last, "XSN", None))
        if last in "모씨" and tag in _NOUNS and first in words("names", "common_surnames"):
            return "anonymized", ((first, "NNP", "인명"), (last, "NNB", None))
    if tag in _NOUNS and len(parts) > 1 and parts[-1][0] in _TAILS and "".join(part for part, _ in parts) == surface:
        return "always", tuple((part, part_tag, None) for part, part_tag in parts)
    return None


def _pieces(morpheme: Morpheme, pieces: _Pieces) -> list[Morpheme]:
    units = []
    start = morpheme.start
    for surface, tag, semantic in pieces:
        units.append(Morpheme(surface, tag, semantic, None, start, start + len(surface), ()))
        start += len(surface)
    return units


def _is_anonymized(text: str, morpheme: Morpheme) -> bool:
    """Tell whether a family name and 모 or 씨 stand here, no noun: `강모(34)씨`, `허씨는`."""
    following = text[morpheme.end : morpheme.end + 2]
    if morpheme.surface[1] == "씨":
        return morpheme.tag == "NNP"
    return following[:1] in {"(", "씨"} or following == " 씨"
