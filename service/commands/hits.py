"""Hits as they are read in a terminal."""

from __future__ import annotations

import html
import re

from rich.console import Console
from rich.text import Text

from service.commands.console import tell, text_of
from service.domain.article import Article
from service.domain.time import KST
from service.korean.folding import strip_ignored
from service.search.results import Hit
from service.usecases.search import SearchAnswer

_MARKED = re.compile(r"<mark>(.*?)</mark>", re.DOTALL)
_FRAGMENT = 160  # characters of the body where nothing in it matched
_INDENT = "   "


def print_answer(answer: SearchAnswer) -> None:
    """Print the total, what was understood, and each hit with title, place of publication, id and a fragment."""
    console = Console(highlight=False, soft_wrap=True)
    results = answer.results
    console.print(
        Text(tell(f"{results.total:,}건", f"{results.total:,} articles"), "bold"),
        Text(f"({answer.took_ms} ms)  {answer.interpreted}", "dim"),
    )
    for word, also in answer.synonyms.items():
        console.print(
            Text(tell(f"함께 찾은 말: {word} = {', '.join(also)}", f"also: {word} = {', '.join(also)}"), "dim")
        )
    for warning in answer.warnings:
        console.print(Text(text_of(warning), "yellow"))
    if meant := answer.advice.did_you_mean:
        console.print(Text(tell(f"이것을 찾으셨나요? {meant}", f"Did you mean: {meant}"), "yellow"))
    for number, hit in enumerate(results.hits, start=1):
        _print_hit(console, number, hit)
    left = results.total - len(results.hits)
    if left > 0:
        console.print(
            Text(tell(f"그 밖에 {left:,}건. --size로 더 볼 수 있습니다.", f"{left:,} more: --size shows more."), "dim")
        )


def _print_hit(console: Console, number: int, hit: Hit) -> None:
    article = hit.article
    title = _marked(hit.highlights["title"][0]) if hit.highlights.get("title") else Text(_visible(article.title))
    title.stylize("bold")
    console.print()
    console.print(Text(f"{number}. ").append_text(title))
    console.print(Text(_INDENT + _origin(article), "cyan"))
    console.print(Text(_INDENT).append_text(_fragment(hit)))


def _origin(article: Article) -> str:
    published = article.published_at
    when = f"{published.astimezone(KST):%Y-%m-%d %H:%M}" if published else tell("날짜 없음", "no date")
    return " · ".join([_visible(article.outlet or tell("언론사 없음", "no outlet")), when, article.id])


def _fragment(hit: Hit) -> Text:
    for name in ("body", "caption", "subtitle"):
        fragments = hit.highlights.get(name)
        if fragments:
            return _marked(" ".join(fragments[0].split()))
    text = " ".join(_visible(hit.article.body or hit.article.summary or "").split())
    return Text(text[:_FRAGMENT] + ("…" if len(text) > _FRAGMENT else ""))


def _marked(fragment: str) -> Text:
    text = Text()
    position = 0
    for match in _MARKED.finditer(fragment):
        text.append(_visible(html.unescape(fragment[position : match.start()])))
        text.append(_visible(html.unescape(match[1])), "black on yellow")
        position = match.end()
    return text.append(_visible(html.unescape(fragment[position:])))


def _visible(text: str) -> str:
    # Escape sequences and bidirectional controls in an article must not steer the terminal.
    return strip_ignored("".join(character for character in text if character.isprintable() or character == " "))
