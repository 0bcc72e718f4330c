"""The secret of session cookies."""

from __future__ import annotations

import multiprocessing
import stat
from pathlib import Path

import pytest

from service.domain.errors import StartupError
from service.domain.keys import Audience, Scope
from service.domain.sign_on import Grant
from service.usecases.sign_on.secret import read_secrets
from service.usecases.sign_on.sessions import EndedSessions, Sessions

GRANT = Grant(Scope.READ, Audience.INTRANET)


def made(path: Path) -> tuple[str, ...]:
    return read_secrets(path, make=True)


def test_it_is_made_once_for_all_processes_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "session_secret"
    with multiprocessing.get_context("fork").Pool(4) as pool:
        found = set(pool.map(made, [path] * 8))
    assert len(found) == 1
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["session_secret"]


@pytest.mark.parametrize("content", [None, b"", b"short\n", b"s" * 40 + b"\nshort\n", "비밀".encode() * 20])
def test_one_that_is_given_has_to_be_there_and_long(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "given"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(StartupError, match="given"):
        read_secrets(path, make=False)


def test_a_new_secret_goes_before_the_old_one_which_is_believed_on(tmp_path: Path) -> None:
    path, ended = tmp_path / "given", EndedSessions(tmp_path / "ended")
    path.write_text("o" * 40)
    old = Sessions(read_secrets(path, make=False), "", 10, ended).begin("a", "가", GRANT)
    path.write_text(f"{'n' * 40}\n{'o' * 40}\n")
    both = Sessions(read_secrets(path, make=False), "", 10, ended)
    assert both.read(old) is not None
    new = both.begin("a", "가", GRANT)
    path.write_text("n" * 40)
    later = Sessions(read_secrets(path, make=False), "", 10, ended)
    assert later.read(new) is not None
    assert later.read(old) is None


def test_sessions_that_ended_are_forgotten_when_their_time_is_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "ended"
    sessions = Sessions(("s" * 40,), "", 1, EndedSessions(folder))
    first, second = (sessions.read(sessions.begin("a", "가", GRANT)) for _ in range(2))
    assert first is not None
    assert second is not None
    sessions.end(first)
    assert [each.name for each in folder.iterdir()] == [first.id]
    monkeypatch.setattr("time.time", lambda: first.expires_at + 1)
    sessions.end(second)
    assert list(folder.iterdir()) == []
