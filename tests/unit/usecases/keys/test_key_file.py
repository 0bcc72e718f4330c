"""Keys are made, kept hashed, changed safely and read strictly."""

from __future__ import annotations

import hashlib
import json
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from service.domain.errors import KeysUnavailable, StartupError
from service.domain.keys import Audience, Key, KeyState, Scope
from service.usecases.keys.file import read_keys
from service.usecases.keys.making import PREFIX, create_key, revoke_key

TO_COME = datetime(2100, 1, 1, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys.json"


def make(path: Path, name: str = "인트라넷", **given: Any) -> tuple[str, Key]:
    return create_key(path, name, **{"scope": Scope.READ, "audience": Audience.PRESS_OFFICE} | given)


def test_a_scope_holds_those_before_it() -> None:
    covered = {(scope.value, needed.value) for scope in Scope for needed in Scope if scope.covers(needed)}
    assert covered == {
        ("read", "read"), ("write", "read"), ("write", "write"), ("admin", "read"), ("admin", "write"),
        ("admin", "admin"),
    }  # fmt: skip


def test_a_key_is_random_and_kept_as_its_digest_for_the_owner_alone(path: Path) -> None:
    token, key = make(path, audience=Audience.INTRANET, expires_at=TO_COME)
    other, _ = make(path, "다른 것")
    assert token.startswith(PREFIX)
    assert len(token) == len(PREFIX) + 43
    assert token != other
    assert key.digest == hashlib.sha256(token.encode()).hexdigest()
    assert read_keys(path)[0] == key
    assert token not in path.read_text("utf-8")
    assert {stat.S_IMODE(each.stat().st_mode) for each in path.parent.iterdir()} == {0o600}
    assert token not in repr(key)


def test_the_name_of_a_key_in_force_is_not_given_twice(path: Path) -> None:
    make(path)
    with pytest.raises(StartupError, match="in force"):
        make(path)
    revoke_key(path, "인트라넷")
    make(path)
    assert [key.revoked_at is None for key in read_keys(path)] == [False, True]


def test_a_key_is_revoked_by_id_or_name_and_once(path: Path) -> None:
    _, first = make(path)
    _, second = make(path, "다른 것")
    assert revoke_key(path, first.id).name == "인트라넷"
    assert revoke_key(path, "다른 것").id == second.id
    for named in (first.id, "다른 것", "없는 것"):
        with pytest.raises(StartupError, match="no key"):
            revoke_key(path, named)


def test_a_key_ends_with_its_expiry(path: Path) -> None:
    _, key = make(path, expires_at=TO_COME)
    assert key.state(TO_COME - timedelta(seconds=1)) is KeyState.IN_FORCE
    assert key.state(TO_COME) is KeyState.EXPIRED
    assert revoke_key(path, key.id).state(TO_COME) is KeyState.REVOKED


@pytest.mark.parametrize("name", ["", " a", "a\n", "a" * 101, "a\x00"])
def test_a_name_that_cannot_be_shown_is_refused(path: Path, name: str) -> None:
    with pytest.raises(StartupError, match="100 characters"):
        make(path, name)
    assert not path.exists()


def test_an_expiry_that_has_passed_is_refused(path: Path) -> None:
    with pytest.raises(StartupError, match="passed"):
        make(path, expires_at=datetime(2020, 1, 1, tzinfo=UTC))


def test_no_key_is_lost_among_many_commands(path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from service.domain.keys import *; "
        "from service.usecases.keys.making import create_key\n"
        "for n in range(10): create_key(Path(sys.argv[1]), f'{sys.argv[2]}-{n}', scope=Scope.READ, "
        "audience=Audience.PUBLIC)"
    )
    running = [subprocess.Popen([sys.executable, "-c", code, str(path), str(number)]) for number in range(4)]
    assert [process.wait(60) for process in running] == [0, 0, 0, 0]
    assert len({key.name for key in read_keys(path)}) == 40


def test_a_link_stays_one(path: Path) -> None:
    target = path.with_name("elsewhere.json")
    path.symlink_to(target)
    make(path)
    assert path.is_symlink()
    assert len(read_keys(target)) == 1


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(StartupError, match="GISA_KEYS_FILE"):
        make(tmp_path / "nowhere" / "keys.json")


def damaged(document: Any) -> list[bytes]:
    [entry] = document["keys"]
    wrong = (
        {"scope": "all"}, {"scope": ["read"]}, {"audience": "everybody"}, {"digest": "abc"}, {"digest": None},
        {"id": "x" * 8}, {"created_at": None}, {"created_at": "2026-01-01T00:00:00"}, {"expires_at": "soon"},
        {"expires_at": 0}, {"name": 1}, {"more": 1},
    )  # fmt: skip
    documents = [document | {"keys": [entry | change]} for change in wrong]
    documents += [document | {"keys": [entry, entry]}, document | {"keys": {}}, document | {"version": 2}, [], {}]
    whole = json.dumps(document).encode()
    return [b"", whole[:-2], b"\xff" + whole, b"[" * 100_000, *(json.dumps(each).encode() for each in documents)]


def test_a_damaged_file_is_refused_whole_and_left_as_it_is(path: Path) -> None:
    make(path)
    for data in damaged(json.loads(path.read_bytes())):
        path.write_bytes(data)
        with pytest.raises(KeysUnavailable, match="damaged"):
            read_keys(path)
        with pytest.raises(KeysUnavailable, match="damaged"):
            make(path, "새 키")
        assert path.read_bytes() == data
