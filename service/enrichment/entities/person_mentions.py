"""Mentions of people with the post around them; short ones (`윤 시장`, `尹시장`, `그랜트 시장`) under the full name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from service.enrichment.entities.evidence import is_common, stem_morphemes
from service.enrichment.entities.gazetteer import is_authority, place_in
from service.enrichment.entities.name_shapes import is_full
from service.enrichment.entities.posts import phrase_end, post_of
from service.enrichment.entities.span import Span
from service.enrichment.entities.words import Line, readings
from service.enrichment.lexicon import ending, table, words
from service.korean.analysis import Analysis

_DETERMINERS = frozenset("이한전현두각신고당주부공제해모첫총본그저")
"""Family names that before a post are more often `this`, `a` or `former`: only a full name makes them count."""


_PEOPLE_ENDS = frozenset("꾼객생")
_LONGEST_UNLISTED = 3  # words
_SHORTEST_UNLISTED = 2  # code points
_TOPIC = frozenset(("은", "는"))
_NOUN_TAGS = frozenset(("NNG", "NNP", "XSN", "XPN", "SL", "SN", "NNB"))
_SAYS = re.compile(r"[은는](?:\([^()\n]{0,30}\))? ?[“\"]")
"""A topic's particle and a quotation at once: `개인전은 …`, which somebody else tells of, is no person."""
_SPEAKING = re.compile(r"(?:은|는|도) [“\"]")


class PersonMention(NamedTuple):
    """One mention of a person in a text; `name` is the full name, `title` the post written around it."""

    start: int
    end: int
    name: str
    title: str | None
    phrase_end: int
    """Where the name with its post ends, particle left out."""


def person_mentions(
    named: Sequence[tuple[Analysis, Sequence[Line], Sequence[Span]]],
) -> tuple[tuple[PersonMention, ...], ...]:
    """Return for each text its mentions of people, short ones under the full name."""
    read = [(analysis, list(_with_titles(lines, spans))) for analysis, lines, spans in named]
    full = {mention.name: mention.title for _, mentions in read for mention in mentions if is_full(mention.name)}
    by_part = _by_part(full)
    return tuple(tuple(_resolved(analysis, mentions, by_part)) for analysis, mentions in read)


def _with_titles(lines: Sequence[Line], spans: Iterable[Span]) -> Iterator[PersonMention]:
    people = [span for span in spans if span.type == "person"]
    if not people:
        return
    wanted = {span.start for span in people}
    places = {
        word.start: (line, index) for line in lines for index, word in enumerate(line.words) if word.start in wanted
    }
    for span in people:
        if span.start in places:
            yield _titled(*places[span.start], span)


def _titled(line: Line, index: int, span: Span) -> PersonMention:
    after = index
    while after < len(line.words) and line.words[after].end <= span.end:
        after += 1
    glued = line.words[after].text[span.end - line.words[after].start :] if _is_inside(line, after, span) else ""
    if glued:
        post = post_of(glued, line.local) if not is_full(span.name) else None
        end = span.end + len(post.stem) if post else span.end
        return PersonMention(span.start, span.end, span.name, _before(line, index), end)
    if after < len(line.words) and line.words[after].gap in {"", " ", " ㈜"}:
        last = phrase_end(line, after)
        if last is not None:
            return _with_phrase(line, span, after, last)
        told = _spoken_title(line, span, after)
        if told is not None:
            return told
    return PersonMention(span.start, span.end, span.name, _before(line, index), span.end)


def _spoken_title(line: Line, span: Span, after: int) -> PersonMention | None:
    """Return the mention with a post that no list holds: nouns between a full name and the particle of who speaks.

    `황보단 목수장인은 “…”라고 말했다`.
    """
    if not is_full(span.name) or line.words[after].gap != " ":
        return None
    for index in range(after, min(after + _LONGEST_UNLISTED, len(line.words))):
        word = line.words[index]
        if index > after and word.gap != " ":
            return None
        stem = next((reading.stem for reading in readings(word.text) if reading.particle in _TOPIC), word.text)
        if not all(morpheme.tag in _NOUN_TAGS for morpheme in stem_morphemes(line, word.start, stem)):
            return None
        if stem != word.text:
            end = word.start + len(stem)
            if len(stem) < _SHORTEST_UNLISTED or _SAYS.match(line.analysis.text, end) is None:
                return None
            start = line.words[after].start
            return PersonMention(span.start, span.end, span.name, line.analysis.text[start:end], end)
    return None


def _is_inside(line: Line, index: int, span: Span) -> bool:
    return index < len(line.words) and line.words[index].start < span.end


def _with_phrase(line: Line, span: Span, first: int, last: int) -> PersonMention:
    post = post_of(line.words[last].text, line.local)
    assert post is not None
    between = "".join(word.gap + word.text for word in line.words[first + 1 : last])
    tail = line.words[last].gap + post.stem if last > first else ""
    mark = "㈜" if line.words[first].gap.endswith("㈜") else ""
    title = mark + ((line.words[first].text + between + tail) if last > first else post.stem)
    return PersonMention(span.start, span.end, span.name, title, line.words[last].start + len(post.stem))


def _before(line: Line, index: int) -> str | None:
    """Return the post or plain description directly before a name: `작곡가 유수안이`."""
    if not index or line.words[index].gap != " ":
        return None
    before = line.words[index - 1].text
    if before[-1] in _PEOPLE_ENDS and len(before) > 2 and is_common(line, line.words[index - 1].start, before):
        return before
    if before in words("posts", "before_name") or (
        ending(before, "posts", "before_name") and _is_plain(line, index - 1)
    ):
        return before
    return None


def _is_plain(line: Line, index: int) -> bool:
    word = line.words[index]
    return (
        is_common(line, word.start, word.text)
        and not is_authority(word.text, line.local)
        and place_in(word.text) is None
    )


def _by_part(full: dict[str, str | None]) -> dict[str, list[tuple[str, str | None]]]:
    """Return the full names with their posts by family name, and those of several words by each of their words."""
    parts: dict[str, list[tuple[str, str | None]]] = {}
    for name, title in full.items():
        pieces = name.split() if " " in name else [name[:1], name[:2]]
        for piece in dict.fromkeys(pieces):
            if piece != name:
                parts.setdefault(piece, []).append((name, title))
    return parts


def _resolved(
    analysis: Analysis, mentions: list[PersonMention], by_part: dict[str, list[tuple[str, str | None]]]
) -> Iterator[PersonMention]:
    latest: dict[str, str] = {}
    for mention in mentions:
        name = _full_name(analysis, mention, by_part, latest)
        if name is None:
            continue
        if name != mention.name:
            yield mention._replace(name=name, title=None)
        else:
            for piece in name.split() if " " in name else (name[:1], name[:2]):
                latest[piece] = name
            yield mention


def _speaks(analysis: Analysis, mention: PersonMention) -> bool:
    """Tell whether `이 팀장` is said to speak at once: a family name then, not `this`."""
    return mention.name == "이" and _SPEAKING.match(analysis.text, mention.phrase_end) is not None


def _full_name(  # noqa: PLR0911  # one rule, one return
    analysis: Analysis,
    mention: PersonMention,
    by_part: dict[str, list[tuple[str, str | None]]],
    latest: dict[str, str],
) -> str | None:
    family = table("names", "hanja_surnames").get(mention.name, mention.name)
    candidates = by_part.get(family, [])
    post = analysis.text[mention.end : mention.phrase_end].strip()
    if not candidates:
        if is_full(mention.name):
            return mention.name
        if mention.phrase_end == mention.end:
            return None
        if family in _DETERMINERS and mention.name == family and not _speaks(analysis, mention):
            return None
        return analysis.text[mention.start : mention.phrase_end]
    if is_full(family) and " " not in candidates[0][0]:
        return mention.name
    same_post = [name for name, title in candidates if title and post and title.endswith(post)]
    if len(same_post) == 1:
        return same_post[0]
    if family in _DETERMINERS and not same_post:
        return None
    chosen = latest.get(family)
    return (
        chosen if chosen in (same_post or [name for name, _ in candidates]) else (same_post or [candidates[0][0]])[-1]
    )
