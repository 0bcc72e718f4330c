"""The file that the keys are kept in: read whole, replaced whole, changed by one command at a time."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from service.domain.errors import KeysUnavailable, StartupError
from service.domain.keys import Key
from service.usecases.keys.document import dump_keys, parse_keys

Keys = tuple[Key, ...]


def read_keys(path: Path) -> Keys:
    """Return the keys of this file, none where there is no file; KeysUnavailable where it cannot be read."""
    try:
        return parse_keys(path.read_bytes())
    except FileNotFoundError:
        return ()
    except OSError as error:
        reason = error.strerror or str(error)
        raise KeysUnavailable(
            f"키 파일 {path}을(를) 읽을 수 없어({reason}) 모든 키를 거부합니다. 서비스를 실행하는 사용자가 읽을 수 "
            "있게 권한을 고치세요.",
            f"The file of keys {path} cannot be read ({reason}), so every key is refused. Let the user that runs the "
            "service read it.",
        ) from error
    except (ValueError, RecursionError) as error:  # broken JSON, text that is not UTF-8 and wrong values alike
        raise KeysUnavailable(
            f"키 파일 {path}이(가) 손상되어({error}) 모든 키를 거부합니다. 백업으로 되돌리거나, 파일을 옮기고 "
            "`gisa keys create`로 키를 새로 만드세요.",
            f"The file of keys {path} is damaged ({error}), so every key is refused. Put a backup in its place, or "
            "move it away and make new keys with `gisa keys create`.",
        ) from error


def change_keys(path: Path, change: Callable[[Keys], Keys]) -> None:
    """Replace the keys of this file by what `change` makes of them, while no other process can change it.

    The file is for its owner alone (mode 0600) and on disk when this returns. Raises KeysUnavailable where it cannot
    be read, StartupError where it cannot be written, and whatever `change` raises; then nothing has changed.
    """
    target = path.resolve()  # where a link leads, so that the link stays
    with _writing(path), _locked(target.with_name(f"{target.name}.lock")):
        data = dump_keys(change(read_keys(path)))
        _replace(target, data)


def _replace(path: Path, data: bytes) -> None:
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)  # mode 0600
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            _give_to_owner_of_folder(file.fileno(), path.parent)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _give_to_owner_of_folder(descriptor: int, folder: Path) -> None:
    # A key that root makes would else be a file that the service, which is not root, cannot read.
    if os.geteuid() == 0:
        owner = folder.stat()
        os.fchown(descriptor, owner.st_uid, owner.st_gid)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _give_to_owner_of_folder(descriptor, path.parent)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise StartupError(
            f"키 파일 {path}에 쓸 수 없습니다({reason}). 바뀐 것은 없습니다. 폴더가 있는지, 쓸 권한이 있는지 "
            "확인하거나 GISA_KEYS_FILE을 다른 곳으로 지정하세요.",
            f"The file of keys {path} cannot be written ({reason}). Nothing has changed. See that its folder is there "
            "and may be written, or set GISA_KEYS_FILE to another place.",
        ) from error
