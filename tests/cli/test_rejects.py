"""The rejects file: there only where something was refused, each line with place, reason and input."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from service.commands.rejects import Rejects, default_path
from service.commands.sources import Piece
from service.domain.errors import FieldError, Message, StartupError, TooLarge, ValidationFailed

REFUSAL = ValidationFailed(
    "고치세요.", "Mend it.", (FieldError("required", Message("필요", "needed"), pointer="/title"),)
)


def written(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_nothing_refused_leaves_no_file(tmp_path: Path) -> None:
    rejects = Rejects(tmp_path / "r.jsonl")
    rejects.close()
    assert list(tmp_path.iterdir()) == []


def test_an_entry_tells_place_reason_and_input(tmp_path: Path) -> None:
    rejects = Rejects(tmp_path / "r.jsonl")
    rejects.add(Piece("a.jsonl", 7, '{"body": "가"}\r\n'.encode()), REFUSAL)
    rejects.close()
    assert rejects.count == 1
    assert written(tmp_path / "r.jsonl") == [
        {
            "file": "a.jsonl",
            "line": 7,
            "code": "validation-failed",
            "reason": {"ko": "고치세요.", "en": "Mend it."},
            "errors": [{"pointer": "/title", "code": "required", "message": {"ko": "필요", "en": "needed"}}],
            "input": '{"body": "가"}',
        }
    ]


def test_input_that_is_no_utf8_is_kept_byte_for_byte(tmp_path: Path) -> None:
    rejects = Rejects(tmp_path / "r.jsonl")
    rejects.add(Piece("a.txt", 1, "가".encode("cp949")), REFUSAL)
    rejects.close()
    (entry,) = written(tmp_path / "r.jsonl")
    assert base64.b64decode(str(entry["input_base64"])) == "가".encode("cp949")


def test_what_could_not_be_read_has_no_input(tmp_path: Path) -> None:
    rejects = Rejects(tmp_path / "r.jsonl")
    rejects.add(Piece("a.jsonl", 1, TooLarge("큽니다", "too large")), TooLarge("큽니다 \ud800", "too large \ud800"))
    rejects.close()
    (entry,) = written(tmp_path / "r.jsonl")
    assert "input" not in entry


def test_a_file_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(StartupError, match="--rejects"):
        Rejects(tmp_path / "absent" / "r.jsonl").add(Piece("a", 1, b""), REFUSAL)


def test_the_default_name_tells_the_time() -> None:
    assert default_path().match("gisa-rejects-????????-??????.jsonl")
