"""How long a backup and a restore take, beside a writer: `python -m bench.restore --corpus FILE [--articles N]`."""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

from bench.running import RunningService, environment, gisa
from schemas.article import load_article
from schemas.strict_json import parse_json
from service.engines.embedded import open_engine
from service.search.engine import Put
from service.usecases.identity import derive_id, fingerprint
from service.usecases.preparing import prepare_as_it_is

_AT_ONCE = 500


def main() -> int:
    """Load a corpus without enrichment, back it up beside a writer, restore it, and print what each took."""
    parser = argparse.ArgumentParser(prog="python -m bench.restore", description=main.__doc__)
    parser.add_argument("--corpus", type=Path, required=True, help="articles as JSON lines, gzipped")
    parser.add_argument("--articles", type=int, default=100_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gisa-restore-") as name:
        folder = Path(name)
        _load(given.corpus, given.articles, folder / "data")
        _timed("rebuild", folder / "data")  # else the service would be ready only minutes after its start
        measure(folder)
    return 0


def measure(folder: Path) -> dict[str, float]:
    """Back up `folder`/data beside a writer, restore it into `folder`/restored, and return the seconds of each."""
    with RunningService.start(folder / "data") as service:
        done, written = threading.Event(), [0]
        writer = threading.Thread(target=_write, args=(service, done, written))
        writer.start()
        backup = _timed("backup", folder / "data", str(folder / "backup"))
        done.set()
        writer.join()
    restore = _timed("restore", folder / "restored", str(folder / "backup"))
    manifest = json.loads((folder / "backup" / "manifest.json").read_bytes())
    again = _timed("backup", folder / "restored", str(folder / "again"))
    equal = json.loads((folder / "again" / "manifest.json").read_bytes())["articles"] == manifest["articles"]
    print(
        f"{manifest['articles']['count']:,} articles, {written[0]:,} written beside the backup; hashes equal: {equal}"
    )
    return {"backup": backup, "restore": restore, "again": again}


def _load(corpus: Path, wanted: int, directory: Path) -> None:
    began = time.monotonic()
    engine = open_engine(directory, index=False)
    try:
        with ProcessPoolExecutor(2) as pool, gzip.open(corpus, "rb") as lines:
            parts = iter(lambda: list(itertools.islice(lines, _AT_ONCE)), [])
            stored = 0
            for puts in pool.map(_prepared, itertools.islice(parts, -(-wanted // _AT_ONCE))):
                engine.write(puts)
                stored += len(puts)
    finally:
        engine.close()
    print(f"{stored:,} articles stored in {time.monotonic() - began:.0f} s", flush=True)


def _prepared(lines: list[bytes]) -> list[Put]:
    puts = []
    for line in lines:
        article = load_article(parse_json(line))
        put = prepare_as_it_is(replace(article, id=article.id or derive_id(article)))
        # Stories are looked for among all articles of a synthetic corpus, which share their sentences: left out here.
        puts.append(replace(put, fingerprint=fingerprint(article), signature=None))
    return puts


def _write(service: RunningService, done: threading.Event, written: list[int]) -> None:
    for number in _counted(done):
        document = {"title": f"새로 들어온 글 {number}", "body": "백업하는 동안 들어온 글이다."}
        status, _ = service.request("PUT", f"/v1/articles/beside-{number}", document)
        assert status == 201
        written[0] += 1


def _counted(done: threading.Event) -> Iterator[int]:
    return itertools.takewhile(lambda _: not done.is_set(), itertools.count())


def _timed(command: str, directory: Path, *arguments: str) -> float:
    began = time.monotonic()
    subprocess.run(gisa(command, *arguments), env=environment(directory, language="en"), check=True)
    seconds = time.monotonic() - began
    print(f"gisa {command}: {seconds:.1f} s", flush=True)
    return seconds


if __name__ == "__main__":
    sys.exit(main())
