"""`gisa keys`: who may use the service, made, listed and revoked beside it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import click
from rich.console import Console
from rich.table import Table

from service.commands.console import note, tell
from service.commands.directory import prepare_directory
from service.config import Config, load_config
from service.domain.errors import StartupError
from service.domain.keys import Audience, Key, KeyState, Scope
from service.domain.time import KST
from service.usecases.keys.document import dump_key
from service.usecases.keys.file import read_keys
from service.usecases.keys.making import create_key, revoke_key


@click.group(
    help=tell(
        "API 키를 만들고, 보고, 폐기합니다. 실행 중인 서비스에는 1초쯤 뒤에 반영됩니다. 첫 키를 만들면 서비스는 "
        "키 없는 요청을 더 받지 않습니다.",
        "Make, list and revoke API keys. A running service sees it within about a second. With the first key it stops "
        "taking requests that bring none.",
    )
)
def command() -> None:
    """Group the commands on keys."""


@command.command(help=tell("키를 만들어 한 번만 보여 줍니다.", "Make a key and show it this once."))
@click.argument("name")
@click.option(
    "--scope",
    type=click.Choice([scope.value for scope in Scope]),
    default=Scope.READ.value,
    show_default=True,
    help=tell(
        "할 수 있는 일: read는 읽기, write는 읽기와 쓰기, admin은 모두",
        "what it may do: read reads, write reads and writes, admin does everything",
    ),
)
@click.option(
    "--audience",
    type=click.Choice([audience.value for audience in Audience]),
    default=Audience.PRESS_OFFICE.value,
    show_default=True,
    help=tell("누구를 위한 키인지", "for whom it asks"),
)
@click.option(
    "--expires",
    metavar="DATE",
    help=tell(
        "만료: 날짜(그날까지 쓸 수 있음, KST)나 RFC 3339 시각. 없으면 만료되지 않음",
        "the expiry: a date (its last day, KST) or an RFC 3339 time; without it the key does not expire",
    ),
)
def create(name: str, scope: str, audience: str, expires: str | None) -> None:
    """Print the new key alone to the output, and what there is to know of it to the error stream."""
    config = load_config()
    _prepare(config)
    expires_at = _expiry(expires) if expires else None
    token, key = create_key(
        config.keys_path, name, scope=Scope(scope), audience=Audience(audience), expires_at=expires_at
    )
    until = _told(key.expires_at) or tell("만료 없음", "no expiry")
    described = f"{key.id} ({key.name}, {key.scope}, {key.audience}, {until})"
    note(
        f"키 {described}를 만들었습니다. 지금 한 번만 보이니 잘 보관하세요. Authorization: Bearer 머리글로 보냅니다.",
        f"Made the key {described}. It is shown this once: keep it safe. It is sent in the header Authorization: "
        "Bearer.",
    )
    click.echo(token)


@command.command(name="list", help=tell("모든 키를 보여 줍니다.", "Show every key."))
@click.option("--json", "as_json", is_flag=True, help=tell("JSON으로 출력", "print JSON"))
def list_(as_json: bool) -> None:
    """Print every key, those revoked and expired as well, never the token or its digest."""
    keys, now = read_keys(load_config().keys_path), datetime.now(UTC)
    if as_json:
        shown = [dump_key(key) | {"state": key.state(now).value} for key in keys]
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
        return
    if not keys:
        note(
            "키가 없습니다. `gisa keys create 이름`으로 만드세요.",
            "There is no key. `gisa keys create NAME` makes one.",
        )
        return
    table = Table(box=None, pad_edge=False)
    for ko, en in (
        ("번호", "id"), ("이름", "name"), ("권한", "scope"), ("대상", "audience"), ("만든 때", "created"),
        ("만료", "expires"), ("상태", "state"),
    ):  # fmt: skip
        table.add_column(tell(ko, en), overflow="fold")
    for key in keys:
        table.add_row(*_row(key, now))
    Console().print(table)


@command.command(help=tell("번호나 이름의 키를 폐기합니다.", "Revoke the key of this id or name."))
@click.argument("key")
def revoke(key: str) -> None:
    """Revoke a key and say which."""
    revoked = revoke_key(load_config().keys_path, key)
    note(
        f"키 {revoked.id} ({revoked.name})를 폐기했습니다. 실행 중인 서비스는 1초쯤 뒤부터 받지 않습니다.",
        f"Revoked the key {revoked.id} ({revoked.name}). A running service refuses it within about a second.",
    )


def _prepare(config: Config) -> None:
    if config.keys_file is None:
        prepare_directory(config.data_dir)


def _expiry(text: str) -> datetime:
    try:
        if len(text) == len("2026-01-31"):
            return datetime.combine(date.fromisoformat(text) + timedelta(days=1), datetime.min.time(), KST)
        moment = datetime.fromisoformat(text)
    except (ValueError, OverflowError) as error:
        raise StartupError(
            f"--expires {text!r}을(를) 읽을 수 없습니다. 2027-12-31 같은 날짜나 RFC 3339 시각이어야 합니다.",
            f"--expires {text!r} cannot be read: it is a date like 2027-12-31 or an RFC 3339 time.",
        ) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=KST)


def _row(key: Key, now: datetime) -> tuple[str, ...]:
    states = {
        KeyState.IN_FORCE: tell("사용 중", "in force"),
        KeyState.EXPIRED: tell("만료됨", "expired"),
        KeyState.REVOKED: tell("폐기됨", "revoked"),
    }
    created, expires = _told(key.created_at), _told(key.expires_at)
    return key.id, key.name, key.scope.value, key.audience.value, created, expires or "-", states[key.state(now)]


def _told(moment: datetime | None) -> str:
    return f"{moment.astimezone(KST):%Y-%m-%d %H:%M} KST" if moment else ""
