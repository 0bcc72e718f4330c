"""Quotes: who said what, looked for among the reported speech of all articles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from service.domain.article import Article, Quote
from service.domain.errors import FieldError, Message, ValidationFailed
from service.korean.folding import fold_value
from service.search.leaves import leaf_fields
from service.search.request import SearchRequest, Sort
from service.search.tree import (
    And,
    Everything,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Value,
    Widened,
    Word,
)


@dataclass(frozen=True, slots=True)
class QuoteRequest:
    """Quotes that `query` matches by themselves, of a speaker whose name contains `speaker`, whatever its case.

    `published_from` and `published_to` are those of the article, aware and inclusive. The newest come first, and those
    of one article in their order.
    """

    query: Node = Everything()  # noqa: RUF009 -- frozen
    speaker: str | None = None
    published_from: datetime | None = None
    published_to: datetime | None = None
    size: int = 20
    cursor: str | None = None

    @property
    def folded_speaker(self) -> str:
        """Return what the folded name of a speaker has to contain."""
        return fold_value(self.speaker or "")

    @property
    def paging(self) -> SearchRequest:
        """Return the request that cursors belong to: one that no search makes."""
        asked = Value(None, f"quotes of {self.folded_speaker}", speaker=True)
        return SearchRequest(
            query=And((self.query, Not(asked))),
            published_from=self.published_from,
            published_to=self.published_to,
            sort=Sort.NEWEST,
            cursor=self.cursor,
        )


@dataclass(frozen=True, slots=True)
class FoundQuote:
    """A quote and the article it stands in."""

    quote: Quote
    article: Article


@dataclass(frozen=True, slots=True)
class QuoteResults:
    """A page of quotes; `total` counts them exactly."""

    total: int
    quotes: tuple[FoundQuote, ...]
    next: str | None = None


def require_quotable(node: Node) -> None:
    """Raise ValidationFailed where a query asks for what a quote by itself does not have: fields of the article."""
    match node:
        case Everything():
            return
        case And(children) | Or(children):
            for child in children:
                require_quotable(child)
        case Not(child) | Widened(child):
            require_quotable(child)
        case Word() | Phrase() | Prefix() if not node.fields:
            return
        case Near() if leaf_fields(node) == ():
            return
        case _:
            raise _of_the_article()


def _of_the_article() -> ValidationFailed:
    message = Message(
        "발언은 낱말, 구절, 연산자로만 찾습니다. 항목 이름(제목:, 언론사:, 날짜: 등)을 빼고 speaker, published_from, "
        "published_to를 쓰세요.",
        "Quotes are found by words, phrases and operators alone. Leave out field names (title:, outlet:, date: …) and "
        "use speaker, published_from and published_to.",
    )
    return ValidationFailed(message.ko, message.en, (FieldError("field-in-quotes", message, parameter="q"),))
