"""Fuzz the readers of what comes from outside: `python -m tests.fuzz [--seconds 60] [TARGET …]`.

What is found is kept in `tests/fuzz/finds/TARGET/`, where `test_finds.py` tries it again for good.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.fuzz.seeds import write_seeds
from tests.fuzz.targets import TARGETS

FINDS = Path(__file__).with_name("finds")
_COVERED = re.compile(r"cov: (\d+) ft: (\d+) corp: (\d+)")
_EXECUTED = re.compile(r"stat::number_of_executed_units:\s*(\d+)")


def main() -> int:
    """Fuzz each target for so many seconds, print what it covered, and return how many found something."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=main.__doc__)
    parser.add_argument("targets", nargs="*", choices=[*TARGETS, []], help="which readers; all of them by default")
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--corpus", type=Path, help="a folder that keeps what was learnt for the next time")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        corpus = given.corpus or Path(folder)
        return sum([_fuzz(target, given.seconds, corpus / target) for target in given.targets or TARGETS])


def _fuzz(target: str, seconds: int, corpus: Path) -> bool:
    finds = FINDS / target
    finds.mkdir(parents=True, exist_ok=True)
    seeds = write_seeds(target, corpus)
    options = [
        f"-max_total_time={seconds}",
        "-max_len=4096",
        "-timeout=60",
        "-rss_limit_mb=3000",
        "-print_final_stats=1",
    ]
    command = [sys.executable, "-m", "tests.fuzz.run", target, *options, f"-artifact_prefix={finds}/", str(corpus)]
    run = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    output = run.stdout + run.stderr
    covered, executed = _COVERED.findall(output), _EXECUTED.findall(output)
    counts = f"{executed[-1] if executed else '?'} inputs, {seeds} seeds"
    edges = "coverage {}, features {}, corpus {}".format(*covered[-1]) if covered else "no coverage"
    print(f"{target}: {counts}, {edges}, {'FOUND SOMETHING' if run.returncode else 'nothing found'}", flush=True)
    if run.returncode:
        print(output[-6000:], flush=True)
    return run.returncode != 0


if __name__ == "__main__":
    sys.exit(main())
