"""The description that browsers add the search by, and the suggestions in their format."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from schemas.article import load_article
from service.search.engine import Engine
from service.usecases.ingest import Ingest

NAMESPACE = {"o": "http://a9.com/-/spec/opensearch/1.1/"}


@pytest.fixture(scope="module", autouse=True)
def _stored(engine: Engine) -> None:
    articles = [
        {"id": f"lamp-{number}", "title": "등불 축제 열린다", "body": "불을 켠다.", "reporters": [{"name": "한가람"}]}
        for number in range(2)
    ]
    Ingest(engine).put_many([load_article(article) for article in articles], wait=True)


def template(client: FlaskClient, media_type: str) -> str:
    document = ElementTree.fromstring(client.get("/opensearch.xml", base_url="https://gisa.example").data)
    (found,) = (url for url in document.findall("o:Url", NAMESPACE) if url.get("type") == media_type)
    return found.get("template", "")


def test_the_description_says_what_browsers_ask_for(client: FlaskClient) -> None:
    answered = client.get("/opensearch.xml", base_url="https://gisa.example")
    assert answered.mimetype == "application/opensearchdescription+xml"
    document = ElementTree.fromstring(answered.data)
    assert document.tag == f"{{{NAMESPACE['o']}}}OpenSearchDescription"
    assert 0 < len(document.findtext("o:ShortName", "", NAMESPACE)) <= 16
    assert 0 < len(document.findtext("o:Description", "", NAMESPACE)) <= 1024
    icon = document.findtext("o:Image", "", NAMESPACE)
    assert client.get(urlsplit(icon).path).mimetype == "image/svg+xml"
    for url in document.findall("o:Url", NAMESPACE):
        assert url.get("template", "").startswith("https://gisa.example/")


@pytest.mark.parametrize("media_type", ["text/html", "application/x-suggestions+json", "application/atom+xml"])
def test_each_address_of_the_description_answers_in_its_form(client: FlaskClient, media_type: str) -> None:
    parts = urlsplit(template(client, media_type).replace("{searchTerms}", "%EB%93%B1%EB%B6%88"))
    answered = client.get(f"{parts.path}?{parts.query}", headers={"Accept": media_type})
    assert (answered.status_code, answered.mimetype) == (200, media_type)
    assert "등불" in answered.text


def test_suggestions_come_in_the_form_of_browsers(client: FlaskClient) -> None:
    typed, texts, kinds, addresses = client.get("/opensearch/suggestions?q=한가", base_url="https://gisa.example").json
    assert typed == "한가"
    assert len(texts) == len(kinds) == len(addresses) > 0
    place = texts.index("한가람")
    assert kinds[place] == "기자 · 2건"
    assert parse_qs(urlsplit(addresses[place]).query) == {"q": ['기자:"한가람"']}
    assert addresses[place].startswith("https://gisa.example/?q=")


def test_nothing_typed_suggests_nothing(client: FlaskClient) -> None:
    assert client.get("/opensearch/suggestions?q=").json == ["", [], [], []]


@pytest.mark.parametrize("path", ["suggestions", "suggestions?q=a&colour=b"])
def test_what_does_not_fit_is_refused(client: FlaskClient, path: str) -> None:
    assert client.get("/opensearch.xml?colour=b").status_code == 422
    assert client.get(f"/opensearch/{path}").status_code == 422


def test_pages_lead_to_the_description(client: FlaskClient) -> None:
    for path in ("/", "/analysis", "/paste"):
        html = client.get(path, headers={"Accept": "text/html"}).text
        (link,) = re.findall(r'<link rel="search" href="([^"]+)" type="([^"]+)"', html)
        assert client.get(link[0]).mimetype == link[1]


def test_the_feed_of_the_very_search_can_be_discovered(client: FlaskClient) -> None:
    html = client.get("/?q=등불&reporter=한가람&sort=oldest", headers={"Accept": "text/html"}).text
    (feed,) = re.findall(
        r'<link id="feed" rel="alternate" type="application/atom\+xml" title="등불" href="([^"]+)">', html
    )
    feed = feed.replace("&amp;", "&")
    assert parse_qs(urlsplit(feed).query) == {"q": ["등불"], "reporter": ["한가람"], "group": ["story"]}
    assert client.get(feed).text.count("<entry>") >= 1
