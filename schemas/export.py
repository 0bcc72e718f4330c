"""Exports on the wire: what can be asked for, and a hit as a row of a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from marshmallow import post_load

from schemas.fields import Choice, Flag, StrictSchema
from schemas.problems import Language
from schemas.query_string import load_query_string
from schemas.results import HitSchema
from schemas.search import SearchSchema
from service.domain.article import Article
from service.domain.errors import Message
from service.domain.time import KST
from service.search.request import SearchParameters
from service.search.results import Hit


class ExportFormat(StrEnum):
    """The forms of an export."""

    CSV = "csv"
    XLSX = "xlsx"
    NDJSON = "ndjson"


@dataclass(frozen=True, slots=True)
class ExportAsked:
    """What an export is asked for."""

    format: ExportFormat
    parameters: SearchParameters


class ExportParameters(SearchSchema):
    """A search and the form of its export; what is about a page of hits changes nothing."""

    class Meta(StrictSchema.Meta):
        """Leaves out what goes on from a page: an export begins with the first hit."""

        exclude = ("cursor",)

    format = Choice(ExportFormat, required=True, metadata={"description": "파일 형식"})
    highlight = Flag(load_default=False, metadata={"description": "ndjson에서 맞은 곳에 <mark>. 기본 false"})

    @post_load
    def make(self, data: dict[str, Any], **options: Any) -> Any:
        """Return the form beside the parameters."""
        form = data.pop("format")
        return ExportAsked(form, super().make(data, **options))


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its head, what stands in it, and its width in a spreadsheet, in characters."""

    head: Message
    value: Callable[[Article], str]
    width: int = 16


def _names(parts: Iterable[Any]) -> str:
    return ", ".join(part.name for part in parts)


def _time(time: datetime | None) -> str:
    return time.astimezone(KST).strftime("%Y-%m-%d %H:%M:%S") if time else ""


COLUMNS: tuple[Column, ...] = (
    Column(Message("제목", "Title"), lambda article: article.title, 60),
    Column(Message("부제", "Subtitle"), lambda article: article.subtitle or "", 30),
    Column(Message("언론사", "Outlet"), lambda article: article.outlet or ""),
    Column(Message("분야", "Section"), lambda article: article.section or "", 10),
    Column(Message("면", "Page"), lambda article: article.page or "", 8),
    Column(Message("기자", "Reporters"), lambda article: _names(article.reporters)),
    Column(Message("발행 시각(KST)", "Published (KST)"), lambda article: _time(article.published_at), 20),
    Column(Message("URL", "URL"), lambda article: article.url or "", 40),
    Column(Message("인물", "People"), lambda article: _names(article.persons), 24),
    Column(Message("기관", "Organisations"), lambda article: _names(article.organizations), 24),
    Column(Message("장소", "Places"), lambda article: _names(article.places), 24),
    Column(Message("키워드", "Keywords"), lambda article: ", ".join(keyword.term for keyword in article.keywords), 30),
    Column(Message("요약", "Summary"), lambda article: article.summary or "", 60),
    Column(Message("꼬리표", "Tags"), lambda article: ", ".join(article.tags)),
    Column(Message("글자 수", "Characters"), lambda article: str(article.char_count), 10),
    Column(Message("기사 묶음", "Story"), lambda article: article.story_id or "", 28),
    Column(Message("기사 ID", "Article id"), lambda article: article.id, 28),
)

_FORMULA = "=+-@\t\r\n＝＋－＠"
"""Signs with which a spreadsheet takes a cell for a formula, in full width too."""
_PARAMETERS = ExportParameters()
_HIT = HitSchema()


def load_export(parameters: Mapping[str, Sequence[str]]) -> ExportAsked:
    """Return what an export is asked for; ValidationFailed names each parameter that does not fit."""
    asked: ExportAsked = load_query_string(_PARAMETERS, parameters)
    return asked


def heads(language: Language) -> list[str]:
    """Return the heads of the columns."""
    return [column.head.en if language == "en" else column.head.ko for column in COLUMNS]


def row(hit: Hit) -> list[str]:
    """Return a hit as a row of harmless cells."""
    return [harmless(column.value(hit.article)) for column in COLUMNS]


def harmless(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: with an apostrophe before a sign that begins one."""
    return f"'{text}" if text.startswith(tuple(_FORMULA)) else text


def dump_hit(hit: Hit) -> dict[str, Any]:
    """Return a hit as JSON values, as a search gives it."""
    dumped: dict[str, Any] = _HIT.dump(hit)
    return dumped


def cut_off(total: int, limit: int) -> Message:
    """Return the sentence which says that there are more hits than rows."""
    return Message(
        f"모두 {total:,}건 가운데 앞의 {limit:,}건만 담았습니다. 기간이나 필터로 나누어 내보내세요.",
        f"These are the first {limit:,} of {total:,} hits. Narrow the dates or filters and export in parts.",
    )


BROKEN_OFF = Message(
    "오류로 내보내기가 여기서 끊겼습니다. 다시 내보내세요.",
    "The export broke off here because of an error. Export again.",
)
