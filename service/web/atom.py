"""Articles as an Atom feed (RFC 4287): stable ids, plain text, nothing that XML cannot hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote
from xml.etree import ElementTree

from schemas.problems import Language
from service.domain.article import Article
from service.domain.time import KST

_NAMESPACE = "http://www.w3.org/2005/Atom"
ElementTree.register_namespace("", _NAMESPACE)
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONGEST_SUMMARY = 300
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed without an article last changed."""
_TITLE = {"ko": "기사 검색", "en": "Press coverage"}
_EVERYTHING = {"ko": "모든 기사", "en": "every article"}


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says of itself: a name that stays, the query, and addresses, `root` that of the service."""

    name: str
    q: str
    language: Language
    updated: datetime
    own: str
    search: str
    next: str | None
    root: str


def changed_at(article: Article) -> datetime:
    """Return when the service last took the article in."""
    return article.received_at or article.updated_at or article.published_at or NEVER


def atom_feed(feed: Feed, articles: Sequence[Article]) -> bytes:
    """Return the feed as UTF-8."""
    root = ElementTree.Element(f"{{{_NAMESPACE}}}feed", {"xml:lang": feed.language})
    _text(root, "id", f"urn:gisa:feed:{feed.name}")
    _text(root, "title", f"{_TITLE[feed.language]}: {feed.q or _EVERYTHING[feed.language]}")
    _text(root, "updated", _time(feed.updated))
    _link(root, "self", feed.own, "application/atom+xml")
    _link(root, "alternate", feed.search, "application/json")
    if feed.next:
        _link(root, "next", feed.next, "application/atom+xml")  # RFC 5005
    _author(root, "기사(Gisa)")
    _text(root, "generator", "Gisa")
    for article in articles:
        _entry(root, article, feed.root)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _entry(root: ElementTree.Element, article: Article, address: str) -> None:
    entry = _child(root, "entry")
    _text(entry, "id", f"urn:gisa:article:{article.id}")
    _text(entry, "title", article.title)
    _text(entry, "updated", _time(changed_at(article)))
    if article.published_at:
        _text(entry, "published", _time(article.published_at))
    own = f"{address}/v1/articles/{quote(article.id, safe='~')}"
    if article.url:
        _link(entry, "alternate", article.url, None)
        _link(entry, "related", own, "application/json")
    else:
        _link(entry, "alternate", own, "application/json")
    for name in [reporter.name for reporter in article.reporters] or [article.outlet or ""]:
        if name:
            _author(entry, name)
    for scheme, terms in (("outlet", (article.outlet,)), ("section", (article.section,)), ("tag", article.tags)):
        for term in filter(None, terms):
            category = _child(entry, "category")
            category.set("scheme", f"urn:gisa:{scheme}")
            category.set("term", _clean(term))
    if text := article.summary or _beginning(article.body):
        _text(entry, "summary", text)


def _beginning(body: str) -> str:
    text = " ".join(body.split())
    return text if len(text) <= _LONGEST_SUMMARY else text[:_LONGEST_SUMMARY].rstrip() + "…"


def _time(time: datetime) -> str:
    return time.astimezone(KST).replace(microsecond=0).isoformat()


def _author(parent: ElementTree.Element, name: str) -> None:
    _text(_child(parent, "author"), "name", name)


def _link(parent: ElementTree.Element, relation: str, address: str, media_type: str | None) -> None:
    link = _child(parent, "link")
    link.set("rel", relation)
    link.set("href", _clean(address))
    if media_type:
        link.set("type", media_type)


def _text(parent: ElementTree.Element, name: str, text: str) -> None:
    _child(parent, name).text = _clean(text)


def _child(parent: ElementTree.Element, name: str) -> ElementTree.Element:
    return ElementTree.SubElement(parent, f"{{{_NAMESPACE}}}{name}")


def _clean(text: str) -> str:
    return _ILLEGAL.sub("", text)
