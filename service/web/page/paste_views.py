"""The view to paste press copy: what was understood is shown, corrected by hand, and stored."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl

from flask import Response

from schemas.requests import NoParameters
from service.domain.article import Article
from service.domain.errors import GisaError, MalformedRequest, ValidationFailed
from service.search.engine import Change, Refused, Written
from service.usecases.press_copy import PressCopyDefaults
from service.web import metrics
from service.web.page.marked_body import paragraphs
from service.web.page.origin import check_same_origin
from service.web.page.paste import (
    LISTS,
    MOST_ARTICLES,
    TEXTS,
    Draft,
    article_in,
    draft_of,
    drafts_in,
    refused_draft,
)
from service.web.page.rendering import page
from service.web.parameters import load_parameters
from service.web.request_body import check_type, read_body
from service.web.services import services

_FORM = "application/x-www-form-urlencoded"
_NONE = NoParameters()
_NOTHING = PressCopyDefaults()
_SAID = {
    Change.CREATED: "새로 저장했습니다",
    Change.REPLACED: "고쳐 저장했습니다",
    Change.UNCHANGED: "이미 그대로 있습니다",
}


def paste() -> Response:
    """Return the empty form."""
    load_parameters(_NONE)
    return _form("", [])


def pasted() -> Response:
    """Return what was understood of the copy, or what became of the corrected articles."""
    check_same_origin()
    load_parameters(_NONE)
    form = _read_form()
    text = form.get("text", "")
    return _store(text, form) if form.get("action") == "store" else _preview(text)


def _preview(text: str) -> Response:
    try:
        entries = services().press_copy.preview(text, _NOTHING)
    except ValidationFailed as error:
        return _form(text, [], error.message.ko, 422)
    return _form(text, [(number, draft_of(entry)) for number, entry in enumerate(entries[:MOST_ARTICLES])])


def _store(text: str, form: Mapping[str, str]) -> Response:
    kept = list(drafts_in(form))
    understood = _understood(text)
    articles, drafts = [], []
    for number, values in kept:
        try:
            articles.append(article_in(values, understood.get(number)))
            drafts.append((number, Draft(values, {}, understood.get(number))))
        except ValidationFailed as error:
            drafts.append((number, refused_draft(values, error)))
    if not kept:
        return _form(text, [], "저장할 기사를 하나 이상 고르세요.", 422)
    if len(articles) < len(kept):
        return _form(text, drafts, "표시한 곳을 고치고 다시 저장하세요. 아직 아무것도 저장하지 않았습니다.", 422)
    outcomes = services().ingest.put_many(articles, wait=True)
    for outcome in outcomes:
        if isinstance(outcome, Refused):
            metrics.count_ingest("failed", outcome.error)
        else:
            metrics.count_ingest(outcome.change.value)
    if refused := next((each for each in outcomes if isinstance(each, Refused)), None):
        raise refused.error
    stored = [
        (article, outcome.id, _SAID[outcome.change])
        for article, outcome in zip(articles, outcomes, strict=True)
        if isinstance(outcome, Written)
    ]
    return page("stored.html", stored=stored)


def _understood(text: str) -> dict[int, Article]:
    try:
        return {number: entry.article for number, entry in enumerate(services().press_copy.preview(text, _NOTHING))}
    except GisaError:  # the copy is gone or was emptied: the fields speak for themselves
        return {}


def _form(text: str, drafts: list[tuple[int, Draft]], problem: str = "", status: int = 200) -> Response:
    return page(
        "paste.html",
        status,
        text=text,
        drafts=drafts,
        problem=problem,
        texts=TEXTS,
        lists=LISTS,
        paragraphs=paragraphs,
    )


def _read_form() -> dict[str, str]:
    check_type((_FORM,))
    try:
        pairs = parse_qsl(read_body().decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=2_000)
    except ValueError as error:
        raise MalformedRequest(
            "보낸 양식을 읽을 수 없습니다. 쪽을 새로 열어 다시 보내세요.",
            "The form cannot be read. Open the page anew and send it again.",
        ) from error
    return dict(pairs)
