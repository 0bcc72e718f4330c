"""A pasted HTML document or fragment to lines of text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)
_PARAGRAPHS = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "figure", "table", "ul", "ol"])
_DROPPED = frozenset(
    [
        "script",
        "style",
        "head",
        "nav",
        "noscript",
        "template",
        "svg",
        "iframe",
        "select",
        "textarea",
        "button",
        "object",
        "math",
    ]
)
_CELLS = frozenset(("td", "th"))


# HTMLParser takes quadratic time over tags that never close, so those become text first.
_UNCLOSED = re.compile(r"<(?=[^<>]*(?:<|$))")


class _Lines(HTMLParser):
    """Collects text with line ends at blocks; counts what it is inside of, so depth costs nothing."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.dropped: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  # the base class gives it
        """Open a block, a cell or a dropped element."""
        if self.dropped:
            if tag == self.dropped[0]:
                self.dropped.append(tag)
            return
        if tag in _DROPPED:
            self.dropped.append(tag)
        elif tag in _BLOCKS:
            self.pieces.append("\n\n" if tag in _PARAGRAPHS else "\n")
        elif tag in _CELLS:
            self.pieces.append("\t")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  # as above
        """Take `<br/>` as a line end; an empty dropped element drops nothing."""
        if tag in _BLOCKS and not self.dropped:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Close a block or a dropped element; `body` ends whatever was left open."""
        if self.dropped:
            if tag == self.dropped[-1]:
                self.dropped.pop()
            return
        if tag in _BLOCKS and tag != "br":
            self.pieces.append("\n\n" if tag in _PARAGRAPHS else "\n")

    def handle_data(self, data: str) -> None:
        """Keep text outside dropped elements, its own line ends being mere blanks in HTML."""
        if not self.dropped:
            self.pieces.append(data.replace("\r", " ").replace("\n", " "))


def _without_comments(html: str) -> str:
    """Return the document without comments; one that never closes hides the rest, as in a browser."""
    pieces, position = [], 0
    while (start := html.find("<!--", position)) >= 0:
        pieces.append(html[position:start])
        end = html.find("-->", start + 4)
        if end < 0:
            return "".join(pieces)
        position = end + 3
    return "".join((*pieces, html[position:]))


def text_of_html(html: str) -> str:
    """Return the visible text of an HTML document or fragment, one line for each block."""
    reader = _Lines()
    reader.feed(_UNCLOSED.sub("&lt;", _without_comments(html)))
    reader.close()
    lines = [line.strip(" ") for line in "".join(reader.pieces).split("\n")]
    kept: list[str] = []
    for line in lines:
        if line.strip() or (kept and kept[-1]):
            kept.append(line.strip("\t ") if line.strip() else "")
    return "\n".join(kept).strip("\n")
