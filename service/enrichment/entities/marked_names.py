"""Names told by a mark behind them: `씨` and its kin, or an age in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.enrichment.entities.evidence import is_common, is_one_noun, is_surely_foreign, known_as, stem_morphemes
from service.enrichment.entities.foreign_names import is_foreign_first
from service.enrichment.entities.gazetteer import is_authority, place_in
from service.enrichment.entities.name_shapes import compound_penalty, is_korean_name
from service.enrichment.entities.organization_spans import organization_stem
from service.enrichment.entities.posts import ends_phrase, is_adnominal, post_of
from service.enrichment.entities.span import Span
from service.enrichment.entities.words import Line, Word, readings
from service.enrichment.lexicon import words

_HONORIFICS = frozenset(("씨", "군", "양", "옹", "님"))
MARKS = _HONORIFICS | {"스"}
"""With one of these the word behind a marked name begins."""
_AGE = re.compile(r"\((?:(?:남|여|가명)[·, ] ?)?(?:만 ?)?[1-9]\d?(?:세|살)?(?:[·,] ?[가-힣 ]{1,15})?\)")
_SYLLABLES = 3
_SYLLABLE = 2  # code points of the middle and last words of such names: `응우옌 반 흐엉`
_MONK = re.compile(r"[가-힣]{2}")
_AGED_POST = re.compile(r"\([^()]{1,20}\) (?P<post>[가-힣]{2,10})")
_HANGUL = re.compile(r"[가-힣]{2,5}")


def marked_names(line: Line, index: int) -> Iterator[Span]:
    """Yield the name that this word is, or ends, where 씨 or an age follows it."""
    word = line.words[index]
    following = line.words[index + 1] if index + 1 < len(line.words) else None
    if following is not None and following.text[0] in _HONORIFICS and _is_honorific(following):
        spelt = _spelt_in_syllables(line, index)
        if spelt is not None:
            yield spelt
            return
        apart = following.gap == " " and following.text[0] == "씨" and "(" not in _between(line, word, following)
        if _may_carry(line, index, word.text, apart):
            yield _joined(line, index, word.text)
    elif following is not None and following.text[0] == "스" and _is_monk(line, word, following):
        yield Span(word.start, word.end, "person", word.text)
    elif "씨" in word.text:
        name = next((reading.stem for reading in readings(word.text) if reading.particle[:1] == "씨"), None)
        if name is not None and not is_one_noun(line, word.start, f"{name}씨") and _may_carry(line, index, name, False):
            yield _joined(line, index, name)
    elif line.analysis.text.startswith("(", word.end) and _is_aged(line, word):
        yield Span(word.start, word.end, "person", word.text)


def _spelt_in_syllables(line: Line, index: int) -> Span | None:
    """Return a foreign name whose last words are single syllables: `응우옌 티 란 씨`."""
    first = index
    while (
        first
        and len(line.words[first].text) <= _SYLLABLE
        and index - first < _SYLLABLES
        and line.words[first].gap == " "
    ):
        first -= 1
    begins = line.words[first].text in words("names", "foreign_given") and len(line.words[first].text) > _SYLLABLE
    if first == index or not begins:
        return None
    start, end = line.words[first].start, line.words[index].end
    return Span(start, end, "person", line.analysis.text[start:end])


def _is_monk(line: Line, word: Word, following: Word) -> bool:
    """Tell whether the word is the name in religion of a monk: two syllables before `스님`."""
    if following.gap != " " or not any(reading.stem == "스님" for reading in readings(following.text)):
        return False
    ordinary = word.text in words("grammar", "not_monks") or ends_phrase(word.text) or is_adnominal(line, word)
    return bool(_MONK.fullmatch(word.text)) and not ordinary


def _between(line: Line, word: Word, following: Word) -> str:
    return line.analysis.text[word.end : following.start]


def _is_honorific(word: Word) -> bool:
    return word.gap in {"", " "} and any(reading.stem in _HONORIFICS for reading in readings(word.text))


def _may_carry(line: Line, index: int, name: str, apart: bool) -> bool:
    """Tell whether the name may stand before 씨; before one that stands apart any word may, `하늘 씨`."""
    if not _HANGUL.fullmatch(name) or name in words("names", "not_names"):
        return False
    word = line.words[index]
    if apart:
        return place_in(name) is None and post_of(name, line.local) is None and organization_stem(name) is None
    if len(name) > 4 or _foreign_before(line, index):
        return _foreign_before(line, index)
    if name[0] not in words("names", "surnames"):
        return False
    return name[-1] == "모" or len(name) == 3 or not is_one_noun(line, word.start, name)


def _foreign_before(line: Line, index: int) -> bool:
    """Tell whether the word before begins a foreign name that this one ends: `마쓰이 하나씨`."""
    if not index or line.words[index].gap != " " or line.words[index].text[1:2] == "모":
        return False
    before = line.words[index - 1]
    if before.text in words("names", "not_names"):
        return False
    if is_foreign_first(line, index - 1):
        return True
    return (
        is_surely_foreign(before.text)
        and not ends_phrase(before.text)
        and not is_common(line, before.start, before.text)
    )


def _joined(line: Line, index: int, name: str) -> Span:
    word = line.words[index]
    start = line.words[index - 1].start if _foreign_before(line, index) else word.start
    end = word.start + len(name)
    return Span(start, end, "person", line.analysis.text[start:end])


def _before_post(line: Line, word: Word) -> bool:
    """Tell whether a post follows the age: `은가비(43) 역무원은`."""
    following = _AGED_POST.match(line.analysis.text, word.end)
    return following is not None and post_of(following["post"], line.local) is not None


def _is_aged(line: Line, word: Word) -> bool:
    """Tell whether an age stands behind what may be a name: `부경순(78) 해녀`."""
    text = word.text
    if (
        _AGE.match(line.analysis.text, word.end) is None
        or not is_korean_name(text)
        or text in words("names", "not_names")
    ):
        return False
    if place_in(text) is not None or is_authority(text, line.local) or post_of(text, line.local) is not None:
        return False
    if known_as(line, word.start, text) == "인명" or text[-1] == "모" or _before_post(line, word):
        return True
    if is_one_noun(line, word.start, text) or organization_stem(text) is not None:
        return False
    return not is_common(line, word.start, text) or compound_penalty(stem_morphemes(line, word.start, text), text) < 3
