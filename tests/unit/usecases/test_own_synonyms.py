"""The operator's synonyms, read while searches go on."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from index_mappings import SynonymRule, shipped_synonyms
from service.usecases import synonyms
from service.usecases.synonyms import OwnSynonyms


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(synonyms, "_EVERY", 0.0)


def test_a_file_that_comes_changes_and_goes(tmp_path: Path) -> None:
    path = tmp_path / "synonyms.txt"
    own = OwnSynonyms(path)
    assert own() == shipped_synonyms()
    path.write_text("나릿골, 새로골\n", encoding="utf-8")
    assert own()[-1] == SynonymRule(("나릿골", "새로골"))
    path.write_text("나릿골, 새로골\n한빛 => 빛고을\n", encoding="utf-8")
    assert own()[-1] == SynonymRule(("한빛",), ("빛고을",))
    path.unlink()
    assert own() == shipped_synonyms()


def test_bad_lines_are_left_out_and_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "synonyms.txt"
    path.write_text("나릿골\n나릿골, 새로골\n", encoding="utf-8")
    with caplog.at_level(logging.WARNING, "gisa.synonyms"):
        assert OwnSynonyms(path)()[len(shipped_synonyms()) :] == (SynonymRule(("나릿골", "새로골")),)
    assert "line 1 is left out (나릿골)" in caplog.text


def test_what_cannot_be_read_leaves_the_rules_of_before(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "synonyms.txt"
    path.write_text("나릿골, 새로골\n", encoding="utf-8")
    own = OwnSynonyms(path)
    before = own()
    path.write_bytes("나릿골, 한빛\n".encode("cp949"))
    with caplog.at_level(logging.WARNING, "gisa.synonyms"):
        assert own() == before
    assert "cannot be read" in caplog.text
