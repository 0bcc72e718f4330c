"""Which article of a story was first."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from service.domain.article import Article
from service.domain.time import KST
from service.stories.precedence import is_wire, precedence_of

NOON = datetime(2026, 1, 15, 12, tzinfo=KST)


def article(outlet: str | None, published_at: datetime | None) -> Article:
    """Return an article of an outlet."""
    return Article(id="a", title="제목", body="본문", outlet=outlet, published_at=published_at)


@pytest.mark.parametrize("outlet", ["연합뉴스", "뉴시스", "뉴스1", "뉴스 1", "뉴스１", "NEWSIS", "누리통신"])
def test_wire_services(outlet: str) -> None:
    assert is_wire(outlet) == (outlet != "뉴스 1")


@pytest.mark.parametrize("outlet", [None, "", "하늘일보", "연합뉴스경제", "정보통신신문"])
def test_others(outlet: str | None) -> None:
    assert not is_wire(outlet)


def test_a_wire_service_comes_first_then_the_earliest_then_the_undated() -> None:
    order = [
        article("뉴시스", NOON - timedelta(hours=1)),
        article("연합뉴스", NOON),
        article("뉴스1", None),
        article("하늘일보", datetime(1, 1, 1, tzinfo=KST)),
        article("노을일보", NOON - timedelta(days=1)),
        article("하늘일보", NOON),
        article(None, datetime(9999, 12, 31, 23, tzinfo=KST)),
        article("하늘일보", None),
    ]
    numbers = [precedence_of(each) for each in order]
    assert numbers == sorted(set(numbers))
    assert numbers[-1] < 1 << 63
