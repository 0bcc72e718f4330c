"""What the service answers to searches and writes, as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from marshmallow import Schema, fields

from schemas.article import ArticleWithoutBody, ShownRecord, StoredArticle, dump_article
from schemas.dumped import Parts, Record, Values
from schemas.problems import FieldProblem, Language, dump_field_error, in_language, type_of
from service.domain.article import Article
from service.domain.errors import FieldError, GisaError, Message
from service.domain.shown import ShownArticle
from service.search.engine import Change, Check
from service.search.request import PUBLISHED
from service.search.results import Bucket, Hit, SearchResults
from service.search.tree import FilterField
from service.suggestions.advice import Advice


class TotalSchema(Schema):
    """How many articles there are; `relation` is `eq`, as they are counted exactly."""

    value = fields.Integer(required=True)
    relation = fields.String(required=True, metadata={"enum": ["eq"]})


class BucketSchema(Schema):
    """One value of a facet, or the first day of a span of time, and the number of its articles."""

    value = fields.String(required=True)
    count = fields.Integer(required=True)


class HighlightsSchema(Schema):
    """Fragments of escaped HTML with `<mark>` around the matches; fields without a match are left out."""

    title = fields.List(fields.String())
    subtitle = fields.List(fields.String())
    body = fields.List(fields.String())
    caption = fields.List(fields.String())


class HitSchema(Schema):
    """One article found; `copies` counts the others of its story where hits are grouped."""

    id = fields.String(required=True, attribute="article.id")
    score = fields.Float(required=True, allow_none=True)
    article = ShownRecord(ArticleWithoutBody, required=True)
    highlights = Values(HighlightsSchema, required=True)
    copies = fields.Integer(required=True, allow_none=True)


FacetsSchema = Schema.from_dict(
    {name: Parts(BucketSchema) for name in (*(field.value for field in FilterField), PUBLISHED)},
    name="FacetsSchema",
)
"""The facets that were asked for, under the names of the filters and `published`."""


class SynonymsSchema(Schema):
    """A word of the query and what is looked for as well."""

    word = fields.String(required=True, metadata={"description": "검색식에 쓴 말"})
    also = fields.List(fields.String(), required=True, metadata={"description": "함께 찾은 같은 뜻의 말"})


class SearchAnswerSchema(Schema):
    """A page of hits."""

    total = fields.Nested(TotalSchema, required=True)
    stories = fields.Integer(required=True, allow_none=True)
    took_ms = fields.Integer(required=True)
    hits = fields.List(Record(HitSchema), required=True)
    facets = fields.Nested(FacetsSchema, required=True)
    next = fields.String(required=True, allow_none=True, metadata={"description": "다음 쪽의 커서"})
    interpreted = fields.String(required=True, metadata={"description": "이해한 검색식"})
    synonyms = fields.List(fields.Nested(SynonymsSchema), required=True)
    warnings = fields.List(fields.String(), required=True)
    did_you_mean = fields.String(required=True, allow_none=True, metadata={"description": "고쳐 제안하는 검색식"})
    missing_words = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "찾은 기사가 없을 때, 어느 기사에도 없는 낱말"},
    )
    match_any_total = fields.Integer(
        required=True,
        allow_none=True,
        metadata={"description": "찾은 기사가 없을 때, match=any로 찾으면 나오는 기사의 수"},
    )


class SimilarHitSchema(Schema):
    """One article like the given one."""

    id = fields.String(required=True, attribute="article.id")
    score = fields.Float(required=True, allow_none=True)
    article = ShownRecord(ArticleWithoutBody, required=True)


class SimilarAnswerSchema(Schema):
    """Articles like the given one, best first."""

    hits = fields.List(fields.Nested(SimilarHitSchema), required=True)


class LineSchema(Schema):
    """What became of one line of a bulk, or in the last line the summary."""

    line = fields.Integer(metadata={"description": "줄 번호, 1부터. 빈 줄도 셉니다"})
    id = fields.String(allow_none=True)
    status = fields.Integer()
    errors = fields.List(fields.Nested(FieldProblem))
    summary = fields.Nested(
        Schema.from_dict(
            {name: fields.Integer(required=True) for name in ("lines", "created", "replaced", "unchanged", "failed")},
            name="Summary",
        )
    )


class PressCopyEntry(StoredArticle):
    """One article found in press copy; `problems` says why it could not be stored, `status` what storing did."""

    id = fields.String(required=True, allow_none=True)
    title = fields.String(required=True, allow_none=True, metadata={"description": "제목을 찾지 못했으면 null"})
    problems = fields.List(fields.Nested(FieldProblem), required=True)
    status = fields.Integer(allow_none=True, metadata={"description": "저장했으면 201(새 기사) 또는 200"})


class PressCopyAnswer(Schema):
    """The articles found in press copy, in their order."""

    articles = fields.List(fields.Nested(PressCopyEntry), required=True)


class CheckSchema(Schema):
    """One part of the service."""

    name = fields.String(required=True)
    ready = fields.Boolean(required=True)
    message = fields.String(allow_none=True, metadata={"description": "준비되지 않은 까닭과 할 일"})


class Readiness(Schema):
    """Whether the service can answer, and the state of each part."""

    ready = fields.Boolean(required=True)
    checks = fields.List(fields.Nested(CheckSchema), required=True)


class PressCopyFound(Protocol):
    """An article found in press copy, and what became of it."""

    @property
    def article(self) -> Article:
        """Return the article; its title is empty where none was found."""
        ...

    @property
    def problems(self) -> tuple[FieldError, ...]:
        """Return why it could not be stored."""
        ...

    @property
    def change(self) -> Change | None:
        """Return what storing did."""
        ...


_SEARCH_ANSWER = SearchAnswerSchema()
_SIMILAR = SimilarAnswerSchema()
_LINE = LineSchema()


def dump_search_answer(
    results: SearchResults,
    interpreted: str,
    warnings: Sequence[Message],
    took_ms: int,
    language: Language,
    synonyms: Mapping[str, Sequence[str]],
    advice: Advice,
) -> dict[str, Any]:
    """Return a search answer as JSON values."""
    facets: dict[str, Sequence[Bucket]] = {field.value: buckets for field, buckets in results.facets.items()}
    if results.histogram is not None:
        facets[PUBLISHED] = results.histogram
    answer = {
        "total": {"value": results.total, "relation": "eq"},
        "stories": results.stories,
        "took_ms": took_ms,
        "hits": results.hits,
        "facets": facets,
        "next": results.next,
        "interpreted": interpreted,
        "synonyms": [{"word": word, "also": list(also)} for word, also in synonyms.items()],
        "warnings": [in_language(warning, language) for warning in warnings],
        "did_you_mean": advice.did_you_mean,
        "missing_words": advice.missing_words,
        "match_any_total": advice.match_any_total,
    }
    dumped: dict[str, Any] = _SEARCH_ANSWER.dump(answer)
    return dumped


def dump_similar(hits: Sequence[Hit]) -> dict[str, Any]:
    """Return similar articles as JSON values."""
    dumped: dict[str, Any] = _SIMILAR.dump({"hits": hits})
    return dumped


def status_of_change(change: Change) -> int:
    """Return the status that tells a new article from one that was there."""
    return 201 if change is Change.CREATED else 200


def dump_line(
    line: int, article_id: str | None, change: Change | None, error: GisaError | None, language: Language
) -> dict[str, Any]:
    """Return what became of one line of a bulk; each refusal has at least one entry in `errors`."""
    if error is None:
        return {"line": line, "id": article_id, "status": status_of_change(change) if change else 200}
    problem_type = type_of(error)
    named = error.errors or (FieldError(problem_type.name, error.message, pointer=""),)
    dumped: dict[str, Any] = {"line": line} | ({"id": article_id} if article_id else {})
    return dumped | {"status": problem_type.status, "errors": [dump_field_error(found, language) for found in named]}


class BulkCounts(Protocol):
    """How many lines of a bulk there were, and what became of them."""

    @property
    def lines(self) -> int:
        """Return the number of lines with content."""
        ...


def dump_summary(counts: BulkCounts) -> dict[str, Any]:
    """Return the last line of a bulk as JSON values."""
    dumped: dict[str, Any] = _LINE.dump({"summary": counts})
    return dumped


def dump_press_copy(
    entries: Sequence[PressCopyFound], language: Language, show: Callable[[Article], ShownArticle]
) -> dict[str, Any]:
    """Return the articles of press copy as JSON values, as `show` lets them be seen; an empty title or id is null."""
    return {"articles": [_dump_entry(entry, show(entry.article), language) for entry in entries]}


def _dump_entry(entry: PressCopyFound, article: ShownArticle, language: Language) -> dict[str, Any]:
    return {
        **dump_article(article),
        "id": entry.article.id or None,
        "title": entry.article.title or None,
        "problems": [dump_field_error(problem, language) for problem in entry.problems],
        "status": status_of_change(entry.change) if entry.change else None,
    }


def dump_readiness(checks: Sequence[Check], language: Language) -> dict[str, Any]:
    """Return the state of each part as JSON values."""
    return {
        "ready": all(check.ready for check in checks),
        "checks": [
            {
                "name": check.name,
                "ready": check.ready,
                "message": in_language(check.message, language) if check.message else None,
            }
            for check in checks
        ],
    }
