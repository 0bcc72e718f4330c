from __future__ import annotations

import time

from service.domain.article import Article, Mention
from service.web.page.comparing import compare, share_alike
from service.web.page.marked_body import paragraphs


def article(title: str, body: str) -> Article:
    return Article(id="a", title=title, body=body)


def text(pieces: tuple[object, ...]) -> str:
    return "".join(getattr(piece, "text", "") for piece in pieces)


def test_equal_rewritten_and_lacking_sentences_are_told() -> None:
    left = article("트램 착공", '시는 20일 착공했다. 시장은 "기쁘다"고 말했다.\n\n끝으로 인사했다.')
    right = article("트램 착공", "시는 21일 착공했다. 끝으로 인사했다.")
    rows = compare(left, right)
    assert [row.is_same for row in rows] == [True, False, False, True]
    assert [piece.text for piece in rows[1].left if piece.differs] == ["20일 "]
    assert [piece.text for piece in rows[1].right if piece.differs] == ["21일 "]
    assert text(rows[2].left) == '시장은 "기쁘다"고 말했다.'
    assert rows[2].right == ()
    assert share_alike(rows) == 50


def test_nothing_of_either_side_is_lost() -> None:
    left, right = article("가", "하나. 둘. 셋.\n\n넷"), article("나", "둘. 다섯! 넷")
    rows = compare(left, right)
    assert [text(row.left) for row in rows[1:] if row.left] == ["하나.", "둘.", "셋.", "넷"]
    assert [text(row.right) for row in rows[1:] if row.right] == ["둘.", "다섯!", "넷"]


def test_the_longest_bodies_do_not_take_long() -> None:
    started = time.process_time()
    compare(article("가", "말 글 " * 50_000), article("나", "글 말 " * 50_000))
    compare(article("가", "가. 나. " * 30_000), article("나", "나. 가. " * 30_000))
    assert time.process_time() - started < 10


def test_mentions_become_spans_and_the_text_stays_whole() -> None:
    body = "가온시는 도윤석 국장을 뽑았다.\n\n가온시 <b>"
    mentions = (
        Mention(0, 3, "organization", "가온시"),
        Mention(5, 8, "person", "도윤석"),
        Mention(20, 23, "place", "가온시"),
    )
    shown = paragraphs(Article(id="a", title="t", body=body, mentions=mentions))
    assert ["".join(span.text for span in paragraph) for paragraph in shown] == body.split("\n\n")
    assert [span.kind for span in shown[0] if span.kind] == ["organization", "person"]
    assert shown[0][2].href == "/?person=%EB%8F%84%EC%9C%A4%EC%84%9D"
