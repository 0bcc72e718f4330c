"""What the fuzzers try: bytes into a reader, and what has to hold whatever they are."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from schemas.article import load_article
from schemas.strict_json import parse_json
from service.domain.article import Article
from service.domain.errors import GisaError, MalformedRequest, QuerySyntaxError, TooLarge, ValidationFailed
from service.enrichment.press_copy import parse as parse_press_copy
from service.enrichment.press_copy.encoding import decode
from service.search.query_language import ParsedQuery
from service.search.query_language import parse as parse_query
from service.search.request import Match
from service.search.tree import TextField
from service.web.lines import read_lines

LIMIT_SECONDS = 1.0
"""Process time that one input of a few thousand bytes may take."""
_LINE_BYTES = 64
"""A limit that small inputs reach, in place of the 1 MiB of the service."""

Target = Callable[[bytes], None]


def press_copy(data: bytes) -> None:
    """Any bytes are press copy or refused; every text that is found is normal and stands in the paste once."""
    try:
        text = decode(data)
    except (MalformedRequest, ValidationFailed):
        return
    for article in parse_press_copy(text):
        for line in (article.title or "", *article.paragraphs, *article.subheads, *article.chrome):
            assert line == " ".join(line.split()), line
        assert all(0 <= label.paragraph < len(article.paragraphs) for label in article.speaker_labels)
        assert all(caption.text for caption in article.captions)
        assert all(moment is None or moment.tzinfo for moment in (article.published_at, article.updated_at))


def query(data: bytes) -> None:
    """Any text is read, and reads the same once it is written out, or is refused with a correction that can be read."""
    match = Match.ANY if data[:1] > b"\x7f" else Match.ALL
    fields = (TextField.TITLE,) if data[:1] and data[0] % 2 else ()
    q = data[1:].decode("utf-8", "surrogateescape" if data[0:1] == b"\x01" else "ignore")
    try:
        parsed = parse_query(q, match, fields)
    except ValidationFailed:
        return
    except QuerySyntaxError as error:
        refusal = error
    else:
        _reads_the_same(q, parsed, match, fields)
        return
    assert 0 <= refusal.position <= len(q), (q, refusal.position)
    assert refusal.correction is None or parse_query(refusal.correction, match, fields).tree


def _reads_the_same(q: str, parsed: ParsedQuery, match: Match, fields: tuple[TextField, ...]) -> None:
    again = parse_query(parsed.interpreted, match, fields)
    assert again.tree == parsed.tree, (q, parsed.interpreted)
    assert again.interpreted == parsed.interpreted, (q, parsed.interpreted, again.interpreted)


def ndjson(data: bytes) -> None:
    """Any bytes are lines, the same however they arrive; each line is an article or refused with a typed error."""
    whole = list(read_lines([data], _LINE_BYTES))
    for size in (1, 7):
        pieces = [data[start : start + size] for start in range(0, len(data), size)]
        assert [_shown(line) for line in read_lines(pieces, _LINE_BYTES)] == [_shown(line) for line in whole]
    expected = data.split(b"\n")
    assert len(whole) == len(expected) - (not expected[-1])
    for line, given in zip(whole, expected, strict=False):
        assert line == given if len(given) <= _LINE_BYTES else isinstance(line, TooLarge)
    for loaded in _loaded(read_lines([data])):
        assert isinstance(loaded, Article)
        assert loaded.title.strip()
        assert loaded.body.strip()


def _shown(line: bytes | GisaError) -> bytes | type[GisaError]:
    return line if isinstance(line, bytes) else type(line)


def _loaded(lines: Iterator[bytes | GisaError]) -> Iterator[Article]:
    for line in lines:
        if isinstance(line, bytes) and line.strip():
            try:
                yield load_article(parse_json(line))
            except (MalformedRequest, ValidationFailed):
                continue


TARGETS: dict[str, Target] = {"press_copy": press_copy, "query": query, "ndjson": ndjson}


def within_time(target: Target, data: bytes) -> None:
    """Try one input and see that it took no longer than one may."""
    started = time.process_time()
    target(data)
    taken = time.process_time() - started
    assert taken < LIMIT_SECONDS, f"{taken:.2f} s"
