"""The mentions of a body: rules first, then the dates, times and quantities that the model tells."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import pairwise

from service.domain.article import Article

Enriched = Callable[..., Article]
_BODY = "강라온 가온시장은 지난 8일 오후 3시 행사에 시민 1200명과 3억 원을 모았다고 밝혔다."


def test_every_type_is_told_with_what_stands_there(enriched: Enriched) -> None:
    article = enriched(_BODY, published_at=datetime(2026, 1, 20, tzinfo=UTC))
    found = {(mention.type, _BODY[mention.start : mention.end]): mention.name for mention in article.mentions}
    assert found["person", "강라온"] == "강라온"
    assert found["date", "지난 8일"] == "2026-01-08"
    assert found["time", "오후 3시"] == "오후 3시"
    assert found["quantity", "1200명"] == "1200명"
    assert found["money", "3억 원"] == "3억 원"


def test_mentions_do_not_overlap(enriched: Enriched) -> None:
    mentions = enriched(_BODY * 3, published_at=datetime(2026, 1, 20, tzinfo=UTC)).mentions
    assert all(first.end <= second.start for first, second in pairwise(mentions))
