"""The hash over articles: the same for the same articles in any order, another for any other."""

from __future__ import annotations

import pytest

from service.search.digest import Digest, digest_of

ARTICLES = [(b"a", b"1"), (b"b", b"2"), (b"c", b"3")]


def test_the_order_does_not_matter() -> None:
    assert digest_of(ARTICLES) == digest_of(reversed(ARTICLES))


def test_nothing_has_a_digest_too() -> None:
    assert digest_of([]) == Digest(0, "0" * 64)


@pytest.mark.parametrize(
    "other",
    [
        ARTICLES[:2],
        [*ARTICLES, (b"d", b"4")],
        [(b"a", b"1"), (b"b", b"2"), (b"c", b"4")],
        [(b"a", b"2"), (b"b", b"1"), (b"c", b"3")],
        [(b"a1", b""), (b"b", b"2"), (b"c", b"3")],
        [(b"a", b"1"), (b"a", b"1"), (b"c", b"3")],
    ],
)
def test_other_articles_have_another(other: list[tuple[bytes, bytes]]) -> None:
    assert digest_of(other).hash != digest_of(ARTICLES).hash
