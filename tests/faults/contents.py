"""What the store holds and what the index holds, compared article by article."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable

from service.domain.article import Article
from service.search.engine import Engine
from service.search.request import FacetSearch, SearchRequest
from service.search.tree import FilterField
from tests.faults.texts import document

_MOST_VALUES = 1_000


def stored(engine: Engine) -> dict[str, int]:
    """Return the version of each stored article by its key; none may be torn and none stored twice."""
    versions: dict[str, int] = {}
    for scanned in engine.scan():
        key, version = _named(scanned.article)
        assert key not in versions, f"{key} is stored twice"
        versions[key] = version
    return versions


def indexed(engine: Engine, keys: Iterable[str]) -> Counter[str]:
    """Return how many articles the index finds of each state, out of its own files alone."""
    found: Counter[str] = Counter()
    for beginning in sorted({key[:-2] for key in keys}):
        # A hundred articles at a time, each under the one tag that names its state.
        search = FacetSearch(FilterField.TAG, beginning)
        request = SearchRequest(size=1, facets=(FilterField.TAG,), facet_size=_MOST_VALUES, facet_search=search)
        buckets = engine.search(request).facets[FilterField.TAG]
        assert len(buckets) < _MOST_VALUES
        found.update({bucket.value: bucket.count for bucket in buckets if bucket.value.startswith(beginning)})
    return found


def require_equal(engine: Engine, versions: dict[str, int], keys: Iterable[str] = ()) -> None:
    """Require that the index holds exactly what is stored, in the same state, once each."""
    assert engine.search(SearchRequest(size=1)).total == engine.count() == len(versions)
    found = indexed(engine, {*versions, *keys})
    wanted = Counter(f"{key}@{version}" for key, version in versions.items())
    assert found == wanted, f"too many: {found - wanted}, too few: {wanted - found}"


def seconds_until_equal(engine: Engine, most: float) -> float:
    """Return after how many seconds everything stored can be found, by count; fails after `most`."""
    began = time.monotonic()
    while not _even(engine):
        assert time.monotonic() - began < most, "the index does not come to equal the store"
        time.sleep(0.02)
    return time.monotonic() - began


def _even(engine: Engine) -> bool:
    lag = getattr(engine, "lag", None)  # the embedded engine has one; the other is searchable after a refresh
    return (lag is None or lag() == 0) and engine.search(SearchRequest(size=1)).total == engine.count()


def _named(article: Article) -> tuple[str, int]:
    (mark,) = article.tags
    key, _, version = mark.partition("@")
    sent = document(key, int(version))
    assert (article.title, article.body, list(article.tags)) == (sent["title"], sent["body"], sent["tags"]), mark
    return key, int(version)
