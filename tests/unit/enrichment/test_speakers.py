"""Who says what, in the ways Korean papers write it; the names, bodies and texts beside this file are invented."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from service.domain.article import Article

Enriched = Callable[..., Article]
CASES = json.loads(Path(__file__).with_name("speakers.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["body"][:30] for case in CASES])
def test_a_quote_is_given_to_whoever_says_it(enriched: Enriched, case: dict[str, Any]) -> None:
    article = enriched(case["body"])
    assert [[quote.speaker, quote.text] for quote in article.quotes] == case["quotes"]
