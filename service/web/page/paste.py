"""Pasted press copy as a form to correct by hand, and the form as articles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from schemas.article import load_article
from service.domain.article import Article, Caption, Reporter
from service.domain.errors import FieldError, ValidationFailed
from service.usecases.press_copy import Entry
from service.web.page.times import field_time

MOST_ARTICLES = 50
"""Articles of one paste that the form takes."""
TEXTS = {
    "title": "제목",
    "subtitle": "부제",
    "outlet": "언론사",
    "section": "지면·분야",
    "published_at": "입력",
    "updated_at": "수정",
    "dateline_place": "보낸 곳",
    "page": "면",
    "url": "원문 주소",
}
"""The fields of one line and their labels."""
LISTS = {
    "reporters": ("기자", "한 줄에 한 사람: 이름 기자 <이메일>"),
    "captions": ("사진 설명", "한 줄에 사진 하나: 설명 [출처]"),
    "subheads": ("중간 제목", "한 줄에 하나"),
    "tags": ("태그", "한 줄에 하나"),
}
"""The fields of several lines, their labels and how a line is written."""
_TIMES = ("published_at", "updated_at")
_REPORTER = re.compile(r"(?P<name>\S+)(?: +(?P<role>[^<>]+?))? *(?:<(?P<email>[^<>]*)>)?")
_CAPTION = re.compile(r"(?P<text>.+?)(?: *\[(?P<credit>[^\[\]]+)\])?")


@dataclass(frozen=True, slots=True)
class Draft:
    """One article as the form shows it: the text of each field, and what is wrong by field, "" for the whole."""

    values: Mapping[str, str]
    errors: Mapping[str, str]
    article: Article | None = None


def draft_of(entry: Entry) -> Draft:
    """Return an article that was found in press copy as a draft."""
    article = entry.article
    values = {name: _written(getattr(article, name)) for name in TEXTS}
    values |= {
        "body": article.body,
        "reporters": "\n".join(map(_written_reporter, article.reporters)),
        "captions": "\n".join(map(_written_caption, article.captions)),
        "subheads": "\n".join(article.subheads),
        "tags": "\n".join(article.tags),
    }
    return Draft(values, _by_field(entry.problems), article)


def drafts_in(form: Mapping[str, str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the number and the fields of each article in the form that is to be kept."""
    for number in range(MOST_ARTICLES):
        prefix = f"articles-{number}-"
        values = {name.removeprefix(prefix): value for name, value in form.items() if name.startswith(prefix)}
        if values and values.pop("keep", ""):
            yield number, {name: value.replace("\r\n", "\n") for name, value in values.items()}


def article_in(values: Mapping[str, str], understood: Article | None) -> Article:
    """Return the article of these fields; ValidationFailed with a pointer for each that does not fit.

    `understood` is what was read from the copy: its labels of speakers are kept where the body was not touched.
    """
    article = load_article(_document(values))
    if understood and understood.body == article.body:
        article = replace(article, speaker_labels=understood.speaker_labels)
    return article


def refused_draft(values: Mapping[str, str], error: ValidationFailed) -> Draft:
    """Return the fields as they were sent, with what is wrong about each."""
    return Draft(values, _by_field(error.errors) or {"": error.message.ko})


def _document(values: Mapping[str, str]) -> dict[str, Any]:
    document: dict[str, Any] = {name: values[name].strip() for name in TEXTS if values.get(name, "").strip()}
    for name in _TIMES:
        if len(document.get(name, "")) == len("2026-01-01T00:00"):  # a browser's field leaves out the seconds
            document[name] += ":00"
    document["title"] = values.get("title", "").strip()
    document["body"] = values.get("body", "").strip()
    lines = {name: [line.strip() for line in values.get(name, "").split("\n") if line.strip()] for name in LISTS}
    readers = {"reporters": _read_reporter, "captions": _read_caption}
    for name, given in lines.items():
        if given:
            read = readers.get(name)
            document[name] = [read(line) for line in given] if read else given
    return document


def _read_reporter(line: str) -> dict[str, Any]:
    found = _REPORTER.fullmatch(line)
    return {name: value for name, value in found.groupdict().items() if value} if found else {"name": line}


def _read_caption(line: str) -> dict[str, Any]:
    found = _CAPTION.fullmatch(line)
    return {name: value for name, value in found.groupdict().items() if value} if found else {"text": line}


def _written_reporter(reporter: Reporter) -> str:
    email = f"<{reporter.email}>" if reporter.email else None
    return " ".join(part for part in (reporter.name, reporter.role, email) if part)


def _written_caption(caption: Caption) -> str:
    return f"{caption.text} [{caption.credit}]" if caption.credit else caption.text


def _written(value: str | datetime | None) -> str:
    return field_time(value) if isinstance(value, datetime) else value or ""


def _by_field(errors: tuple[FieldError, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for error in errors:
        name = (error.pointer or "").strip("/").partition("/")[0]
        found.setdefault(name, error.message.ko)
    return found
