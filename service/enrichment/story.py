"""The identity of a story: copies of one wire text share it, whatever the outlet wrote around it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

from service.domain.article import Article
from service.enrichment.texts import Texts
from service.korean.folding import fold_value

_SHORT = 60  # letters and digits: below that a body alone does not tell one story from another
_ROLE = "(?:선임|인턴|객원)?(?:기자|특파원|통신원|PD)"
_PREFIX = re.compile(rf"^(?:[(\[【][^)\]】\n]{{1,40}}[)\]】] ?)?(?:[가-힣·\s]{{2,30}}{_ROLE} ?)?(?:= ?|[|ㅣ] ?)")
_BRACKETED = re.compile(r"^[(\[【][^)\]】\n]{0,40}(?:=|기자|특파원|뉴스|통신|신문|일보)[^)\]】\n]{0,40}[)\]】] ?=? ?")
_TAIL = re.compile(
    r"무단 ?전재|재배포 ?금지|저작권자|all rights reserved|ⓒ|copyright|^\(끝\)$|^[\w.+-]+@[\w-]+\.[\w.]+$"
    rf"|^(?:[가-힣]{{2,4}}(?:[·,] ?[가-힣]{{2,4}}){{0,4}} ?){_ROLE}\.?(?: [\w.+-]+@[\w.-]+)?$",
    re.IGNORECASE,
)
_INLINE_TAIL = re.compile(r"(?: ?[가-힣]{2,4} ?(?:기자|특파원))? ?[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{2,64}$")
_NOT_CONTENT = re.compile(r"[\W_]+")


def story_step(article: Article, _texts: Texts) -> Article:
    """Return the article with the identity of its story: 32 hexadecimal digits."""
    if "story_id" in article.given:
        return article
    return replace(article, story_id=story_id(article.title, article.body))


def story_id(title: str, body: str) -> str:
    """Return a digest of the letters and digits of the body, and of the title where the body is short."""
    content = "".join(map(_content, body.splitlines()))
    if len(content) < _SHORT:
        content = f"{_letters(title)}\n{content}"
    return hashlib.blake2b(content.encode(), digest_size=16).hexdigest()


def _content(line: str) -> str:
    line = line.strip()
    if _TAIL.search(line):
        return ""
    line = _PREFIX.sub("", _BRACKETED.sub("", line), count=1)
    return _letters(_INLINE_TAIL.sub("", line))


def _letters(text: str) -> str:
    return _NOT_CONTENT.sub("", fold_value(text))
