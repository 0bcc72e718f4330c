"""The files of labelled and unlabelled texts: JSON lines, plain or compressed by gzip."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

TYPES = ("PS", "LC", "OG", "DT", "TI", "QT")
"""People, places, organisations, dates, times and quantities, as KLUE names them."""


class LabelledSpan(NamedTuple):
    """A named stretch of a sentence: code points, end exclusive, and one of `TYPES`."""

    start: int
    end: int
    type: str


class LabelledSentence(NamedTuple):
    """A sentence, what it names, and the fold it belongs to (None where the file tells none)."""

    text: str
    spans: frozenset[LabelledSpan]
    fold: int | None


def json_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a file."""
    with path.open("rb") as opened, gzip.open(opened) if path.suffix == ".gz" else opened as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def labelled_sentences(path: Path) -> list[LabelledSentence]:
    """Return the sentences of a file of the form `{"text", "entities": [{"start", "end", "type"}], "fold"}`."""
    return [
        LabelledSentence(
            line["text"],
            frozenset(LabelledSpan(span["start"], span["end"], span["type"]) for span in line["entities"]),
            line.get("fold"),
        )
        for line in json_lines(path)
    ]
