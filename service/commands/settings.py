"""`gisa config`: every setting, its value, and where that comes from."""

from __future__ import annotations

import json

import click
from rich.console import Console
from rich.table import Table

from service.commands.console import tell, text_of
from service.config import SETTINGS, Setting, load_config, source_of


@click.command(help=tell("모든 설정과 그 값을 보여 줍니다.", "Show every setting and its value."))
@click.option("--json", "as_json", is_flag=True, help=tell("JSON으로 출력", "print JSON"))
def command(as_json: bool) -> None:
    """Print the settings in force; StartupError where one of them is wrong."""
    config = load_config()
    values = {
        setting.name: (_shown(setting, getattr(config, setting.attribute)), source_of(setting)) for setting in SETTINGS
    }
    if as_json:
        described = {name: {"value": value, "source": source} for name, (value, source) in values.items()}
        click.echo(json.dumps(described, ensure_ascii=False, indent=2))
        return
    table = Table(box=None, pad_edge=False)
    table.add_column(tell("설정", "setting"), no_wrap=True)
    table.add_column(tell("값", "value"), overflow="fold")
    table.add_column(tell("출처", "source"), no_wrap=True)
    table.add_column(tell("뜻", "meaning"))
    for setting in SETTINGS:
        value, source = values[setting.name]
        told = tell("기본값", "default") if source == "default" else tell("환경 변수", "environment")
        table.add_row(setting.name, value, told, _meaning(setting))
    Console().print(table)


def _shown(setting: Setting, value: object) -> str:
    if value is None or value == "":
        return ""
    return "***" if setting.secret else str(value)


def _meaning(setting: Setting) -> str:
    unit = f" [{text_of(setting.unit)}]" if setting.unit else ""
    return f"{text_of(setting.meaning)}{unit} ({text_of(setting.allowed)})"
