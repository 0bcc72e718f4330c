"""The table of rules for hostile input names tests that there are, for every rule."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs/security.md").read_text(encoding="utf-8")
RULES = re.findall(r"^\| (?!rule|---)(.+?) \| (.+) \|$", PAGE, re.MULTILINE)


def test_there_are_fifteen_rules() -> None:
    assert len(RULES) == 15


@pytest.mark.parametrize(("rule", "tests"), RULES, ids=lambda value: value[:30])
def test_each_names_tests_that_there_are(rule: str, tests: str) -> None:
    named = re.findall(r"`(tests/[^`]+)`", tests)
    assert named, rule
    assert all((ROOT / path).is_file() for path in named), rule


def test_every_file_the_page_names_is_there() -> None:
    assert all((ROOT / path).is_file() for path in re.findall(r"`(tests/[\w/]+\.py)`", PAGE))
