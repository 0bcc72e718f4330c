"""Press copies of invented papers in the layouts that real ones use, each beside what is expected of it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from service.enrichment.press_copy import PressCopyArticle, decode, parse

COPIES = Path(__file__).parent / "copies"
NAMES = sorted(path.stem for path in COPIES.glob("*.txt"))


def as_expected(article: PressCopyArticle) -> dict[str, Any]:
    """Return an article in the form of the expectations beside the copies."""
    return {
        "title": article.title,
        "subtitle": article.subtitle,
        "outlet": article.outlet,
        "section": article.section,
        "published_at": article.published_at and article.published_at.isoformat(),
        "updated_at": article.updated_at and article.updated_at.isoformat(),
        "reporters": [[reporter.name, reporter.email, reporter.role] for reporter in article.reporters],
        "dateline_place": article.dateline_place,
        "captions": [[caption.text, caption.credit] for caption in article.captions],
        "subheads": list(article.subheads),
        "body_paragraphs": list(article.paragraphs),
        "page": article.page,
        "speaker_labels": [[label.paragraph, label.name, label.title] for label in article.speaker_labels],
    }


@pytest.mark.parametrize("name", NAMES)
def test_a_copy_becomes_what_stands_beside_it(name: str) -> None:
    document = json.loads((COPIES / f"{name}.json").read_text(encoding="utf-8"))
    expected = document if isinstance(document, list) else [document]
    found = [as_expected(article) for article in parse(decode((COPIES / f"{name}.txt").read_bytes()))]
    assert [{key: value[key] for key in fields} for value, fields in zip(found, expected, strict=True)] == expected


@pytest.mark.parametrize("name", NAMES)
def test_every_line_of_a_copy_ends_up_in_one_place(name: str) -> None:
    text = decode((COPIES / f"{name}.txt").read_bytes())
    articles = parse(text)
    kept = "\n".join(
        part
        for article in articles
        for part in (
            article.title or "",
            article.subtitle or "",
            *article.subheads,
            *article.paragraphs,
            *(caption.text for caption in article.captions),
            *article.chrome,
        )
    )
    for line in filter(None, (" ".join(raw.split()) for raw in text.splitlines())):
        words = re.findall(r"[가-힣A-Za-z0-9]{2,}", line)
        assert not words or any(word in kept for word in words), line


SINGLE = [name for name in NAMES if isinstance(json.loads((COPIES / f"{name}.json").read_text(encoding="utf-8")), dict)]
UNWRAPPED = [name for name in SINGLE if not name.startswith("hard_wrapped")]


@pytest.mark.parametrize(("first", "second"), list(zip(UNWRAPPED, UNWRAPPED[1:] + UNWRAPPED[:1], strict=True)))
def test_two_copies_under_each_other_with_a_rule_between_stay_two(first: str, second: str) -> None:
    texts = [decode((COPIES / f"{name}.txt").read_bytes()) for name in (first, second)]
    alone = [parse(text)[0] for text in texts]
    together = parse("\n\n━━━━━━━━━━━━\n\n".join(texts))
    assert [article.title for article in together] == [article.title for article in alone]
    assert [article.paragraphs for article in together] == [article.paragraphs for article in alone]


@pytest.mark.parametrize("name", UNWRAPPED)
def test_windows_line_ends_and_no_break_spaces_change_nothing(name: str) -> None:
    text = decode((COPIES / f"{name}.txt").read_bytes())
    windows = text.replace("\n", "\r\n").replace("다. ", "다.\u00a0")
    assert [as_expected(article) for article in parse(windows)] == [as_expected(article) for article in parse(text)]
