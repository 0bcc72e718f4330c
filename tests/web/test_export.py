"""Exports over HTTP: every hit once, harmless cells, and a limit that is said."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service.app import create_app
from service.config import Config
from service.domain.errors import EngineUnavailable
from service.search.engine import Engine
from service.usecases.export import Export, Exported

COUNT = 250
ARTICLES: list[dict[str, Any]] = [
    {
        "id": f"x{number:03}",
        "title": f"가온시 뱃길 소식 {number}",
        "body": "여객선을 늘린다." * (number % 4 + 1),
        "outlet": ("하늘일보", "별빛뉴스")[number % 2],
        "reporters": [{"name": "도서윤"}, {"name": "문해진"}],
        "published_at": f"2026-01-{number % 28 + 1:02d}T23:30:00Z",
        "page": "A3",
        "tags": ["주말"],
    }
    for number in range(COUNT)
]
DANGEROUS = ["=1+1", "+82", "-5도", "@이름", "＝합계", '=HYPERLINK("x")', '쉼표, "따옴표"']


@pytest.fixture(scope="module", autouse=True)
def _stored(app: Flask) -> None:
    lines = "\n".join(json.dumps(article) for article in ARTICLES)
    answer = app.test_client().post(
        "/v1/articles/bulk?refresh=wait_for", data=lines.encode(), content_type="application/x-ndjson"
    )
    assert json.loads(answer.text.splitlines()[-1])["summary"]["created"] == COUNT


@pytest.fixture
def limited(engine: Engine, tmp_path: Any) -> FlaskClient:
    return create_app(Config(data_dir=tmp_path, log_level="error", export_rows=10), engine).test_client()


def paged(client: FlaskClient, query: str) -> Iterator[dict[str, Any]]:
    """Yield every hit that paging gives."""
    cursor = ""
    while True:
        answer = client.get(f"/v1/search?{query}&highlight=false&size=70{cursor}").json
        yield from answer["hits"]
        if not answer["next"]:
            return
        cursor = f"&cursor={answer['next']}"


def rows(data: bytes) -> list[list[str]]:
    """Return the rows of a CSV with a byte order mark."""
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def sheet(data: bytes, number: int = 1) -> list[list[str]]:
    """Return the cells of a sheet, all of which hold text; none a formula."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{number}.xml"))
    assert not root.findall(".//{*}f")
    return [
        ["".join(text.text or "" for text in cell.findall(".//{*}t")) for cell in line.findall("{*}c")]
        for line in root.findall(".//{*}row")
    ]


@pytest.mark.parametrize(
    "query", ["q=뱃길", "q=여객선&sort=relevance", "sort=oldest", "q=뱃길&outlet=하늘일보&sort=newest", "q=우주정거장"]
)
def test_every_form_holds_what_paging_gives_row_for_row(client: FlaskClient, query: str) -> None:
    hits = list(paged(client, query))
    ids = [hit["id"] for hit in hits]
    lines = client.get(f"/v1/export?format=ndjson&{query}")
    assert lines.headers["Content-Type"].startswith("application/x-ndjson")
    assert [json.loads(line) for line in lines.text.splitlines()] == hits
    table = rows(client.get(f"/v1/export?format=csv&{query}").data)
    assert [row[-1] for row in table[1:]] == ids
    workbook = sheet(client.get(f"/v1/export?format=xlsx&{query}").data)
    assert [row[-1] for row in workbook[1:]] == ids
    assert lines.headers["X-Total-Count"] == str(len(ids))
    assert lines.headers["X-Row-Limit"] == "100000"


def test_rows_say_what_a_press_office_asks_for(client: FlaskClient) -> None:
    head, row = rows(client.get("/v1/export?format=csv&q=뱃길&sort=oldest").data)[:2]
    cells = dict(zip(head, row, strict=True))
    assert (cells["제목"], cells["언론사"], cells["면"]) == ("가온시 뱃길 소식 0", "하늘일보", "A3")
    assert (cells["기자"], cells["발행 시각(KST)"]) == ("도서윤, 문해진", "2026-01-02 08:30:00")
    assert {"URL", "인물", "기관", "장소", "요약"} <= set(head)
    english = client.get("/v1/export?format=csv&q=뱃길", headers={"Accept-Language": "en"})
    assert rows(english.data)[0][:3] == ["Title", "Subtitle", "Outlet"]
    assert "Accept-Language" in english.headers["Vary"]


def test_no_cell_is_a_formula(client: FlaskClient) -> None:
    for number, title in enumerate(DANGEROUS):
        document = {"title": title, "body": "위험한 칸", "outlet": title, "tags": [title]}
        client.put(f"/v1/articles/danger{number}?refresh=wait_for", json=document)
    table = rows(client.get('/v1/export?format=csv&q="위험한 칸"&sort=newest').data)
    workbook = sheet(client.get('/v1/export?format=xlsx&q="위험한 칸"&sort=newest').data)
    for number in range(len(DANGEROUS)):
        client.delete(f"/v1/articles/danger{number}?refresh=wait_for")
    expected = [f"'{title}" for title in DANGEROUS[:-1]] + DANGEROUS[-1:]
    assert [row[0] for row in table[1:]] == expected
    assert [row[0] for row in workbook[1:]] == expected
    assert not any(cell[:1] in set("=+-@\t\r＝＋－＠") for row in table for cell in row if cell)


@pytest.mark.parametrize(("form", "type_"), [("csv", "text/csv"), ("xlsx", "application/vnd"), ("ndjson", "app")])
def test_the_file_has_a_korean_name(client: FlaskClient, form: str, type_: str) -> None:
    answer = client.get("/v1/export", query_string={"format": form, "q": '"뱃길" /소식\\'})
    assert answer.headers["Content-Type"].startswith(type_)
    named = answer.headers["Content-Disposition"]
    assert named.startswith('attachment; filename="gisa-')
    assert named.isascii()
    name = unquote(named.partition("filename*=UTF-8''")[2])
    assert name.startswith("기사-뱃길 소식-")
    assert name.endswith(f".{form}")


def test_the_limit_is_said_and_never_silent(limited: FlaskClient) -> None:
    answers = {form: limited.get(f"/v1/export?format={form}&q=뱃길&sort=oldest") for form in ("csv", "xlsx", "ndjson")}
    assert {answer.headers["X-Total-Count"] for answer in answers.values()} == {str(COUNT)}
    assert {answer.headers["X-Row-Limit"] for answer in answers.values()} == {"10"}
    table = rows(answers["csv"].data)
    assert len(table) == 12
    assert table[-1] == ["※ 모두 250건 가운데 앞의 10건만 담았습니다. 기간이나 필터로 나누어 내보내세요."]
    workbook = sheet(answers["xlsx"].data)
    assert (len(workbook), workbook[-1]) == (12, table[-1])
    assert sheet(answers["xlsx"].data, 2) == [[table[-1][0].removeprefix("※ ")]]
    lines = [json.loads(line) for line in answers["ndjson"].text.splitlines()]
    assert [line["id"] for line in lines[:-1]] == [hit["id"] for hit in paged(limited, "q=뱃길&sort=oldest")][:10]
    assert list(lines[-1]) == ["note"]


def test_stories_are_rows_where_hits_are_grouped(client: FlaskClient, limited: FlaskClient) -> None:
    copy = {
        "title": "뱃길 늘린다",
        "body": "달섬 어촌계가 뱃길을 늘려 달라고 했다. 시는 배를 두 척 더 빌리기로 했다. " * 5,
    }
    for number in range(3):
        client.put(f"/v1/articles/story{number}?refresh=wait_for", json=copy | {"outlet": f"누리{number}뉴스"})
    grouped = list(paged(client, "q=어촌계&group=story"))
    answer = client.get("/v1/export?format=ndjson&q=어촌계&group=story")
    every = limited.get("/v1/export?format=ndjson&group=story&sort=newest")
    stories = list(paged(client, "group=story&sort=newest"))
    for number in range(3):
        client.delete(f"/v1/articles/story{number}?refresh=wait_for")
    assert [json.loads(line) for line in answer.text.splitlines()] == grouped
    assert [hit["copies"] for hit in grouped] == [2]
    assert answer.headers["X-Total-Count"] == "1"
    assert every.headers["X-Total-Count"] == str(len(stories))
    assert [json.loads(line) for line in every.text.splitlines()][:10] == stories[:10]


def test_refusals_are_problems(client: FlaskClient) -> None:
    for query, status in (
        ("q=뱃길", 422),
        ("format=pdf", 422),
        ("format=csv&cursor=x", 422),
        ("format=csv&size=0", 422),
        ("format=csv&published_from=2026-02-01&published_to=2026-01-01", 422),
        ('format=xlsx&q=뱃길 "', 400),
    ):
        refused = client.get(f"/v1/export?{query}")
        assert (refused.status_code, refused.mimetype) == (status, "application/problem+json")
    assert client.get("/v1/export?format=csv&size=5&facets=outlet&interval=day").status_code == 200
    assert client.get("/v1/export?format=csv", headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.parametrize("form", ["csv", "xlsx", "ndjson"])
def test_head_sends_the_headers_alone(client: FlaskClient, form: str) -> None:
    head = client.head(f"/v1/export?format={form}&q=뱃길")
    assert (head.status_code, head.data, head.headers["X-Total-Count"]) == (200, b"", str(COUNT))


@pytest.mark.parametrize("form", ["csv", "ndjson"])
def test_an_error_on_the_way_ends_the_stream_visibly(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    whole = Export.run

    def breaking(self: Export, parameters: Any) -> Exported:
        exported = whole(self, parameters)

        def hits() -> Any:
            for number, hit in enumerate(exported.hits):
                if number == 5:
                    raise EngineUnavailable("엔진이 없습니다.", "The engine is away.")
                yield hit

        return Exported(exported.total, exported.limit, hits())

    monkeypatch.setattr(Export, "run", breaking)
    answer = client.get(f"/v1/export?format={form}&q=뱃길", buffered=False)
    received: list[bytes] = []
    with pytest.raises(EngineUnavailable):
        received.extend(answer.response)
    assert "끊겼습니다" in b"".join(received).decode().splitlines()[-1]
    refused = client.get("/v1/export?format=xlsx&q=뱃길")
    assert (refused.status_code, refused.mimetype) == (503, "application/problem+json")
