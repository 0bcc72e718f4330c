"""Articles on the wire: what a client gives, what a patch changes, what is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, pre_load

from schemas.dumped import Parts, Record
from schemas.fields import Identifier, Items, Part, StrictSchema, Text, Timestamp, Url, check_id
from schemas.violations import body_errors, invalid, violation
from service.domain.article import DERIVED_FIELDS, INPUT_FIELDS, Article, Caption, Reporter
from service.domain.errors import FieldError, ValidationFailed
from service.domain.outlets import Display
from service.domain.shown import ShownArticle

MAX_TITLE = 500
MAX_BODY = 200_000


class ReporterSchema(StrictSchema):
    """Somebody named in the byline."""

    name = Text(required=True)
    email = Text(allow_none=True)
    role = Text(allow_none=True, metadata={"description": "이름 뒤의 말: 기자, 특파원 …"})

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Reporter:
        """Return the reporter."""
        return Reporter(**data)


class CaptionSchema(StrictSchema):
    """The sentence under one photograph and its source."""

    text = Text(required=True)
    credit = Text(allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Caption:
        """Return the caption."""
        return Caption(**data)


class ArticleFields(StrictSchema):
    """The input fields of an article but its title and body, which are required in some calls only."""

    subtitle = Text(allow_none=True)
    outlet = Text(allow_none=True, metadata={"description": "언론사"})
    section = Text(allow_none=True, metadata={"description": "지면·분야"})
    reporters = Items(Part(ReporterSchema), allow_none=True)
    published_at = Timestamp(allow_none=True, metadata={"description": "발행 시각. 시간대가 없으면 Asia/Seoul"})
    updated_at = Timestamp(allow_none=True, metadata={"description": "고친 시각. 시간대가 없으면 Asia/Seoul"})
    url = Url(allow_none=True)
    dateline_place = Text(allow_none=True, metadata={"description": "기사를 보낸 곳"})
    captions = Items(Part(CaptionSchema), allow_none=True)
    subheads = Items(Text(), allow_none=True, metadata={"description": "중간 제목"})
    tags = Items(Text(), allow_none=True)
    page = Text(allow_none=True, metadata={"description": "지면 번호. 문자열: 1, A3"})
    language = Text(allow_none=True)

    @pre_load
    def refuse_derived(self, data: Any, **_: Any) -> Any:
        """Return the object; raise where it holds a field that the service derives."""
        derived = [name for name in DERIVED_FIELDS if isinstance(data, Mapping) and name in data]
        if derived:
            raise ValidationError({name: [violation("derived")] for name in derived})
        return data


class ArticleUnderPath(ArticleFields):
    """What a client gives of an article whose id is in the path; only title and body are needed."""

    title = Text(required=True, limit=MAX_TITLE)
    body = Text(required=True, limit=MAX_BODY, metadata={"description": "본문. 문단 사이는 빈 줄"})


class ArticleInput(ArticleUnderPath):
    """What a client gives of an article, perhaps with its id."""

    id = Identifier(allow_none=True, metadata={"description": "A-Z a-z 0-9 . _ ~ - 로 1~128자"})


class ArticlePatch(ArticleFields):
    """A merge patch (RFC 7396): the fields to set; null takes an optional one away."""

    title = Text(limit=MAX_TITLE)
    body = Text(limit=MAX_BODY)


class QuoteSchema(Schema):
    """Words reported in quotation marks."""

    speaker = fields.String(allow_none=True)
    text = fields.String(required=True)


class PersonSchema(Schema):
    """A named person, the post, and the number of mentions."""

    name = fields.String(required=True)
    title = fields.String(allow_none=True)
    count = fields.Integer(required=True)


class NamedCountSchema(Schema):
    """A name and the number of its mentions."""

    name = fields.String(required=True)
    count = fields.Integer(required=True)


class MoneySchema(Schema):
    """A sum as written, in units of its currency (ISO 4217)."""

    text = fields.String(required=True)
    amount = fields.Raw(required=True, metadata={"type": "number"})
    currency = fields.String(required=True)


class DateMentionSchema(Schema):
    """A date as written and the calendar date it stands for."""

    text = fields.String(required=True)
    date = fields.String(required=True)


class MentionSchema(Schema):
    """A span of `body` in code points, end exclusive."""

    start = fields.Integer(required=True)
    end = fields.Integer(required=True)
    type = fields.String(
        required=True,
        metadata={"enum": ["person", "organization", "place", "date", "time", "quantity", "money"]},
    )
    name = fields.String(required=True)


class KeywordSchema(Schema):
    """A noun phrase that tells what the article is about, and its score up to 1.0."""

    term = fields.String(required=True)
    score = fields.Float(required=True)


class ArticleWithoutBody(Schema):
    """An article as the caller's audience may see it, without its body: what a hit carries.

    What the licence of the outlet does not allow is left out.
    """

    id = fields.String(required=True)
    display = fields.String(
        required=True,
        metadata={
            "enum": [display.value for display in Display],
            "description": "보여 줄 수 있는 만큼: full 모두, snippet 요약 앞부분, link 제목과 원문 주소",
        },
    )
    title = fields.String(required=True)
    subtitle = fields.String(allow_none=True)
    outlet = fields.String(allow_none=True)
    section = fields.String(allow_none=True)
    reporters = Parts(ReporterSchema)
    published_at = Timestamp(allow_none=True)
    updated_at = Timestamp(allow_none=True)
    url = fields.String(allow_none=True)
    dateline_place = fields.String(allow_none=True)
    captions = Parts(CaptionSchema)
    subheads = fields.List(fields.String())
    tags = fields.List(fields.String())
    page = fields.String(allow_none=True)
    language = fields.String(allow_none=True)
    quotes = Parts(QuoteSchema)
    persons = Parts(PersonSchema)
    organizations = Parts(NamedCountSchema)
    places = Parts(NamedCountSchema)
    money = Parts(MoneySchema)
    dates = Parts(DateMentionSchema)
    mentions = Parts(MentionSchema)
    keywords = Parts(KeywordSchema)
    summary = fields.String(allow_none=True)
    story_id = fields.String(allow_none=True)
    duplicate_of = fields.String(allow_none=True)
    char_count = fields.Integer()
    received_at = Timestamp(allow_none=True)
    enrichment_version = fields.Integer()


class StoredArticle(ArticleWithoutBody):
    """An article as the caller's audience may see it."""

    body = fields.String(metadata={"description": "본문. display가 full일 때"})


_INPUT = ArticleInput()
_PATCH = ArticlePatch()
_PATCH_FIELDS = frozenset(INPUT_FIELDS) - {"id"}
_STORED = StoredArticle()


def load_article(document: object, article_id: str | None = None) -> Article:
    """Return the article that a client gives; ValidationFailed with a pointer for each value that does not fit.

    `article_id` is the id of the path, which one in the document has to equal. The id is empty where none is named.
    `given` names the fields that the document sets, its id left out.
    """
    if article_id is not None:
        check_path_id(article_id)
    try:
        values = _INPUT.load(document)  # type: ignore[arg-type] # what is no object is refused by the schema
        if article_id is not None and values.get("id", article_id) != article_id:
            raise invalid("other-id", "id")
    except ValidationError as error:
        raise refused(body_errors(error)) from error
    named = values.pop("id", "") if article_id is None else article_id
    given = frozenset(values) - {"id"}
    return Article(**(values | {"id": named, "body": one_line_end(values["body"]), "given": given}))


def check_patch(patch: object) -> Mapping[str, Any]:
    """Return the merge patch (RFC 7396); ValidationFailed where it could not be laid over any article.

    That is where it is no object, names an id or a derived field, takes title or body away, or a value does not fit.
    """
    try:
        if isinstance(patch, Mapping) and "id" in patch:
            raise invalid("id-not-patchable", "id")
        _PATCH.load(patch)  # type: ignore[arg-type] # what is no object is refused by the schema
        assert isinstance(patch, Mapping)
        if missing := [name for name in ("title", "body") if name in patch and patch[name] is None]:
            raise invalid("required", missing[0])
    except ValidationError as error:
        raise refused(body_errors(error)) from error
    return patch


def apply_patch(article: Article, patch: object) -> Article:
    """Return the article that a client gives when this merge patch (RFC 7396) is laid over what it gave before.

    ValidationFailed as of `check_patch`, or where the result does not fit.
    """
    document = {name: value for name, value in _STORED.dump(article).items() if name in article.given & _PATCH_FIELDS}
    document |= {"title": article.title, "body": article.body, **check_patch(patch)}
    kept = {name: value for name, value in document.items() if value is not None}
    patched = load_article(kept, article.id)
    return replace(patched, speaker_labels=article.speaker_labels if patched.body == article.body else ())


def dump_article(article: ShownArticle) -> dict[str, Any]:
    """Return the article as JSON values, without what may not be seen of it."""
    dumped: dict[str, Any] = _STORED.dump(article)
    return {name: value for name, value in dumped.items() if name not in article.withheld}


class ShownRecord(Record):
    """An article within an answer, without what may not be seen of it."""

    def _serialize(self, value: Any, *rest: Any, **options: Any) -> dict[str, Any]:  # type: ignore[override] # as there
        withheld = value.withheld  # an article that nobody has held to a licence has none: it cannot be dumped
        dumped = super()._serialize(value, *rest, **options)
        return {name: part for name, part in dumped.items() if name not in withheld} if withheld else dumped


def one_line_end(text: str) -> str:
    """Return the text with line feeds alone as line ends, as a blank line parts paragraphs."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def refused(errors: tuple[FieldError, ...]) -> ValidationFailed:
    """Return the error that names each of these values."""
    return ValidationFailed(
        f"값 {len(errors)}개가 맞지 않습니다. errors의 안내대로 고쳐 보내세요.",
        f"{len(errors)} value(s) do not fit. Correct them as `errors` says and send them again.",
        errors,
    )


def check_path_id(article_id: str) -> str:
    """Return the id of a path; ValidationFailed where it is none."""
    try:
        return check_id(article_id)
    except ValidationError as error:
        found = violation("invalid-id")
        raise refused((FieldError(found.code, found.message, parameter="id"),)) from error
