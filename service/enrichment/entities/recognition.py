"""The recogniser of names: rules by words, lists and context, and what the sequence model adds to them.

First every line is read by itself, and the model fills what the rules leave open; then what was found once is found
again wherever it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from service.enrichment.entities import organization_spans, people_spans, place_spans
from service.enrichment.entities.evidence import is_one_noun
from service.enrichment.entities.local_names import local_authorities
from service.enrichment.entities.model_names import names_of_model
from service.enrichment.entities.name_shapes import is_full
from service.enrichment.entities.organization_spans import organizations_by_person, organizations_in
from service.enrichment.entities.people_spans import byline_names, people_in
from service.enrichment.entities.place_spans import places_in
from service.enrichment.entities.posts import post_of
from service.enrichment.entities.span import EntityType, Span
from service.enrichment.entities.word_kinds import WordKinds
from service.enrichment.entities.words import Line, Reading, lines_of, readings
from service.enrichment.lexicon import words
from service.korean.analysis import Analysis

if TYPE_CHECKING:
    from service.enrichment.entities.sequence_model import TaggedSpan

_LASTING = frozenset("동읍면리천강산호댐문골역항교로길섬궁장원")
_PLACED = words("grammar", "place_spans_place_particle")
_KINDS = WordKinds(people_spans.kind_of_word, organization_spans.kind_of_word, place_spans.kind_of_word)
_LONGEST_NAME = 4  # written words


def lines_of_article(texts: Iterable[Analysis]) -> tuple[tuple[Line, ...], ...]:
    """Return the lines of each text of one article, with the authorities that the article itself tells of."""
    lines = tuple(lines_of(analysis) for analysis in texts)
    local = local_authorities(line for text in lines for line in text)
    return tuple(tuple(line._replace(local=local) for line in text) for text in lines) if local else lines


def recognize(lines: Sequence[Sequence[Line]], tagged: Sequence[Sequence[TaggedSpan]]) -> tuple[tuple[Span, ...], ...]:
    """Return for each text of one article its spans of people, organisations and places, in order of start.

    `tagged` is what the sequence model names in each text. Places may lie in longer ones (`라스베이거스` in
    `라스베이거스 컨벤션센터`); other spans do not overlap.
    """
    kinds = [[_KINDS(line) for line in text] for text in lines]
    reporters = {
        name
        for text, own in zip(lines, kinds, strict=True)
        for line, of_line in zip(text, own, strict=True)
        for name in byline_names(line, of_line)
    }
    ruled = [
        [span for line, of_line in zip(text, own, strict=True) for span in _read(line, of_line)]
        for text, own in zip(lines, kinds, strict=True)
    ]
    first = [[*spans, *names_of_model(text, own, spans)] for text, own, spans in zip(lines, tagged, ruled, strict=True)]
    read = [span for spans in first for span in spans if span.name not in reporters]
    known = _known_names(read)
    for name in _implied_places(read):
        known.setdefault(name, "place")
    openings = frozenset(name.partition(" ")[0] for name in known if " " in name)
    families = frozenset(name.rpartition(" ")[2] for name, kind in known.items() if kind == "person" and " " in name)
    again = ([*_found_again(text, known, openings, families)] for text in lines)
    return tuple(
        _settled(span for span in (*spans, *repeated) if span.name not in reporters)
        for spans, repeated in zip(first, again, strict=True)
    )


def _read(line: Line, kinds: Sequence[int]) -> Iterator[Span]:
    people = list(people_in(line, kinds))
    yield from people
    yield from organizations_by_person(line, people)
    yield from organizations_in(line, kinds)
    yield from places_in(line, kinds)


def _known_names(spans: Iterable[Span]) -> dict[str, EntityType]:
    """Return the names that mean the same wherever they stand: no authority, no family name alone."""
    known: dict[str, EntityType] = {}
    for span in spans:
        if span.type == "person" and is_full(span.name):
            known.setdefault(span.name, "person")
        elif span.type == "organization" and len(span.name) > 2 and span.name[-1] not in "시도군구":
            known[span.name] = "organization"
    return known


def _implied_places(spans: Sequence[Span]) -> Iterator[str]:
    """Yield the places that other names of the article make certain: `안덕` beside `안덕면`, `파리` beside `프랑스`."""
    abroad = words("world", "countries") | words("world", "hanja") | words("world", "cities")
    home = {"대한민국", "한국", "북한", "韓", "北"}
    if any(span.type == "place" and span.name in abroad and span.name not in home for span in spans):
        yield from words("world", "by_context")
    for span in spans:
        if span.type != "person" and len(span.name) > 2 and span.name[-1] in "읍면동구":
            yield span.name[:-1]
        elif span.type == "place" and len(span.name) > 2 and span.name[-1] in _LASTING:
            yield span.name


def _stands_alone(line: Line, index: int, reading: Reading) -> bool:
    """Tell whether an implied place is more than a word of the dictionary here."""
    word = line.words[index]
    if reading.stem in words("world", "by_context"):
        return reading.particle in _PLACED
    return reading.particle in {"", *_PLACED} and (
        len(reading.stem) > 2 or not is_one_noun(line, word.start, reading.stem)
    )


def _found_again(
    text: Sequence[Line], known: dict[str, EntityType], openings: frozenset[str], families: frozenset[str]
) -> Iterator[Span]:
    for line in text:
        yield from _repeated(line, known, openings)
        if families:
            yield from _families(line, families)


def _families(line: Line, families: frozenset[str]) -> Iterator[Span]:
    """Yield the family names of foreign people of the article that stand alone before a post: `오코넬 부사장은`."""
    for index, word in enumerate(line.words):
        if len(word.text) > 1 and word.text in families and index + 1 < len(line.words):
            following = line.words[index + 1]
            if following.gap == " " and post_of(following.text, line.local) is not None:
                yield Span(word.start, word.end, "person", word.text)


def _repeated(line: Line, known: dict[str, EntityType], openings: frozenset[str]) -> Iterator[Span]:
    text = line.analysis.text
    first = {name[0] for name in known}
    for index, word in enumerate(line.words):
        if word[0][0] not in first:
            continue
        last = index
        while True:
            for reading in readings(line.words[last].text):
                end = line.words[last].start + len(reading.stem)
                name = text[word.start : end]
                if name in known and (known[name] != "place" or _stands_alone(line, index, reading)):
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
