"""What a Korean full name looks like: a family name and one to three syllables."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from service.enrichment.lexicon import listed, words
from service.korean.analysis import Morpheme

_TITLE_LIKE = frozenset("시군구청부처회관팀들측님용적점률비층간별과국실원사")
_NOUN_ENDS = frozenset(
    "회원사실관장자생객권용금비률율성화적품물기소서지제단점상형식론법증표망선층당집촌료액세급팀국과부처청시군구역들측인민업계량력"
)
"""Last syllables of Sino-Korean compounds of two syllables and one."""


def is_name_shape(text: str) -> bool:
    """Tell whether the word has the form of most Korean full names: a family name and two syllables."""
    if text in words("names", "not_names"):
        return False
    if len(text) == 3:
        return text[0] in words("names", "surnames") and not has_foreign_syllable(text)
    return len(text) == 4 and text[:2] in words("names", "compound_surnames")


def is_korean_name(text: str) -> bool:
    """Tell whether the word may be a Korean full name at all: with given names of one to three syllables too."""
    if has_foreign_syllable(text) or not all("가" <= syllable <= "힣" for syllable in text):
        return False
    if text[:2] in words("names", "compound_surnames") and 3 <= len(text) <= 4:
        return True
    if 2 <= len(text) <= 3:
        return text[0] in words("names", "surnames")
    return len(text) == 4 and text[0] in words("names", "surnames") and text[1:] in words("names", "native_given")


def has_foreign_syllable(text: str) -> bool:
    """Tell whether the given name holds a syllable that Korean names never do: `마쓰이`, `왕이크`."""
    return any(syllable in words("names", "foreign_syllables") for syllable in text[1:])


@cache
def _native_syllables() -> frozenset[str]:
    return frozenset("".join(listed("names", "native_syllables")))


def has_strange_syllable(text: str) -> bool:
    """Tell whether a syllable is one that Sino-Korean words and Korean names hardly have."""
    return not _native_syllables().issuperset(text)


def compound_penalty(found: Sequence[Morpheme], text: str) -> int:
    """Return how much speaks against a name where the dictionary sees nouns: `감|예서` is one, `고객|사` is none."""
    if len(found) > 2 or found[0].tag in {"XPN", "MM"}:
        return 3 if found[0].tag in {"XPN", "MM"} else 0
    if len(found[0].surface) == 1:
        return 1 if is_title_like(text) else 0
    if text[:2] in words("names", "compound_surnames"):
        return 0
    return 3 if text[-1] in _NOUN_ENDS else 0


def is_title_like(text: str) -> bool:
    """Tell whether the last syllable ends words for posts and bodies more often than names."""
    return text[-1] in _TITLE_LIKE


def is_full(name: str) -> bool:
    """Tell whether a name is more than a family name alone."""
    return len(name) > 1 and name not in words("names", "compound_surnames")
