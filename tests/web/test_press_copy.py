"""Press copy as it is pasted."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

COPY = """한빛시, 물결공원에 시민 도서관 연다

입력 2026.01.15 09:30

(한빛=하늘일보) 도서윤 기자 = 한빛시가 물결공원 안에 시민 도서관을 짓는다고 15일 밝혔다.

나한결 한빛시장은 “누구나 걸어서 책을 만나는 도시를 만들겠다”고 말했다.
"""
TITLE = "한빛시, 물결공원에 시민 도서관 연다"


def test_a_dry_run_shows_and_stores_nothing(client: FlaskClient, article_id: str) -> None:
    title = f"{TITLE} {article_id}"
    copy = COPY.replace(TITLE, title).encode()
    shown = client.post("/v1/press-copy?dry_run=true&refresh=wait_for", data=copy, content_type="text/plain")
    assert shown.status_code == 200
    (entry,) = shown.json["articles"]
    assert (entry["title"], entry["id"], entry["status"], entry["problems"]) == (title, None, None, [])
    assert entry["published_at"] == "2026-01-15T09:30:00+09:00"
    assert [reporter["name"] for reporter in entry["reporters"]] == ["도서윤"]
    found = client.get("/v1/search", query_string={"q": f'title:"{title}"'})
    assert found.json["total"]["value"] == 0


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (COPY.encode(), "text/plain"),
        (COPY.encode(), "text/plain; charset=utf-8"),
        (COPY.encode("cp949"), "text/plain"),
        (COPY.encode("cp949"), "text/plain; charset=cp949"),
        (COPY.encode("euc-kr"), "text/plain; charset=EUC-KR"),
        (b"\xef\xbb\xbf" + COPY.replace("\n", "\r\n").encode(), "text/plain"),
        (
            "".join(f"<p>{paragraph}</p>" for paragraph in COPY.split("\n\n")).encode(),
            "text/html; charset=utf-8",
        ),
    ],
    ids=range(7),
)
def test_press_copy_comes_in_any_charset(client: FlaskClient, data: bytes, media_type: str) -> None:
    shown = client.post("/v1/press-copy?dry_run=true", data=data, content_type=media_type)
    assert shown.status_code == 200
    assert [entry["title"] for entry in shown.json["articles"]] == [TITLE]


def test_what_is_stored_is_found(client: FlaskClient, article_id: str) -> None:
    path = "/v1/press-copy?refresh=wait_for"
    title = f"{TITLE} {article_id}"
    copy = COPY.replace(TITLE, title).encode()
    stored = client.post(path, data=copy, content_type="text/plain")
    assert stored.status_code == 201
    (entry,) = stored.json["articles"]
    assert entry["status"] == 201
    assert client.get(f"/v1/articles/{entry['id']}").json["title"] == title
    assert client.get("/v1/search?q=시민+도서관").json["total"]["value"] >= 1
    again = client.post(path, data=copy, content_type="text/plain")
    assert (again.status_code, again.json["articles"][0]["id"]) == (201, entry["id"])
    assert again.json["articles"][0]["status"] == 200


def test_parameters_fill_what_the_copy_does_not_say(client: FlaskClient) -> None:
    copy = "별빛천 산책로 넓힌다\n\n한빛시가 별빛천 산책로를 넓히는 공사를 시작했다고 밝혔다.\n".encode()
    query = {
        "dry_run": "true",
        "outlet": "하늘일보",
        "published_at": "2026-02-03",
        "url": "https://haneul.example/9",
        "section": "지역",
    }
    shown = client.post("/v1/press-copy", query_string=query, data=copy, content_type="text/plain")
    (entry,) = shown.json["articles"]
    assert (entry["outlet"], entry["section"], entry["url"]) == ("하늘일보", "지역", "https://haneul.example/9")
    assert entry["published_at"] == "2026-02-03T00:00:00+09:00"


def test_a_copy_without_a_headline_is_shown_with_its_problem_and_not_stored(client: FlaskClient) -> None:
    copy = "입력 2026.01.15 09:30\n\n한빛시가 물결공원 안에 시민 도서관을 짓는다고 15일 밝혔다. 개관은 내년 봄이다.\n"
    shown = client.post("/v1/press-copy?dry_run=true", data=copy.encode(), content_type="text/plain")
    assert shown.status_code == 200
    (entry,) = shown.json["articles"]
    assert entry["title"] is None
    assert entry["problems"][0]["pointer"] == "/title"
    before = client.get("/v1/search").json["total"]
    refused = client.post("/v1/press-copy?refresh=wait_for", data=copy.encode(), content_type="text/plain")
    assert refused.status_code == 422
    assert refused.json["errors"][0]["pointer"] == "/articles/0/title"
    assert client.get("/v1/search").json["total"] == before


@pytest.mark.parametrize("query", ["", "?dry_run=true"])
@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", "\u200b\ufeff\u3000".encode()])
def test_an_empty_copy_is_refused(client: FlaskClient, query: str, data: bytes) -> None:
    for media_type in ("text/plain", "text/html"):
        refused = client.post(f"/v1/press-copy{query}", data=data, content_type=media_type)
        assert refused.status_code == 422
        assert refused.json["errors"]


@pytest.mark.parametrize(
    ("query", "data", "media_type", "status"),
    [
        ("", COPY.encode(), None, 415),
        ("", COPY.encode(), "application/json", 415),
        ("", COPY.encode(), "text/plain; charset=shift_jis", 415),
        ("", COPY.encode(), "text/plain; charset=utf-16", 415),
        ("", COPY.encode() * 20_000, "text/plain", 413),
        ("?dry_run=1", COPY.encode(), "text/plain", 422),
        ("?dry_run=true&dry_run=true", COPY.encode(), "text/plain", 422),
        ("?outlet=", COPY.encode(), "text/plain", 422),
        ("?url=haneul.example", COPY.encode(), "text/plain", 422),
        ("?published_at=2026-02-30", COPY.encode(), "text/plain", 422),
        ("?title=x", COPY.encode(), "text/plain", 422),
    ],
    ids=range(11),
)
def test_a_copy_that_cannot_be_taken_is_refused(
    client: FlaskClient, query: str, data: bytes, media_type: str | None, status: int
) -> None:
    refused = client.post(f"/v1/press-copy{query}", data=data, content_type=media_type)
    assert (refused.status_code, refused.mimetype) == (status, "application/problem+json")
    if status == 422:
        assert refused.json["errors"][0]["parameter"] == query[1:].partition("=")[0]


@pytest.mark.parametrize(
    "data",
    [b"\x00\x01\x02" * 50, bytes(range(256)), b"\xff\xfe" + COPY.encode("utf-16-le"), b"<" * 5_000, b"\xa1" * 999],
    ids=range(5),
)
def test_no_bytes_make_an_error_of_the_service(client: FlaskClient, data: bytes) -> None:
    for media_type in ("text/plain", "text/html", "text/plain; charset=euc-kr"):
        answer = client.post("/v1/press-copy", data=data, content_type=media_type)
        assert answer.status_code in {201, 400, 422}
