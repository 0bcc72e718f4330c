"""`python -m bench`: generates articles, measures every contender with them, and writes and prints the table."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import report
from bench.contender import Contender
from bench.gisa import Gisa
from bench.measure import Measured, measure
from bench.searches import SEARCHES

CONTENDERS: tuple[type[Contender], ...] = (Gisa,)
RESULTS = Path(__file__).parent / "results"


def main() -> None:
    """Measure and report."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="gisa-bench-") as folder:
        corpus = Path(folder) / "articles.jsonl.gz"
        print(f"Generating {options.articles:,} articles …", file=sys.stderr)
        # The generator reads its pool of sentences beside itself.
        generator = Path(options.generator).resolve()
        subprocess.run(
            [sys.executable, str(generator), str(options.articles), str(corpus), "--labels", f"{folder}/labels.tsv"],
            cwd=generator.parent,
            check=True,
            stdout=sys.stderr,
        )
        results = [_measured(contender, corpus, options.runs) for contender in CONTENDERS]
    table = report.write(results, RESULTS)
    print(table.read_text(encoding="utf-8"), end="")


def _measured(kind: type[Contender], corpus: Path, runs: int) -> Measured:
    print(f"Measuring {kind.name} …", file=sys.stderr)
    contender = kind()
    try:
        contender.start()
        return measure(contender, corpus, SEARCHES, runs)
    finally:
        contender.stop()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--generator", required=True, help="the script that makes the articles: SCRIPT N OUT.jsonl.gz")
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=30, help="how often each search is run")
    return parser.parse_args()


if __name__ == "__main__":
    main()
