"""What may be seen of an article: the one rule by which texts are let out or withheld."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from service.domain.article import Article
from service.domain.outlets import Display

_TEXTS = frozenset({"body", "subtitle", "captions", "subheads", "quotes", "summary", "mentions", "money", "dates"})
"""What repeats the words of the article, or points into its body."""
WITHHELD: Mapping[Display, frozenset[str]] = {
    Display.FULL: frozenset(),
    Display.SNIPPET: _TEXTS - {"summary"},
    Display.LINK: _TEXTS,
}
"""The fields that are left out under each display.

Title, outlet, section, page, reporters, times, address, tags and the names and keywords that the article is filed under
are what a catalogue says, and always allowed.
"""
_NAMES = tuple(field.name for field in fields(Article))
_ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class ShownArticle(Article):
    """An article as one audience may see it: `withheld` names the fields that are emptied here and not to be answered.

    Only this kind of article can be written into an answer.
    """

    display: Display = Display.FULL
    withheld: frozenset[str] = frozenset()

    def without_summary(self) -> ShownArticle:
        """Return the article with its summary withheld as well."""
        return replace(self, summary=None, withheld=self.withheld | {"summary"})


_EMPTY = {name: () if isinstance(getattr(Article("", "", ""), name), tuple) else None for name in _TEXTS} | {"body": ""}


def shown(article: Article, display: Display, snippet_characters: int) -> ShownArticle:
    """Return the article as it may be seen.

    As a snippet it keeps a summary of at most so many characters: its own, or the beginning of the body where it has
    none. They are the same ones whatever is searched for, so that no number of searches shows more of the text.
    """
    values = {name: getattr(article, name) for name in _NAMES}
    withheld = WITHHELD[display]
    if display is Display.SNIPPET:
        values["summary"] = beginning(article.summary or article.body, snippet_characters) or None
    values |= {name: _EMPTY[name] for name in withheld}
    return ShownArticle(**values, display=display, withheld=withheld)


def beginning(text: str, characters: int) -> str:
    """Return the text in one line, cut at a blank to at most so many characters, an ellipsis included."""
    line = " ".join(text.split())
    if len(line) <= characters:
        return line
    cut = line[: characters - len(_ELLIPSIS)]
    if not line[len(cut)].isspace() and " " in cut:
        cut = cut.rpartition(" ")[0]
    return cut.rstrip() + _ELLIPSIS
