"""The body of an article and what follows it: paragraphs, sub-heads, lists, captions, furniture."""

from __future__ import annotations

import re
from itertools import accumulate

from service.enrichment.press_copy.dialogue import asks, dialogue_marks
from service.enrichment.press_copy.head import is_dateline_caption
from service.enrichment.press_copy.items import Item, Kind
from service.enrichment.press_copy.lines import ends_sentence, is_sentence
from service.enrichment.press_copy.roles import Role
from service.enrichment.press_copy.tables import cell_runs, is_row
from service.enrichment.press_copy.vocabulary import words

_LIST_MARKS = "-–—·•○※*△ㅇㆍ∙①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮가나다라마바사❍"
_POINTERS = "▶▷☞►"
_CAPTION_MARKS = "▲△▼◀◁▶"
_ENDS = frozenset({Kind.COPYRIGHT, Kind.COMMENTS, Kind.END})
_BODY_LIKE = frozenset({Kind.TEXT, Kind.LIST, Kind.MARKED, Kind.CAPTION, Kind.SPEECH, Kind.PLAIN})
_PROFILE = 60
_PREDICATE = re.compile(r"(?:다|니다|어요|아요|세요|죠|까요)[\"”'’]?$")


class BodyReader:
    """Goes down the items from the start of the body; `related` and `tail` say what has been passed."""

    def __init__(self, items: list[Item], start: int) -> None:
        self.items = items
        self.start = start
        self.tail = False
        self.soft_tail = False
        self.related = False
        self.spoken = False
        self.cells = cell_runs(items, start)
        self.dialogue = dialogue_marks(items, start)
        lengths = (len(item.text) if item.kind is Kind.TEXT else 0 for item in items)
        self.text_from = list(accumulate(lengths, initial=0))

    def roles(self) -> list[Role]:
        """Return the roles of the items from the start of the body on."""
        return [self._role(index) for index in range(self.start, len(self.items))]

    def _role(self, index: int) -> Role:  # noqa: PLR0911  # one for each kind of line
        item = self.items[index]
        spoken, self.spoken = self.spoken, False
        if item.kind in _ENDS:
            self.tail = self.tail or self._text_is_over(index)
            return Role.METADATA
        if self.tail:
            return (
                Role.METADATA
                if item.kind in (Kind.STAMP, Kind.BYLINE, Kind.OUTLET) and not self.related
                else Role.CHROME
            )
        if index in self.cells and not self.soft_tail and not self.related:
            return Role.BODY
        if item.kind is Kind.RELATED:
            self.related = True
            return Role.CHROME
        if item.kind is Kind.SPEECH:
            self.spoken = not item.text
            return Role.BODY if item.text else Role.SPEAKER
        if item.kind is Kind.BYLINE:
            self.soft_tail = self.soft_tail or self._text_is_over(index)
            return Role.METADATA
        self.soft_tail = self.soft_tail or (item.kind is Kind.SIGNOFF and self._text_is_over(index))
        rule = {Kind.TEXT: self._text, Kind.CAPTION: self._caption, Kind.MARKED: self._marked, Kind.PLAIN: self._plain}
        if item.kind in rule:
            return Role.BODY if spoken and item.kind is Kind.PLAIN else rule[item.kind](index)
        if item.kind is Kind.LIST:
            return Role.CHROME if self.soft_tail or self.related else Role.BODY
        return self._other(item)

    def _other(self, item: Item) -> Role:
        if item.kind is Kind.LABEL:
            if item.label and item.label.group == "body":
                return Role.BODY if item.label.value else Role.METADATA
            return Role.METADATA
        return Role.METADATA if item.kind in (Kind.STAMP, Kind.SIGNOFF, Kind.PAGE) and not self.related else Role.CHROME

    def _text_is_over(self, index: int) -> bool:
        """Tell whether what follows holds less running text than what came before."""
        return self.text_from[-1] - self.text_from[index + 1] <= self.text_from[index] - self.text_from[self.start]

    def _text(self, index: int) -> Role:
        item = self.items[index]
        if index > self.start and is_dateline_caption(self.items, index):
            return Role.CAPTION
        if self.related:
            if len(item.text) < 20 or self.soft_tail:
                return Role.CHROME
            self.related = False
        return Role.CHROME if self.soft_tail and self._is_profile(index) else Role.BODY

    def _is_profile(self, index: int) -> bool:
        """Tell whether a short sentence stands among the buttons of a reporter's box under the story."""
        before = self._neighbour(index, -1)
        return before is not None and before.kind is Kind.FURNITURE and len(self.items[index].text) < _PROFILE

    def _caption(self, _index: int) -> Role:
        return Role.CHROME if self.related and self.soft_tail else Role.CAPTION

    def _neighbour(self, index: int, step: int) -> Item | None:
        place = index + step
        return self.items[place] if self.start <= place < len(self.items) else None

    def _marked(self, index: int) -> Role:
        item = self.items[index]
        mark = item.marker[:1]
        if self.soft_tail or self.related or (mark in _POINTERS and self._points_elsewhere(index)):
            return Role.CHROME
        if item.marker in self.dialogue or self._is_question_or_answer(index):
            return Role.BODY
        if mark in _CAPTION_MARKS and item.caption and not self._in_run(index):
            return Role.CAPTION
        if mark in _LIST_MARKS or self._in_run(index):
            return Role.BODY
        if is_sentence(item.text) or item.text.endswith((".", ".”", '."')):
            return Role.BODY
        follower = self._neighbour(index, 1)
        return Role.SUBHEAD if follower and follower.kind in _BODY_LIKE else Role.CHROME

    def _points_elsewhere(self, index: int) -> bool:
        """Tell whether a pointer stands before a headline behind the last sentence: a related story's."""
        text = self.items[index].text
        headline = len(text) >= 8 and not ends_sentence(text) and ":" not in text and not asks(text)
        return headline and self.text_from[-1] == self.text_from[index] > 0

    def _in_run(self, index: int) -> bool:
        """Tell whether a neighbour bears the same mark and another text: then both are items of a list."""
        item = self.items[index]
        near = (self._neighbour(index, -1), self._neighbour(index, 1))
        return any(
            other is not None
            and other.kind is Kind.MARKED
            and other.text != item.text
            and _same_mark(other.marker, item.marker)
            for other in near
        )

    def _is_question_or_answer(self, index: int) -> bool:
        item = self.items[index]
        before, after = self._neighbour(index, -1), self._neighbour(index, 1)
        if item.marker[:1] in "-–—":
            return True
        if after and after.kind is Kind.MARKED and after.marker[:1] in "-–—=" and asks(item.text):
            return ends_sentence(after.text)
        return item.text.endswith("?") or bool(before and before.kind is Kind.MARKED and before.text.endswith("?"))

    def _plain(self, index: int) -> Role:  # noqa: PLR0911  # one for each thing a bare line can be
        item = self.items[index]
        finished = ends_sentence(item.text) and len(item.text) >= 8
        if self.soft_tail or self.related:
            return Role.BODY if finished and len(item.text) >= 40 and not self.related else Role.CHROME
        if finished or is_row(self.items, index) or (_PREDICATE.search(item.text) and len(item.text) >= 25):
            return Role.BODY
        if len(item.text) >= 70:
            return Role.BODY
        follower, before = self._neighbour(index, 1), self._neighbour(index, -1)
        if follower is None or item.text.endswith(tuple(words("interface_endings"))):
            return Role.CHROME
        if follower.kind is Kind.CAPTION and follower.dateline is not None:
            return Role.CHROME
        if follower.kind is Kind.TEXT and follower.dateline is not None:
            return Role.CHROME
        return self._unmarked_subhead(item, follower, before)

    def _unmarked_subhead(self, item: Item, follower: Item, before: Item | None) -> Role:
        """Take a short line between paragraphs for a sub-head without its mark."""
        alone = before is None or before.kind is not Kind.PLAIN
        leads = follower.kind in (Kind.TEXT, Kind.LIST, Kind.SPEECH, Kind.CAPTION, Kind.MARKED)
        fits = 4 <= len(item.text) <= 45 and not item.line.text.startswith(("http", "www"))
        return Role.SUBHEAD if alone and leads and fits else Role.CHROME


def _same_mark(left: str, right: str) -> bool:
    if left[:1].isdigit() and right[:1].isdigit():
        return True
    return left == right
