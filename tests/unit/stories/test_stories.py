"""Stories do not depend on the order in which articles come, change and go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from service.domain.article import Article
from service.stories.clustering import MOST_OF_A_BAND
from service.stories.memory import Stories
from service.stories.precedence import identity_of
from service.stories.signature import Signature, signature_of
from tests.contract.wire import COPIES, FERRY, LIBRARY, NOTICE, ORIGINAL, OTHER, OTHER_WITH_QUOTE, text

# Each of these is a copy of its neighbours: a chain whose ends are not copies of each other.
_CHAIN = [*FERRY[1:], *LIBRARY, NOTICE]
BODIES = {
    **{f"ferry-{kind}": body for kind, body in COPIES.items()},
    "ferry": ORIGINAL,
    "library": OTHER,
    "library-quote": OTHER_WITH_QUOTE,
    **{f"chain-{place}": text(FERRY[0], *_CHAIN[place : place + 8]) for place in range(0, 8, 2)},
}


def signed(body: str) -> Signature:
    """Return the signature of an article with this body."""
    signature = signature_of(Article(id="a", title="제목", body=body))
    assert signature
    return signature


SIGNATURES = {name: signed(body) for name, body in BODIES.items()}


def fresh(held: Mapping[str, str]) -> dict[str, str]:
    """Return the stories of articles (id to the name of its body) that come for the first time, in order of ids."""
    stories = Stories()
    for article_id in sorted(held):
        stories.put(article_id, SIGNATURES[held[article_id]])
    return dict(stories.stories)


@given(st.permutations(sorted(BODIES)))
def test_any_order_of_arrival_gives_the_same_stories(order: list[str]) -> None:
    stories = Stories()
    for name in order:
        stories.put(name, SIGNATURES[name])
    assert stories.stories == fresh({name: name for name in BODIES})


_STEPS = st.lists(
    st.tuples(st.sampled_from("abcdefghij"), st.sampled_from([*BODIES, None])),
    max_size=40,
)


@settings(max_examples=200)
@given(_STEPS)
def test_changes_and_deletions_leave_no_trace(steps: list[tuple[str, str | None]]) -> None:
    stories, held = Stories(), {}
    for article_id, name in steps:
        if name is None:
            stories.discard(article_id)
            held.pop(article_id, None)
        else:
            stories.put(article_id, SIGNATURES[name])
            held[article_id] = name
    assert stories.stories == fresh(held)


def test_a_story_bears_the_least_identity_of_its_articles() -> None:
    members = defaultdict(set)
    for name, story in fresh({name: name for name in BODIES}).items():
        members[story].add(name)
    assert all(story == min(map(identity_of, names)) for story, names in members.items())


def test_a_bridge_joins_two_stories_and_its_end_parts_them() -> None:
    stories = Stories()
    for name in ("chain-0", "chain-4"):
        stories.put(name, SIGNATURES[name])
    assert len(set(stories.stories.values())) == 2
    stories.put("bridge", SIGNATURES["chain-2"])
    assert len(set(stories.stories.values())) == 1
    stories.put("bridge", SIGNATURES["library"])
    assert len(set(stories.stories.values())) == 3
    stories.put("bridge", SIGNATURES["chain-2"])
    stories.discard("bridge")
    assert stories.stories == {name: identity_of(name) for name in ("chain-0", "chain-4")}


def test_a_story_of_many_copies_stays_one_and_costs_little() -> None:
    stories, moved = Stories(), 0
    original = stories.move

    def counted(ids: list[str], story: str) -> None:
        nonlocal moved
        moved += len(ids)
        original(ids, story)

    stories.move = counted  # type: ignore[method-assign,assignment]
    many = 20 * MOST_OF_A_BAND
    for number in range(many):
        stories.put(str(number), SIGNATURES["ferry" if number % 2 else "ferry-light"])
    assert len(set(stories.stories.values())) == 1
    for number in range(0, many, 2):
        stories.discard(str(number))
    assert set(stories.stories.values()) == {min(identity_of(str(number)) for number in range(1, many, 2))}
    assert moved < 10 * many
