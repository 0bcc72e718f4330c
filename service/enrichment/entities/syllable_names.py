"""Names that are written syllable by syllable, as Vietnamese ones are: `쩐 반 득`, `응우옌 티 흐엉`."""

from __future__ import annotations

from collections.abc import Iterator

from service.enrichment.entities.name_shapes import has_strange_syllable
from service.enrichment.entities.posts import post_of
from service.enrichment.entities.span import Span
from service.enrichment.entities.words import Line, readings
from service.enrichment.lexicon import words

FAMILIES = words("names", "vietnamese_surnames")
_MIDDLES = words("names", "vietnamese_middle_names")
_LONGEST_GIVEN = 3  # code points of a given name: `흐엉`, `투이엔`
_CASES = frozenset(
    ("", "은", "는", "이", "가", "을", "를", "의", "에게", "과", "와", "도", "씨", "씨는", "씨가", "씨의")
)


def syllable_names(line: Line, index: int) -> Iterator[Span]:
    """Yield the name that begins at this word: a family name, a middle name and a given name, in words of their own."""
    if line.words[index].text not in FAMILIES or index + 2 >= len(line.words):
        return
    middle, given = line.words[index + 1], line.words[index + 2]
    if middle.gap != " " or given.gap != " " or middle.text not in _MIDDLES:
        return
    if not has_strange_syllable(line.words[index].text + middle.text):
        return  # `도 안 한다`: words of Korean too
    for reading in reversed(readings(given.text)):
        if reading.particle in _CASES and 0 < len(reading.stem) <= _LONGEST_GIVEN and _may_be_given(line, reading.stem):
            start, end = line.words[index].start, given.start + len(reading.stem)
            yield Span(start, end, "person", line.analysis.text[start:end])
            return


def _may_be_given(line: Line, stem: str) -> bool:
    return all("가" <= syllable <= "힣" for syllable in stem) and post_of(stem, line.local) is None
