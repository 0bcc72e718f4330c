"""One node for all processes of a test run: the first that needs it has it started, and the last one ends it.

Each process holds a shared lock on `users.lock` for as long as it uses the node. The keeper, a process of its own,
starts the node and waits for that lock alone: it gets it when the last user lets go, however that user ends.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_SH, flock
from pathlib import Path

from tests.elasticsearch_node.distribution import locked, prepare
from tests.elasticsearch_node.java import NodeUnavailable
from tests.elasticsearch_node.node import start_node

_ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def shared_node(folder: Path) -> Iterator[str]:
    """Yield the address of the node that every process with this folder shares; NodeUnavailable where none can run."""
    with (folder / "users.lock").open("a") as users:
        flock(users, LOCK_SH)
        with locked(folder / "start.lock"):
            state = _read(folder) or _start_keeper(folder)
        if "problem" in state:
            raise NodeUnavailable(state["problem"])
        yield state["url"]


def _state_file(folder: Path) -> Path:
    return folder / "node.json"


def _read(folder: Path) -> dict[str, str]:
    try:
        state: dict[str, str] = json.loads(_state_file(folder).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return state


def _write(folder: Path, state: dict[str, str]) -> None:
    fresh = folder / "node.json.new"
    fresh.write_text(json.dumps(state), encoding="utf-8")
    fresh.rename(_state_file(folder))


def _start_keeper(folder: Path) -> dict[str, str]:
    with (folder / "keeper.log").open("ab") as log:
        keeper = subprocess.Popen(
            [sys.executable, "-m", "tests.elasticsearch_node.shared_node", str(folder)],
            cwd=_ROOT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C ends the tests; the keeper sees that by the lock
        )
    while not (state := _read(folder)):
        if keeper.poll() is not None:
            raise RuntimeError((folder / "keeper.log").read_text(encoding="utf-8"))
        time.sleep(0.05)
    return state


def _keep(folder: Path) -> None:
    with (folder / "users.lock").open("a") as users:
        try:
            prepare()
            with start_node() as node:
                _write(folder, {"url": node.url})
                flock(users, LOCK_EX)
                # Whoever comes from here on waits for the lock and then starts a node anew.
                _state_file(folder).unlink()
        except NodeUnavailable as problem:
            _write(folder, {"problem": str(problem)})
            flock(users, LOCK_EX)
            _state_file(folder).unlink()


def main() -> None:
    """Keep a node for the users of one folder."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("folder", type=Path)
    _keep(parser.parse_args().folder)


if __name__ == "__main__":
    main()
