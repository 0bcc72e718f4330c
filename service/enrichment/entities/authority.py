"""Whether `대구시`, `수성구` or `경북도` acts as an authority or is where something lies."""

from __future__ import annotations

import re

from service.enrichment.entities.gazetteer import districts, is_authority, place_in, towns_of
from service.enrichment.entities.posts import post_of
from service.enrichment.entities.span import EntityType
from service.enrichment.entities.words import Line, Reading, readings
from service.enrichment.lexicon import ending, words

_SUBJECT = words("grammar", "authority_subject")
_WITH = words("grammar", "authority_with")
_LOCATIVE = words("grammar", "authority_locative")
_LYING = re.compile(
    r"^(?:들어[선서섰]|있는|위치|자리|사는|살[고던며]|살았|거주|본사|본점|공장|사업장|거점|세[운우웠]|짓|지[은을어]|조성|설치|문을|머[물무]|도착|마련|개장|건립|"
    r"건설|입주|둥지|정착|이사|내[린릴리]|내려|몰[린려]|퍼|발생|발효|내려진|주민등록|주소|소재|집중|밀집|분포|개최|열[린리])"
)
_DOING = re.compile(
    r"^(?:함께|공동|협[력약의]|손[을잡]|업무|양해|맞|계약|갈등|논의|상의|체결|협업|실증|공조|합의|교류|정책|의향)"
)
_OFFICE = re.compile(
    r"^(?:계획|방침|정책|입장|결정|예산|지원|담당|관계|공무원|조례|행정|재정|시정|구정|군정|도정|추경|책임|행보|발표|설명|해명|대응|요청|의뢰|내년|올해|"
    r"지난해|자료|간부|직원|산하|출연|고시|공고|누리집|홈페이지|당국|본예산|의회|소속|감사|청사|시금고|공보|출자|주관|주최|후원|제공|인사|위탁|보조|채무|부채|지방채|각|새|신임|민선)"
)
_OWNED = re.compile(r"(?:소유권|책임|권한|관리권|의무|권리|운영권|사업권|허가권|인허가권|지분)(?:이|은|도)?$")


_REACH = 6  # names joined by dots or 과 that take their use from the last


def use_of(line: Line, index: int, reading: Reading, reach: int = _REACH) -> EntityType:  # noqa: PLR0911  # one rule, one return
    """Return `organization` where the authority acts, `place` where something lies or happens in it."""
    word = line.words[index]
    following = line.words[index + 1] if index + 1 < len(line.words) else None
    gap = following.gap if following is not None else ""
    after = following.text if following is not None and gap == " " else ""
    stem, particle = reading
    if particle in _SUBJECT:
        return "organization"
    if particle in _LOCATIVE:
        return "place"
    if particle in {"에", "에다"}:
        return _dative(line, index, stem, after)
    if particle in _WITH:
        return _companion(line, index, stem, after, reach)
    if particle in {"의", "을", "를"}:
        upper = not _is_lower(stem)
        return (
            "organization"
            if (_OFFICE.match(after) if particle == "의" else _DOING.match(after)) or (upper and particle == "의")
            else "place"
        )
    if particle:
        return "organization" if not _is_lower(stem) else "place"
    return _bare(line, index, gap, after, word.text, reach)


def _is_lower(stem: str) -> bool:
    return stem[-1] in "구군" or stem in districts()


def _dative(line: Line, index: int, stem: str, after: str) -> EntityType:
    before = line.words[index - 1].text if index else ""
    if _OWNED.search(before):
        return "organization"
    if _LYING.match(after):
        return "place"
    return (
        "place"
        if _is_lower(stem)
        and not re.match(r"따르면|요[청구]|건의|제출|전달|기[부탁증]|촉구|의뢰|통보|보고|신고|문의|신청|맡", after)
        else "organization"
    )


def _companion(line: Line, index: int, stem: str, after: str, reach: int) -> EntityType:
    if _DOING.match(after):
        return "organization"
    if after and reach and index + 1 < len(line.words):
        for reading in readings(after):
            if is_authority(reading.stem, line.local) and reading.particle:
                return use_of(line, index + 1, reading, reach - 1)
            if ending(reading.stem, "organizations", "suffixes") and reading.particle in _SUBJECT:
                return "organization"
    return "place" if _is_lower(stem) else "organization"


def _bare(line: Line, index: int, gap: str, after: str, stem: str, reach: int) -> EntityType:
    if gap.startswith(","):
        listed = any(is_authority(word.text, line.local) for word in line.words[index + 1 : index + 2]) or (
            index > 0 and line.words[index].gap.startswith(",")
        )
        return "place" if listed and (_is_lower(stem) or stem[-1] == "도") else "organization"
    if gap[:1] in {"·", "ㆍ"} and reach and index + 1 < len(line.words):
        for reading in readings(line.words[index + 1].text):
            if is_authority(reading.stem, line.local):
                return use_of(line, index + 1, reading, reach - 1)
    if not after:
        return (
            "organization"
            if gap.strip()[:1] in {"“", '"', "‘", "'", "…"}
            else "place"
            if _is_lower(stem)
            else "organization"
        )
    if _names_place(after) and not (_OFFICE.match(after) and not _is_town(stem, after)):
        return "place"
    if (
        _OFFICE.match(after)
        or (post_of(after, line.local) is not None and len(after) > 2)
        or after in words("posts", "departments")
        or (len(after) > 2 and ending(after, "posts", "departments") is not None)
    ):
        return "organization"
    return "place" if _is_lower(stem) or after[0].isdigit() or stem[-1] == "도" else "organization"


def _is_town(province: str, word: str) -> bool:
    return any(reading.stem in towns_of(province) for reading in readings(word))


def _names_place(after: str) -> bool:
    for reading in readings(after):
        stem = reading.stem
        if (
            stem in districts()
            or place_in(stem) is not None
            or re.search(r"[가-힣](?:동|읍|면|리|로|길|역|구|군)$", stem)
        ):
            return True
    return False
