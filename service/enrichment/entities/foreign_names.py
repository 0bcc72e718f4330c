"""Foreign names: a given and a family name in Hangul, told by lists, by the dictionary and by their syllables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from service.enrichment.entities.evidence import (
    is_common,
    is_foreign_looking,
    is_one_noun,
    is_surely_foreign,
    known_as,
    stem_morphemes,
)
from service.enrichment.entities.gazetteer import is_authority, place_in
from service.enrichment.entities.name_shapes import is_name_shape
from service.enrichment.entities.posts import is_adnominal, post_of
from service.enrichment.entities.span import Span
from service.enrichment.entities.unlisted_names import is_loan_word
from service.enrichment.entities.words import Line
from service.enrichment.lexicon import ending, words

_SHORT_FAMILY_NAMES = words("grammar", "people_spans_short_family_names")


def foreign_before_post(line: Line, first: int, post: int) -> Iterator[Span]:
    """Yield the foreign name that stands before a post."""
    parts = [index for index in range(first, post) if is_foreign_part(line, index)]
    if len(parts) == 1 and parts[0] == post - 1 > first and _may_be_given(line, post - 2):
        parts.insert(0, post - 2)
    elif len(parts) == 1 and parts[0] == post - 2 and _may_be_given(line, post - 1):
        parts.append(post - 1)
    for index in parts:
        length = _foreign_length(line, parts, index, post)
        if length:
            start, end = line.words[index].start, line.words[index + length - 1].end
            yield Span(start, end, "person", line.analysis.text[start:end])
            return


def _foreign_length(line: Line, parts: Sequence[int], index: int, post: int) -> int:
    """Return of how many words the foreign name that begins here is made, 0 where none begins."""
    given = words("names", "foreign_given")
    word = line.words[index]
    syllables = next((at - index - 1 for at in range(index + 1, post + 1) if not _is_syllable(line, at)), 0)
    if word.text in given and syllables:
        return 1 + min(syllables, 2)
    if index + 1 not in parts:
        return 1 if index == post - 1 and (word.text in given or known_as(line, word.start, word.text) == "인명") else 0
    following = line.words[index + 1].text
    if index + 2 in parts and index + 3 == post and word.text in given and following in given:
        return 3
    looks = word.text in given or is_foreign_looking(word.text) or is_foreign_looking(following)
    return 2 if looks or known_as(line, word.start, word.text) == "인명" else 0


def _is_syllable(line: Line, index: int) -> bool:
    """Tell whether the word is one syllable of a name, as in Vietnamese ones: `응우옌 반 남`."""
    text = line.words[index].text
    return len(text) == 1 and "가" <= text <= "힣" and text not in {"전", "현", "및", "등", "겸", "새"}


def _may_be_given(line: Line, index: int) -> bool:
    """Tell whether a short word that no list holds may be the given name before a foreign family name."""
    word = line.words[index]
    known = (
        word.text in words("names", "not_names")
        or place_in(word.text) is not None
        or is_authority(word.text, line.local)
    )
    if (
        known
        or is_loan_word(word.text)
        or len(word.text) > 3
        or not "가" <= word.text[0] <= "힣"
        or post_of(word.text, line.local) is not None
    ):
        return False
    return ending(word.text, "organizations", "suffixes") is None and not is_one_noun(line, word.start, word.text)


def is_foreign_part(line: Line, index: int) -> bool:  # noqa: PLR0911  # one rule, one return
    """Tell whether the word may be a part of a foreign name: listed, known, or transliterated by its looks."""
    word = line.words[index]
    text = word.text
    if not "가" <= text[0] <= "힣" or len(text) > 6 or post_of(text, line.local) is not None:
        return False
    if text in words("names", "foreign_given"):
        return True
    if is_adnominal(line, word) or stem_morphemes(line, word.start, text)[0].tag == "NP":
        return False
    if (
        text in words("names", "not_names")
        or place_in(text) is not None
        or is_authority(text, line.local)
        or is_listed(text)
    ):
        return False
    if text in _SHORT_FAMILY_NAMES:
        return index > 0 and word.gap == " " and line.words[index - 1].text in words("names", "foreign_given")
    if ending(text, "organizations", "suffixes") is not None:
        return False
    if is_loan_word(text) or (is_common(line, word.start, text) and not is_surely_foreign(text)):
        return False
    known = known_as(line, word.start, text)
    return known == "인명" or (known != "지명" and is_foreign_looking(text))


def is_foreign_first(line: Line, index: int) -> bool:
    """Tell whether the word begins a foreign name: `오기가미 나오코는`."""
    word = line.words[index]
    if word.text in words("names", "foreign_given"):
        return True
    known = known_as(line, word.start, word.text) == "인명" and not is_name_shape(word.text)
    return known and len(word.text) > 1 and place_in(word.text) is None and post_of(word.text, line.local) is None


def is_foreign_given(line: Line, index: int) -> bool:
    """Tell whether a word of the shape of a Korean name begins a foreign one: `하인츠 베버`."""
    text = line.words[index].text
    if index + 1 >= len(line.words):
        return False
    following = line.words[index + 1]
    both = known_as(line, line.words[index].start, text) == known_as(line, following.start, following.text) == "인명"
    if both and following.text[0] not in words("names", "common_surnames"):
        return following.gap == " "
    if not (text in words("names", "foreign_given") or is_surely_foreign(text)):
        return False
    return following.gap == " " and is_foreign_part(line, index + 1)


def is_listed(text: str) -> bool:
    """Tell whether the word is a certain place or a well-known body."""
    place = place_in(text)
    return (place is not None and place[1]) or text in words("organizations", "ministries")
