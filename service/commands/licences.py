"""`gisa licences`: the report to the rights holders, beside a running service."""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from schemas.export import harmless
from service.commands.console import note, tell
from service.commands.opening import open_configured
from service.config import load_config
from service.domain.errors import StartupError
from service.search.engine import Engine
from service.usecases.licences.licences import today
from service.usecases.licences.outlets import Outlets
from service.usecases.licences.report import ArticleLine, ReportLine, by_article, summed

_MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")
_HEADS = {
    "month": ("월", "month"),
    "outlet": ("언론사", "outlet"),
    "audience": ("대상", "audience"),
    "articles": ("기사 수", "articles"),
    "article": ("기사 ID", "article"),
    "title": ("제목", "title"),
    "published_at": ("발행", "published"),
    "url": ("URL", "URL"),
    "views": ("열람 수", "views"),
}


@click.group(help=tell("이용 허락을 받은 기사의 열람을 보고합니다.", "Report on views of licensed articles."))
def command() -> None:
    """Group the commands on licences."""


@command.command(
    help=tell(
        "이용 허락이 있는 언론사의 기사 전문을 몇 번 보여 주었는지 달, 언론사, 대상별로 셉니다. 달은 KST이며, 주지 "
        "않으면 이번 달입니다.",
        "Count how often whole articles of outlets with a licence were shown, by month, outlet and audience. Months "
        "are in KST; without one it is the present month.",
    )
)
@click.option("--month", metavar="YYYY-MM", help=tell("한 달", "one month"))
@click.option("--from", "first", metavar="YYYY-MM", help=tell("첫 달", "the first month"))
@click.option("--to", "last", metavar="YYYY-MM", help=tell("마지막 달, 포함", "the last month, included"))
@click.option(
    "--outlet", metavar="NAME", help=tell("이 언론사만, 이름이나 별칭", "this outlet alone, by name or alias")
)
@click.option("--articles", is_flag=True, help=tell("기사마다 한 줄", "a line for each article"))
@click.option("--json", "form", flag_value="json", help=tell("JSON으로 출력", "print JSON"))
@click.option("--csv", "form", flag_value="csv", help=tell("CSV로 출력", "print CSV"))
def report(
    month: str | None, first: str | None, last: str | None, outlet: str | None, articles: bool, form: str | None
) -> None:
    """Print the counts of the months."""
    first, last = _months(month, first, last)
    with open_configured(load_config(), index=False) as engine:
        name = _named(engine, outlet)
        counted = engine.views.counted(first, last, name)
        found = by_article(engine, counted) if articles else summed(counted)
        lines = [asdict(line) for line in found]
    total = sum(line["views"] for line in lines)
    if form == "json":
        document = {"from": first, "to": last, "outlet": name, "views": total, "lines": lines}
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
        return
    names = list((ArticleLine if articles else ReportLine).__dataclass_fields__)
    if form == "csv":
        _print_csv(names, lines)
        return
    _print_table(names, lines)
    note(f"{first}~{last}: 전문 열람 {total:,}회.", f"{first} to {last}: {total:,} full-text views.")


def _months(month: str | None, first: str | None, last: str | None) -> tuple[str, str]:
    if month and (first or last):
        raise StartupError(
            "--month와 --from, --to는 함께 쓸 수 없습니다. 하나만 지정하세요.",
            "--month does not go with --from and --to. Give one or the other.",
        )
    for given in filter(None, (month, first, last)):
        if not _MONTH.fullmatch(given):
            raise StartupError(
                f"{given!r}은(는) 달이 아닙니다. 2026-01처럼 쓰세요.", f"{given!r} is no month. Write it like 2026-01."
            )
    present = f"{today():%Y-%m}"
    first, last = month or first or last or present, month or last or present
    if first > last:
        raise StartupError(
            f"첫 달 {first}이(가) 마지막 달 {last}보다 뒤입니다. 바꾸어 쓰세요.",
            f"The first month {first} is after the last one {last}. Turn them round.",
        )
    return first, last


def _named(engine: Engine, outlet: str | None) -> str | None:
    """Return the name under which the views of the outlet are counted, which is not that of an alias.

    What was removed from the table since, or is called otherwise now, is known by the name it had.
    """
    found = Outlets(engine.records).all().find(outlet)
    return found.name if found else outlet


def _print_csv(names: Sequence[str], lines: Iterable[dict[str, Any]]) -> None:
    writer = csv.writer(sys.stdout)
    writer.writerow(names)
    for line in lines:
        writer.writerow(harmless(str(line[name] if line[name] is not None else "")) for name in names)


def _print_table(names: Sequence[str], lines: Iterable[dict[str, Any]]) -> None:
    table = Table(box=None, pad_edge=False)
    for name in names:
        numeric = name in {"articles", "views"}
        table.add_column(tell(*_HEADS[name]), overflow="fold", justify="right" if numeric else "left")
    for line in lines:
        table.add_row(*(Text(f"{value:,}" if isinstance(value, int) else value or "-") for value in line.values()))
    Console().print(table)
