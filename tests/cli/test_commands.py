"""`gisa` search, config, rebuild, doctor and the command itself, as real processes."""

from __future__ import annotations

import json
import socket
import subprocess
from pathlib import Path

import pytest

from bench.running import RunningService, environment, gisa
from service import __version__
from service.config import SETTINGS
from tests.cli.conftest import Gisa

ARTICLES = [
    {
        "id": "open",
        "title": "새빛도서관 문 열어",
        "body": "가온시는 2일 새빛도서관을 열었다. <b>누구나</b> 들어간다.",
        "outlet": "가람통신",
        "published_at": "2026-11-02T00:30:00Z",
    },
    {"id": "bus", "title": "버스 노선 바뀐다", "body": "7번 버스가 새빛도서관 앞에 선다."},
]


@pytest.fixture
def stored(run: Gisa) -> Gisa:
    taken = run("import", "-", stdin="".join(json.dumps(article) + "\n" for article in ARTICLES))
    assert taken.returncode == 0, taken.stderr
    return run


def test_the_version_is_told(run: Gisa) -> None:
    assert run("--version").stdout == f"gisa {__version__}\n"


@pytest.mark.parametrize("language", ["ko", "en"])
def test_help_names_every_command(run: Gisa, language: str) -> None:
    said = run("--help", language=language).stdout
    for name in ("serve", "import", "search", "rebuild", "doctor", "config"):
        assert name in said


def test_an_unknown_command_is_wrong_usage(run: Gisa) -> None:
    assert run("serv").returncode == 2


def test_a_hit_shows_title_outlet_time_in_seoul_id_and_fragment(stored: Gisa) -> None:
    said = stored("search", "새빛도서관", "문").stdout
    assert "1 articles" in said
    assert "1. 새빛도서관 문 열어" in said
    assert "가람통신 · 2026-11-02 09:30 · open" in said
    assert "<b>누구나</b>" in said


def test_words_exclude_with_a_minus(stored: Gisa) -> None:
    answer = json.loads(stored("search", "도서관", "-버스", "--json").stdout)
    assert [hit["id"] for hit in answer["hits"]] == ["open"]


def test_filters_narrow_the_hits(stored: Gisa) -> None:
    assert json.loads(stored("search", "--outlet", "가람통신", "--json").stdout)["total"]["value"] == 1
    assert json.loads(stored("search", "--outlet", "-가람통신", "--json").stdout)["total"]["value"] == 1


def test_a_query_that_cannot_be_read_is_told_with_its_correction(stored: Gisa) -> None:
    ended = stored("search", '"도서관')
    assert ended.returncode == 2
    assert "quotation mark is not closed" in ended.stderr
    assert "This can be read: " in ended.stderr


@pytest.mark.parametrize("arguments", [["--size", "0"], ["--size", "101"], ["--from", "yesterday"]])
def test_a_wrong_option_is_refused(stored: Gisa, arguments: list[str]) -> None:
    ended = stored("search", "도서관", *arguments)
    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr


def test_searching_before_anything_was_imported_says_what_to_do(run: Gisa) -> None:
    ended = run("search", "도서관")
    assert ended.returncode == 2
    assert "gisa import" in ended.stderr


def test_messages_are_korean_unless_english_is_asked_for(run: Gisa) -> None:
    assert "기사를 가져오세요" in run("search", "도서관", language="ko").stderr


def test_config_lists_every_setting_with_its_source(run: Gisa) -> None:
    settings = json.loads(run("config", "--json", threads="3").stdout)
    assert list(settings) == [setting.name for setting in SETTINGS]
    assert settings["GISA_THREADS"] == {"value": "3", "source": "environment"}
    assert settings["GISA_WORKERS"] == {"value": "2", "source": "default"}
    table = run("config").stdout
    assert all(setting.name in table for setting in SETTINGS)


def test_a_wrong_setting_stops_every_command_with_a_sentence(run: Gisa) -> None:
    for arguments in (["config"], ["search", "x"], ["import", "-"], ["rebuild"]):
        ended = run(*arguments, workers="none")
        assert ended.returncode == 2
        assert "GISA_WORKERS" in ended.stderr


def test_rebuild_makes_the_index_anew(stored: Gisa) -> None:
    ended = stored("rebuild")
    assert ended.returncode == 0
    assert "The index of 2 articles has been built anew." in ended.stderr
    assert json.loads(stored("search", "도서관", "--json").stdout)["total"]["value"] == 2


def test_rebuild_works_beside_a_running_service(stored: Gisa, tmp_path: Path) -> None:
    with RunningService.start(tmp_path / "data") as service:
        assert stored("rebuild").returncode == 0
        assert service.request("GET", "/v1/search")[1]["total"]["value"] == 2
        status, _ = service.request("PUT", "/v1/articles/c?refresh=wait_for", {"title": "셋째", "body": "본문"})
        assert status == 201
        assert service.request("GET", "/v1/search")[1]["total"]["value"] == 3


def test_doctor_finds_all_well(stored: Gisa) -> None:
    ended = stored("doctor")
    assert ended.returncode == 0, ended.stdout
    assert "problem" not in ended.stdout
    assert "2 articles, 0 writes to be indexed" in ended.stdout


def test_doctor_tells_the_port_of_a_running_gisa_from_a_strangers(stored: Gisa, tmp_path: Path) -> None:
    with RunningService.start(tmp_path / "data") as service:
        assert f"gisa answers at 127.0.0.1:{service.port}" in stored("doctor", port=str(service.port)).stdout
    with socket.create_server(("127.0.0.1", 0)) as stranger:
        port = str(stranger.getsockname()[1])
        ended = stored("doctor", port=port)
        assert ended.returncode == 1
        assert f"127.0.0.1:{port} cannot be opened" in ended.stdout


def test_doctor_says_what_to_do_about_problems(run: Gisa, tmp_path: Path) -> None:
    assert "GISA_LOG_LEVEL" in run("doctor", log_level="loud").stdout
    (tmp_path / "data").write_text("")
    ended = run("doctor")
    assert ended.returncode == 1
    assert "Set GISA_DATA_DIR to another one." in ended.stdout


def test_output_that_nobody_reads_on_is_no_error(stored: Gisa, tmp_path: Path) -> None:
    process = subprocess.Popen(
        gisa("search", "--json"),
        env=environment(tmp_path / "data"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert "Traceback" not in process.stderr.read()
    process.wait(10)
    process.stderr.close()
