"""An export of thousands of hits by a real service: equal to paging, row for row, with memory flat."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from bench.running import RunningService
from service.engines.embedded import open_engine, rebuild
from service.search.engine import Put
from tests.contract.articles import article, put

COUNT = int(os.environ.get("GISA_TEST_EXPORT_ARTICLES", "3000"))
GROWTH = 32 << 20  # bytes, however many the hits
RELEASED_WITHIN = 30.0  # seconds
_WORDS = ("하천", "공원", "도서관", "여객선", "선착장", "예산", "조례", "축제", "시장", "주민")


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    """Return a service of one worker over the articles."""
    directory = tmp_path_factory.mktemp("export") / "data"
    engine = open_engine(directory, index=False)
    for start in range(0, COUNT, 500):
        engine.write([_put(number) for number in range(start, min(start + 500, COUNT))])
    engine.close()
    rebuild(directory)  # one index at the end takes less than to follow each write
    with RunningService.start(directory, workers=1, export_rows=str(COUNT)) as started:
        yield started


def _put(number: int) -> Put:
    chance = random.Random(number)
    words = [chance.choice(_WORDS) for _ in range(40)]
    day = f"2026-{number % 12 + 1:02d}-{number % 28 + 1:02d}T09:{number % 60:02d}:00+09:00"
    return put(article("export", f"{number:06}", f"하천 {' '.join(words)}.", title=f"소식 {number}", published=day))


def exported(service: RunningService, query: str) -> tuple[bytes, int]:
    """Return the body of an export and by how many bytes the memory of the worker had grown at most meanwhile."""
    [pid] = service.worker_pids()
    before = most = anonymous_bytes(pid)
    connection = service.connection(600)
    connection.request("GET", f"/v1/export?{query}")
    response = connection.getresponse()
    assert response.status == 200
    body = bytearray()
    while piece := response.read(1 << 18):
        body += piece
        most = max(most, anonymous_bytes(pid))
    connection.close()
    return bytes(body), most - before


def anonymous_bytes(pid: int) -> int:
    """Return the memory of a process that no file stands behind (Linux)."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("RssAnon:"))
    return int(line.split()[1]) * 1024


def paged(service: RunningService, query: str) -> list[str]:
    """Return the ids that paging gives."""
    ids: list[str] = []
    cursor = ""
    while True:
        status, page = service.request("GET", f"/v1/search?{query}&size=100&highlight=false{cursor}")
        assert status == 200
        ids += [hit["id"] for hit in page["hits"]]
        if not page["next"]:
            return ids
        cursor = f"&cursor={page['next']}"


@pytest.mark.slow
@pytest.mark.parametrize("sort", ["newest", "oldest", "relevance"])
def test_an_export_equals_paging_with_memory_flat(service: RunningService, sort: str) -> None:
    query = f"q={quote('하천')}&sort={sort}"
    for form in ("ndjson", "csv", "xlsx"):
        exported(service, f"format={form}&q={quote('소식 NEAR/0 17')}")  # whatever is loaded with the first one
    lines, of_lines = exported(service, f"format=ndjson&{query}")
    table, of_table = exported(service, f"format=csv&{query}")
    workbook, of_workbook = exported(service, f"format=xlsx&{query}")
    ids = [json.loads(line)["id"] for line in lines.splitlines()]
    assert len(ids) == COUNT
    assert ids == paged(service, query)
    assert [row[-1] for row in csv.reader(io.StringIO(table.decode("utf-8-sig"), newline=""))][1:] == ids
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        assert archive.read("xl/worksheets/sheet1.xml").count(b"<row ") == COUNT + 1
    print(f"\n{COUNT:,} hits by {sort}: ndjson +{of_lines:,}, csv +{of_table:,}, xlsx +{of_workbook:,} bytes")
    assert max(of_lines, of_table, of_workbook) < GROWTH


@pytest.mark.slow
def test_a_client_that_leaves_lets_go_of_the_files(service: RunningService) -> None:
    [pid] = service.worker_pids()

    def open_files() -> int:
        return len(list(Path(f"/proc/{pid}/fd").iterdir()))

    def leave_in_the_middle() -> None:
        for _ in range(20):
            connection = service.connection()
            connection.request("GET", f"/v1/export?format=csv&q={quote('하천')}")
            connection.getresponse().read(1_000)
            connection.close()

    leave_in_the_middle()  # every thread of the worker opens what it keeps
    time.sleep(2.5)
    before = open_files()
    leave_in_the_middle()
    deadline = time.monotonic() + RELEASED_WITHIN
    while open_files() > before + 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert open_files() <= before + 2
    assert service.request("GET", "/v1/search?size=1")[0] == 200
