"""One coverage-guided fuzzer: `python -m tests.fuzz.run TARGET [libFuzzer's options] FOLDER…`."""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["service", "schemas", "tests.fuzz.targets"]):
    from tests.fuzz.targets import TARGETS, within_time


def main() -> None:
    """Fuzz until libFuzzer ends the process, with status 77 where an input broke what has to hold."""
    target = TARGETS[sys.argv[1]]
    target(b"\x00" + "가온시 도서관".encode())  # reads the dictionaries, which is no input's time
    atheris.Setup([sys.argv[0], *sys.argv[2:]], lambda data: within_time(target, data))
    atheris.Fuzz()


main()
