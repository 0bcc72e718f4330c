"""`python -m bench.document`: docs/benchmarks.md and its plots, out of what `python -m bench` has measured."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from bench.kinds import BROAD, KINDS

_RESULTS = Path(__file__).parent / "results"
_DOCS = Path(__file__).parents[1] / "docs"
_GROWTH = "benchmark-growth.svg"
_MEBIBYTE = 1 << 20
_COLOURS = ("#1f5fbf", "#5b9bd5", "#c4710b", "#e0a458", "#3c8f4f", "#8c6bb1", "#7f7f7f")

Run = dict[str, Any]


def main() -> None:
    """Write the page and the plots."""
    runs = sorted(
        (json.loads(path.read_text(encoding="utf-8")) for path in _RESULTS.glob("compared-*.json")),
        key=lambda run: run["articles"],
    )
    (_DOCS / "benchmarks.md").write_text(page(runs), encoding="utf-8")
    _plot_kinds(runs[-1], _DOCS / "images" / "benchmark-kinds.svg")
    if len(runs) > 1:
        _plot_growth(runs, _DOCS / "images" / _GROWTH)


def page(runs: Sequence[Run]) -> str:
    """Return the page: what was compared, and a section for each size."""
    introduction = (Path(__file__).parent / "introduction.md").read_text(encoding="utf-8")
    growth = f"\n![How the cost grows](images/{_GROWTH})\n" if len(runs) > 1 else ""
    return introduction + growth + "".join(_section(run) for run in runs)


def _section(run: Run) -> str:
    contenders = [{**contender, "articles": run["articles"]} for contender in run["contenders"]]
    names = [contender["name"] for contender in contenders]
    before, after = run["load"]
    suggest = run["suggest"]
    return "\n".join(
        [
            f"\n## {run['articles']:,} articles\n",
            f"Measured {run['measured_at']} on {run['cores']} cores; load {before} before and {after} after; "
            f"{run['enriched']:,} articles enriched; throughput by {run['client']}.\n",
            *_table(["", *names], _figures(contenders)),
            "\np50 / p95 / p99 in milliseconds, in brackets what was found:\n",
            *_table(["", *names], _times(contenders)),
            f"\n`{BROAD}`, p50 as a ratio to Elasticsearch over bare HTTP in this run: {_ratios(contenders)}.\n",
            f"Suggestions over HTTP (embedded): p50 {suggest['p50']} ms, p95 {suggest['p95']} ms, "
            f"p99 {suggest['p99']} ms over {suggest['runs']:,}{_first_asked(suggest)}.",
            "",
        ]
    )


def _first_asked(suggest: Run) -> str:
    if "first_p95" not in suggest:
        return ""  # measured before that was told
    return f"; when each was first asked p50 {suggest['first_p50']} ms, p95 {suggest['first_p95']} ms"


def _figures(contenders: Sequence[Run]) -> list[list[str]]:
    rows: list[tuple[str, Callable[[Run], str]]] = [
        ("loaded, articles a second", _loaded),
        ("start to first answer, s", lambda each: _number(each["start_seconds"], 2)),
        ("on disk, MiB", lambda each: f"{each['stored_bytes'] / _MEBIBYTE:,.0f}"),
        ("memory, private / resident, MiB", lambda each: _memory(each["memory"])),
        ("answers a second at 1 / 8 / 32 clients", lambda each: _rates(each["per_second"])),
    ]
    return [[name, *map(told, contenders)] for name, told in rows]


def _times(contenders: Sequence[Run]) -> Iterator[list[str]]:
    for kind in KINDS:
        yield [kind.name, *(_time(contender["times"].get(kind.name)) for contender in contenders)]


def _time(times: Run | None) -> str:
    return f"{times['p50']:.1f} / {times['p95']:.1f} / {times['p99']:.1f} ({times['total']:,})" if times else "–"


def _ratios(contenders: Sequence[Run]) -> str:
    of_bare = next(each for each in contenders if each["name"].endswith("bare HTTP"))["times"][BROAD]["p50"]
    return ", ".join(
        f"{each['name']} {each['times'][BROAD]['p50'] / of_bare:.2f}" for each in contenders if BROAD in each["times"]
    )


def _loaded(contender: Run) -> str:
    seconds = contender["load_seconds"]
    return f"{contender['articles'] / seconds:,.0f}" if seconds else "–"


def _memory(memory: Run | None) -> str:
    return f"{memory['private'] / _MEBIBYTE:,.0f} / {memory['resident'] / _MEBIBYTE:,.0f}" if memory else "–"


def _rates(rates: Run | None) -> str:
    return " / ".join(f"{rate:,.0f}" for rate in rates.values()) if rates else "–"


def _number(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{value:.{digits}f}"


def _table(heading: Sequence[str], rows: Iterator[list[str]] | list[list[str]]) -> list[str]:
    return ["| " + " | ".join(row) + " |" for row in (heading, ["---"] * len(heading), *rows)]


def _plot_kinds(run: Run, path: Path) -> None:
    figure, axes = _axes((9, 5))
    contenders = run["contenders"]
    width = 0.8 / len(contenders)
    for place, contender in enumerate(contenders):
        own = [
            (number + place * width, contender["times"][kind.name]["p50"])
            for number, kind in enumerate(KINDS)
            if kind.name in contender["times"]
        ]
        axes.bar(*zip(*own, strict=True), width, label=contender["name"], color=_COLOURS[place])
    axes.set_xticks(
        [number + 0.4 - width / 2 for number in range(len(KINDS))],
        [kind.name for kind in KINDS],
        rotation=30,
        ha="right",
        fontsize=8,
    )
    axes.set_ylabel(f"p50, ms, {run['articles']:,} articles")
    _save(figure, axes, path)


def _plot_growth(runs: Sequence[Run], path: Path) -> None:
    figure, axes = _axes((7, 4))
    names = list(dict.fromkeys(each["name"] for run in runs for each in run["contenders"]))
    for colour, name in zip(_COLOURS, names, strict=False):
        own = [
            (run["articles"], each["times"][BROAD]["p50"])
            for run in runs
            for each in run["contenders"]
            if each["name"] == name and BROAD in each["times"]
        ]
        axes.plot(*zip(*own, strict=True), marker="o", label=name, color=colour)
    axes.set_xscale("log")
    axes.set_xlabel("articles")
    axes.set_ylabel(f"{BROAD}: p50, ms")
    _save(figure, axes, path)


def _axes(size: tuple[float, float]) -> tuple[Any, Any]:
    import matplotlib as mpl  # noqa: PLC0415 -- of the group `bench`

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "gisa"
    from matplotlib import pyplot  # noqa: PLC0415 -- the same, and only after the backend is named

    return pyplot.subplots(figsize=size)  # type: ignore[no-any-return]


def _save(figure: Any, axes: Any, path: Path) -> None:
    axes.set_yscale("log")
    axes.grid(axis="y", alpha=0.3)
    axes.legend(fontsize=8)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None, "Creator": None})


if __name__ == "__main__":
    main()
