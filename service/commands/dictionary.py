"""`gisa dictionary`: the operator's own words and synonyms, added, listed, checked and applied."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from index_mappings import UserWord, parse_synonyms, parse_words, shipped_synonyms, shipped_words
from service.commands.applying import applied_words, apply_words
from service.commands.console import note, tell
from service.commands.own_words import OwnFiles, Problem, add_line, changed_cut, cuts, read_own_files
from service.commands.progress import progress
from service.config import load_config
from service.domain.errors import StartupError

_BAD_LINES = 1
"""The exit status of a check that found lines that cannot be taken."""


@click.group(
    help=tell(
        "낱말과 동의어를 더하고 적용합니다. 동의어는 저장하면 곧 쓰이고, 낱말은 `apply`로 색인을 새로 만들어야 "
        "쓰입니다. 종료 상태: 0 됨, 1 잘못된 줄이 있음(check), 2 할 수 없음.",
        "Add words and synonyms and apply them. Synonyms are in use once they are saved; words need `apply`, which "
        "builds the index anew. Exit status: 0 done, 1 bad lines (check), 2 could not be done.",
    )
)
def command() -> None:
    """Group the commands on words."""


@command.command(
    help=tell(
        "한 줄을 더합니다. 낱말: `add 달빛철도 달빛 철도`. 동의어: `add CES, 씨이에스` 또는 `add '여당 => 새빛당'`.",
        "Add a line. A word: `add 달빛철도 달빛 철도`. Synonyms: `add CES, 씨이에스` or `add '여당 => 새빛당'`.",
    )
)
@click.argument("line", nargs=-1, required=True)
def add(line: tuple[str, ...]) -> None:
    """Add a line to the file that it belongs to and say what to do next."""
    config = load_config()
    text = " ".join(" ".join(line).split())
    if "," in text or "=>" in text:
        add_line(config.synonyms_path, text, parse_synonyms)
        note(
            f"{config.synonyms_path}에 더했습니다. 잠시 뒤부터 검색에 쓰입니다.",
            f"Added to {config.synonyms_path}. It is in use in a moment.",
        )
        return
    add_line(config.user_dictionary_path, text, parse_words)
    note(
        f"{config.user_dictionary_path}에 더했습니다. `gisa dictionary apply`로 적용하세요.",
        f"Added to {config.user_dictionary_path}. Apply it by `gisa dictionary apply`.",
    )


@command.command(name="list", help=tell("더한 낱말과 동의어를 보여 줍니다.", "Show your words and synonyms."))
@click.option("--all", "everything", is_flag=True, help=tell("서비스에 들어 있는 것도", "those of the service as well"))
def list_(everything: bool) -> None:
    """Print words, with whether they are applied, and synonyms."""
    config = load_config()
    files, in_use = read_own_files(config), applied_words(config)
    _heading("낱말", "words", str(config.user_dictionary_path))
    for word in sorted({*files.words, *in_use}):
        click.echo(f"{word.rule}{_state(word, files, in_use)}")
    _heading("동의어", "synonyms", str(config.synonyms_path))
    for rule in files.synonyms:
        click.echo(rule.line)
    if everything:
        _heading("서비스의 낱말", "words of the service", "")
        for word in shipped_words():
            click.echo(word.rule)
        _heading("서비스의 동의어", "synonyms of the service", "")
        for rule in shipped_synonyms():
            click.echo(rule.line)


@command.command(
    help=tell(
        "두 파일을 살피고, 낱말이 적용 전과 뒤에 어떻게 나뉘는지 보여 줍니다. TEXT를 주면 그 글을 나눕니다.",
        "Look over both files and show how each word is cut before and after it is applied, or TEXT where it is given.",
    )
)
@click.argument("text", nargs=-1)
def check(text: tuple[str, ...]) -> None:
    """Print bad lines with file and line, and cuts; exits with 1 where a line cannot be taken."""
    config = load_config()
    files, in_use = read_own_files(config), applied_words(config)
    for problem in files.problems:
        _tell_problem(problem)
    shown = (
        list(cuts(text, in_use, files.words))
        if text
        else [changed_cut(word, in_use, files.words) for word in files.words]
    )
    for cut in shown:
        click.echo(f"{cut.text}: {cut.before}" + (f" → {cut.after}" if cut.after != cut.before else ""))
    if not text:
        _tell_state(files, in_use)
    if _bad(files):
        sys.exit(_BAD_LINES)


@command.command(
    help=tell(
        "파일의 낱말로 색인을 새로 만듭니다. 서비스가 도는 동안 할 수 있고, 끝나면 모든 프로세스가 새 낱말을 씁니다.",
        "Build the index anew with the words of the file, beside a running service, whose processes all take the new "
        "words in the moment it is in use.",
    )
)
def apply() -> None:
    """Rebuild or reindex where the words differ from those in use."""
    config = load_config()
    files = read_own_files(config)
    for problem in _bad(files):
        _tell_problem(problem)
    if _bad(files):
        raise StartupError(
            "잘못된 줄이 있어 적용하지 않았습니다. 위의 줄을 고치고 다시 실행하세요.",
            "Nothing was applied, as there are bad lines. Mend the lines above and run this again.",
        )
    if set(applied_words(config)) == set(files.words):
        note("낱말이 그대로입니다. 할 일이 없습니다.", "The words are in use already. There is nothing to do.")
        return
    with progress(1.0, "새 낱말로 색인을 만드는 중", "Building the index with the new words") as show:
        articles = apply_words(config, files.words, lambda done, total: show(done / max(total, 1), done))
    note(
        f"낱말 {len(files.words):,}개를 적용해 기사 {articles:,}건의 색인을 새로 만들었습니다.",
        f"{len(files.words):,} words applied; the index of {articles:,} articles has been built anew.",
    )


def _state(word: UserWord, files: OwnFiles, in_use: Sequence[UserWord]) -> str:
    if word not in in_use:
        return tell("  (적용 전)", "  (not applied yet)")
    return "" if word in files.words else tell("  (파일에 없음, 적용하면 빠짐)", "  (not in the file, goes by apply)")


def _tell_problem(problem: Problem) -> None:
    line = problem.line
    place = f"{problem.path}:{line.number}" if line.number else str(problem.path)
    click.echo(f"{place}: {line.text}: {tell(line.ko, line.en)}", err=True)


def _tell_state(files: OwnFiles, in_use: Sequence[UserWord]) -> None:
    waiting = set(files.words) ^ set(in_use)
    note(
        f"낱말 {len(files.words):,}개, 동의어 {len(files.synonyms):,}줄.",
        f"{len(files.words):,} words, {len(files.synonyms):,} lines of synonyms.",
    )
    if waiting:
        note(
            f"낱말 {len(waiting):,}개가 아직 적용되지 않았습니다. `gisa dictionary apply`를 실행하세요.",
            f"{len(waiting):,} words differ from those in use. Run `gisa dictionary apply`.",
        )


def _bad(files: OwnFiles) -> list[Problem]:
    return [problem for problem in files.problems if not problem.harmless]


def _heading(ko: str, en: str, place: str) -> None:
    click.secho(f"# {tell(ko, en)}" + (f" ({place})" if place else ""), dim=True)
