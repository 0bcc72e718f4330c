"""The table of a run, as Markdown and as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from bench.measure import Measured
from service.domain.time import KST

_MEBIBYTE = 1 << 20


def write(results: Sequence[Measured], folder: Path) -> Path:
    """Write both forms into the folder and return the path of the table."""
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{datetime.now(KST):%Y%m%d-%H%M%S}"
    document = json.dumps([asdict(result) for result in results], ensure_ascii=False, indent=2)
    (folder / f"{name}.json").write_text(document + "\n", encoding="utf-8")
    table = folder / f"{name}.md"
    table.write_text(markdown(results), encoding="utf-8")
    return table


def markdown(results: Sequence[Measured]) -> str:
    """Return the table: a row for each figure, a column for each contender."""
    heading = ["", *(result.name for result in results)]
    rows = [*_figures(results), *_times(results)]
    lines = [heading, ["---"] * len(heading), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def _figures(results: Sequence[Measured]) -> list[list[str]]:
    return [
        ["articles", *(f"{result.articles:,}" for result in results)],
        ["load over HTTP until all is found", *(_rate(result.load_seconds, result.articles) for result in results)],
        [
            "import of the file until all is found",
            *(_rate(result.import_seconds, result.articles) for result in results),
        ],
        ["on disk", *(f"{result.stored_bytes / _MEBIBYTE:,.0f} MiB" for result in results)],
        ["memory", *(_memory(result) for result in results)],
    ]


def _times(results: Sequence[Measured]) -> list[list[str]]:
    rows = []
    for index, search in enumerate(results[0].searches):
        times = [result.searches[index] for result in results]
        told = (f"p50 {taken.p50_ms:,.1f} ms, p95 {taken.p95_ms:,.1f} ms ({taken.total:,} found)" for taken in times)
        rows.append([search.name, *told])
    return rows


def _rate(seconds: float | None, articles: int) -> str:
    return "–" if seconds is None else f"{seconds:,.1f} s ({articles / seconds:,.0f}/s)"


def _memory(result: Measured) -> str:
    parts = ", ".join(f"{name} {size / _MEBIBYTE:,.0f}" for name, size in result.memory.items())
    return f"{sum(result.memory.values()) / _MEBIBYTE:,.0f} MiB ({parts})"
