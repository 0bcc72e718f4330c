"""Where public bodies, firms, schools and associations are named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from service.enrichment.entities.authority import use_of
from service.enrichment.entities.evidence import has_proper, is_common, is_foreign_looking, known_as, stem_morphemes
from service.enrichment.entities.gazetteer import authority_of, begins_with_place, is_authority, place_in
from service.enrichment.entities.posts import is_adnominal, phrase_end, post_of
from service.enrichment.entities.span import Span
from service.enrichment.entities.word_kinds import BODY, HEAD
from service.enrichment.entities.words import Line, Reading, Word, has_particle, readings
from service.enrichment.lexicon import ending, endings, listed, words
from service.korean.word_cache import kept_for_words

_GENERIC = re.compile(
    r"^(?:복원|종합|전문|공공|민간|지역|국립|시립|도립|구립|군립|사립|공립|해당|관련|각급|일반|대형|중소|주요|인근|외국|해외|국내|기초|광역|지방|중앙|특별|임시|비상|운영|집행|"
    r"조직|추진|심의|자문|평가|선정|심사|실무|상임|합동|공동|통합|민관|전국|글로벌|국제|신생|거점|권역|초대형|직장|어린이|청년|노인|여성|장애인|다문화|시민|주민|지자체|"
    r"정부|관계|유관|상급|하급|유명|소속|수도권|비수도권|전체|일부|모든|여러|양|각|한국형|미래|차세대|친환경|신재생|전기|수소|스마트|디지털|온라인|대학|관할|담당|총괄|"
    r"주관|협력|지원|연구|산학|민사|형사|행정|가정|최고|고등|응급|요양|정신|재활|한방|치과|동물|산업|예산|결산|윤리|징계|인사|교육|문화|환경|복지|안전|건설|교통|도시|경제|"
    r"노사정?|시도|시군구?|구군|읍면동|팀|학교|학부모|학생|교사|교수|시설|자활|상담|돌봄|창업|혁신|가족|보건|관리|자원봉사|초등|중등|국공립|특수|대안|자율|영재|"
    r"농업|수산|축산|임업|어업|신용|생활|소비자|협동|사회적|마을|아파트|입주자|재개발|재건축|축제|행사|대회|사모|벤처|첨단|바이오|반도체|자동차|로봇|의료|물|섬유|철강|조선|금융)+$"
)
_LAW_FIRM = re.compile(r"^(?:법무법인|주식회사|재단법인|사단법인|학교법인|의료법인|사회복지법인)$")
_CORPORATE = re.compile(
    r"(?:대표|대표이사|사장|회장|최고경영자|전무|상무|최고\w+책임자|지사장|법인장|점주|공장장|창업자|설립자)$"
)
_DESCRIPTION = re.compile(
    r"^(?:전|현|신임|전임|초대|역대|상임|비상임|선임|수석|책임|총괄|담당|명예|공동|임시|제?\d+대|겸|민선|같은|이|한|당시|차기|신|해외|국내|국제|대외|영업|"
    r"연구|개발|생산|기술|경영|재무|인사|홍보|마케팅|지역|청년|시민|사업|운영|기획|전략|정책|행정|안전)$"
)
_PERSONAL_TITLE = words("grammar", "organization_spans_personal_title")
_NATIONAL = re.compile(r"(?:한국|대한|국립|전국)[가-힣]{3,12}(?:원|회|단|공사|소|처|청|연|협|노조|총)$")
_PUBLIC = ("국립", "시립", "주립")
_UNIVERSITY = re.compile(r"^[가-힣]{2,6}대$")
_ACADEMIC = re.compile(
    r"^(?:교수|총장|학과|의대|병원|연구팀|산학|캠퍼스|학생|학장|공대|대학원|부총장|명예교수|석좌교수|로스쿨|의과)"
)
_VILLAGE_POSTS = (
    "이장",
    "통장",
    "반장",
    "주민",
    "부녀회장",
    "노인회장",
    "청년회장",
    "어촌계장",
    "해녀",
    "농민",
    "어민",
)
_NO_SCHOOLS = listed("organizations", "no_schools")
_STATE_GOVERNMENT = re.compile(r"^[가-힣]{2,8}주정부$")


def organizations_in(line: Line, kinds: Sequence[int]) -> Iterator[Span]:
    """Yield the organisations that one line names, authorities only where they act; `kinds` as by `kind_of_word`."""
    text = line.analysis.text
    for index, word in enumerate(line.words):
        named = kinds[index] & BODY or kinds[index - 1] & HEAD  # before the first one stands the 0 behind the last
        if named or word[3][-1:] == "㈜" or text.startswith("(주)", word[2]):
            yield from _organizations_at(line, index)


def kind_of_word(word: str, local: frozenset[str]) -> int:
    """Return which rules of organisations a word may call up, see `word_kinds`."""
    named = (
        organization_stem(word) is not None
        or authority_of(word, local) is not None
        or word.startswith(_PUBLIC)
        or "대" in word[2:]
        or word[-1] == "대"
        or "주정부" in word
    )
    return BODY * named | HEAD * _is_head(word)


def _organizations_at(line: Line, index: int) -> Iterator[Span]:
    word = line.words[index]
    stem = organization_stem(word.text)
    if stem is not None and not _is_ordinary(line, word, stem):
        yield _span(line, index, stem)
    elif index and word.gap == " " and word.text.startswith(_PUBLIC) and place_in(line.words[index - 1].text):
        yield from _local_school(line, index)
    elif not stem:
        yield from _authority(line, index) or _unlisted(line, index)


def organizations_by_person(line: Line, people: list[Span]) -> Iterator[Span]:
    """Yield what stands between a full name and its post: `라희수 다온워터 대표`."""
    starts = {word.start: index for index, word in enumerate(line.words)}
    for person in people:
        after = _after(line, person, starts)
        last = phrase_end(line, after) if after is not None else None
        if after is None or last is None:
            continue
        if last > after:
            word = line.words[after]
            if _may_employ(line, word, line.words[last]):
                yield Span(word.start, word.end, "organization", word.text)
        elif (
            starts[person.start]
            and _is_corporate(line, line.words[last])
            and line.words[starts[person.start]].gap == " "
        ):
            word = line.words[starts[person.start] - 1]
            if not has_particle(word.text) and _may_employ(line, word, line.words[last]):
                yield Span(word.start, word.end, "organization", word.text)


def _is_corporate(line: Line, word: Word) -> bool:
    post = post_of(word.text, line.local)
    return post is not None and bool(_CORPORATE.search(post.stem))


def _after(line: Line, person: Span, starts: dict[int, int]) -> int | None:
    index = starts.get(person.start)
    while index is not None and index < len(line.words) and line.words[index].start < person.end:
        if line.words[index].end > person.end:
            return None
        index += 1
    if index is None or index >= len(line.words) or line.words[index].gap not in {"", " "}:
        return None
    return index


def _may_employ(line: Line, word: Word, post: Word) -> bool:  # noqa: PLR0911  # one rule, one return
    text = word.text
    if (
        post_of(text, line.local)
        or _DESCRIPTION.match(text)
        or text in words("organizations", "stop")
        or place_in(text)
    ):
        return False
    if is_authority(text, line.local) or text[0].isdigit() or _is_village_post(text, post.text):
        return False
    found = stem_morphemes(line, word.start, text)
    if is_adnominal(line, word) or (len(found) == 1 and found[0].tag[:2] == "MA"):
        return False
    if ending(text, "posts", "departments") and len(text) > 1 and is_common(line, word.start, text):
        return False
    if not is_common(line, word.start, text):
        if stem_morphemes(line, word.start, text)[-1].tag[0] == "J" and has_particle(text):
            return False
        return known_as(line, word.start, text) != "지명"
    return _is_corporate(line, post) and len(text) >= 3


def _is_village_post(text: str, post: str) -> bool:
    """Tell whether the word is the village of its head: `신흥리 이장`."""
    return text[-1] in "동읍면리" and post.startswith(_VILLAGE_POSTS)


@kept_for_words(1 << 16)
def organization_stem(word: str) -> str | None:
    """Return the stem that names an organisation by itself, `` where the word is listed as none, None otherwise."""
    found = readings(word)
    ministries = words("organizations", "ministries")
    for stem, _ in found:
        if stem in ministries:
            return stem
    for stem, _ in found:
        # The lists of what is none come last, as they are asked for few words then.
        named = _is_national(stem) or any(_is_suffixed(stem, end) for end in endings(stem, "organizations", "suffixes"))
        if named and stem not in words("organizations", "stop") and place_in(stem) is None:
            return stem
    return None


def _is_national(stem: str) -> bool:
    return _NATIONAL.match(stem) is not None and ending(stem, "places", "suffixes") is None


def _is_suffixed(stem: str, suffix: str) -> bool:
    prefix = stem[: -len(suffix)]
    return len(prefix) >= 2 and not _GENERIC.match(prefix)


_WEAK = words("grammar", "organization_spans_weak")
"""Suffixes that ordinary compounds end in as well: before them stands a name, not a common noun."""


def _is_ordinary(line: Line, word: Word, stem: str) -> bool:
    if stem in words("organizations", "ministries"):
        return False
    suffix = ending(stem, "organizations", "suffixes")
    if suffix not in _WEAK:
        return False
    prefix = stem[: -len(suffix)]
    if begins_with_place(prefix):
        return False
    return is_common(line, word.start, stem) or is_common(line, word.start, prefix)


def _span(line: Line, index: int, stem: str) -> Span:
    word = line.words[index]
    start = word.start
    before = line.words[index - 1] if index and word.gap == " " else None
    if before is not None and _LAW_FIRM.match(before.text):
        start = before.start
    return Span(start, word.start + len(stem), "organization", line.analysis.text[start : word.start + len(stem)])


def _local_school(line: Line, index: int) -> Iterator[Span]:
    """Yield a body that is named only together with the place before it: `빈 국립음대`."""
    word = line.words[index]
    start = line.words[index - 1].start
    for reading in readings(word.text):
        if ending(reading.stem, "organizations", "suffixes"):
            end = word.start + len(reading.stem)
            yield Span(start, end, "organization", line.analysis.text[start:end])
            return


def _authority(line: Line, index: int) -> list[Span]:
    word = line.words[index]
    reading = authority_of(word.text, line.local)
    if reading is None:
        return []
    return [Span(word.start, word.start + len(reading.stem), use_of(line, index, reading), reading.stem)]


def _unlisted(line: Line, index: int) -> list[Span]:  # noqa: PLR0911  # one rule, one return
    """Return a name without a suffix of its own where the words around it tell: `기업 드라이브넷과`."""
    word = line.words[index]
    if word.gap[-1:] == "㈜" or line.analysis.text[word.end : word.end + 3] == "(주)":
        stem = readings(word.text)[-1].stem if word.gap.endswith("㈜") else word.text
        return [Span(word.start, word.start + len(stem), "organization", stem)]
    if word.text[0].isdigit():
        return []
    following = line.words[index + 1].text if index + 1 < len(line.words) and line.words[index + 1].gap == " " else ""
    university = _named_university(line, word)
    if university is not None:
        return [university]
    if (
        word.text[-1] == "대"
        and _UNIVERSITY.match(word.text)
        and _ACADEMIC.match(following)
        and not is_common(line, word.start, word.text)
    ):
        return [Span(word.start, word.end, "organization", word.text)]
    if "주정부" in word.text and _STATE_GOVERNMENT.match(readings(word.text)[-1].stem):
        stem = readings(word.text)[-1].stem
        return [Span(word.start, word.start + len(stem), "organization", stem)]
    before = line.words[index - 1].text if index and word.gap == " " else ""
    if before and _is_head(before):
        for reading in readings(word.text):
            if reading.particle in _PERSONAL_TITLE and _looks_proper(line, word, reading):
                return [Span(word.start, word.start + len(reading.stem), "organization", reading.stem)]
    return []


def _named_university(line: Line, word: Word) -> Span | None:
    """Return `하버드대` with a particle: a place or a proper name and 대."""
    if "대" not in word.text[2:]:
        return None
    for reading in readings(word.text):
        stem = reading.stem
        if (
            len(stem) > 2
            and stem[-1] == "대"
            and (reading.particle in _PERSONAL_TITLE or known_as(line, word.start, stem) == "*")
            and not stem.endswith(_NO_SCHOOLS)
        ):
            proper = (
                known_as(line, word.start, stem) == "*"
                or place_in(stem[:-1]) is not None
                or is_foreign_looking(stem[:-1])
                or known_as(line, word.start, stem[:-1]) is not None
            )
            if proper and not is_common(line, word.start, stem):
                return Span(word.start, word.start + len(stem), "organization", stem)
    return None


@kept_for_words(1 << 16)
def _is_head(word: str) -> bool:
    return any(ending(stem, "organizations", "heads") for stem in (word, word.removesuffix("인")))


def _looks_proper(line: Line, word: Word, reading: Reading) -> bool:
    stem = reading.stem
    if len(stem) < 2 or post_of(stem, line.local) or place_in(stem) or is_common(line, word.start, stem):
        return False
    return (
        has_proper(line, word.start, stem)
        or (len(stem) >= 3 and is_foreign_looking(stem))
        or (ending(stem, "organizations", "suffixes") is not None)
    )
