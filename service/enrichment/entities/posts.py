"""Posts: the words that stand after a name (`대구시 교통국장`), and where such a phrase ends."""

from __future__ import annotations

from service.enrichment.entities.gazetteer import is_municipality
from service.enrichment.entities.words import Line, Reading, Word, morphemes_of, readings
from service.enrichment.lexicon import ending, words
from service.korean.word_cache import kept_for_words

_LONGEST_PHRASE = 7
_GAPS = frozenset((" ", "·", "ㆍ", "‧", "-", "/", " ㈜", "㈜ ", "(주) ", " & "))
"""What may stand between the words of a post: `도시·주택국장`, `㈜나래 대표`."""
_CLAUSE = words("grammar", "posts_clause")
"""Particles that end a noun phrase; `과` and `도` end names of departments and provinces too."""
_MAYOR_PREFIXES = frozenset(("부", "전", "현", "신임", "경제부", "행정부", "정무부", "문화부"))
_DEPUTIES = ("직무대행", "권한대행", "내정자", "당선인", "당선자", "후보", "후보자", "예비후보", "지명자", "부부")


@kept_for_words(1 << 16)
def post_of(word: str, local: frozenset[str] = frozenset()) -> Reading | None:
    """Return the word read as a post and its particle, or None: `북구청장은` is `북구청장`."""
    for reading in readings(word):
        if _is_post(reading.stem, local):
            return reading
    return None


def _is_post(stem: str, local: frozenset[str]) -> bool:
    listed = stem in words("posts", "words")
    post = None if listed else ending(stem, "posts", "endings")
    if (not listed and post is None) or stem in words("posts", "not_posts"):
        return False
    if post is None:
        return True
    if post == "시장":
        prefix = stem[: -len(post)]
        return prefix in _MAYOR_PREFIXES or is_municipality(prefix, local) or is_municipality(prefix[2:], local)
    return True


@kept_for_words(1 << 16)
def ends_phrase(word: str) -> bool:
    """Tell whether the word, which is no post, ends a noun phrase with a particle: no post can follow it."""
    return any(reading.particle in _CLAUSE for reading in readings(word)[1:]) and not word.endswith(
        ("이사", "회의", "협의", "상의", "동의", "정의")
    )


def is_adnominal(line: Line, word: Word) -> bool:
    """Tell whether the word is a verb or an adjective before a noun: `불편한 시민`."""
    found = morphemes_of(line.analysis, word.start, word.end)
    return (
        bool(found)
        and found[-1].tag.endswith(("ETM", "EC", "EF"))
        and found[0].tag[:2] in {"VV", "VA", "VX", "XR", "MA", "NN"}
    )


def is_described(line: Line, word: Word) -> bool:
    """Tell whether the word is a noun with the copula before another noun: `출신인`."""
    found = morphemes_of(line.analysis, word.start, word.end)
    return len(found) > 1 and found[-1].tag.startswith("VCP")


def phrase_end(line: Line, first: int) -> int | None:
    """Return the place of the word that ends a post beginning at `first`, or None where no post begins there."""
    for index in range(first, min(first + _LONGEST_PHRASE, len(line.words))):
        word = line.words[index]
        if index > first and word.gap not in _GAPS:
            return None
        post = post_of(word.text, line.local)
        if post is not None and (post.particle or not _goes_on(line, index)):
            return index
        if post is None and (ends_phrase(word.text) or is_adnominal(line, word)):
            return None
    return None


def _goes_on(line: Line, index: int) -> bool:
    """Tell whether the post without a particle is only the beginning: `경제부시장 직무대행은`."""
    if index + 1 >= len(line.words) or line.words[index + 1].gap != " ":
        return False
    following = post_of(line.words[index + 1].text, line.local)
    if following is not None and line.words[index].text.endswith("연구원") and len(line.words[index].text) > 4:
        return True  # the institute, whose own post follows
    return following is not None and following.stem in (*_DEPUTIES, *words("posts", "words"))
