"""What an audience may see, asked of every route: one class over both engines."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from service.app import create_app
from service.config import Config
from service.domain.keys import Audience, Scope
from service.domain.outlets import Display, Licence, Outlet, OutletKind
from service.search.engine import Engine
from service.usecases.keys.making import create_key
from service.usecases.licences.licences import today
from service.usecases.licences.outlets import Outlets
from tests.web.walking import reading_routes, requests_of, text_of

SNIPPET = 60  # characters
SENTENCES = (
    "한빛시가 물결공원 한가운데에 시민 도서관을 새로 짓기로 했다고 15일 밝혔다.",
    "나한결 한빛시장은 “비가 와도 젖지 않고 닿는 열람실을 반드시 마련하겠다”고 말했다.",
    "공사비는 모두 84억원이며 올해 3월에 첫 삽을 떠서 내년 봄에 문을 연다.",
    "주민들은 도서관 옆 주차장이 좁다며 버스 노선을 늘려 달라고 거듭 요구해 왔다.",
    "시는 구서율 도서관추진단장을 중심으로 설계 공모를 다음 달부터 진행할 계획이다.",
)
OTHER_TEXTS = {
    "subtitle": "걸어서 닿는 책의 숲을 물가에 새로 가꾼다",
    "captions": [{"text": "물결공원에 들어설 도서관을 그린 조감도를 시민이 보고 있다", "credit": "한빛시"}],
    "subheads": ["주차장보다 버스 노선을 먼저 늘린다"],
}
QUERIES = ("", "도서관 열람실", '"설계 공모"', "(주차장 | 조감도 | 책의 숲)", "발언자:나한결", "도서* 노선을")
ALLOWED = {"full": "일간하늘", "snippet": "주간노을", "link": "월간바다", "unknown": "모르는신문"}


def article(name: str, outlet: str) -> dict[str, Any]:
    return {
        "id": f"licensed-{name}",
        "title": f"한빛시, 물결공원에 도서관 연다 ({outlet})",
        "body": "\n\n".join(SENTENCES),
        "outlet": outlet,
        "url": f"https://news.example/{name}",
        "reporters": [{"name": "도서윤", "role": "기자"}],
        "published_at": "2026-01-15T09:30:00+09:00",
        **OTHER_TEXTS,
    }


class Site:
    """An application over an engine that holds one article of each outlet, with a key that may read as an audience."""

    def __init__(self, engine: Engine, folder: Path, audience: Audience, only: str) -> None:
        config = Config(data_dir=folder, log_level="error", snippet_characters=SNIPPET, requests_per_minute=0)
        for name, outlet in ALLOWED.items():
            if name in set(Display):
                licences = {Audience.INTRANET: Licence(Display(name)), Audience.PUBLIC: Licence(Display.LINK)}
                Outlets(engine.records).put(Outlet(outlet, OutletKind.DAILY, (f"{outlet} 인터넷",), licences))
        self.engine = engine
        # Stored before there is a key: the service is open then.
        self.app = create_app(config, engine)
        self.client = self.app.test_client()
        stored = article(only, ALLOWED[only])
        self.put = self.client.put(f"/v1/articles/{stored['id']}?refresh=wait_for", json=stored)
        self.ids = (str(stored["id"]),)
        token = create_key(config.keys_path, "asking", scope=Scope.WRITE, audience=audience)[0]
        self.headers = {"Authorization": f"Bearer {token}"}
        # The service looks for keys once a second; another one over the same engine knows them from the start.
        self.app = create_app(config, engine)
        self.client = self.app.test_client()

    def answers(self) -> Iterator[tuple[str, str]]:
        """Yield every path that is asked and the text of its answer, as it is and as HTML and JSON are read."""
        for route in sorted(reading_routes(self.app)):
            for path in requests_of(route, self.ids, QUERIES):
                accept = "text/html" if not path.startswith("/v1") else "*/*"
                response = self.client.get(path, headers=self.headers | {"Accept": accept})
                assert response.status_code < 500, (path, response.text)
                yield path, read(text_of(response))

    def counted(self) -> dict[tuple[str, str, str], int]:
        """Return the views of this month by outlet, audience and article."""
        counter = self.app.extensions["gisa"].views
        assert counter.flush()
        month = f"{today():%Y-%m}"
        return {each.view[1:]: each.count for each in self.engine.views.counted(month, month)}

    def written(self) -> Iterator[tuple[str, str]]:
        """Yield the answers to writes that bring no text."""
        path = f"/v1/articles/{self.ids[0]}"
        for tags in (["하나"], ["둘"]):
            answer = self.client.patch(path, json={"tags": tags}, headers=self.headers)
            assert answer.status_code == 200, answer.text
            yield f"PATCH {path}", read(answer.text)


def read(text: str) -> str:
    """Return a text without marks, tags and the escapes of HTML, blanks as one."""
    return " ".join(html.unescape(re.sub(r"<[^<>]*>", "", text.replace("\\n", " "))).split())


def longest_run(text: str, source: str, least: int) -> int:
    """Return the length of the longest part of `source` that stands in the text, `least` where none is longer."""
    best = least
    for start in range(len(source)):
        while source[start : start + best + 1] in text and start + best + 1 <= len(source):
            best += 1
    return best


class LicensingContract:
    """What holds of every answer; a subclass beside an `engine` fixture of each test's own runs it."""

    @pytest.mark.parametrize("only", ["link", "snippet"])
    def test_no_answer_of_any_route_shows_more_than_the_licence(
        self, engine: Engine, tmp_path: Path, only: str
    ) -> None:
        site = Site(engine, tmp_path, Audience.INTRANET, only)
        body = " ".join(SENTENCES)
        withheld = [OTHER_TEXTS["subtitle"], OTHER_TEXTS["captions"][0]["text"], OTHER_TEXTS["subheads"][0]]  # type: ignore[index]
        titles = 0
        shown: set[str] = set()
        for path, text in (*site.answers(), *site.written()):
            own = without_query(text, path)
            titles += "물결공원에 도서관 연다" in own
            assert not [found for found in withheld if str(found) in own], path
            most = longest_run(own, body, 20)
            assert most <= (SNIPPET if only == "snippet" else 25), (path, most, own)
            shown |= {sentence for sentence in SENTENCES if sentence in own}
        assert titles > 20  # the walk has met the article
        if only == "link":
            assert shown == set()
        else:
            assert shown <= {SENTENCES[0]}
        assert site.counted() == {}

    def test_many_searches_show_no_more_of_a_snippet_than_one(self, engine: Engine, tmp_path: Path) -> None:
        site = Site(engine, tmp_path, Audience.INTRANET, "snippet")
        seen = set()
        for q in QUERIES:
            hits = site.client.get("/v1/search", query_string={"q": q}, headers=site.headers).json["hits"]
            for hit in hits:
                highlights = hit["highlights"]
                assert set(highlights) <= {"title", "body"}
                assert ("summary" in hit["article"]) != ("body" in highlights)
                seen.add(hit["article"].get("summary") or read("".join(highlights["body"])))
        assert len(seen) == 1
        assert 0 < len(seen.pop()) <= SNIPPET

    def test_whoever_may_see_all_of_it_sees_it_and_each_view_of_it_is_counted(
        self, engine: Engine, tmp_path: Path
    ) -> None:
        site = Site(engine, tmp_path, Audience.INTRANET, "full")
        bodies = 0
        for path, text in (*site.answers(), *site.written()):
            # Two side by side are sentence beside sentence; anywhere else a body is one run of text.
            beside = min(text.count(sentence) for sentence in SENTENCES)
            bodies += beside if "/compare/" in path else " ".join(SENTENCES) in text
        assert bodies == 6  # the API and the page one each, two side by side, two written
        assert site.counted() == {(ALLOWED["full"], "intranet", site.ids[0]): bodies}

    @pytest.mark.parametrize(
        ("audience", "display"),
        [(Audience.PRESS_OFFICE, "full"), (Audience.INTRANET, "snippet"), (Audience.PUBLIC, "link")],
    )
    def test_an_unknown_outlet_gets_the_cautious_default(
        self, engine: Engine, tmp_path: Path, audience: Audience, display: str
    ) -> None:
        site = Site(engine, tmp_path, audience, "unknown")
        found = site.client.get(f"/v1/articles/{site.ids[0]}", headers=site.headers).json
        assert found["display"] == display
        assert ("body" in found, "summary" in found) == (display == "full", display != "link")
        assert site.counted() == {}
        [hit] = site.client.get("/v1/search?q=도서관", headers=site.headers).json["hits"]
        assert hit["article"]["display"] == display

    def test_a_change_of_the_licence_changes_the_etag(self, engine: Engine, tmp_path: Path) -> None:
        site = Site(engine, tmp_path, Audience.INTRANET, "full")
        path = f"/v1/articles/{site.ids[0]}"
        etag = site.client.get(path, headers=site.headers).headers["ETag"]
        assert site.client.get(path, headers=site.headers | {"If-None-Match": etag}).status_code == 304
        for asked in (path, f"/articles/{site.ids[0]}", f"/articles/{site.ids[0]}/compare/{site.ids[0]}"):
            assert site.client.head(asked, headers=site.headers).status_code == 200
        assert site.client.put(path, json=article("full", ALLOWED["full"]), headers=site.headers).status_code == 200
        # What was not sent, or is the sender's own text, is no view.
        assert site.counted() == {(ALLOWED["full"], "intranet", site.ids[0]): 1}
        licence = {Audience.INTRANET: Licence(Display.LINK)}
        Outlets(engine.records).put(Outlet(ALLOWED["full"], OutletKind.DAILY, (), licence))
        other = create_app(Config(data_dir=tmp_path, log_level="error"), engine).test_client()
        answer = other.get(path, headers=site.headers | {"If-None-Match": etag})
        assert (answer.status_code, "body" in answer.json) == (200, False)
        patched = other.patch(path, json={"tags": ["셋"]}, headers=site.headers | {"If-Match": etag})
        assert (patched.status_code, "body" in patched.json) == (200, False)


def without_query(text: str, path: str) -> str:
    """Return the text without the words that were asked for, which an answer may repeat."""
    for q in parse_qs(urlsplit(path).query).get("q", ()):
        text = text.replace(" ".join(q.split()), "")
    return text
