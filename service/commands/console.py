"""What the command says: in Korean or in English, results to the output and everything else to the error stream."""

from __future__ import annotations

import sys
from typing import NoReturn

import click

from service.config import language
from service.domain.errors import GisaError, Message

CANNOT_START = 2
"""The exit status where nothing was done: wrong usage, wrong settings, no engine."""


def tell(ko: str, en: str) -> str:
    """Return the sentence in the language of the command."""
    return en if language() == "en" else ko


def text_of(message: Message) -> str:
    """Return a message in the language of the command."""
    return tell(message.ko, message.en)


def note(ko: str, en: str) -> None:
    """Print a sentence to the error stream, where it does not mix with results."""
    click.echo(tell(ko, en), err=True)


def fail(error: GisaError) -> NoReturn:
    """Print why the command cannot go on and what to do, and end it."""
    click.echo(f"gisa: {text_of(error.message)}", err=True)
    for problem in error.errors:
        place = problem.pointer or problem.parameter or ""
        if problem.message != error.message:
            click.echo(f"  {place}: {text_of(problem.message)}", err=True)
    sys.exit(CANNOT_START)
