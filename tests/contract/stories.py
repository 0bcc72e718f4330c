"""Stories: copies that come in, change and go."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import permutations

import pytest

from service.domain.article import Article
from service.domain.errors import NotFound
from service.domain.time import KST
from service.search.engine import Change, Delete, Put, Written
from service.search.request import Sort
from service.stories.precedence import identity_of
from service.stories.signature import signature_of
from tests.contract import wire
from tests.contract.articles import article, put
from tests.contract.shelves import Shelf

NOON = datetime(2026, 1, 15, 12, tzinfo=KST)
CHAIN = (*wire.FERRY[1:], *wire.LIBRARY, wire.NOTICE)
FIRST, BRIDGE, LAST = (wire.text(wire.FERRY[0], *CHAIN[start : start + 8]) for start in (0, 2, 4))
"""The bridge is a copy of both others, and these are none of each other."""


def told(shelf: Shelf, key: str, body: str, *, after: int = 0, outlet: str = "하늘일보", **fields: object) -> Put:
    """Return the operation that stores an article published so many minutes after noon.

    Its words are told apart from those of other shelves, as an engine finds stories among all its articles.
    """
    published = (NOON + timedelta(minutes=after)).isoformat()
    own = re.sub(r"(\w+)", rf"\g<1>{shelf.name}", body)
    plain = article(shelf.name, key, own, title=f"제목 {key}", published=published, outlet=outlet, **fields)  # type: ignore[arg-type]
    plain = replace(plain, given=plain.given - {"story_id", "duplicate_of"})
    return replace(put(plain), signature=signature_of(plain))


def stored(shelf: Shelf, key: str) -> Article:
    """Return an article of the shelf as it is stored."""
    return shelf.engine.get(f"{shelf.name}.{key}").article


def stories(shelf: Shelf, keys: Iterable[str]) -> dict[str, tuple[str | None, str | None]]:
    """Return the story of each article and the key of the one it is a copy of."""
    found = {key: stored(shelf, key) for key in keys}
    prefix = f"{shelf.name}."
    return {
        key: (each.story_id, each.duplicate_of.removeprefix(prefix) if each.duplicate_of else None)
        for key, each in found.items()
    }


def one_story(shelf: Shelf, first: str, *others: str) -> dict[str, tuple[str | None, str | None]]:
    """Return what `stories` gives where these are one story."""
    identity = min(identity_of(f"{shelf.name}.{key}") for key in (first, *others))
    return {first: (identity, None), **dict.fromkeys(others, (identity, first))}


def grouped(shelf: Shelf) -> Mapping[str, int | None]:
    """Return the key of each group's newest article and the number of its copies."""
    results = shelf.search(group_by_story=True, sort=Sort.NEWEST)
    return {key: hit.copies for key, hit in zip(shelf.keys_of(results), results.hits, strict=True)}


class StoryContract:
    """What a story is, whatever comes, changes and goes."""

    def test_copies_are_one_story_and_the_wire_service_is_first(self, shelf: Shelf) -> None:
        bodies = {"whole": wire.VERBATIM, "light": wire.LIGHT, "rewrite": wire.REWRITE, "truncated": wire.TRUNCATED}
        shelf.apply([told(shelf, key, body, after=place) for place, (key, body) in enumerate(bodies.items())])
        assert stories(shelf, bodies) == one_story(shelf, *bodies)
        shelf.apply([told(shelf, "wire", wire.ORIGINAL, after=60, outlet="누리통신"), told(shelf, "other", wire.OTHER)])
        assert stories(shelf, ["wire", *bodies]) == one_story(shelf, "wire", *bodies)
        assert stories(shelf, ["other"]) == one_story(shelf, "other")

    def test_a_write_tells_the_story_at_once(self, shelf: Shelf) -> None:
        [first] = shelf.apply([told(shelf, "a", wire.ORIGINAL)])
        [second] = shelf.apply([told(shelf, "b", wire.LIGHT, after=1)])
        [again] = shelf.apply([told(shelf, "b", wire.LIGHT, after=1)])
        assert first.membership
        assert second.membership
        assert (first.membership.story_id, first.membership.duplicate_of) == (identity_of(f"{shelf.name}.a"), None)
        assert second.membership.duplicate_of == f"{shelf.name}.a"
        assert again.membership == second.membership

    def test_a_quote_and_a_notice_make_no_story(self, shelf: Shelf) -> None:
        shelf.apply([told(shelf, "a", wire.ORIGINAL), told(shelf, "b", wire.OTHER_WITH_QUOTE)])
        assert stories(shelf, "ab") == one_story(shelf, "a") | one_story(shelf, "b")

    @pytest.mark.parametrize("order", [*permutations("abc")])
    def test_any_order_of_arrival_gives_the_same_stories(self, shelf: Shelf, order: tuple[str, ...]) -> None:
        bodies = {"a": FIRST, "b": BRIDGE, "c": LAST}
        for key in order:
            shelf.apply([told(shelf, key, bodies[key], after=ord(key))])
        assert stories(shelf, "abc") == one_story(shelf, *"abc")
        assert grouped(shelf) == {"c": 2}

    def test_a_bridge_that_goes_parts_what_it_held_together(self, shelf: Shelf) -> None:
        shelf.apply([told(shelf, "a", FIRST), told(shelf, "b", BRIDGE, after=1), told(shelf, "c", LAST, after=2)])
        shelf.apply([Delete(f"{shelf.name}.b")])
        assert stories(shelf, "ac") == one_story(shelf, "a") | one_story(shelf, "c")
        assert grouped(shelf) == {"c": 0, "a": 0}

    def test_a_bridge_that_changes_parts_and_joins(self, shelf: Shelf) -> None:
        shelf.apply([told(shelf, "a", FIRST), told(shelf, "b", wire.OTHER), told(shelf, "c", LAST, after=2)])
        assert len({story for story, _ in stories(shelf, "abc").values()}) == 3
        shelf.apply([told(shelf, "b", BRIDGE, after=1)])
        assert stories(shelf, "abc") == one_story(shelf, *"abc")
        shelf.apply([told(shelf, "b", wire.OTHER)])
        assert stories(shelf, "abc") == one_story(shelf, "a") | one_story(shelf, "b") | one_story(shelf, "c")

    def test_the_next_one_is_first_when_the_first_goes_or_turns_out_later(self, shelf: Shelf) -> None:
        shelf.apply([told(shelf, key, wire.ORIGINAL, after=place) for place, key in enumerate("abcd")])
        shelf.apply([Delete(f"{shelf.name}.a")])
        assert stories(shelf, "bcd") == one_story(shelf, *"bcd")
        shelf.apply([told(shelf, "b", wire.ORIGINAL, after=60)])
        assert stories(shelf, "bcd") == one_story(shelf, *"cbd")
        shelf.apply([told(shelf, "d", wire.ORIGINAL, after=60, outlet="뉴시스")])
        assert stories(shelf, "bcd") == one_story(shelf, *"dbc")

    def test_copies_in_one_batch_with_a_deletion(self, shelf: Shelf) -> None:
        shelf.apply([told(shelf, "a", FIRST)])
        operations = [told(shelf, "b", BRIDGE, after=1), told(shelf, "c", LAST, after=2), Delete(f"{shelf.name}.a")]
        shelf.apply([*operations, told(shelf, "d", wire.OTHER)])
        assert stories(shelf, "bcd") == one_story(shelf, *"bc") | one_story(shelf, "d")
        assert grouped(shelf) == {"c": 1, "d": 0}

    def test_what_others_do_leaves_version_and_fingerprint_alone(self, shelf: Shelf) -> None:
        own = told(shelf, "a", wire.LIGHT, after=9)
        [before] = shelf.apply([own])
        shelf.apply([told(shelf, key, wire.ORIGINAL, after=place) for place, key in enumerate("bcdefgh")])
        assert stored(shelf, "a").duplicate_of == f"{shelf.name}.b"
        assert shelf.engine.get(before.id).version == before.version
        assert shelf.engine.fingerprints([before.id]) == {before.id: (own.fingerprint, before.version)}
        [again] = shelf.engine.write([own])
        assert isinstance(again, Written)
        assert (again.change, again.version) == (Change.UNCHANGED, before.version)
        [changed] = shelf.apply([told(shelf, "a", wire.OTHER)])
        assert changed.version != before.version
        assert stories(shelf, "a") == one_story(shelf, "a")

    def test_groups_are_counted_right_after_stories_join_and_part(self, shelf: Shelf) -> None:
        shelf.apply([told(shelf, key, wire.ORIGINAL, after=place) for place, key in enumerate("ab")])
        shelf.apply([told(shelf, key, wire.OTHER, after=9 + place) for place, key in enumerate("cd")])
        assert grouped(shelf) == {"d": 1, "b": 1}
        shelf.apply([told(shelf, "d", wire.LIGHT, after=20)])
        assert grouped(shelf) == {"d": 2, "c": 0}
        shelf.apply([Delete(f"{shelf.name}.d")])
        assert grouped(shelf) == {"c": 0, "b": 1}

    def test_duplicates_are_told_with_their_likeness(self, shelf: Shelf) -> None:
        bodies = {"a": wire.ORIGINAL, "b": wire.ORIGINAL, "c": wire.TRUNCATED, "d": wire.OTHER}
        shelf.apply([told(shelf, key, body, after=place) for place, (key, body) in enumerate(bodies.items())])
        found = shelf.engine.duplicates(f"{shelf.name}.b", 10)
        assert (found.story_id, found.total) == (stored(shelf, "a").story_id, 2)
        assert [copy.article for copy in found.copies] == [stored(shelf, "a"), stored(shelf, "c")]
        assert found.copies[0].similarity == 1.0
        assert 0.5 < found.copies[1].similarity < 1.0
        fewer = shelf.engine.duplicates(f"{shelf.name}.a", 1)
        assert (fewer.total, [copy.article.id for copy in fewer.copies]) == (2, [f"{shelf.name}.b"])
        alone = shelf.engine.duplicates(f"{shelf.name}.d", 10)
        assert (alone.story_id, alone.total, alone.copies) == (identity_of(f"{shelf.name}.d"), 0, ())
        with pytest.raises(NotFound):
            shelf.engine.duplicates(f"{shelf.name}.none", 10)

    def test_a_story_that_was_given_stands(self, shelf: Shelf) -> None:
        given = article(shelf.name, "g", wire.ORIGINAL, story_id="own", duplicate_of="other")
        shelf.apply([told(shelf, "a", wire.ORIGINAL), told(shelf, "b", wire.ORIGINAL, after=1), put(given)])
        assert stored(shelf, "g") == given
        assert stories(shelf, "ab") == one_story(shelf, *"ab")
        found = shelf.engine.duplicates(given.id, 10)
        assert (found.story_id, found.copies) == ("own", ())
        shelf.apply([put(replace(given, id=f"{shelf.name}.a"))])
        assert stories(shelf, "b") == one_story(shelf, "b")

    def test_a_scan_and_a_search_tell_the_story(self, shelf: Shelf) -> None:
        shelf.apply([told(shelf, "a", wire.ORIGINAL), told(shelf, "b", wire.LIGHT, after=1)])
        scanned = {each.article.id: each.article for each in shelf.engine.scan()}
        hits = {hit.article.id: hit.article for hit in shelf.search().hits}
        for key in "ab":
            assert scanned[f"{shelf.name}.{key}"] == hits[f"{shelf.name}.{key}"] == stored(shelf, key)
