"""`gisa dictionary` as a real process, beside a running service that takes up what changes."""

from __future__ import annotations

import json
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.running import RunningService
from tests.cli.conftest import Gisa

WITHIN = 10.0  # seconds


@pytest.fixture
def service(tmp_path: Path) -> Iterator[RunningService]:
    with RunningService.start(tmp_path / "data") as running:
        yield running


def found(service: RunningService, q: str) -> int:
    address = f"http://127.0.0.1:{service.port}/v1/search?{urllib.parse.urlencode({'q': q})}"
    with urllib.request.urlopen(address, timeout=30) as response:
        return int(json.load(response)["total"]["value"])


def becomes(service: RunningService, q: str, total: int) -> bool:
    """Return whether every one of many searches, of either process, finds so many in the end."""
    deadline = time.monotonic() + WITHIN
    while time.monotonic() < deadline:
        if all(found(service, q) == total for _ in range(8)):
            return True
        time.sleep(0.1)
    return False


def store(service: RunningService, key: str, body: str) -> None:
    request = urllib.request.Request(
        f"http://127.0.0.1:{service.port}/v1/articles/{key}?refresh=wait_for",
        method="PUT",
        data=json.dumps({"title": "제목", "body": body}).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=60) as response:
        assert response.status == 201


def test_words_and_synonyms_come_into_use_without_a_restart(service: RunningService, run: Gisa) -> None:
    store(service, "a", "한빛마루길에서 축제가 열렸다.")
    store(service, "b", "옛말로는 나릿골이라 했다.")
    assert found(service, "마루길") == found(service, "한빛마루길") == 1
    assert found(service, "두물머리") == 0

    assert run("dictionary", "add", "두물머리,", "나릿골").returncode == 0
    assert becomes(service, "두물머리", 1)

    assert run("dictionary", "add", "한빛마루길").returncode == 0
    checked = run("dictionary", "check")
    assert checked.returncode == 0
    assert "→ 한빛마루길" in checked.stdout
    assert "not applied yet" in run("dictionary", "list").stdout
    assert found(service, "마루길") == 1

    applied = run("dictionary", "apply")
    assert (applied.returncode, applied.stderr.count("1 words applied")) == (0, 1)
    assert becomes(service, "마루길", 0)
    assert becomes(service, "한빛마루길", 1)
    store(service, "c", "새 기사도 한빛마루길에서 시작한다.")
    assert becomes(service, "한빛마루길", 2)
    assert "nothing to do" in run("dictionary", "apply").stderr

    run_again = run("rebuild")
    assert run_again.returncode == 0
    assert becomes(service, "마루길", 0)


def test_bad_lines_are_named_by_file_and_line_and_nothing_is_applied(run: Gisa, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "user_dictionary.txt").write_text("# 머리말\n한빛마루길 한빛 마루\n", encoding="utf-8")
    (data / "synonyms.txt").write_text("나릿골, 두물머리\nCES\n", encoding="utf-8")
    checked = run("dictionary", "check")
    assert checked.returncode == 1
    assert f"{data / 'user_dictionary.txt'}:2: 한빛마루길 한빛 마루: The parts make up 한빛마루." in checked.stderr
    assert f"{data / 'synonyms.txt'}:2: CES: A line has two words" in checked.stderr
    applied = run("dictionary", "apply")
    assert applied.returncode == 2
    assert "Nothing was applied" in applied.stderr


def test_what_would_do_less_than_meant_is_said(run: Gisa) -> None:
    for line in ("달오름 달 오름", "오름길", "한빛마루 한빛 마루", "그리고요, 접속사"):
        assert run("dictionary", "add", line).returncode == 0
    checked = run("dictionary", "check")
    assert checked.returncode == 0
    assert "Alone 달오름" not in checked.stderr
    assert "Alone 한빛 is cut into 한 빛" in checked.stderr
    assert "The two overlap in 달오름길" in checked.stderr
    assert "그리고요: It has no morpheme with content" in checked.stderr


def test_a_line_that_cannot_be_taken_is_not_added(run: Gisa, tmp_path: Path) -> None:
    for line in ("大邱", "한빛 마루", "CES, ces"):
        ended = run("dictionary", "add", *line.split())
        assert ended.returncode == 2
        assert "Traceback" not in ended.stderr
    assert not (tmp_path / "data" / "user_dictionary.txt").exists()


def test_a_text_is_shown_as_it_is_cut(run: Gisa) -> None:
    run("dictionary", "add", "한빛마루길")
    shown = run("dictionary", "check", "한빛마루길에서 본 축제").stdout
    assert shown.strip().endswith("→ 한빛마루길 (에서) 보 (ᆫ) 축제")


def test_files_may_lie_elsewhere(run: Gisa, tmp_path: Path) -> None:
    elsewhere = tmp_path / "shared" / "words.txt"
    assert run("dictionary", "add", "한빛마루길", user_dictionary_file=str(elsewhere)).returncode == 0
    assert elsewhere.read_text(encoding="utf-8") == "한빛마루길\n"


def test_what_comes_with_the_service_is_listed(run: Gisa) -> None:
    listed = run("dictionary", "list", "--all").stdout
    assert "신공항 신 공항" in listed
    assert "업무협약, 양해각서, MOU" in listed
