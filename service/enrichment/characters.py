"""How long an article is and which language it is written in."""

from __future__ import annotations

import re
from dataclasses import replace

from service.domain.article import Article
from service.enrichment.texts import Texts

_HANGUL = re.compile("[\uac00-\ud7a3\u1100-\u11ff\u3130-\u318f]+")
_LATIN = re.compile("[A-Za-z]+")
_LETTER = re.compile(r"[^\W\d_]+")
_KOREAN_SHARE = 0.3
"""Of all letters; names and units in Latin letters never fill the other two thirds of a Korean text."""
_ENGLISH_SHARE = 0.9


def char_count_step(article: Article, _texts: Texts) -> Article:
    """Return the article with the number of code points of its body."""
    if "char_count" in article.given:
        return article
    return replace(article, char_count=len(article.body))


def language_step(article: Article, _texts: Texts) -> Article:
    """Return the article with its language, `ko` or `en`, or None where the letters are neither's."""
    if "language" in article.given:
        return article
    return replace(article, language=language_of(f"{article.title}\n{article.body}"))


def language_of(text: str) -> str | None:
    """Return `ko` or `en` (ISO 639-1) by the share of the letters, None for another script or no letters."""
    letters = _count(_LETTER, text)
    if not letters:
        return None
    if _count(_HANGUL, text) >= _KOREAN_SHARE * letters:
        return "ko"
    return "en" if _count(_LATIN, text) >= _ENGLISH_SHARE * letters else None


def _count(letters: re.Pattern[str], text: str) -> int:
    return sum(map(len, letters.findall(text)))
