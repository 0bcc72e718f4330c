"""The annotated copies and the two real pastes of the shared folder, measured by structure alone."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from service.enrichment.press_copy import PressCopyArticle, decode, parse

PROJECT = Path(__file__).resolve().parents[4]
SHARED = (PROJECT / ".." / "shared").resolve()
FIELDS = (
    "title", "subtitle", "outlet", "section", "published_at", "updated_at", "reporters", "dateline_place",
    "captions", "subheads", "body_paragraphs",
)  # fmt: skip
FLOOR = 0.98

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the shared folder is not beside the project"),
]


def example(start: str) -> PressCopyArticle:
    (path,) = (SHARED / "examples").glob(f"{start}*.txt")
    (article,) = parse(decode(path.read_bytes()))
    return article


def test_annotated_copies_are_read_above_the_floor() -> None:
    command = [
        sys.executable,
        str(PROJECT / "bench" / "press_copy_score.py"),
        str(SHARED / "press_copy" / "gold"),
        "--json",
    ]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    scores = json.loads(next(line for line in output.splitlines() if line.startswith("{")))
    figures = [scores[field]["f1"] for field in FIELDS] + [scores["chrome"]["clean"]]
    assert sum(figures) / len(figures) >= FLOOR


def test_the_paste_with_doubled_captions() -> None:
    article = example("000")
    assert article.title is not None
    assert article.title.endswith("달성")
    assert (article.outlet, article.published_at, article.dateline_place, article.reporters) == (None, None, None, ())
    assert [caption.credit for caption in article.captions] == ["대구시", "대구시"]
    assert [len(subhead) for subhead in article.subheads] == [23, 30]
    assert len(article.paragraphs) == 14
    assert not any(mark in paragraph for paragraph in article.paragraphs for mark in "ⓒ▲◇")


def test_the_paste_with_stripped_datelines() -> None:
    article = example("004")
    assert article.title is not None
    assert len(article.title) == 28
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2024-10-01T15:01:10+09:00"
    assert (article.outlet, article.dateline_place) == ("ndaily", "샌머테이오")
    assert [(reporter.name, reporter.role) for reporter in article.reporters] == [("이덕기", "기자")]
    assert [caption.credit for caption in article.captions] == ["대구시"] * 3 + [None] * 2
    assert article.subheads == ()
    assert len(article.paragraphs) == 23
    assert all(len(paragraph) > 40 and "= " not in paragraph for paragraph in article.paragraphs)
    assert len(article.chrome) == 8
