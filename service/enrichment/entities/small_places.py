"""Whether a stem such as `달무동`, `은여울천` or `솔개문` names a place: its last syllable and what frames it tell."""

from __future__ import annotations

import re

from service.enrichment.entities.evidence import is_common, is_foreign_looking, is_one_noun, known_as, stem_morphemes
from service.enrichment.entities.gazetteer import district_stems, is_authority, place_in, short_names
from service.enrichment.entities.words import Line, Reading, readings
from service.enrichment.lexicon import endings, words
from service.korean.word_cache import kept_for_words

AROUND = re.compile(
    r"^(?:일대|인근|주변|앞|옆|위|아래|뒤|안|북편|남편|동편|서편|북쪽|남쪽|동쪽|서쪽|상류|하류|둔치|입구|출구|구간|방면|방향|부근|근처|맞은편|건너|사거리|네거리|하늘|북측|남측|"
    r"동측|서측|현장|수면|골목|한복판|한가운데|곳곳|전역|지하|역세권|수변|강변|변|가(?:에|$)|터(?:에|$)|상인|주차장|둘레|정상|기슭|어귀|포구|앞바다|해역|자락|줄기|안쪽|바깥|등대|방파제|부두|선착장|승강장|대합실)"
)
STRONG_PARTICLE = words("grammar", "place_spans_strong_particle")
PLACE_PARTICLE = words("grammar", "place_spans_place_particle")
_WATER = re.compile(r"^(?:물이?|물을|범람|수위|제방|둑|산책로|다리|수문|바닥|준설|정비|하천|수질|녹조|수심)")
_SEEN = re.compile(
    r"^(?:지나|건너|끼고|따라|찾[는아은았]|둘러|거쳐|거치|잇|이은|가로지|가르|오르|오른|향[해한하]|방문|품은|낀|걷|돌아|넘[쳤치친어])"
)
_WHO = re.compile(r"^(?:이장|주민|마을|어촌계|부녀회|경로당|노인회|청년회|농민|상인)")
_GATE_SIDE = re.compile(r"^(?:앞|옆|뒤|안|밖|북쪽|남쪽|동쪽|서쪽|일대|주변|근처|광장|성벽|누각)")
_JOINT = frozenset(("·", "ㆍ", ", ", ",", "∼", "~", "-", "~ "))
_LONGEST_UNIT = 4  # syllables of a 동, 읍, 면 or 리
_NATURE = "천강호댐못"
_SITES = "천강산못호댐골문해로길봉릉궁교역항도섬"


def is_small_place(line: Line, index: int, reading: Reading) -> bool:  # noqa: PLR0911  # one rule, one return
    """Tell whether the stem, which ends in a syllable of places, names one here."""
    word = line.words[index]
    stem = reading.stem
    if stem in words("places", "stop") or stem.endswith(("지역", "구역", "영역", "무역", "권역", "광역")):
        return False
    before = line.words[index - 1].text if index and word.gap == " " else ""
    if stem[-1] in "동읍면리가" and is_authority(before, line.local):
        return True
    named_after = len(stem) > 2 and stem[-1] in "역동천교산로길강" and stem[:-1] in district_stems()
    if known_as(line, word.start, stem) == "지명" or named_after:
        return True
    if len(stem) < 3 or (stem[-1] != "역" and _has_stopped_tail(stem)):
        return False
    if stem[-1] == "주":
        return is_foreign_looking(stem[:-1]) and len(stem) > 3 and reading.particle in PLACE_PARTICLE
    if stem[-1] in "동읍면리":
        return _is_unit(line, index, reading, before)
    return stem[-1] in _SITES and _is_site(line, index, reading)


@kept_for_words(1 << 14)
def _has_stopped_tail(stem: str) -> bool:
    return next(endings(stem, "places", "stop_tails"), None) is not None


def _is_unit(line: Line, index: int, reading: Reading, before: str) -> bool:
    """Tell whether a stem in 동, 읍, 면 or 리 is one: the larger unit, its people or another unit stand beside it."""
    word = line.words[index]
    stem = reading.stem
    if is_one_noun(line, word.start, stem) or (stem_morphemes(line, word.start, stem)[-1].tag[0] in "JE"):
        return False
    if before and (place_in(before) is not None or (before[-1] in "읍면" and len(before) > 2)):
        return True
    following = _following(line, index)
    if not reading.particle and (_WHO.match(following) or AROUND.match(following)):
        return stem[-1] in "동읍리" or not is_common(line, word.start, stem)
    if frame(line, index, reading) > 1:
        return True
    return stem[-1] in "동읍" and reading.particle in {"", *PLACE_PARTICLE}


def _is_site(line: Line, index: int, reading: Reading) -> bool:
    """Tell whether a stem that ends as rivers, roads, gates and stations do is one."""
    word = line.words[index]
    stem = reading.stem
    if stem[-1] == "댐":
        return not reading.particle or reading.particle in PLACE_PARTICLE
    if stem[-1] == "문":
        return _is_gate(line, index, reading)
    if stem[-1] == "역" and (_station_of_town(stem) or _has_stopped_tail(stem)):
        return _station_of_town(stem)
    if is_one_noun(line, word.start, stem):
        return False
    found = frame(line, index, reading)
    if stem[-1] in _NATURE and not reading.particle and _WATER.match(_following(line, index)):
        found += 2
    if stem[-1] in "역항교":
        return found > 0
    return _ends_as_noun(line, word.start, stem) and found >= _needed(line, word.start, stem)


def _needed(line: Line, start: int, stem: str) -> int:
    """Return how much must speak for a place: more where its words are ordinary or its last syllable has other uses."""
    if stem[-1] == "골":
        return 1
    if stem[-1] == "호":
        return 3  # `세월호` stands behind a place as well
    ordinary = is_common(line, start, stem) or (stem[-1] == "로" and is_common(line, start, readings(stem)[-1].stem))
    return 2 if ordinary or stem[-1] in "봉릉도섬산해" else 1


def _is_gate(line: Line, index: int, reading: Reading) -> bool:
    if not reading.particle and _GATE_SIDE.match(_following(line, index)):
        return True
    return frame(line, index, reading) > 1 and not is_one_noun(line, line.words[index].start, reading.stem)


def _ends_as_noun(line: Line, start: int, stem: str) -> bool:
    """Tell whether the dictionary reads no verb and no particle at the end of the stem."""
    return stem_morphemes(line, start, stem)[-1].tag[0] in "NS"


def _station_of_town(stem: str) -> bool:
    return stem[:-1].lstrip("신구동서남북") in short_names() or stem[1:-1] in short_names()


def _following(line: Line, index: int) -> str:
    after = index + 1
    return line.words[after].text if after < len(line.words) and line.words[after].gap == " " else ""


def frame(line: Line, index: int, reading: Reading) -> int:
    """Return how much the words around a stem tell a place: 2 is enough for an ordinary word, 1 for an unknown one."""
    following = _following(line, index)
    if not reading.particle and AROUND.match(following):
        return 2
    if _is_joined(line, index, reading):
        return 2
    found = 1 if reading.particle in STRONG_PARTICLE else 0
    if reading.particle in {"를", "을", "의"} and _SEEN.match(following):
        found += 1
    return found


def _is_joined(line: Line, index: int, reading: Reading) -> bool:
    """Tell whether a known place stands directly before it or is joined with it: `남부시장과 동문거리`."""
    word = line.words[index]
    if index:
        before = line.words[index - 1].text
        if word.gap == " " and _is_known(line, before):
            return True
        if word.gap == " " and before[-1] in "과와" and _is_known(line, before[:-1]):
            return True
        if word.gap in _JOINT and any(_is_known(line, r.stem) for r in readings(before)):
            return True
    if index + 1 < len(line.words) and not reading.particle and line.words[index + 1].gap in _JOINT:
        return any(_is_known(line, r.stem) for r in readings(line.words[index + 1].text))
    return False


def _is_known(line: Line, text: str) -> bool:
    place = place_in(text) if text else None
    station = text.endswith("역") and _station_of_town(text)
    return station or (place is not None and place[1]) or is_authority(text, line.local) or _is_firm(text)


@kept_for_words(1 << 14)
def _is_firm(text: str) -> bool:
    """Tell whether the word ends as only places do and is more than that ending: `남부시장`."""
    if text in words("places", "stop"):
        return False
    return any(len(text) > len(suffix) + 1 for suffix in endings(text, "places", "suffixes"))
