"""Foreign names that no list holds: two or three words before a post, as their looks and the dictionary tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.enrichment.entities.evidence import (
    is_common,
    is_one_noun,
    is_surely_foreign,
    known_as,
    stem_morphemes,
)
from service.enrichment.entities.gazetteer import is_authority, place_in
from service.enrichment.entities.name_shapes import has_strange_syllable
from service.enrichment.entities.organization_spans import organization_stem
from service.enrichment.entities.posts import ends_phrase, is_adnominal, phrase_end, post_of
from service.enrichment.entities.span import Span
from service.enrichment.entities.words import Line, readings
from service.enrichment.lexicon import ending, words
from service.korean.word_cache import kept_for_words

_HANGUL = re.compile(r"[가-힣]{2,7}")
_LONGEST = 3
_ENOUGH = 2
_NO_NAME = -9
_JOINT = -1
_JOINTS = frozenset(
    ("빈", "반", "알", "엘", "드", "폰", "벤", "이븐", "꽝", "티", "반데르", "데", "다", "두", "디", "라")
)
"""Words inside names: sons, particles of nobility, middle names."""
_LONGEST_DOUBTFUL = 2  # syllables: longer nouns of the dictionary are loan words, `클러스터`
_TRANSCRIBED = re.compile(
    "(?:가오|겅|궈|두안|둥|딩|덩|량|뤄|뤼|류|리|린|마|머우|메이|바이|샤오|샤|셰|쉐|쉬|쑤|쑨|쑹|쓰|양|옌|예|왕|우|웨이|위|위안|자오|장|저우|쩡|정|주|중|차오|차이|"
    "천|첸|추이|쿵|탄|탕|톈|판|펑|팡|하오|한|허|황|후)"
)
_SYLLABLES = re.compile(
    "(?:강|광|궈|구이|나|난|닝|다|더|둥|딩|란|량|레이|롄|룽|뤄|뤼|리|린|링|마오|만|메이|멍|민|밍|바오|보|빈|빙|샤오|샤|상|셴|솽|수|쉐|쉬|쉰|슈|스|신|싱|싼|쑤|쓰|안|양|어|옌|옌|"
    "예|옌|우|웨|웨이|윈|위|위안|이|인|잉|자|자오|저|전|정|제|쥔|쥐안|즈|지|진|징|쩌|쯔|차오|천|청|추|춘|치|칭|카이|쿤|타오|톈|페이|펑|핑|하오|하이|화|환|후이|훙)"
)
_CHINESE = re.compile(f"{_TRANSCRIBED.pattern}{_SYLLABLES.pattern}{{1,2}}")


def unlisted_before_post(line: Line, first: int, post: int) -> Span | None:
    """Return the foreign name among the words from `first` up to the post, or None."""
    stem = post_of(line.words[post].text, line.local)
    if stem is None or stem.stem in words("posts", "descriptions"):
        return None
    weights = [name_weight(line, index) for index in range(first, post)]
    for start in range(first, post):
        for length in range(_LONGEST, 1, -1):
            own = weights[start - first : start - first + length]
            if start + length <= post and _is_name(own) and phrase_end(line, start + length) == post:
                begin, end = line.words[start].start, line.words[start + length - 1].end
                return Span(begin, end, "person", line.analysis.text[begin:end])
    for word, weight in zip(line.words[first:post], weights, strict=True):
        if weight != _NO_NAME and _is_chinese(word.text) and phrase_end(line, first + 1) == post:
            return Span(word.start, word.end, "person", word.text)
        first += 1
    return None


def _is_name(weights: Sequence[int]) -> bool:
    """Tell whether words of these weights are a name; only the last of two may be one that nothing speaks for."""
    if len(weights) == _LONGEST and weights[1] == _JOINT:
        return weights[0] > 0 and weights[2] > 0
    if _NO_NAME in weights or _JOINT in weights or sum(weights) < _ENOUGH:
        return False
    return all(weights) or (len(weights) == _LONGEST_DOUBTFUL and weights[0] == _ENOUGH)


def name_weight(line: Line, index: int) -> int:  # noqa: PLR0911  # one rule, one return
    """Return what speaks for a part of a foreign name: 2 a known one, 1 a strange word, 0 a strange noun."""
    word = line.words[index]
    text = word.text
    if text in _JOINTS:
        return _JOINT
    if not _HANGUL.fullmatch(text) or _is_other(line, text):
        return _NO_NAME
    if text in words("names", "foreign_given"):
        return 2
    known = known_as(line, word.start, text)
    if known == "지명":
        return _NO_NAME
    if known == "인명":
        return 2
    if _is_chinese(text):
        return 1
    if _is_verb(line, index) or _is_inflected(line, index):
        return _NO_NAME
    if not is_common(line, word.start, text):
        odd = has_strange_syllable(text)
        return 2 if odd and is_surely_foreign(text) else 1 if odd or known is not None else _NO_NAME
    if any(morpheme.semantic for morpheme in stem_morphemes(line, word.start, text)) or not has_strange_syllable(text):
        return _NO_NAME
    return _NO_NAME if is_one_noun(line, word.start, text) and len(text) > _LONGEST_DOUBTFUL else 0


def _is_other(line: Line, text: str) -> bool:
    """Tell whether the word is a post, a place, a body, or listed as no name."""
    if text in words("names", "not_names") or is_loan_word(text) or post_of(text, line.local) is not None:
        return True
    if any(place_in(reading.stem) is not None or is_authority(reading.stem, line.local) for reading in readings(text)):
        return True
    return organization_stem(text) is not None or ending(text, "organizations", "suffixes") is not None


def _is_verb(line: Line, index: int) -> bool:
    """Tell whether the word is a verb or an adjective, not a strange word that ends as they do: `코하디`, `굽타니`."""
    word = line.words[index]
    if not is_adnominal(line, word):
        return False
    found = stem_morphemes(line, word.start, word.text)
    if len(word.text) < 3 or not has_strange_syllable(word.text) or found[0].tag[:2] != "NN":
        return True
    return found[-1].tag.endswith("ETM") and found[0].tag != "NNP"


def _is_inflected(line: Line, index: int) -> bool:
    """Tell whether the word is a noun with a particle: `드론을`, `시장에는`."""
    word = line.words[index]
    return ends_phrase(word.text) and any(
        is_common(line, word.start, reading.stem) or known_as(line, word.start, reading.stem) is not None
        for reading in readings(word.text)[1:]
    )


@kept_for_words(1 << 14)
def _is_chinese(text: str) -> bool:
    """Tell whether the word is a Chinese name as Korean transcribes it, told from a Korean one by a syllable."""
    return 3 <= len(text) <= 5 and has_strange_syllable(text) and _CHINESE.fullmatch(text) is not None


@kept_for_words(1 << 14)
def is_loan_word(text: str) -> bool:
    """Tell whether the word is a loan word of everyday use, or a firm's name that ends in one."""
    if text in words("names", "loan_words"):
        return True
    return len(ending(text, "names", "loan_words") or "") >= _LONGEST
