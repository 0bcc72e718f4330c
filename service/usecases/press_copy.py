"""Press copy as it is pasted: shown, or stored."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from schemas.article import load_article
from service.domain.article import INPUT_FIELDS, Article
from service.domain.errors import FieldError, Message, ValidationFailed
from service.enrichment.pipeline import enrich
from service.enrichment.press_copy import PressCopyArticle, parse
from service.korean.folding import strip_ignored
from service.search.documents import to_document
from service.search.engine import Change, Refused
from service.usecases.ingest import Ingest


@dataclass(frozen=True, slots=True)
class PressCopyDefaults:
    """What fills in where the copy itself does not say; `url` goes to the first article of a paste."""

    outlet: str | None = None
    published_at: datetime | None = None
    url: str | None = None
    section: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One article found in the copy, enriched; its title is "" where none was found.

    `problems` says why it could not be stored; `change` and `version` are set once it is.
    """

    article: Article
    problems: tuple[FieldError, ...] = ()
    change: Change | None = None
    version: str | None = None


_NOTHING = Message("보도자료나 기사의 본문을 붙여 넣으세요.", "Paste the text of an article or a press release.")
_NO_ARTICLE = Message(
    "글에서 기사를 찾지 못했습니다. 제목과 문단을 함께 붙여 넣으세요.",
    "No article was found in the text. Paste a headline and paragraphs.",
)
_NO_HEADLINE = Message(
    "제목을 찾지 못했습니다. 첫 줄에 제목을 넣으세요.", "No headline was found. Put one on the first line."
)
_NO_BODY = Message(
    "본문을 찾지 못했습니다. 기사의 문단을 함께 넣으세요.", "No body was found. Paste the paragraphs too."
)


class PressCopyIngest:
    """Press copy into articles."""

    def __init__(self, ingest: Ingest) -> None:
        self._ingest = ingest

    def preview(self, text: str, defaults: PressCopyDefaults) -> tuple[Entry, ...]:
        """Return what would be stored, each entry with its problems; ValidationFailed for an empty copy."""
        found = _parse(text)
        return tuple(_entry(copy, _defaults_of(defaults, index)) for index, copy in enumerate(found))

    def store(self, text: str, defaults: PressCopyDefaults, *, wait: bool = False) -> tuple[Entry, ...]:
        """Store every article of the copy and return them as stored.

        Raises ValidationFailed where one of them has a problem; then nothing is stored.
        """
        found = _parse(text)
        articles = [_article(copy, _defaults_of(defaults, index)) for index, copy in enumerate(found)]
        problems = [
            _pointed(problem, index) for index, article in enumerate(articles) for problem in _problems(article)
        ]
        if problems:
            raise ValidationFailed(problems[0].message.ko, problems[0].message.en, tuple(problems))
        outcomes = self._ingest.put_many(articles, wait=wait)
        refused = next((outcome for outcome in outcomes if isinstance(outcome, Refused)), None)
        if refused:
            raise refused.error
        return tuple(
            self._stored(outcome.id, outcome.change) for outcome in outcomes if not isinstance(outcome, Refused)
        )

    def _stored(self, article_id: str, change: Change) -> Entry:
        stored = self._ingest.get(article_id)
        return Entry(stored.article, (), change, stored.version)


def _parse(text: str) -> tuple[PressCopyArticle, ...]:
    found = parse(text)
    if found:
        return found
    code, message = ("no-article", _NO_ARTICLE) if strip_ignored(text).strip() else ("required", _NOTHING)
    raise ValidationFailed(message.ko, message.en, (FieldError(code, message, pointer=""),))


def _defaults_of(defaults: PressCopyDefaults, index: int) -> PressCopyDefaults:
    return defaults if index == 0 else replace(defaults, url=None)


def _entry(copy: PressCopyArticle, defaults: PressCopyDefaults) -> Entry:
    article = _article(copy, defaults)
    return Entry(enrich(article).article, _problems(article))


def _article(copy: PressCopyArticle, defaults: PressCopyDefaults) -> Article:
    values: dict[str, Any] = {
        "title": copy.title or "",
        "subtitle": copy.subtitle,
        "body": "\n\n".join(copy.paragraphs),
        "outlet": copy.outlet or defaults.outlet,
        "section": copy.section or defaults.section,
        "reporters": copy.reporters,
        "published_at": copy.published_at or defaults.published_at,
        "updated_at": copy.updated_at,
        "url": defaults.url,
        "dateline_place": copy.dateline_place,
        "captions": copy.captions,
        "subheads": copy.subheads,
        "page": copy.page,
    }
    given = frozenset(name for name, value in values.items() if value)
    return Article(id="", **values, speaker_labels=copy.speaker_labels, given=given)


def _problems(article: Article) -> tuple[FieldError, ...]:
    missing = []
    if not article.title.strip():
        missing.append(FieldError("no-headline", _NO_HEADLINE, pointer="/title"))
    if not article.body.strip():
        missing.append(FieldError("no-body", _NO_BODY, pointer="/body"))
    document = to_document(article)
    try:
        load_article({name: document[name] for name in INPUT_FIELDS if name in article.given})
    except ValidationFailed as error:
        told = {problem.pointer for problem in missing}
        return (*missing, *(problem for problem in error.errors if problem.pointer not in told))
    return tuple(missing)


def _pointed(problem: FieldError, index: int) -> FieldError:
    return replace(problem, pointer=f"/articles/{index}{problem.pointer or ''}")
