"""What the service knows of its keys while their file changes."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from service.domain.errors import KeysUnavailable
from service.domain.keys import Audience, KeyState, Scope
from service.usecases.keys import ring
from service.usecases.keys.making import create_key, revoke_key
from service.usecases.keys.ring import KeyRing


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ring, "_EVERY", 0.0)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys.json"


def make(path: Path, name: str = "적재") -> str:
    return create_key(path, name, scope=Scope.WRITE, audience=Audience.PRESS_OFFICE)[0]


def test_keys_come_and_go_with_their_file(path: Path) -> None:
    keys = KeyRing(path)
    assert not keys.had_keys()
    assert keys.find("gisa_anything") is None
    token = make(path)
    found = keys.find(token)
    assert found is not None
    assert found.scope is Scope.WRITE
    assert keys.had_keys()
    assert keys.find(token + "x") is None
    assert keys.find(found.digest) is None
    revoke_key(path, found.id)
    revoked = keys.find(token)
    assert revoked is not None
    assert revoked.state(revoked.created_at) is KeyState.REVOKED


def test_a_file_is_looked_at_once_a_second(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ring, "_EVERY", 3600.0)
    keys = KeyRing(path)
    assert not keys.had_keys()
    assert keys.find(make(path)) is None


def test_no_key_is_taken_while_the_file_is_damaged_or_gone(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    token = make(path)
    whole = path.read_bytes()
    keys = KeyRing(path)
    assert keys.find(token)
    path.write_bytes(whole[:100])
    with caplog.at_level(logging.ERROR, "gisa.keys"):
        for _ in range(3):
            with pytest.raises(KeysUnavailable, match="damaged"):
                keys.find(token)
    assert caplog.text.count("damaged") == 1
    path.unlink()
    with pytest.raises(KeysUnavailable, match="gone"):
        keys.had_keys()
    path.write_bytes(whole)
    assert keys.find(token)
    assert token not in caplog.text


def test_a_file_that_is_damaged_from_the_beginning_opens_nothing(path: Path) -> None:
    path.write_bytes(b"{}")
    with pytest.raises(KeysUnavailable):
        KeyRing(path).had_keys()
