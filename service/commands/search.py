"""`gisa search`: hits in the terminal."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from schemas.results import dump_search_answer
from schemas.search import load_search_document
from service.commands.console import CANNOT_START, note, tell, text_of
from service.commands.hits import print_answer
from service.commands.opening import open_configured
from service.config import Config, load_config
from service.domain.errors import QuerySyntaxError, StartupError
from service.domain.keys import Audience
from service.search.engine import Engine
from service.search.request import SearchParameters, Sort
from service.search.tree import FilterField
from service.usecases.licences.engine import LicensedEngine
from service.usecases.licences.licences import Licences, Unlicensed
from service.usecases.search import Search, SearchAnswer
from service.usecases.synonyms import OwnSynonyms


def _filters(command: Any) -> Any:
    for field in reversed(FilterField):
        told = tell(f"{field} 값 (되풀이 가능, 앞에 -를 붙이면 제외)", f"a value of {field} (repeatable, - excludes)")
        command = click.option(f"--{field}", multiple=True, metavar="VALUE", help=told)(command)
    return command


@click.command(
    help=tell(
        '기사를 찾습니다. 낱말, "구", -제외, OR, 괄호를 쓸 수 있습니다. 예: gisa search 도서관 -휴관, '
        "gisa search '\"시립 도서관\"'",
        'Search the articles with words, "phrases", -exclusions, OR and parentheses: gisa search 도서관 -휴관, '
        "gisa search '\"시립 도서관\"'",
    ),
    # `-휴관` excludes a word; it is no option.
    context_settings={"ignore_unknown_options": True},
)
@click.argument("words", nargs=-1)
@click.option("--size", default=10, show_default=True, help=tell("보여 줄 기사 수 (1-100)", "hits shown (1-100)"))
@click.option("--sort", type=click.Choice([sort.value for sort in Sort]), help=tell("순서", "their order"))
@click.option("--match", type=click.Choice(["all", "any"]), help=tell("모든 낱말 또는 어느 하나", "all words or any"))
@click.option("--from", "published_from", metavar="DATE", help=tell("발행일 시작", "published from"))
@click.option("--to", "published_to", metavar="DATE", help=tell("발행일 끝", "published to"))
@_filters
@click.option("--json", "as_json", is_flag=True, help=tell("API와 같은 JSON으로 출력", "print the JSON of the API"))
def command(words: tuple[str, ...], as_json: bool, **options: Any) -> None:
    """Print the hits; exits with 2 where the query cannot be read."""
    config = load_config()
    parameters = _parameters(words, options)
    if config.engine == "embedded" and not config.data_dir.is_dir():
        raise StartupError(
            f"{config.data_dir}에 아직 기사가 없습니다. `gisa import PATH`로 기사를 가져오세요.",
            f"There are no articles in {config.data_dir} yet. Import some with `gisa import PATH`.",
        )
    with open_configured(config, index=False) as engine:
        try:
            answer = Search(_licensed(engine, config), OwnSynonyms(config.synonyms_path)).run(parameters)
        except QuerySyntaxError as error:
            _explain(parameters.q, error)
            sys.exit(CANNOT_START)
    if as_json:
        click.echo(json.dumps(_dumped(answer, config.language), ensure_ascii=False, indent=2))
    else:
        print_answer(answer)


def _licensed(engine: Engine, config: Config) -> LicensedEngine:
    # Whoever runs commands on this machine is of the press office.
    unlicensed = Unlicensed(config.display, config.snippet_characters)
    return LicensedEngine(engine, Licences(lambda: engine.records, unlicensed).for_audience(Audience.PRESS_OFFICE))


def _parameters(words: tuple[str, ...], options: dict[str, Any]) -> SearchParameters:
    filters = {name: list(values) for name, values in options.items() if isinstance(values, tuple) and values}
    others = {name: value for name, value in options.items() if not isinstance(value, tuple) and value is not None}
    return load_search_document({"q": " ".join(words)} | filters | others)


def _explain(query: str, error: QuerySyntaxError) -> None:
    click.echo(text_of(error.message), err=True)
    click.echo(f"  {query}", err=True)
    note(f"  {error.position + 1}번째 글자에서 멈췄습니다.", f"  Stopped at character {error.position + 1}.")
    if error.correction:
        note(f"  이렇게 고칠 수 있습니다: {error.correction}", f"  This can be read: {error.correction}")


def _dumped(answer: SearchAnswer, language: str) -> dict[str, Any]:
    return dump_search_answer(
        answer.results,
        answer.interpreted,
        answer.warnings,
        answer.took_ms,
        "en" if language == "en" else "ko",
        answer.synonyms,
        answer.advice,
    )
