"""`gisa outlets`: outlets and their licences, beside a running service."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from schemas.outlets import dump_kept, load_outlet, load_outlets
from schemas.strict_json import parse_json
from service.commands.console import note, tell
from service.commands.opening import open_configured
from service.config import load_config
from service.domain.errors import StartupError
from service.domain.keys import Audience
from service.domain.outlets import Outlet, OutletKind
from service.usecases.licences.outlets import Outlets


@click.group(
    help=tell(
        "언론사와 이용 허락을 다룹니다. 실행 중인 서비스에는 1초 안에 반영됩니다.",
        "Handle outlets and their licences. A running service goes by them within a second.",
    )
)
def command() -> None:
    """Group the commands on outlets."""


@command.command(name="list", help=tell("모든 언론사를 보여 줍니다.", "Show every outlet."))
@click.option("--json", "as_json", is_flag=True, help=tell("JSON으로, import가 읽는 형식", "as JSON that import reads"))
def list_(as_json: bool) -> None:
    """Print every outlet."""
    with _opened() as outlets:
        kept = outlets.all().outlets
    if as_json:
        click.echo(_written({"outlets": [dump_kept(outlet) for outlet in kept]}))
        return
    table = Table(box=None, pad_edge=False)
    for head in (tell("이름", "name"), tell("종류", "kind"), *Audience, tell("별칭", "aliases")):
        table.add_column(str(head), overflow="fold")
    for outlet in kept:
        table.add_row(outlet.name, outlet.kind.value, *_licences(outlet), ", ".join(outlet.aliases))
    Console().print(table)


@command.command(help=tell("언론사 하나를 보여 줍니다.", "Show one outlet."))
@click.argument("name")
def show(name: str) -> None:
    """Print an outlet as JSON."""
    with _opened() as outlets:
        click.echo(_written(dump_kept(outlets.get(name).outlet)))


@command.command(
    name="set",
    help=tell(
        "언론사를 넣거나, 준 것만 바꿉니다. 예: gisa outlets set 하늘일보 --kind daily --licence intranet=snippet",
        "Put an outlet, or change what is given: gisa outlets set 하늘일보 --kind daily --licence intranet=snippet",
    ),
)
@click.argument("name")
@click.option("--kind", type=click.Choice([kind.value for kind in OutletKind]), help=tell("종류", "its kind"))
@click.option("--alias", "aliases", multiple=True, help=tell("별칭 (되풀이 가능)", "an alias (repeatable)"))
@click.option(
    "--licence",
    "licences",
    multiple=True,
    metavar="AUDIENCE=DISPLAY[,FROM,TO]",
    help=tell(
        "대상마다 보여 줄 만큼과 기간: intranet=full,2026-01-01,2026-12-31 (되풀이 가능)",
        "what an audience sees and when: intranet=full,2026-01-01,2026-12-31 (repeatable)",
    ),
)
def set_(name: str, kind: str | None, aliases: tuple[str, ...], licences: tuple[str, ...]) -> None:
    """Keep the outlet with what is given in place of what was there."""
    with _opened() as outlets:
        known = outlets.all().named(name)
        document: dict[str, Any] = dump_kept(known) if known else {"name": name, "licences": {}}
        document |= {"kind": kind} if kind else {}
        document |= {"aliases": list(aliases)} if aliases else {}
        document["licences"] |= dict(map(_licence, licences))
        kept = outlets.put(load_outlet(document, document["name"]))
    note(f"언론사 {kept.outlet.name}을(를) 저장했습니다.", f"Kept the outlet {kept.outlet.name}.")


@command.command(
    name="import",
    help=tell(
        "`gisa outlets list --json` 형식의 파일을 읽습니다.", "Read a file as `gisa outlets list --json` writes it."
    ),
)
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_(path: Path) -> None:
    """Keep every outlet of the file, or none where one does not fit."""
    document = parse_json(path.read_bytes())
    if not isinstance(document, dict) or not isinstance(document.get("outlets"), list):
        raise StartupError(
            f'{path}은(는) {{"outlets": […]}} 형식이 아닙니다.', f'{path} is not of the form {{"outlets": […]}}.'
        )
    found = load_outlets(document["outlets"])
    with _opened() as outlets:
        outlets.put_all(found)
    note(f"언론사 {len(found)}곳을 저장했습니다.", f"Kept {len(found)} outlets.")


@command.command(help=tell("언론사와 이용 허락을 뺍니다.", "Remove an outlet and its licences."))
@click.argument("name")
def remove(name: str) -> None:
    """Remove the outlet."""
    with _opened() as outlets:
        outlets.remove(name)
    note(f"언론사 {name}을(를) 뺐습니다.", f"Removed the outlet {name}.")


@contextmanager
def _opened() -> Iterator[Outlets]:
    with open_configured(load_config(), index=False) as engine:
        yield Outlets(engine.records)


def _licence(text: str) -> tuple[str, dict[str, str]]:
    audience, _, rest = text.partition("=")
    display, *term = rest.split(",")
    dates = {name: value for name, value in zip(("valid_from", "valid_to"), term, strict=False) if value}
    if len(term) > 2:
        raise StartupError(
            f"--licence {text!r}은(는) 대상=만큼,첫날,마지막날이어야 합니다.",
            f"--licence {text!r} has to be AUDIENCE=DISPLAY,FROM,TO.",
        )
    return audience, {"display": display, **dates}


def _licences(outlet: Outlet) -> Iterator[str]:
    for audience in Audience:
        licence = outlet.licences.get(audience)
        term = f" {licence.valid_from or ''}~{licence.valid_to or ''}" if licence else ""
        yield (licence.display.value + (term if len(term) > 2 else "")) if licence else "-"


def _written(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2)
