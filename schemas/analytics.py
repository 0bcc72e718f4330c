"""Trends, related terms and networks on the wire."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema, fields, post_load

from schemas.fields import Items, StrictSchema, WholeNumber
from schemas.query_string import load_query_string
from schemas.results import BucketSchema
from schemas.search import MAX_SIZE, QueryText, SearchSchema
from service.search.request import SearchParameters
from service.search.time_buckets import WIDTH_NAMES

MAX_SERIES = 10
MAX_NODES = 50
_OF_PAGES = ("cursor", "facets", "facet_size", "facet_search", "highlight", "group", "sort")


class TrendsParameters(SearchSchema):
    """Several queries and what narrows all of them."""

    class Meta(StrictSchema.Meta):
        """Leaves out what is about pages of hits."""

        exclude = (*_OF_PAGES, "size")

    q = Items(  # type: ignore[assignment] # several in place of one
        QueryText(),
        low=1,
        limit=MAX_SERIES,
        required=True,
        metadata={"description": f"검색식. 여러 번 써서 {MAX_SERIES}개까지 견줍니다. 비우면 모든 기사"},
    )

    @post_load
    def make(self, data: dict[str, Any], **options: Any) -> Any:
        """Return the queries beside the parameters."""
        queries = data.pop("q")
        return TrendsAsked(queries, super().make(data, **options))


@dataclass(frozen=True, slots=True)
class TrendsAsked:
    """What trends are asked for."""

    queries: tuple[str, ...]
    parameters: SearchParameters


class RelatedTermsParameters(SearchSchema):
    """A search, and how many terms are wanted."""

    class Meta(StrictSchema.Meta):
        """Leaves out what is about pages of hits."""

        exclude = (*_OF_PAGES, "interval")

    size = WholeNumber(low=1, high=MAX_SIZE, load_default=20, metadata={"description": "낱말 수. 기본 20"})


class NetworkParameters(SearchSchema):
    """A search, and how many nodes are wanted."""

    class Meta(StrictSchema.Meta):
        """Leaves out what is about pages of hits."""

        exclude = (*_OF_PAGES, "interval")

    size = WholeNumber(low=1, high=MAX_NODES, load_default=30, metadata={"description": "인물과 기관의 수. 기본 30"})


class SeriesSchema(Schema):
    """One query; `total` counts every hit, the buckets those with a time."""

    q = fields.String(required=True)
    total = fields.Integer(required=True)
    buckets = fields.List(fields.Nested(BucketSchema), required=True)


class TrendsAnswerSchema(Schema):
    """Series with the same buckets."""

    interval = fields.String(required=True, metadata={"enum": list(WIDTH_NAMES), "description": "칸의 너비"})
    series = fields.List(fields.Nested(SeriesSchema), required=True)


class RelatedTermSchema(Schema):
    """A term, the number of hits with it in their text, and how much it marks them out."""

    term = fields.String(required=True)
    count = fields.Integer(required=True)
    score = fields.Float(required=True, metadata={"description": "로그 가능도비(G²)"})


class RelatedTermsAnswerSchema(Schema):
    """Terms, the most telling first."""

    terms = fields.List(fields.Nested(RelatedTermSchema), required=True)


class NodeSchema(Schema):
    """A person or an organisation and the number of hits that name it."""

    name = fields.String(required=True)
    type = fields.String(required=True, metadata={"enum": ["person", "organization"]})
    count = fields.Integer(required=True)


class LinkSchema(Schema):
    """The names of two nodes, their types and the number of hits that name both."""

    source = fields.String(required=True, attribute="source.name")
    target = fields.String(required=True, attribute="target.name")
    count = fields.Integer(required=True)
    source_type = fields.String(required=True, attribute="source.type", metadata={"enum": ["person", "organization"]})
    target_type = fields.String(required=True, attribute="target.type", metadata={"enum": ["person", "organization"]})


class NetworkAnswerSchema(Schema):
    """Nodes and the links between them, the strongest first."""

    nodes = fields.List(fields.Nested(NodeSchema), required=True)
    links = fields.List(fields.Nested(LinkSchema), required=True)


_TRENDS_ASKED = TrendsParameters()
_RELATED_TERMS_ASKED = RelatedTermsParameters()
_NETWORK_ASKED = NetworkParameters()
_TRENDS = TrendsAnswerSchema()
_RELATED_TERMS = RelatedTermsAnswerSchema()
_NETWORK = NetworkAnswerSchema()


def load_trends(parameters: Mapping[str, Sequence[str]]) -> TrendsAsked:
    """Return what trends are asked for; ValidationFailed names each parameter that does not fit."""
    asked: TrendsAsked = load_query_string(_TRENDS_ASKED, parameters)
    return asked


def load_related_terms(parameters: Mapping[str, Sequence[str]]) -> SearchParameters:
    """Return the search that terms are asked for; ValidationFailed names each parameter that does not fit."""
    asked: SearchParameters = load_query_string(_RELATED_TERMS_ASKED, parameters)
    return asked


def load_network(parameters: Mapping[str, Sequence[str]]) -> SearchParameters:
    """Return the search that a network is asked for; ValidationFailed names each parameter that does not fit."""
    asked: SearchParameters = load_query_string(_NETWORK_ASKED, parameters)
    return asked


def dump_trends(trends: object) -> dict[str, Any]:
    """Return trends as JSON values."""
    dumped: dict[str, Any] = _TRENDS.dump(trends)
    return dumped


def dump_related_terms(terms: Sequence[object]) -> dict[str, Any]:
    """Return related terms as JSON values."""
    dumped: dict[str, Any] = _RELATED_TERMS.dump({"terms": terms})
    return dumped


def dump_network(network: object) -> dict[str, Any]:
    """Return a network as JSON values."""
    dumped: dict[str, Any] = _NETWORK.dump(network)
    return dumped
