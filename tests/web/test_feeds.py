"""The Atom feed of a search."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient

PATH = "/v1/feeds/search.atom"
ATOM = "{http://www.w3.org/2005/Atom}"
ARTICLES: list[dict[str, Any]] = [
    {
        "id": f"f{number}",
        "title": f"뱃길 <소식> & {number}",
        "body": "여객선을 늘린다.",
        "outlet": "하늘일보",
        "tags": ["주말"],
        "reporters": [{"name": "도서윤"}],
        "published_at": f"2026-01-0{number + 1}T09:00:00+09:00",
        **({"url": f"https://haneul.example/{number}"} if number else {}),
    }
    for number in range(5)
]


@pytest.fixture(scope="module", autouse=True)
def _stored(app: Flask) -> None:
    for article in ARTICLES:
        app.test_client().put(f"/v1/articles/{article['id']}?refresh=wait_for", json=article)


def parsed(client: FlaskClient, query: str = "q=뱃길") -> ElementTree.Element:
    """Return the feed of a query."""
    answer = client.get(f"{PATH}?{query}")
    assert (answer.status_code, answer.mimetype) == (200, "application/atom+xml")
    return ElementTree.fromstring(answer.data)


def links(element: ElementTree.Element) -> dict[str, str]:
    """Return the addresses of an element by their relations."""
    return {link.get("rel", ""): link.get("href", "") for link in element.findall(f"{ATOM}link")}


def texts(element: ElementTree.Element, path: str) -> list[str]:
    """Return the texts of the elements at a path of Atom."""
    return [found.text or "" for found in element.findall("/".join(ATOM + name for name in path.split("/")))]


def test_the_newest_hits_come_first_whatever_the_sort(client: FlaskClient) -> None:
    for query in ("q=뱃길", "q=뱃길&sort=oldest&facets=outlet&highlight=true"):
        assert texts(parsed(client, query), "entry/title") == [f"뱃길 <소식> & {n}" for n in (4, 3, 2, 1, 0)]


def test_a_feed_has_what_atom_asks_for(client: FlaskClient) -> None:
    feed = parsed(client)
    for name in ("id", "title", "updated", "author/name"):
        assert len(texts(feed, name)) == 1
    assert texts(feed, "title") == ["기사 검색: 뱃길"]
    assert links(feed)["self"].endswith(f"{PATH}?q=%EB%B1%83%EA%B8%B8")
    assert client.get(links(feed)["alternate"]).json["total"]["value"] == 5
    entry = feed.findall(f"{ATOM}entry")[0]
    for name in ("id", "title", "updated", "published", "summary"):
        assert len(texts(entry, name)) == 1
    assert texts(entry, "id") == ["urn:gisa:article:f4"]
    assert texts(entry, "author/name") == ["도서윤"]
    assert links(entry)["alternate"] == "https://haneul.example/4"
    assert links(feed.findall(f"{ATOM}entry")[-1])["alternate"].endswith("/v1/articles/f0")
    assert [category.get("term") for category in entry.findall(f"{ATOM}category")] == ["하늘일보", "주말"]


def test_the_id_is_that_of_the_search(client: FlaskClient) -> None:
    same = {
        texts(parsed(client, query), "id")[0]
        for query in ("q=뱃길&tag=주말", "tag=주말&q=뱃길", "tag=주말&q=뱃길&size=2")
    }
    assert len(same) == 1
    assert texts(parsed(client), "id")[0] not in same


def test_pages_follow_one_another(client: FlaskClient) -> None:
    seen, query = [], "q=뱃길&size=2"
    while query:
        feed = parsed(client, query)
        seen += texts(feed, "entry/id")
        query = urlsplit(links(feed).get("next", "")).query
    assert seen == [f"urn:gisa:article:f{number}" for number in (4, 3, 2, 1, 0)]


def test_what_has_not_changed_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get(f"{PATH}?q=뱃길")
    tag, modified = first.headers["ETag"], first.headers["Last-Modified"]
    for headers in (
        {"If-None-Match": tag},
        {"If-None-Match": "*"},
        {"If-Modified-Since": modified},
        {"If-None-Match": tag, "If-Modified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"},
        {"If-None-Match": tag.rstrip('"') + ':gzip"', "Accept-Encoding": "gzip"},
    ):
        again = client.get(f"{PATH}?q=뱃길", headers=headers)
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"].partition(":")[0].strip('"') == tag.strip('"')
    client.put("/v1/articles/f4?refresh=wait_for", json=ARTICLES[4] | {"title": "뱃길 고침"})
    changed = client.get(f"{PATH}?q=뱃길", headers={"If-None-Match": tag})
    client.put("/v1/articles/f4?refresh=wait_for", json=ARTICLES[4])
    assert changed.status_code == 200
    assert changed.headers["ETag"] != tag
    stale = client.get(f"{PATH}?q=뱃길", headers={"If-Modified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"})
    assert stale.status_code == 200
    assert client.get(f"{PATH}?q=뱃길", headers={"If-None-Match": "17"}).status_code == 400


def test_a_feed_without_an_article_is_a_feed(client: FlaskClient) -> None:
    feed = parsed(client, "q=우주정거장")
    assert texts(feed, "entry/id") == []
    assert texts(feed, "updated") == ["1970-01-01T09:00:00+09:00"]


def test_what_xml_cannot_hold_is_left_out(client: FlaskClient, article_id: str) -> None:
    path = f"/v1/articles/{article_id}"
    stored = client.put(f"{path}?refresh=wait_for", json={"title": "비문자\ufffe\uffff 끝", "body": "]]> 잠수함\u2028"})
    assert stored.status_code == 201
    assert texts(parsed(client, "q=잠수함"), "entry/title") == ["비문자 끝"]
    client.delete(path)


def test_refusals_and_head(client: FlaskClient) -> None:
    for query, status in (('q=뱃길 "', 400), ("size=0", 422), ("cursor=x", 400), ("nothing=1", 422)):
        refused = client.get(f"{PATH}?{query}")
        assert (refused.status_code, refused.mimetype) == (status, "application/problem+json")
    head = client.head(f"{PATH}?q=뱃길")
    assert (head.status_code, head.data) == (200, b"")
    assert client.get(PATH, headers={"Accept": "application/atom+xml"}).status_code == 200
    assert client.get(PATH, headers={"Accept": "image/png"}).status_code == 406
