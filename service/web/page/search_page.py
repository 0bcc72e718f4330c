"""What the search page shows, out of the answer to a search."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from service.domain.article import Article
from service.search.request import SearchParameters, Sort
from service.search.results import Bucket, Hit
from service.search.tree import FilterField
from service.usecases.search import SearchAnswer
from service.web.page.address import MORE, Address, few
from service.web.page.timeline import Timeline, timeline

LABELS = {
    "outlet": "언론사",
    "section": "분야",
    "reporter": "기자",
    "person": "인물",
    "organization": "기관",
    "place": "장소",
    "keyword": "키워드",
    "tag": "태그",
}
"""The names of the filters, in the order of the page."""
SORTS = {Sort.RELEVANCE: "관련도순", Sort.NEWEST: "최신순", Sort.OLDEST: "오래된순"}
FIELDS = {"title": "제목", "subtitle": "부제", "body": "본문", "caption": "사진 설명"}
_SNIPPET = 150
_FRAGMENTS = 2


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet and where its controls lead; `count` is None where it was not counted."""

    value: str
    count: int | None
    included: bool
    excluded: bool
    include: str
    exclude: str
    drop: str


@dataclass(frozen=True, slots=True)
class Facet:
    """One facet: its values, and how to see more of them."""

    name: str
    label: str
    values: tuple[Value, ...]
    more: str | None
    is_open: bool
    sought: str
    is_wide: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is in force and the search without it."""

    label: str
    value: str
    excluded: bool
    drop: str


@dataclass(frozen=True, slots=True)
class Found:
    """One article found: its texts as safe HTML."""

    article: Article
    title: Markup
    subtitle: Markup
    fragments: tuple[Markup, ...]
    caption: Markup | None
    copies: int


@dataclass(frozen=True, slots=True)
class SortLink:
    """One order of the hits."""

    label: str
    href: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Everything the search page shows of an answer."""

    total: int
    stories: int | None
    took_ms: int
    hits: tuple[Found, ...]
    facets: tuple[Facet, ...]
    timeline: Timeline | None
    sorts: tuple[SortLink, ...]
    interpreted: str
    warnings: tuple[str, ...]
    synonyms: tuple[tuple[str, tuple[str, ...]], ...]
    did_you_mean: str | None
    missing_words: tuple[str, ...]
    match_any_total: int | None
    next: str | None


def search_page(answer: SearchAnswer, parameters: SearchParameters, address: Address) -> SearchPage:
    """Return the view of this answer at this address."""
    results = answer.results
    return SearchPage(
        total=results.total,
        stories=results.stories,
        took_ms=answer.took_ms,
        hits=tuple(map(found, results.hits)),
        facets=tuple(_facets(results.facets, address)),
        timeline=timeline(results.histogram or (), parameters.interval, address),
        sorts=tuple(_sorts(parameters, address)),
        interpreted=answer.interpreted if answer.interpreted != parameters.q.strip() else "",
        # The page says in links what the advice says in words.
        warnings=tuple(warning.ko for warning in answer.warnings if warning not in answer.advice.warnings),
        synonyms=tuple((word, tuple(also)) for word, also in answer.synonyms.items()),
        did_you_mean=answer.advice.did_you_mean,
        missing_words=answer.advice.missing_words,
        match_any_total=answer.advice.match_any_total,
        next=str(address.next(results.next)) if results.next else None,
    )


def found(hit: Hit) -> Found:
    """Return a hit with its texts; the highlights come escaped out of the engine."""
    article, marked = hit.article, hit.highlights
    fragments = [Markup(text) for text in marked.get("body", ())[:_FRAGMENTS]]  # noqa: S704 # escaped by the engine
    return Found(
        article=article,
        title=_first(marked.get("title", ()), article.title),
        subtitle=_first(marked.get("subtitle", ()), article.subtitle or ""),
        fragments=tuple(fragment for fragment in fragments or [escape(_beginning(article))] if fragment),
        caption=_first(marked["caption"], "") if "caption" in marked else None,
        copies=hit.copies or 0,
    )


def chips(address: Address) -> tuple[Chip, ...]:
    """Return the filters in force."""
    shown = [
        Chip(LABELS[name], value.removeprefix("-"), value.startswith("-"), str(address.dropping(name, value)))
        for name, value in address.filters
    ]
    start, end = address.value("published_from"), address.value("published_to")
    if start or end:
        period = start if start == end else f"{start} ~ {end}".strip()
        shown.append(Chip("기간", period, False, str(address.without("published_from", "published_to"))))
    if fields := address.value("fields"):
        named = ", ".join(FIELDS.get(field, field) for field in fields.split(","))
        shown.append(Chip("찾을 곳", named, False, str(address.without("fields"))))
    if address.value("match") == "any":
        shown.append(Chip("방식", "아무 낱말이나", False, str(address.without("match"))))
    return tuple(shown)


def _first(highlights: tuple[str, ...], text: str) -> Markup:
    return Markup(highlights[0]) if highlights else escape(text)  # noqa: S704 # escaped by the engine


def _beginning(article: Article) -> str:
    text = article.summary or article.body
    return text if len(text) <= _SNIPPET else text[:_SNIPPET].rsplit(" ", 1)[0] + "…"


def _sorts(parameters: SearchParameters, address: Address) -> Iterator[SortLink]:
    default = Sort.RELEVANCE if parameters.q.strip() else Sort.NEWEST
    for sort, label in SORTS.items():
        if sort is Sort.RELEVANCE and default is not sort:
            continue
        href = address.having(sort="" if sort is default else sort.value)
        yield SortLink(label, str(href), sort is (parameters.sort or default))


def _facets(counted: Mapping[FilterField, tuple[Bucket, ...]], address: Address) -> Iterator[Facet]:
    opened = address.value(MORE)
    sought_in, _, sought = address.value("facet_search").partition(":")
    for name, label in LABELS.items():
        buckets = counted.get(FilterField(name), ())
        is_wide = name in (opened, sought_in)
        shown = buckets if is_wide else buckets[: few(len(buckets))]
        values = tuple(_values(name, shown, address, with_chosen=not (sought and sought_in == name)))
        if not values and not is_wide:
            continue
        more = str(Address((*address.without().pairs, (MORE, name)))) + f"#facet-{name}"
        chosen = any(value.included or value.excluded for value in values)
        yield Facet(
            name=name,
            label=label,
            values=values,
            more=None if is_wide or len(buckets) < few(len(buckets) + 1) else more,
            is_open=is_wide or chosen or name in ("outlet", "person", "organization"),
            sought=sought if sought_in == name else "",
            is_wide=is_wide,
        )


def _values(name: str, buckets: tuple[Bucket, ...], address: Address, *, with_chosen: bool) -> Iterator[Value]:
    chosen = address.values(name) if with_chosen else ()
    counts = {bucket.value: bucket.count for bucket in buckets}
    for value in chosen:
        yield _value(name, value.removeprefix("-"), counts.get(value), address)
    for value, count in counts.items():
        if value not in chosen:
            yield _value(name, value, count, address)


def _value(name: str, value: str, count: int | None, address: Address) -> Value:
    chosen = address.values(name)
    included, excluded = value in chosen, f"-{value}" in chosen
    return Value(
        value=value,
        count=count,
        included=included,
        excluded=excluded,
        include=str(address.adding(name, value)),
        exclude=str(address.adding(name, f"-{value}")),
        drop=str(address.dropping(name, f"-{value}" if excluded else value)),
    )
