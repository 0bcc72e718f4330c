"""`gisa licences report`: counted by a running service, reported beside it."""

from __future__ import annotations

import csv
import json
import time
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner, Result

from bench.running import RunningService
from service.commands.licences import command
from service.domain.errors import StartupError
from service.domain.keys import Audience
from service.domain.outlets import Display, Licence, Outlet, OutletKind
from service.engines.embedded import open_engine
from service.search.records import View
from service.usecases.licences.licences import today
from service.usecases.licences.outlets import Outlets
from tests.contract.articles import article, put

JANUARY, MARCH = "2026-01", "2026-03"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GISA_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("GISA_LANGUAGE", "en")
    return tmp_path / "data"


@pytest.fixture
def counted(data: Path) -> None:
    engine = open_engine(data, index=False)
    licence = {Audience.INTRANET: Licence(Display.FULL)}
    Outlets(engine.records).put(Outlet("하늘일보", OutletKind.DAILY, ("하늘신문",), licence))
    engine.write([put(article("s", "a", title="[bold]=도서관", outlet="하늘신문"))])
    engine.views.add(
        {
            View(JANUARY, "하늘일보", "intranet", "s.a"): 3,
            View(JANUARY, "하늘일보", "intranet", "gone"): 1,
            View(JANUARY, "하늘일보", "press_office", "s.a"): 2,
            View(JANUARY, "=노을일보", "intranet", "c"): 7,
            View(MARCH, "하늘일보", "intranet", "s.a"): 1_200,
        }
    )
    engine.close()


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, ["report", *arguments], env={"COLUMNS": "200"})


def report(*arguments: str) -> dict[str, object]:
    done = run(*arguments, "--json")
    assert done.exit_code == 0, done.exception
    found: dict[str, object] = json.loads(done.stdout)
    return found


def line(month: str, outlet: str, audience: str, articles: int, views: int) -> dict[str, object]:
    return {"month": month, "outlet": outlet, "audience": audience, "articles": articles, "views": views}


@pytest.mark.usefixtures("counted")
def test_views_are_summed_by_month_outlet_and_audience() -> None:
    assert report("--month", JANUARY) == {
        "from": JANUARY, "to": JANUARY, "outlet": None, "views": 13,
        "lines": [
            line(JANUARY, "=노을일보", "intranet", 1, 7),
            line(JANUARY, "하늘일보", "intranet", 2, 4),
            line(JANUARY, "하늘일보", "press_office", 1, 2),
        ],
    }  # fmt: skip
    of_one = report("--from", "2026-02", "--to", "2026-04", "--outlet", "하늘신문")
    assert of_one["outlet"] == "하늘일보"
    assert of_one["lines"] == [line(MARCH, "하늘일보", "intranet", 1, 1_200)]
    present = f"{today():%Y-%m}"
    assert report() == {"from": present, "to": present, "outlet": None, "views": 0, "lines": []}


@pytest.mark.usefixtures("counted")
def test_a_line_for_each_article_names_it_for_its_rights_holder() -> None:
    lines = report("--month", JANUARY, "--outlet", "하늘일보", "--articles")["lines"]
    assert isinstance(lines, list)
    assert [(each["article"], each["title"], each["views"]) for each in lines] == [
        ("gone", None, 1), ("s.a", "[bold]=도서관", 3), ("s.a", "[bold]=도서관", 2),
    ]  # fmt: skip


@pytest.mark.usefixtures("counted")
def test_it_prints_a_table_and_csv() -> None:
    shown = run("--from", JANUARY, "--to", MARCH, "--articles")
    assert "1,200" in shown.stdout
    assert "[bold]=도서관" in shown.stdout
    assert "2026-01 to 2026-03: 1,213 full-text views." in shown.stderr
    rows = list(csv.DictReader(run("--month", JANUARY, "--csv").stdout.splitlines()))
    assert [(row["outlet"], row["views"]) for row in rows] == [
        ("'=노을일보", "7"), ("하늘일보", "4"), ("하늘일보", "2"),
    ]  # fmt: skip


@pytest.mark.usefixtures("data")
def test_what_is_no_span_of_months_is_refused() -> None:
    for arguments in (
        ["--month", "2026-13"],
        ["--from", "2026-1"],
        ["--month", JANUARY, "--to", MARCH],
        ["--from", MARCH, "--to", JANUARY],
    ):
        assert isinstance(run(*arguments).exception, StartupError), arguments


def test_a_running_service_counts_and_loses_nothing_when_it_is_stopped(data: Path) -> None:
    with RunningService.start(data, workers=1) as service:
        licence = {"kind": "daily", "licences": {"intranet": {"display": "full"}}}
        assert service.request("PUT", f"/v1/outlets/{quote('하늘일보')}", licence)[0] == 201
        article = {"title": "도서관을 열다", "body": "하늘시가 15일 도서관을 열었다.", "outlet": "하늘일보"}
        assert service.request("PUT", "/v1/articles/a", article)[0] == 201
        for _ in range(3):
            assert service.request("GET", "/v1/articles/a")[0] == 200
        until = time.monotonic() + 20
        while report()["views"] != 3 and time.monotonic() < until:
            time.sleep(0.1)
        assert report()["views"] == 3
        assert service.request("GET", "/v1/articles/a")[0] == 200
        assert service.stop() == 0
    assert report()["lines"] == [line(f"{today():%Y-%m}", "하늘일보", "press_office", 1, 4)]
