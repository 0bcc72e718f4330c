"""How far a long run is: a bar on a terminal, a plain line every few seconds elsewhere."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from service.commands.console import note, tell

Show = Callable[[float, int], None]
"""Shows how much of the total is done and how many articles that is."""

_EVERY = 5.0  # seconds between two plain lines


@contextmanager
def progress(total: float, ko: str, en: str) -> Iterator[Show]:
    """Give what shows the progress on the error stream; `total` is 0 where it is not known."""
    console = Console(stderr=True)
    if console.is_terminal:
        with _bar(console) as bar:
            yield _on(bar, total, tell(ko, en))
    else:
        yield _in_lines(total, tell(ko, en))


def _bar(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[rate]}"),
        TextColumn(tell("남은 시간", "left")),
        TimeRemainingColumn(),
        console=console,
        transient=True,
    )


def _on(bar: Progress, total: float, title: str) -> Show:
    task = bar.add_task(title, total=total or None, rate="")
    began = time.monotonic()

    def show(done: float, articles: int) -> None:
        bar.update(task, completed=done, rate=_rate(articles, time.monotonic() - began))

    return show


def _in_lines(total: float, title: str) -> Show:
    began = time.monotonic()
    due = began + _EVERY

    def show(done: float, articles: int) -> None:
        nonlocal due
        now = time.monotonic()
        if now < due:
            return
        due = now + _EVERY
        parts = [_rate(articles, now - began)]
        if total and done:
            left = (now - began) / done * (total - done)
            parts = [f"{done / total:.0%}", *parts, tell(f"남은 시간 {left:.0f}초", f"{left:.0f} s left")]
        line = f"{title}: {' · '.join(parts)}"
        note(line, line)

    return show


def _rate(articles: int, seconds: float) -> str:
    speed = articles / max(seconds, 0.001)
    return tell(f"{articles:,}건 · {speed:,.0f}건/초", f"{articles:,} articles · {speed:,.0f}/s")
