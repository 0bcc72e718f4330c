"""Articles for the tests of the steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from service.domain.article import Article
from service.enrichment.pipeline import enrich

Enriched = Callable[..., Article]


@pytest.fixture
def enriched() -> Enriched:
    """Return what makes the enriched article of a body, a title and other fields."""

    def make(body: str, title: str = "", **fields: Any) -> Article:
        return enrich(Article(id="a", title=title, body=body, **fields)).article

    return make
