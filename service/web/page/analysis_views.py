"""The view for analysis: several queries over time, and what the articles of the first of them say together."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context

from flask import redirect
from werkzeug.wrappers import Response

from schemas.analytics import load_network, load_related_terms, load_trends
from schemas.quotes import load_quotes
from schemas.search import load_search_query
from service.domain.errors import ValidationFailed
from service.search.quotes import QuoteResults
from service.search.tree import FilterField
from service.usecases.quotes import Quotes
from service.web.page import charts
from service.web.page.address import Address, tidied
from service.web.page.network_charts import network_charts
from service.web.page.rendering import page
from service.web.page.search_page import chips
from service.web.parameters import Parameters, query_parameters
from service.web.services import services

_QUERIES = 4
_TERMS = 24
_NODES = 22
_OUTLETS = 12
_QUOTES = 10
_OF_QUOTES = ("q", "published_from", "published_to", "match")
_INTERVALS = {"day": "일별", "week": "주별", "month": "월별", "year": "연도별"}
SHARED = ("published_from", "published_to", "match", "fields", *(field.value for field in FilterField))
"""What narrows a search and its analysis alike."""


def analysis() -> Response:
    """Return the charts of the queries in the address."""
    given = query_parameters()
    address = Address(tidied(given).pairs, "/analysis")
    if [value for values in given.values() for value in values] != [value for _, value in address.pairs]:
        return redirect(str(address))
    queries = address.values("q") or ("",)
    narrowed = {name: list(address.values(name)) for name in SHARED if address.value(name)}
    unknown: Parameters = {
        name: list(address.values(name)) for name, _ in address.pairs if name not in (*SHARED, "q", "speaker")
    }
    trends_of: Parameters = {"q": list(queries), **narrowed, **unknown}
    first: Parameters = {"q": [queries[0]], **narrowed}
    asked = load_trends(trends_of)
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="gisa-quotes") as beside:
        # Quotes are looked through one by one, which takes as long as all the rest and needs none of it.
        awaited = beside.submit(copy_context().run, _quotes, services().quotes, first, address.value("speaker"))
        trends = services().trends.run(asked.queries, asked.parameters)
        outlets = services().search.run(
            load_search_query({**first, "size": ["1"], "facets": ["outlet"], "facet_size": [str(_OUTLETS)]})
        )
        network = services().network.run(load_network({**first, "size": [str(_NODES)]}))
        terms = services().related_terms.run(load_related_terms({**first, "size": [str(_TERMS)]}))
        quotes, no_quotes = awaited.result()
    lines, most = charts.lines(trends.series)
    return page(
        "analysis.html",
        address=address,
        chips=chips(address),
        queries=queries,
        more=max(0, _QUERIES - len(queries)),
        trends=trends,
        interval=_INTERVALS.get(trends.interval, ""),
        lines=lines,
        most=most,
        total=outlets.results.total,
        terms=terms,
        outlets=charts.shares("outlet", outlets.results.facets[FilterField.OUTLET], outlets.results.total),
        networks=network_charts(network),
        quotes=quotes,
        no_quotes=no_quotes,
        box=charts,
        of_first=Address(
            (("q", queries[0]), *((name, value) for name, values in narrowed.items() for value in values))
        ),
    )


def _quotes(found: Quotes, first: Parameters, speaker: str) -> tuple[QuoteResults | None, str]:
    """Return the newest quotes with these words, or why words of this kind find none; no filters hold for them."""
    asked = {name: values for name, values in first.items() if name in _OF_QUOTES} | {"size": [str(_QUOTES)]}
    loaded = load_quotes(asked | ({"speaker": [speaker]} if speaker else {}))
    try:
        return found.run(loaded.speaker, loaded.parameters), ""
    except ValidationFailed as error:
        return None, error.message.ko
