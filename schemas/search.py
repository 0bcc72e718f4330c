"""Search parameters on the wire: one schema for query strings and for JSON bodies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from marshmallow import ValidationError, post_load

from schemas.article import refused
from schemas.fields import (
    NOT_BLANK,
    PRINTABLE,
    VISIBLE,
    Choice,
    Flag,
    Items,
    StrictSchema,
    Text,
    Timestamp,
    WholeNumber,
    check_text,
)
from schemas.query_string import load_query_string
from schemas.violations import body_errors, invalid
from service.search.request import (
    PUBLISHED,
    FacetSearch,
    Filter,
    Interval,
    Match,
    SearchParameters,
    Sort,
)
from service.search.tree import FilterField, TextField

MAX_QUERY = 1_024
MAX_SIZE = 100
MAX_FACET_SIZE = 1_000

_NO_DASH = "[^-" + PRINTABLE.removeprefix("[^")
_VISIBLE_NO_DASH = "[^-" + VISIBLE.removeprefix("[^")
_EXCLUDED = f"-{NOT_BLANK}"
_INCLUDED = f"{_VISIBLE_NO_DASH}{PRINTABLE}*|{_NO_DASH}{NOT_BLANK}"
FILTER_PATTERN = f"^(?:{_EXCLUDED}|{_INCLUDED})$"
_FILTER_NAMES = [field.value for field in FilterField]
FACET_SEARCH_PATTERN = f"^(?:{'|'.join(_FILTER_NAMES)}):{NOT_BLANK}$"

_FACET_NAMES = [(name, name) for name in (*_FILTER_NAMES, PUBLISHED)]
FacetName = StrEnum("FacetName", _FACET_NAMES)  # type: ignore[misc] # the names are those of FilterField


class Group(StrEnum):
    """What hits are put together by."""

    STORY = "story"


class QueryText(Text):
    """A query as it was typed, not normalised, as positions in it are told; its length is the parser's to judge."""

    def __init__(self, **options: Any) -> None:
        super().__init__(blank=True, metadata=options.pop("metadata", {}) | {"maxLength": MAX_QUERY}, **options)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str:
        check_text(value, len(value) if isinstance(value, str) else 0, blank=True)
        return str(value)


class FilterValue(Text):
    """A whole value of a field; a `-` before it excludes."""

    def __init__(self, **options: Any) -> None:
        super().__init__(metadata=options.pop("metadata", {}) | {"pattern": FILTER_PATTERN}, **options)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str:
        text = check_text(value, self.limit)
        if text.startswith("-"):
            check_text(text[1:], self.limit)
        return text


class FacetSearchText(Text):
    """The name of a facet, a colon, and characters that its values have to contain."""

    def __init__(self, **options: Any) -> None:
        super().__init__(metadata=options.pop("metadata", {}) | {"pattern": FACET_SEARCH_PATTERN}, **options)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        name, _colon, text = check_text(value, self.limit).partition(":")
        if name not in _FILTER_NAMES or not text.strip():
            raise invalid("invalid-facet-search", choices=", ".join(_FILTER_NAMES))
        return FacetSearch(FilterField(name), check_text(text, self.limit))


def _filter(description: str) -> Items:
    return Items(
        FilterValue(), low=1, allow_none=True, metadata={"description": f"{description}. 앞에 - 를 붙이면 뺍니다"}
    )


class SearchSchema(StrictSchema):
    """One search, in a JSON body; in a query string the same names."""

    q = QueryText(allow_none=True, metadata={"description": "검색식. 비우면 모든 기사"})
    match = Choice(Match, allow_none=True, metadata={"description": "모든 낱말(all, 기본) 또는 아무 낱말(any)"})
    fields = Items(  # type: ignore[assignment] # a field of that name; marshmallow takes it out of the class
        Choice(TextField),
        low=1,
        allow_none=True,
        metadata={"style": "form", "description": "낱말을 찾을 곳. 기본은 모두"},
    )
    outlet = _filter("언론사. 이름이나 별칭")
    section = _filter("지면·분야")
    reporter = _filter("기자")
    person = _filter("인물")
    organization = _filter("기관")
    place = _filter("장소")
    keyword = _filter("키워드")
    tag = _filter("태그")
    published_from = Timestamp(allow_none=True, metadata={"description": "이때부터(포함). 날짜 또는 시각"})
    published_to = Timestamp(
        end_of_day=True, allow_none=True, metadata={"description": "이때까지(포함). 날짜면 그날 끝까지"}
    )
    sort = Choice(Sort, allow_none=True, metadata={"description": "기본은 q가 있으면 relevance, 없으면 newest"})
    size = WholeNumber(low=1, high=MAX_SIZE, allow_none=True, metadata={"description": "한 쪽의 기사 수. 기본 20"})
    cursor = Text(allow_none=True, metadata={"description": "앞 응답의 next. 같은 검색에만 씁니다"})
    facets = Items(
        Choice(FacetName),
        low=1,
        allow_none=True,
        metadata={"style": "form", "description": "셀 항목. published는 기간별 건수"},
    )
    facet_size = WholeNumber(
        low=1, high=MAX_FACET_SIZE, allow_none=True, metadata={"description": "항목마다 값의 수. 기본 10"}
    )
    facet_search = FacetSearchText(allow_none=True, metadata={"description": "person:홍 — 이 글자가 든 값만"})
    interval = Choice(Interval, allow_none=True, metadata={"description": "published의 구간. 기본 auto(60개 이하)"})
    group = Choice(Group, allow_none=True, metadata={"description": "story: 같은 기사를 하나로 묶습니다"})
    highlight = Flag(allow_none=True, metadata={"description": "맞은 곳에 <mark>. 기본 true"})

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> SearchParameters:
        """Return the parameters, what was not given at its default."""
        filters = {field: _split(data.pop(field.value)) for field in FilterField if field.value in data}
        grouped = data.pop("group", None) is Group.STORY
        for name in ("fields", "facets"):
            if name in data:
                data[name] = tuple(dict.fromkeys(data[name]))
        if "facets" in data:
            data["facets"] = tuple(str(name) for name in data["facets"])
        return SearchParameters(filters=filters, group_by_story=grouped, **data)


class FeedParameters(SearchSchema):
    """A search whose newest hits make a feed."""

    size = WholeNumber(low=1, high=MAX_SIZE, load_default=50, metadata={"description": "기사 수. 기본 50"})


class SimilarParameters(StrictSchema):
    """How many similar articles are wanted."""

    size = WholeNumber(low=1, high=MAX_SIZE, load_default=20, metadata={"description": "기사 수. 기본 20"})


_SEARCH = SearchSchema()
_FEED = FeedParameters()


def load_search_document(document: object) -> SearchParameters:
    """Return the search of a JSON body; ValidationFailed with a pointer for each value that does not fit."""
    try:
        parameters: SearchParameters = _SEARCH.load(document)  # type: ignore[arg-type] # no object: the schema refuses
    except ValidationError as error:
        raise refused(body_errors(error)) from error
    return parameters


def load_search_query(parameters: Mapping[str, Sequence[str]]) -> SearchParameters:
    """Return the search of a query string; ValidationFailed with the name of each parameter that does not fit."""
    loaded: SearchParameters = load_query_string(_SEARCH, parameters)
    return loaded


def load_feed(parameters: Mapping[str, Sequence[str]]) -> SearchParameters:
    """Return the search of a feed; ValidationFailed with the name of each parameter that does not fit."""
    loaded: SearchParameters = load_query_string(_FEED, parameters)
    return loaded


def _split(values: Sequence[str]) -> Filter:
    return Filter(
        include=tuple(value for value in values if not value.startswith("-")),
        exclude=tuple(value[1:] for value in values if value.startswith("-")),
    )
