"""What the sequence model adds to the names that the rules found: where it is sure and nothing speaks against it.

The model was trained on sentences that name films, teams and gods as well; a news desk wants people, bodies and places.
So a name must be certain enough, look like one, and be none that the lists know as something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from service.enrichment.entities.evidence import (
    has_proper,
    is_common,
    is_foreign_looking,
    is_surely_foreign,
    known_as,
    stem_morphemes,
)
from service.enrichment.entities.gazetteer import is_authority, place_in
from service.enrichment.entities.name_shapes import is_korean_name
from service.enrichment.entities.organization_spans import organization_stem
from service.enrichment.entities.posts import post_of
from service.enrichment.entities.span import Span
from service.enrichment.entities.words import Line, readings
from service.enrichment.lexicon import ending, words

if TYPE_CHECKING:
    from service.enrichment.entities.sequence_model import TaggedSpan

_PERSON, _ORGANIZATION, _PLACE = 0.93, 0.93, 0.97
"""How certain the model must be; measured, see docs/enrichment.md."""
_BARE_PERSON = 0.97  # of a name that is neither Korean in shape nor known nor of several words
_NAME_TAGS = frozenset(("NNP", "NNG", "SL", "SH", "UNKNOWN", "XSN", "XPN", "NNB", "NR", "MM", "NP"))
_GLUED = ("측", "씨", "님")
_LETTERS = re.compile(r"[가-힣A-Za-z0-9&\u4e00-\u9fff][가-힣A-Za-z0-9&·\-\u4e00-\u9fff ]*")
_HANGUL_WORDS = re.compile(r"[가-힣]+(?: [가-힣]+){0,3}")
_LONGEST_PERSON = 20
_LONGEST_ORGANIZATION = 30


def names_of_model(lines: Sequence[Line], tagged: Iterable[TaggedSpan], taken: Sequence[Span]) -> Iterator[Span]:
    """Yield the names of one text that the model tells and the rules (`taken`) leave open, in order of start."""
    occupied = {position for span in taken for position in range(span.start, span.end)}
    starts = {word.start: (line, index) for line in lines for index, word in enumerate(line.words)}
    for span in tagged:
        if span.type not in {"PS", "OG", "LC"} or occupied.intersection(range(span.start, span.end)):
            continue
        yield from _adopted(span, starts)


def _adopted(span: TaggedSpan, starts: Mapping[int, tuple[Line, int]]) -> Iterator[Span]:
    if span.start not in starts:
        return
    line, index = starts[span.start]
    name = line.analysis.text[span.start : span.end]
    if span.type != "LC" and not _ends_a_name(line, index, span.end):
        return
    if span.type == "PS":
        if span.probability >= _PERSON and _is_person(line, index, name, span.probability):
            yield Span(span.start, span.end, "person", name)
    elif span.type == "OG":
        if span.probability >= _ORGANIZATION and _is_organization(line, index, name):
            yield Span(span.start, span.end, "organization", name)
    elif span.probability >= _PLACE:
        yield from _places(span, name, starts)


def _ends_a_name(line: Line, index: int, end: int) -> bool:
    """Tell whether nothing or a particle, a post or `측` is glued behind the stretch: no longer word, `김해경전철`."""
    places = range(index, len(line.words))  # no slice: a line may have a hundred thousand words
    last = next((line.words[place] for place in places if line.words[place].end >= end), None)
    if last is None or last.start >= end:
        return False
    rest = last.text[end - last.start :]
    told = any(last.text == reading.stem + rest and reading.particle == rest for reading in readings(last.text))
    return told or rest.startswith(_GLUED) or post_of(rest, line.local) is not None


def _is_person(line: Line, index: int, name: str, probability: float) -> bool:
    """Tell whether the stretch may be a person's full name."""
    if not 2 <= len(name) <= _LONGEST_PERSON or not _HANGUL_WORDS.fullmatch(name):
        return False
    start = line.words[index].start
    if any(_is_known_otherwise(line, part) for part in (name, *name.split())) or not _is_nominal(line, start, name):
        return False
    if is_common(line, start, name) and not is_surely_foreign(name):
        return False
    if " " in name or known_as(line, start, name) == "인명":
        return True
    if is_korean_name(name):
        first = stem_morphemes(line, start, name)[0]
        return len(name) > 2 and not (first.tag == "NNG" and len(first.surface) > 1)  # `버스|비` is none
    return probability >= _BARE_PERSON and is_foreign_looking(name)


def _is_nominal(line: Line, start: int, name: str) -> bool:
    """Tell whether the dictionary reads no verb and no particle in the stretch: `손잡고` is no name."""
    return all(morpheme.tag in _NAME_TAGS for morpheme in stem_morphemes(line, start, name))


def _is_known_otherwise(line: Line, name: str) -> bool:
    return (
        name in words("names", "not_names")
        or place_in(name) is not None
        or is_authority(name, line.local)
        or post_of(name, line.local) is not None
        or bool(organization_stem(name))
        or ending(name, "places", "suffixes") == name
    )


def _is_organization(line: Line, index: int, name: str) -> bool:
    """Tell whether the stretch may be a proper name of a body: not a kind of body, an authority or a department."""
    if not 2 <= len(name) <= _LONGEST_ORGANIZATION or not _LETTERS.fullmatch(name):
        return False
    start = line.words[index].start
    if name in words("organizations", "stop") or place_in(name) is not None or is_authority(name, line.local):
        return False
    if is_common(line, start, name) or known_as(line, start, name) in {"인명", "지명"}:
        return False
    last = name.rsplit(maxsplit=1)[-1]
    if last != name and (last in words("posts", "departments") or ending(last, "posts", "departments") == last[-1:]):
        return False
    return has_proper(line, start, name) or is_foreign_looking(name) or bool(organization_stem(name))


def _places(span: TaggedSpan, name: str, starts: Mapping[int, tuple[Line, int]]) -> Iterator[Span]:
    """Yield the smallest separate names in the stretch: `서교동` in `마포구 서교동`."""
    position = span.start
    for part in name.split(" "):
        if position in starts and _is_place(*starts[position], part):
            yield Span(position, position + len(part), "place", part)
        position += len(part) + 1


def _is_place(line: Line, index: int, name: str) -> bool:
    start = line.words[index].start
    if len(name) < 2 or not _LETTERS.fullmatch(name) or is_authority(name, line.local):
        return False
    if name in words("places", "stop") or organization_stem(name) or post_of(name, line.local) is not None:
        return False
    return not is_common(line, start, name) and known_as(line, start, name) != "인명"
