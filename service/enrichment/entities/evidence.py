"""What the morphemes say of a stem: an ordinary noun, a known name, or nothing the dictionary has."""

from __future__ import annotations

import re

from service.enrichment.entities.words import Line, morphemes_of
from service.korean.analysis import Morpheme

_COMMON = frozenset(("NNG", "XPN", "XSN", "NNB", "NNBC", "NR", "SN", "MM", "XR"))
# Syllables that Korean and Sino-Korean words hardly have, and transliterated names often.
_FOREIGN = re.compile(
    "[갤겔곤괴귄그글긴껭넬놀뉴니닉닐덤데덴델도돈돌두둘뒤드든들디딘딜딩래랙랜랠램랭러런럴럼럿레렉렌렐렘렛렝로롤롬롭롯루룬룰룸류르른를름리릭린릴림릿링마맥맨메"
    "멘멜멧모몬몰바밴뱅버벅번벌벤벨베보본볼뵈부뷔브블비빈빌빗샌샘샬섀서섬세센셀셔셜셰소손솔숀쉬슈슐스슨슬시신실싱아앤앨앵야얀어언얼에엔엘엠예오온올와왓왕외요우운울워"
    "원월웨웬웰웹위윈윌유율으은이인일임자잔잭잰저전제젠젤젬조존졸죠주줄쥐즈즌지진질짐쯔차찬창채챈처천첸첼초츠치친칠카칸칼캄캐캔캘캠커컨컬컴켈켄켓켐코콘콜콥쿠쿤쿨퀴퀸크클킨킬킴킹"
    "타탄탈태탠터턴털테텐텔토톤톨톰투튀튜트틀티틴틸팀파판팔패팬퍼펀펄페펜펠포폰폴푸풀퓨프플피핀필핑하한할함해핸햄허헌헤헨헬호홀홈후훈휘휴흐히힌힐]"
)
_MARKED = re.compile(
    "[갤겔귄껭넬놀뉴닉닐덴델뒤드들딘딜딩랙랜랠램랭럴럿렉렌렐렛렝롤롬롭롯뤼룰룸르릭릴릿링맥맨멘멜멧몰밴뱅벅벤벨뵈뷔브블빗샌샬섀셀셔셜셰숀쉬슈슐스슨슬싱앤앨앵얼엔엘엠웨웬웰웹윈윌젠젤젬졸죠쥐즈즌짐쯔"
    "첸첼츠카칸칼캄캐캔캘캠커컨컬켈켄켓켐코콘콜콥쿠쿤쿨퀴퀸크클킨킬킴킹타탄탈탠터턴털테텐텔토톤톨톰튀튜트틀티틴틸팀파팔패팬퍼펀펄페펜펠포폰폴푸풀퓨프플피핀필핑핸햄헤헨헬흐힌힐]"
)


def is_foreign_looking(stem: str) -> bool:
    """Tell whether the stem looks transliterated: only such syllables, one of them rare in Korean words."""
    return bool(_MARKED.search(stem)) and len(_FOREIGN.findall(stem)) == len(stem)


def is_surely_foreign(stem: str) -> bool:
    """Tell whether the stem looks transliterated in two syllables or more, whatever the dictionary sees in it."""
    return is_foreign_looking(stem) and len(_MARKED.findall(stem)) > 1


def stem_morphemes(line: Line, start: int, stem: str) -> tuple[Morpheme, ...]:
    """Return the morphemes of the stem that begins at `start`; a morpheme may reach beyond it."""
    return morphemes_of(line.analysis, start, start + len(stem))


def is_common(line: Line, start: int, stem: str) -> bool:
    """Tell whether the stem is made of whole ordinary nouns."""
    found = stem_morphemes(line, start, stem)
    if not found or found[0].start != start or found[-1].end != start + len(stem):
        return False
    return all(_is_common_morpheme(morpheme) for morpheme in found)


def _is_common_morpheme(morpheme: Morpheme) -> bool:
    if morpheme.tag not in _COMMON:
        return False
    return morpheme.semantic not in {"인명", "지명"}


def is_one_noun(line: Line, start: int, stem: str) -> bool:
    """Tell whether the stem is one ordinary noun of the dictionary."""
    found = line.starting.get(start)
    return found is not None and found.end == start + len(stem) and found.tag == "NNG"


def known_as(line: Line, start: int, stem: str) -> str | None:
    """Return the dictionary's class of a stem that is one proper noun: `인명`, `지명` or `*`; None for others."""
    found = line.starting.get(start)
    if found is None or found.end != start + len(stem) or found.tag != "NNP":
        return None
    return found.semantic or "*"


def has_proper(line: Line, start: int, stem: str) -> bool:
    """Tell whether a morpheme of the stem is a proper noun or in Latin letters."""
    return any(morpheme.tag in {"NNP", "SL"} for morpheme in stem_morphemes(line, start, stem))
