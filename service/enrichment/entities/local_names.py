"""Cities, counties and districts that no list holds: the article names their hall, their council or their head."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from service.enrichment.entities.evidence import is_one_noun
from service.enrichment.entities.gazetteer import is_authority, place_in
from service.enrichment.entities.organization_spans import organization_stem
from service.enrichment.entities.posts import post_of
from service.enrichment.entities.words import Line, Reading, readings
from service.enrichment.lexicon import words

_BODY = re.compile(r"(?P<name>[가-힣]{2,4}(?:시|군|구))(?:의회|청|의원|청장|의장|보건소|선거관리위원회)")
_HEAD = re.compile(r"(?P<stem>[가-힣]{2,4})(?P<unit>시|군)(?P<head>장|수)")
_NAME = re.compile(r"[가-힣]{2,4}[시군구]")
_DISTRICT = re.compile(r"[가-힣]{2,4}[군구]")
_UNIT = re.compile("..[시군구]")
_PEOPLE = re.compile(r"(?:시민|구민|군민|주민|농민|농가|어민|상인|곳곳|일대|전역|관계자|공무원|시내)")
_HANGUL_NAME = re.compile(r"[가-힣]{2,4}")
_SUBJECT = words("grammar", "local_names_subject")
_GENERIC = words("grammar", "local_names_generic")
"""What stands before 시의회, 구청 and so on and names none: `각`, `해당`, `기초`."""


def local_authorities(lines: Iterable[Line]) -> frozenset[str]:
    """Return the authorities that the lines of one article tell of and no list holds: `가온시`, `미르구`."""
    certain: set[str] = set()
    heads: set[str] = set()
    plain: Counter[str] = Counter()
    for line in lines:
        for index, word in enumerate(line.words):
            if _UNIT.search(word.text) and not word.text[0].isdigit():
                certain.update(_named_by_body(word.text))
                heads.update(_named_by_head(line, index))
                plain.update(_plain(line, index))
    certain |= {name for name, weight in plain.items() if weight > 1 or (weight and name in heads)}
    return frozenset(certain | _led(heads, plain))


def _led(heads: set[str], plain: Counter[str]) -> set[str]:
    """Return those whose head is named after a person, even where the authority itself is not named."""
    return {name.removeprefix("!") for name in heads if name[0] == "!" or name in plain}


def _is_new(name: str) -> bool:
    stem = name[:-1]
    if is_authority(name) or stem in _GENERIC or place_in(stem) is not None or stem.endswith(("도", "특례", "광역")):
        return False
    return name not in words("grammar", "local_names_ordinary") and not name.endswith(
        ("도시", "지구", "특구", "선거구")
    )


def _named_by_body(text: str) -> Iterator[str]:
    match = _BODY.match(text)
    if match is not None and _is_new(match["name"]):
        yield match["name"]


def _named_by_head(line: Line, index: int) -> Iterator[str]:
    """Yield the city of a mayor; with `!` before it where a name stands before and a subject's particle behind.

    `가온시장은` alone may be a market.
    """
    for reading in readings(line.words[index].text):
        match = _HEAD.fullmatch(reading.stem)
        if match is None or (match["unit"] == "군") != (match["head"] == "수"):
            continue
        name = match["stem"] + match["unit"]
        if _is_new(name):
            led = reading.particle in _SUBJECT and _follows_name(line, index)
            yield f"!{name}" if led else name
        return


def _follows_name(line: Line, index: int) -> bool:
    """Tell whether a full name that opens a sentence stands before the word."""
    if not index or line.words[index].gap != " ":
        return False
    before = line.words[index - 1]
    opens = index == 1 or any(mark in before.gap for mark in "\n.,?!…”")
    named = len(before.text) in (3, 4) and before.text[0] in words("names", "surnames")
    known = before.text in words("names", "not_names") or place_in(before.text) is not None
    return opens and named and not known and _HANGUL_NAME.fullmatch(before.text) is not None


def _plain(line: Line, index: int) -> dict[str, int]:
    """Return the name with a weight of 2 where its surroundings tell an authority, of 1 where its shape alone does."""
    for reading in readings(line.words[index].text):
        if _NAME.fullmatch(reading.stem) and _is_new(reading.stem):
            return _weighed(line, index, reading)
    return {}


def _weighed(line: Line, index: int, reading: Reading) -> dict[str, int]:
    start = line.words[index].start
    if is_one_noun(line, start, reading.stem):
        return {}
    if _is_framed(line, index, reading) or _is_joined(line, index):
        return {reading.stem: 2}
    if not _ends_in_unit(line, start + len(reading.stem) - 1):
        return {}
    if reading.particle not in _SUBJECT and not reading.particle.startswith("에"):
        return {reading.stem: 0}
    told = reading.stem[-1] == "시" or not is_one_noun(line, start, reading.stem[:-1])
    return {reading.stem: 2 if told else 1}


def _is_joined(line: Line, index: int) -> bool:
    """Tell whether another name of this kind stands beside it: `미르구·나래구`, `미르구와 나래구`."""
    word = line.words[index]
    if index and (
        word.gap in {"·", "ㆍ"} or (word.gap == " " and line.words[index - 1].text.endswith(("구와", "시와", "군과")))
    ):
        return any(_NAME.fullmatch(r.stem) and _is_new(r.stem) for r in readings(line.words[index - 1].text))
    if index + 1 < len(line.words) and (
        line.words[index + 1].gap in {"·", "ㆍ"} or word.text.endswith(("구와", "시와", "군과"))
    ):
        return any(_NAME.fullmatch(r.stem) and _is_new(r.stem) for r in readings(line.words[index + 1].text))
    return False


def _ends_in_unit(line: Line, position: int) -> bool:
    """Tell whether the dictionary begins a morpheme at 시, 군 or 구, one that does not form ordinary nouns."""
    found = line.starting.get(position)
    return found is not None and found.surface in {"시", "군", "구"} and found.tag not in {"XSN", "NNB", "EP", "EP+EC"}


def _is_framed(line: Line, index: int, reading: Reading) -> bool:
    """Tell whether another authority stands before it, or an office or a smaller place behind it."""
    word = line.words[index]
    before = line.words[index - 1].text if index and word.gap == " " else ""
    if before and (
        is_authority(before) or (_NAME.fullmatch(before) and reading.stem[-1] in "군구" and before[-1] == "시")
    ):
        return True
    if reading.particle or index + 1 >= len(line.words) or line.words[index + 1].gap != " ":
        return False
    following = line.words[index + 1].text
    if any(len(r.stem) > 2 and r.stem[-1] in "동읍면" for r in readings(following)) or _PEOPLE.match(following):
        return True
    if organization_stem(following) or any(
        _DISTRICT.fullmatch(r.stem) and _is_new(r.stem) for r in readings(following)
    ):
        return reading.stem[-1] == "시"
    post = post_of(following)
    return post is not None and len(post.stem) > 2 and post.stem not in words("posts", "descriptions")
