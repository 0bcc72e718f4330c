"""The examples of docs/query-language.md are queries that can be read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from service.search.query_language import parse

PAGE = Path(__file__).resolve().parents[4] / "docs" / "query-language.md"
OVERVIEW = PAGE.read_text(encoding="utf-8").partition("## 한눈에")[2].partition("\n## ")[0]
FIRST_CELLS = [re.split(r"(?<!\\)\|", line)[1] for line in OVERVIEW.splitlines() if line.startswith("| `")]
EXAMPLES = [example.replace(r"\|", "|") for cell in FIRST_CELLS for example in re.findall(r"`([^`]+)`", cell)]


@pytest.mark.parametrize("example", EXAMPLES)
def test_examples(example: str) -> None:
    parsed = parse(example)
    assert parsed.warnings == ()
    assert parse(parsed.interpreted).tree == parsed.tree


def test_there_are_examples() -> None:
    assert len(EXAMPLES) > 12
