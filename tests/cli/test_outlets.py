"""`gisa outlets`: listed, set, imported and removed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from service.commands.outlets import command
from service.domain.errors import Conflict, NotFound, ValidationFailed


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GISA_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("GISA_LANGUAGE", "en")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, arguments)


def test_an_outlet_is_set_shown_changed_and_removed() -> None:
    assert run("set", "하늘일보", "--kind", "daily", "--alias", "하늘신문").exit_code == 0
    assert run("set", "하늘일보", "--licence", "intranet=snippet,2026-01-01,2026-12-31").exit_code == 0
    shown = json.loads(run("show", "하늘일보").stdout)
    assert (shown["kind"], shown["aliases"]) == ("daily", ["하늘신문"])
    assert shown["licences"]["intranet"] == {
        "display": "snippet", "valid_from": "2026-01-01", "valid_to": "2026-12-31", "note": None,
    }  # fmt: skip
    assert "하늘일보" in run("list").stdout
    assert run("remove", "하늘일보").exit_code == 0
    assert isinstance(run("show", "하늘일보").exception, NotFound)


def test_what_is_listed_can_be_imported_and_all_or_nothing_is(tmp_path: Path) -> None:
    listed = json.loads(run("list", "--json").stdout)
    file = tmp_path / "outlets.json"
    file.write_text(json.dumps({"outlets": [*listed["outlets"], {"name": "노을일보", "kind": "regional"}]}))
    assert run("import", str(file)).exit_code == 0
    assert json.loads(run("show", "노을일보").stdout)["kind"] == "regional"
    file.write_text(json.dumps({"outlets": [{"name": "별빛", "kind": "online"},
                                            {"name": "달빛", "kind": "online", "aliases": ["별빛"]}]}))  # fmt: skip
    assert isinstance(run("import", str(file)).exception, Conflict)
    assert isinstance(run("show", "별빛").exception, NotFound)


def test_what_is_no_licence_is_refused() -> None:
    assert isinstance(run("set", "하늘일보").exception, ValidationFailed)
    for licence in ("everybody=full", "public=all", "public=full,2026-02-30"):
        refused = run("set", "하늘일보", "--kind", "daily", "--licence", licence)
        assert isinstance(refused.exception, ValidationFailed)
