"""The recogniser of names by words, lists and context; another one may stand in its place.

First every line is read by itself; then what was found once is found again wherever it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from service.enrichment.entities.local_names import local_authorities
from service.enrichment.entities.name_shapes import is_full
from service.enrichment.entities.organization_spans import organizations_by_person, organizations_in
from service.enrichment.entities.people_spans import byline_names, people_in
from service.enrichment.entities.place_spans import places_in
from service.enrichment.entities.span import EntityType, Span
from service.enrichment.entities.words import Line, lines_of, readings
from service.korean.analysis import Analysis

_LONGEST_NAME = 4  # written words


def recognize(texts: Sequence[Analysis]) -> tuple[tuple[Span, ...], ...]:
    """Return for each text of one article its spans of people, organisations and places, in order of start.

    Places may lie in longer ones (`라스베이거스` in `라스베이거스 컨벤션센터`); other spans do not overlap.
    """
    lines = [lines_of(analysis) for analysis in texts]
    local = local_authorities(line for text in lines for line in text)
    if local:
        lines = [tuple(line._replace(local=local) for line in text) for text in lines]
    reporters = {name for text in lines for line in text for name in byline_names(line)}
    first = [[span for line in text for span in _read(line)] for text in lines]
    known = _known_names(span for spans in first for span in spans if span.name not in reporters)
    openings = frozenset(name.partition(" ")[0] for name in known if " " in name)
    again = ([span for line in text for span in _repeated(line, known, openings)] for text in lines)
    return tuple(
        _settled(span for span in (*spans, *repeated) if span.name not in reporters)
        for spans, repeated in zip(first, again, strict=True)
    )


def _read(line: Line) -> Iterator[Span]:
    people = list(people_in(line))
    yield from people
    yield from organizations_by_person(line, people)
    yield from organizations_in(line)
    yield from places_in(line)


def _known_names(spans: Iterable[Span]) -> dict[str, EntityType]:
    """Return the names that mean the same wherever they stand: no authority, no family name alone."""
    known: dict[str, EntityType] = {}
    for span in spans:
        if span.type == "person" and is_full(span.name):
            known.setdefault(span.name, "person")
        elif span.type == "organization" and len(span.name) > 2 and span.name[-1] not in "시도군구":
            known[span.name] = "organization"
    return known


def _repeated(line: Line, known: dict[str, EntityType], openings: frozenset[str]) -> Iterator[Span]:
    text = line.analysis.text
    for index, word in enumerate(line.words):
        last = index
        while True:
            for reading in readings(line.words[last].text):
                end = line.words[last].start + len(reading.stem)
                name = text[word.start : end]
                if name in known:
                    yield Span(word.start, end, known[name], name)
                    break
            last += 1
            goes_on = last < min(index + _LONGEST_NAME, len(line.words)) and line.words[last].gap == " "
            if word.text not in openings or not goes_on:
                break


_RANK = {"person": 0, "organization": 1, "place": 2}


def _settled(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the spans without doubles: of overlapping ones the longest stays, people before others of that length."""
    ordered = sorted(set(spans), key=lambda span: (span.start - span.end, _RANK[span.type], span.start))
    taken: dict[int, Span] = {}
    kept: list[Span] = []
    for span in ordered:
        holder = taken.get(span.start) or taken.get(span.end - 1)
        if holder is None or (holder.type == span.type == "place" and holder.name != span.name):
            kept.append(span)
            for position in range(span.start, span.end):
                taken.setdefault(position, span)
    return tuple(sorted(kept))
