"""`gisa import` as a real process: what it takes, what it refuses, again and beside a running service."""

from __future__ import annotations

import gzip
import json
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

from bench.running import RunningService, environment, gisa
from tests.cli.conftest import Gisa

COPY = """가온시, 새빛도서관 문 열어

입력 2026.11.02 09:30
(가온=가람통신) 노을빛 기자 = 가온시는 2일 새빛도서관을 열었다. 도서관은 밤 10시까지 연다.

시민 누구나 책을 빌릴 수 있다.
"""
SAMPLES = Path(__file__).resolve().parents[2] / "samples"


def article(number: int) -> dict[str, Any]:
    return {"id": f"a{number}", "title": f"제목 {number}", "body": f"도서관 {number}호점이 문을 열었다."}


def lines(*documents: Any) -> str:
    return "".join(json.dumps(document, ensure_ascii=False) + "\n" for document in documents)


def rejects(folder: Path) -> list[dict[str, Any]]:
    (path,) = folder.glob("gisa-rejects-*.jsonl")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def total(run: Gisa, query: str = "") -> int:
    return int(json.loads(run("search", *query.split(), "--json").stdout)["total"]["value"])


def test_every_kind_of_file_in_a_folder_is_taken_and_found(run: Gisa, tmp_path: Path) -> None:
    folder = tmp_path / "in" / "deeper"
    folder.mkdir(parents=True)
    (folder / "copy.txt").write_bytes(COPY.encode("cp949"))
    (folder / "one.json").write_text(json.dumps(article(1)), encoding="utf-8")
    (folder / "many.json").write_text(json.dumps([article(2), article(3)]), encoding="utf-8")
    (folder / "lines.jsonl").write_text(lines(article(4)) + "\n" + lines(article(5)), encoding="utf-8")
    (folder / "lines.jsonl.gz").write_bytes(gzip.compress(lines(article(6)).encode()))
    (folder / "notes.md").write_text("no article", encoding="utf-8")
    ended = run("import", "in")
    assert ended.returncode == 0, ended.stderr
    assert "7 created, 0 replaced, 0 unchanged, 0 refused." in ended.stderr
    assert "1 files of other kinds were passed over." in ended.stderr
    assert list(tmp_path.glob("gisa-rejects-*")) == []
    assert total(run, "도서관") == 7


def test_running_it_again_changes_nothing(run: Gisa, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "copy.txt").write_text(COPY, encoding="utf-8")
    (tmp_path / "in" / "lines.jsonl").write_text(lines(article(1), article(2)), encoding="utf-8")
    run("import", "in")
    again = run("import", "in")
    assert again.returncode == 0
    assert "0 created, 0 replaced, 3 unchanged, 0 refused." in again.stderr


def test_what_is_refused_goes_to_a_file_and_the_rest_is_taken(run: Gisa, tmp_path: Path) -> None:
    good, bad = lines(article(1)), '{"title": "", "body": "본문"}\n'
    (tmp_path / "in.jsonl").write_text(good + bad + "\nnot json\n" + lines(article(2)), encoding="utf-8")
    ended = run("import", "in.jsonl")
    assert ended.returncode == 1
    assert "2 created, 0 replaced, 0 unchanged, 2 refused." in ended.stderr
    blank, broken = rejects(tmp_path)
    assert (blank["file"], blank["line"], blank["input"]) == ("in.jsonl", 2, bad.strip())
    assert blank["errors"][0]["pointer"] == "/title"
    assert (broken["line"], broken["code"], broken["input"]) == (4, "malformed-request", "not json")
    assert broken["reason"]["ko"]
    assert broken["reason"]["en"]


def test_refused_input_can_be_mended_and_imported_again(run: Gisa, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text('{"id": "x", "titel": "제목", "body": "본문"}\n', encoding="utf-8")
    run("import", "in.jsonl", "--rejects", "r.jsonl")
    entry = json.loads((tmp_path / "r.jsonl").read_text(encoding="utf-8"))
    mended = entry["input"].replace("titel", "title")
    assert run("import", "-", stdin=mended).returncode == 0
    assert total(run) == 1


def test_press_copy_without_a_headline_is_refused_with_its_reason(run: Gisa, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text(" \n", encoding="utf-8")
    assert run("import", "empty.txt").returncode == 1
    assert rejects(tmp_path)[0]["code"] == "validation-failed"


def test_an_array_that_breaks_off_gives_what_comes_before(run: Gisa, tmp_path: Path) -> None:
    (tmp_path / "in.json").write_text(json.dumps([article(1), article(2)])[:-30], encoding="utf-8")
    assert run("import", "in.json").returncode == 1
    assert total(run) == 1


def test_standard_input_is_read_as_lines(run: Gisa) -> None:
    ended = run("import", "-", stdin=lines(article(1), article(2)))
    assert ended.returncode == 0
    assert total(run) == 2


def test_a_path_that_is_not_there_stops_it_before_anything_is_stored(run: Gisa, tmp_path: Path) -> None:
    ended = run("import", "absent.jsonl")
    assert ended.returncode == 2
    assert "There is no absent.jsonl." in ended.stderr
    assert not (tmp_path / "data").exists()


def test_no_path_is_wrong_usage(run: Gisa) -> None:
    assert run("import").returncode == 2


def test_it_works_beside_a_running_service(run: Gisa, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(lines(*(article(number) for number in range(50))), encoding="utf-8")
    with RunningService.start(tmp_path / "data") as service:
        assert run("import", "in.jsonl").returncode == 0
        status, answer = service.request("GET", "/v1/search?size=1")
        assert (status, answer["total"]["value"]) == (200, 50)


def test_an_interrupted_import_keeps_what_it_took_and_goes_on_when_run_again(run: Gisa, tmp_path: Path) -> None:
    articles = 3_000
    (tmp_path / "in.jsonl").write_text(lines(*(article(number) for number in range(articles))), encoding="utf-8")
    process = subprocess.Popen(
        gisa("import", "in.jsonl"),
        cwd=tmp_path,
        env=environment(tmp_path / "data", language="en"),
        stderr=subprocess.PIPE,
        text=True,
    )
    while not (tmp_path / "data" / "gisa.sqlite3").exists():
        time.sleep(0.01)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "the same command finishes the rest" in said
    assert run("import", "in.jsonl").returncode == 0
    assert total(run) == articles


def test_a_full_run_of_the_samples_refuses_nothing(run: Gisa) -> None:
    ended = run("import", str(SAMPLES))
    assert ended.returncode == 0, ended.stderr
    assert total(run) >= 60


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    few, many = (_most_kilobytes(tmp_path, count) for count in (2_000, 20_000))
    assert many - few < 20_000, "of 36,000 kB that the longer file has more"


def _most_kilobytes(folder: Path, count: int) -> int:
    """Return the most memory that an import of so many lines ever had in use, in kB (Linux)."""
    # Refused lines cost no analysis, so that many can be read in a short time.
    line = json.dumps({"titel": "x" * 2_000}) + "\n"
    (folder / "in.jsonl").write_text(line * count, encoding="utf-8")
    process = subprocess.Popen(
        gisa("import", "in.jsonl", "--rejects", "r.jsonl"),
        cwd=folder,
        env=environment(folder / f"data-{count}"),
        stderr=subprocess.DEVNULL,
    )
    status = Path(f"/proc/{process.pid}/status")
    most = 0
    while process.poll() is None:
        found = [text for text in status.read_text(encoding="ascii").splitlines() if text.startswith("VmHWM")]
        most = max([most, *(int(text.split()[1]) for text in found)])
        time.sleep(0.01)
    assert process.returncode == 1
    return most
