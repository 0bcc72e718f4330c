"""`gisa doctor`: what is in order, what is not, and what to do about it."""

from __future__ import annotations

import sys

import click

from service.commands.console import tell, text_of
from service.commands.examination import examine

PROBLEM_FOUND = 1


@click.command(
    help=tell(
        "설정, 데이터 폴더, 디스크, 분석기, 엔진, 색인, 포트를 점검하고 고칠 것을 말합니다. "
        "종료 상태: 0 이상 없음, 1 문제 있음.",
        "Check settings, data directory, disk, analyser, engine, index and port, and say what to mend. "
        "Exit status: 0 all well, 1 a problem.",
    )
)
def command() -> None:
    """Print one line for each finding and exit with 1 where one is a problem."""
    problems = 0
    for finding in examine():
        problems += not finding.ok
        mark = (
            click.style(tell("정상", "ok"), fg="green")
            if finding.ok
            else click.style(tell("문제", "problem"), fg="red")
        )
        click.echo(f"{mark}  {text_of(finding.name)}: {text_of(finding.told)}")
    sys.exit(PROBLEM_FOUND if problems else 0)
