"""Page furniture: buttons, portals' notices, related headlines, comments, copyright, page marks."""

from __future__ import annotations

import re
from functools import cache

from service.enrichment.press_copy.lines import is_sentence
from service.enrichment.press_copy.vocabulary import is_outlet, pattern, words

_SEPARATOR = re.compile(r"(?:([━─\-=_*~—–·․#※◇◆■□★☆.＊═…])\s?){3,400}")
_SYMBOLS = re.compile(
    r"[\d\s.,:;|/()\[\]{}<>+\-–—·•※*☞▶▷◀◁■□○●▲△▼▽◇◆★☆♥♡→←↑↓'\"“”‘’!?~…&=_%]+|[\U0001F000-\U0001FAFF\u2190-\u21FF\u2600-\u27BF\uFE0F\u2B00-\u2BFF\u3030]+"
)
_URL = re.compile(r"(?:https?://|www\.)\S{1,2000}")
_PHONE = re.compile(r"(?:\(?0\d{1,2}\)?[-.) ]\s?)?\d{3,4}[-.]\d{4}")
_PHONE_NUMBER = re.compile(r"(?<!\d)0\d{1,2}[-.) ]\s?\d{3,4}[-.]\d{4}(?!\d)")
_EXTENSION = re.compile(r"[가-힣]\s?(?:\(\s?[☎☏]?\s?\d{3,4}\)|[☎☏]\s?(?:\d{3}-)?\d{3,4})$")
_END = re.compile(r"[(<\[-]?\s?(?:끝|이상|終|계속)\s?\.?\s?[)>\]-]|끝\.?")
_PAGE = re.compile(r"[-–—<(\[]?\s?(?:[Pp](?:age)?\.?\s?)?\d{1,3}\s?(?:/\s?\d{1,3}\s?)?(?:쪽|페이지)?\s?[-–—>)\]]?")
_EDITION = re.compile(
    r"^(?:지면\s)?(?:[\[(<]?(?P<outlet>[^\[\]()<>\s]{2,16})[\])>]?\s)?(?:(?P<section>[가-힣/·]{2,8})\s)?(?:제\s?)?(?P<page>[A-Z]?\d{1,3}\s?면)(?:\s?[A-Z]?\d?\s?(?:단|판))?(?:\s(?P<after>[가-힣/·]{2,8}))?$"
)
_PAGE_MARK = re.compile(r"(?:(?<![가-힣])제\s?|(?<![가-힣\dA-Z]))([A-Z]?\d{1,3})\s?면(?![가-힣])")
_HASHTAGS = re.compile(r"(?:#[^\s#]{1,40}[\s,]*){1,60}")
_COMMENTS = re.compile(
    r"(?:전체\s?)?댓글\s?(?:\(?\d{0,5}\)?)\s?(?:개)?|(?:총\s?)?\d{0,5}\s?개?의\s?댓글|\d{1,5}\s?개의?\s?의견.{0,10}"
)
_RELATED = re.compile(
    r"[가-힣A-Za-z'‘’ ]{0,14}(?:관련|인기|많이\s?본|추천|주요|최신|실시간|함께|다른|연관|핫|HOT|BEST|베스트|랭킹|"
    r"헤드라인|이\s?시[각간]|오늘의|뜨는|톱|TOP)\s?(?:\S{1,4}\s)?(?:기사|뉴스|영상|헤드라인|콘텐츠)"
    r"(?:\s?(?:더\s?보기|TOP\s?\d{1,2}|\d{1,2}|[>›+]))?"
)
_INLINE_RELATED = re.compile(
    r"^(?:[▶▷☞■◆●*※◇]\s?)?[\[<(【]?\s?(?:관련\s?(?:기사|뉴스)|연관\s?기사|이\s?시[각간]\s?(?:주요\s?)?뉴스|추천\s?(?:기사|뉴스)|인기\s?(?:기사|뉴스)|주요\s?뉴스|바로가기|함께\s?보면)\s?[\])>】:：]|^☞"
)
_POLITE = re.compile(r"(?:주세요|하세요|보세요|으세요|니다|십시오)[.!]{0,3}$")
_COPYRIGHT_SIGN = re.compile(r"[ⓒ©]|\([cC]\)|[Cc]opyrights?|COPYRIGHT|저작권자\s?")
_COMPANY = re.compile(r"(?:^(?:㈜|\(주\)|주식회사)\s?)|(?:(?<=일보)|(?<=신문))사$|\s?(?:㈜|\(주\)|주식회사)$")
"""What a paper's company adds to its name."""
_HOLDER = re.compile(r"[가-힣]{3,10}")
"""One word behind the sign: nobody but the paper stands there."""
_CHECKBOXES = re.compile(
    r"(?:.{0,12}[:：]?\s?[□■☐☑]?\s?(?:있음|없음|유|무)\s?(?:[□■☐☑]|\([^()]{0,8}\))?[\s,/]*){2}.{0,12}"
)
_SLOGAN = re.compile(r"[‘'“\"][^‘’'“”\"]{1,60}[’'”\"]")
_ATTACHMENT = re.compile(
    r"^(?:[※*□○■▣<\[]\s?)?(?:(?:사진|자료|첨부자료)[^.]{0,8}(?:첨부|참조|있음)[.\])]?$|(?:붙임|첨부|별첨)\s?(?:자료|파일)?\s?(?:\d{1,2}\.?|[:：.)>\]]|\s)|참고\s?\d?\s?[:：]).{0,200}$"
)


def is_separator(text: str) -> bool:
    """Tell whether a line is a rule between articles."""
    return len(text) <= 400 and _SEPARATOR.fullmatch(text) is not None and len(set(text) - {" "}) <= 2


def is_end_mark(text: str) -> bool:
    """Tell whether a line is a story's end mark."""
    return len(text) <= 8 and _END.fullmatch(text) is not None


def is_page_number(text: str) -> bool:
    """Tell whether a line is a page's number alone (`- 11 -`)."""
    return len(text) <= 14 and _PAGE.fullmatch(text) is not None


def read_edition(text: str) -> tuple[str | None, str] | None:
    """Return outlet and page of a print-edition mark (`[가온신문] 3면`), or None."""
    match = _EDITION.match(text) if len(text) <= 40 else None
    if match is None:
        return _read_running_head(text)
    outlet = match["outlet"]
    if match["after"] and match["after"] not in words("sections"):
        return None
    if outlet and not is_outlet(outlet) and text[0] not in "[<(":
        return (None, re.sub(r"\s", "", match["page"])) if outlet in words("sections") else None
    return outlet, re.sub(r"\s", "", match["page"])


def _read_running_head(text: str) -> tuple[str | None, str] | None:
    """Return outlet and page of a printed page's head (`7면 (지역) 가온일보`), or None where it holds other words."""
    page = _PAGE_MARK.search(text) if len(text) <= 40 else None
    if page is None:
        return None
    others = re.sub(r"[\[\]()<>|·\s]+", " ", f"{text[: page.start()]} {text[page.end() :]}").split()
    outlets = [word for word in others if is_outlet(word)]
    if len(outlets) != 1 or any(word not in words("sections") for word in others if word not in outlets):
        return None
    return outlets[0], f"{page[1]}면"


def is_hashtags(text: str) -> bool:
    """Tell whether a line holds hashtags alone."""
    return text.startswith("#") and len(text) <= 600 and _HASHTAGS.fullmatch(text) is not None


def is_comments_label(text: str) -> bool:
    """Tell whether a line opens the readers' comments."""
    bare = text.strip(" [](){}<>▶■·:")
    return len(text) <= 30 and (_COMMENTS.fullmatch(bare) is not None or bare in words("comment_labels"))


def is_related_label(text: str) -> bool:
    """Tell whether a line opens a list of other headlines."""
    bare = text.strip(" [](){}<>【】▶▷■□◆◇●·:*|+")
    return len(text) <= 30 and (bare in words("related_labels") or _RELATED.fullmatch(bare) is not None)


def is_inline_related(text: str) -> bool:
    """Tell whether a line is one related headline behind its label."""
    return _INLINE_RELATED.search(text[:30]) is not None


def is_attachment(text: str) -> bool:
    """Tell whether a line names what is attached to a press release (`붙임 … 1부. 끝.`)."""
    return _ATTACHMENT.match(text) is not None and not is_sentence(text.removesuffix("끝.").strip() or text)


def is_copyright(text: str) -> bool:
    """Tell whether a line is a copyright notice."""
    if len(text) > 220 or (text.endswith(("다.", "다.”", '다."')) and "금" not in text and "저작권법" not in text):
        return False
    if any(phrase in text for phrase in words("copyright_phrases")):
        return True
    return re.match(r"[<\[(〈-]?\s?(?:[ⓒ©]|\([cC]\))", text) is not None and len(text) <= 80


def copyright_holder(text: str) -> str | None:
    """Return the outlet a copyright notice names."""
    bare = _SLOGAN.sub(" ", text)
    sign = list(_COPYRIGHT_SIGN.finditer(bare))
    rest = bare[sign[-1].end() :] if sign else bare
    rest = re.sub(r"^[\s:：ⓒ©.\d-]{0,20}|^\(c\)\s?", "", rest)
    head = re.split(r"[,.<>()\[\]&|/]|\s(?:무단|All|all|ALL|재배포|https?|www|Inc|Corp|AI)|무단", rest, maxsplit=1)[
        0
    ].strip()
    if not head and "," in rest:
        head = rest.split(",")[1].strip()
    known = [word for word in head.split() if is_outlet(word)]
    head = _COMPANY.sub("", head)
    if is_outlet(head.replace(" ", "")):
        return head
    if known:
        return known[-1]
    named = bool(sign) and _HOLDER.fullmatch(head) is not None
    return head if named or (head.isascii() and 3 <= len(head) <= 30) else None


@cache
def _phrases() -> re.Pattern[str]:
    return re.compile(pattern("furniture_phrases"))


@cache
def _contact_words() -> re.Pattern[str]:
    return re.compile(rf"(?<![가-힣]){pattern('contact_words')}(?![가-힣]{{3}})|[☎☏]")


def is_contact(text: str) -> bool:
    """Tell whether a line names whom to call: telephone numbers beside two words of offices and contacts."""
    if len(text) > 200 or is_sentence(text):
        return False
    found = list(_contact_words().finditer(text))
    if not _PHONE_NUMBER.search(text):
        return bool(found) and found[0].start() == 0 and _EXTENSION.search(text) is not None
    return len(found) >= 2 or (len(found) == 1 and found[0].start() <= 1)


def is_furniture(text: str) -> bool:
    """Tell whether a line is a button, a counter, a menu or a portal's notice."""
    if len(text) > 160:
        return False
    if _CHECKBOXES.fullmatch(text) or _URL.fullmatch(text) or text in words("picture_buttons"):
        return True
    bare = _URL.sub(" ", _SYMBOLS.sub(" ", _PHONE.sub(" ", text))).split()
    if not bare:
        return not any(mark in text for mark in "%$€¥") or len(text) < 3
    vocabulary = words("furniture_tokens")
    if all(token in vocabulary or token in words("portals") for token in bare) and len(bare) <= 30:
        return True
    if _URL.match(text) and len(bare) <= 2:
        return True
    plain = not is_sentence(text) or _POLITE.search(text) is not None
    return plain and _phrases().search(text) is not None
