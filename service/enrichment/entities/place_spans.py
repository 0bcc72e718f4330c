"""Where places are named: known ones, and those that their suffix and their context tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from service.enrichment.entities.evidence import is_common, is_one_noun, is_surely_foreign, known_as
from service.enrichment.entities.gazetteer import (
    authority_of,
    district_stems,
    is_municipality,
    place_in,
    provinces,
    short_names,
    towns_of,
)
from service.enrichment.entities.small_places import PLACE_PARTICLE, STRONG_PARTICLE, frame, is_small_place
from service.enrichment.entities.span import Span
from service.enrichment.entities.word_kinds import NO_PLACE, PLACE, VISIT
from service.enrichment.entities.words import Line, Reading, readings
from service.enrichment.lexicon import ending, words
from service.korean.word_cache import kept_for_words

_ONE = re.compile(r"^[가-힣]{1,7}(?:[역읍면리교못항천강산동로길섬궁릉봉령호댐골문해도]|\d{1,3}가|주)$")
_ONE_ENDS = frozenset("역읍면리교못항천강산동로길섬궁릉봉령호댐골문해도가주")
_COMBINING = frozenset(
    (
        "컨벤션센터",
        "전시컨벤션센터",
        "국제공항",
        "신공항",
        "월드컵경기장",
        "엑스포공원",
        "국립공원",
        "산업단지",
        "국가산업단지",
        "종합운동장",
    )
)
_FIRM = words("grammar", "place_spans_firm")
"""Suffixes before which an ordinary word makes a name as well: `염색산업단지`, `달빛공원`."""
_GENERIC = re.compile(
    r"^(?:첨단|국가|일반|지방|도시|스마트|노후|신규|인근|대규모|소규모|지역|주요|전통|재래|상설|임시|근린|어린이|수변|문화|체육|생태|중앙|시민|국립|도립|시립|군립|국제|복합|종합|고속|"
    r"시외|버스|여객|화물|민간|공공|친환경|에너지|미래|산업|농산물|농수산물|수산물|도매|소매|노동|주식|금융|부동산|국내|해외|세계|수출|내수|온라인|자본|고용|주택|외환|채권|오픈|"
    r"벼룩|중고|새벽|야간|소비|전력|자동차|반도체|스마트폰|로봇|의료|바이오|관광|광역|순환|제\d|현|신|구|전|옛|해당|모든|각|유명|인기|대형|중형|소형|테마|해상|육상|지하|지상)+$"
)
_DEEDS = frozenset(("행위", "상태변화", "정적사태"))
_AREA = re.compile(r"^(?:지역|일대|시내|시민|군민|주민|전역|권역|현지|출신)")
_VISITED = re.compile(r"^(?:둘러|방문|찾[았아은]|도착|떠나|거쳐|출발|향[했하]|이동|옮[겨긴])")


def places_in(line: Line, kinds: Sequence[int]) -> Iterator[Span]:
    """Yield the places that one line names, authorities left out; `kinds` as by `kind_of_word`, and a 0."""
    starting = line.starting
    for index, word in enumerate(line.words):
        kind = kinds[index]
        if kind & NO_PLACE:
            continue
        first = starting.get(word[1])
        if kind & PLACE or kinds[index + 1] & VISIT or (first is not None and first[2] == "지명"):
            found = _known(line, index) or _by_suffix(line, index)
            if found is not None:
                yield from _combined(line, index, found)


def kind_of_word(word: str, local: frozenset[str]) -> int:
    """Return which rules of places a word may call up, see `word_kinds`."""
    if word[0].isdigit() or authority_of(word, local) is not None:
        return NO_PLACE | VISIT * (_VISITED.match(word) is not None)
    shaped = _listed(word) is not None or _suffixed(word) is not None or bool(_one_syllable(word))
    return PLACE * shaped | VISIT * (_VISITED.match(word) is not None)


def _combined(line: Line, index: int, found: Reading) -> Iterator[Span]:
    word = line.words[index]
    end = word.start + len(found.stem)
    before = line.words[index - 1] if index and word.gap == " " else None
    if _goes_on_as_building(line, index, found.stem):
        return
    if (
        before is not None
        and before.text.endswith(("시청", "도청", "구청", "군청"))
        and len(before.text) > 2
        and found.stem.endswith("청사")
    ):
        yield Span(before.start, end, "place", line.analysis.text[before.start : end])
        return
    following = line.words[index + 1] if index + 1 < len(line.words) and line.words[index + 1].gap == " " else None
    if following is not None and word.text == found.stem:
        for reading in readings(following.text):
            if reading.stem in _COMBINING:
                last = following.start + len(reading.stem)
                yield Span(word.start, last, "place", line.analysis.text[word.start : last])
    yield Span(word.start, end, "place", found.stem)


def _goes_on_as_building(line: Line, index: int, stem: str) -> bool:
    """Tell whether the next word names the building of this hall: `대구시청 동인청사`."""
    if not stem.endswith(("시청", "도청", "구청", "군청")) or index + 1 >= len(line.words):
        return False
    following = line.words[index + 1]
    return following.gap == " " and any(r.stem.endswith("청사") and len(r.stem) > 2 for r in readings(following.text))


@kept_for_words(1 << 16)
def _listed(word: str) -> tuple[Reading, bool] | None:
    if len(word) <= 3 and word[0] in words("world", "hanja"):
        return (Reading(word[0], word[1:]), True) if readings(word)[-1].stem == word[0] else None
    for reading in readings(word):
        place = place_in(reading.stem)
        if place is not None and reading.particle != "인":
            return Reading(place[0], reading.particle), place[1]
    return None


def _known(line: Line, index: int) -> Reading | None:
    word = line.words[index]
    listed = _listed(word.text)
    if listed is None or (listed[0].particle and is_one_noun(line, word.start, word.text)):
        return None  # `고양이` is no city
    reading, certain = listed
    if certain and not _is_deed(line, index, reading):
        return reading
    return reading if _is_place_here(line, index, reading) else None


def _is_deed(line: Line, index: int, reading: Reading) -> bool:
    """Tell whether the dictionary reads a deed or a state, not the place of that name: `목표 달성`, `인성 함양`."""
    start = line.words[index].start
    if not is_one_noun(line, start, reading.stem) or line.starting[start].semantic not in _DEEDS:
        return False
    following = line.words[index + 1].text if index + 1 < len(line.words) else ""
    town = reading.stem in short_names() or reading.stem in district_stems()
    return town and not _AREA.match(following)


def _is_place_here(line: Line, index: int, reading: Reading) -> bool:
    """Tell whether a name that is an ordinary word too means the place: another place stands beside it."""
    word = line.words[index]
    for other in (index - 1, index + 1):
        if not 0 <= other < len(line.words):
            continue
        gap = line.words[max(index, other)].gap
        neighbour = line.words[other].text
        if gap == " " and other < index and _is_of_another_province(line, neighbour, reading.stem):
            continue
        joined = (gap in {"·", "ㆍ", ", ", ","}) or (gap == " " and (other < index or not reading.particle))
        if joined and _is_bare_place(line, neighbour, gap == " " and other < index):
            return True
    if _lies_beside(line, index, reading):
        return True
    if is_common(line, word.start, reading.stem):
        if reading.stem in words("districts", "seldom_ordinary") and reading.particle in STRONG_PARTICLE:
            return True
        abroad = reading.stem in words("world", "ambiguous") and reading.particle.startswith("에서")
        return abroad or _beside(line, index, reading)
    return reading.particle in STRONG_PARTICLE or (
        known_as(line, word.start, reading.stem) == "지명"
        and (reading.particle in PLACE_PARTICLE - {"의"} or (not reading.particle and not _describes(line, index)))
    )


def _describes(line: Line, index: int) -> bool:
    """Tell whether a plain noun stands behind a name that is an ordinary word too: `장수 마을`, `고령 인구`."""
    if index + 1 >= len(line.words) or line.words[index + 1].gap != " ":
        return False
    following = line.words[index + 1]
    return following.text[:2] == "마을" or any(
        is_one_noun(line, following.start, reading.stem) and line.starting[following.start].semantic in _DEEDS
        for reading in readings(following.text)
    )


def _is_of_another_province(line: Line, before: str, stem: str) -> bool:
    """Tell whether the authority before it has no such town: `대구시 예산` is money."""
    authority = authority_of(before, line.local)
    upper = authority.stem if authority is not None else before
    return stem in short_names() and (authority is not None or upper in provinces()) and stem not in towns_of(upper)


def _lies_beside(line: Line, index: int, reading: Reading) -> bool:
    """Tell whether a province stands before its city or county, or the other way round: `경기 안성`."""
    if index and line.words[index].gap == " " and reading.stem in towns_of(line.words[index - 1].text):
        return True
    if reading.particle or index + 1 >= len(line.words) or line.words[index + 1].gap != " ":
        return False
    return any(r.stem in towns_of(reading.stem) for r in readings(line.words[index + 1].text))


def _is_bare_place(line: Line, text: str, upper: bool) -> bool:
    """Tell whether the word is a certain place or an authority; before a smaller one it bears no particle."""
    authority = authority_of(text, line.local)
    if authority is not None:
        return not (upper and authority.particle)
    listed = _listed(text)
    return listed is not None and listed[1] and not (upper and listed[0].particle)


def _beside(line: Line, index: int, reading: Reading) -> bool:
    """Tell whether the word before it is a place joined with `과`: `칠곡과 성서`."""
    before = line.words[index - 1].text if index and line.words[index].gap == " " else ""
    return before.endswith(("과", "와")) and any(place_in(r.stem) for r in readings(before)[1:]) and reading.stem != ""


@kept_for_words(1 << 16)
def _suffixed(word: str) -> tuple[Reading, str] | None:
    for reading in readings(word):
        stem = reading.stem
        if stem in words("places", "stop"):
            return None
        suffix = ending(stem, "places", "suffixes")
        if suffix is not None and len(stem) > len(suffix):
            return reading, suffix
    return None


def _by_suffix(line: Line, index: int) -> Reading | None:
    word = line.words[index]
    found = _suffixed(word.text)
    if found is not None:
        reading, suffix = found
        return reading if _names_one(line, index, reading, suffix) else None
    for reading in _one_syllable(word.text):
        if is_small_place(line, index, reading):
            return reading
    first = line.starting.get(word.start)
    if first is not None and first.semantic == "지명" and len(first.surface) > 1:
        for reading in readings(word.text)[1:]:
            if len(reading.stem) == first.end - first.start:
                return reading
    return _visited(line, index)


@kept_for_words(1 << 16)
def _one_syllable(word: str) -> tuple[Reading, ...]:
    return tuple(reading for reading in readings(word) if reading[0][-1] in _ONE_ENDS and _ONE.match(reading[0]))


def _names_one(line: Line, index: int, reading: Reading, suffix: str) -> bool:
    stem = reading.stem
    start = line.words[index].start
    prefix = stem[: -len(suffix)]
    if suffix == "시장" and (
        is_municipality(prefix, line.local) or prefix in {"부", "전", "현", "신임", "경제부", "행정부"}
    ):
        return False
    if place_in(prefix) is not None or prefix in district_stems() or known_as(line, start, stem) == "지명":
        return True
    if len(prefix) < 2 or _GENERIC.match(prefix) or (suffix == "거리" and (ord(prefix[-1]) - 0xAC00) % 28 == 8):
        return False  # `먹을거리` is no street
    if suffix in _FIRM or not (is_common(line, start, prefix) or is_common(line, start, stem)):
        return True
    if is_one_noun(line, start, stem):
        return False
    needed = 2 if is_one_noun(line, start, prefix) else 1
    return frame(line, index, reading) >= needed


def _visited(line: Line, index: int) -> Reading | None:
    """Return a foreign-looking name that is gone to or looked at: `도클랜즈를 둘러봤다`."""
    word = line.words[index]
    following = line.words[index + 1].text if index + 1 < len(line.words) else ""
    if not _VISITED.match(following):
        return None
    for reading in readings(word.text)[1:]:
        arrived = len(reading.stem) >= 3 and reading.particle in {"를", "을", "에", "로", "으로"}
        if arrived and is_surely_foreign(reading.stem):
            return reading
    return None
