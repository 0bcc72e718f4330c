"""The `gisa` command: each subcommand is imported when it is asked for, so that all of them start fast."""

from __future__ import annotations

from importlib import import_module

import click

from service import __version__
from service.commands.console import fail, tell
from service.domain.errors import GisaError

_COMMANDS = {
    "serve": "service.commands.serve",
    "import": "service.commands.importing",
    "search": "service.commands.search",
    "rebuild": "service.commands.rebuild",
    "dictionary": "service.commands.dictionary",
    "keys": "service.commands.keys",
    "outlets": "service.commands.outlets",
    "licences": "service.commands.licences",
    "index": "service.commands.index",
    "reenrich": "service.commands.reenrich",
    "backup": "service.commands.backup",
    "restore": "service.commands.restore",
    "transfer": "service.commands.transfer",
    "doctor": "service.commands.doctor",
    "config": "service.commands.settings",
}


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 # click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 # the same
        if cmd_name not in _COMMANDS:
            return None
        command = import_module(_COMMANDS[cmd_name]).command
        assert isinstance(command, click.Command)
        return command


@click.group(
    cls=_Commands,
    help=tell(
        "언론 보도를 모아 찾는 검색 서비스. 설정은 GISA_* 환경 변수이며 `gisa config`가 모두 보여 줍니다.",
        "Press-coverage search. Settings are GISA_* variables; `gisa config` lists them all.",
    ),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="gisa", message="%(prog)s %(version)s")
def commands() -> None:
    """Group the subcommands."""


def main() -> None:
    """Run the command; it exits with 2 and a sentence where it cannot start."""
    try:
        commands(prog_name="gisa")
    except GisaError as error:
        fail(error)


if __name__ == "__main__":
    main()
