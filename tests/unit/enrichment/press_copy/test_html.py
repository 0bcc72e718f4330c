"""A pasted HTML document to lines."""

from __future__ import annotations

import time

import pytest

from service.enrichment.press_copy import parse, text_of_html

PAGE = """<!doctype html><html><head><title>창 제목</title><style>p{color:red}</style></head><body>
<nav><a href="/">홈</a></nav><h1>가온시, 봄꽃길 열었다</h1><div>입력 2024.04.01 10:00</div>
<!-- 광고 자리 --><script>alert("x")</script>
<p>가온시가 1일 &lt;봄꽃길&gt;을 열었다.<br>길이는 2&nbsp;km다.</p>
<table><tr><td>구분</td><td>그루</td></tr><tr><td>벚나무</td><td>300</td></tr></table></body></html>"""


def test_blocks_become_lines_and_machinery_goes() -> None:
    lines = [line for line in text_of_html(PAGE).split("\n") if line]
    assert lines == [
        "가온시, 봄꽃길 열었다",
        "입력 2024.04.01 10:00",
        "가온시가 1일 <봄꽃길>을 열었다.",
        "길이는 2\u00a0km다.",
        "구분\t그루",
        "벚나무\t300",
    ]


def test_an_article_is_found_in_a_page() -> None:
    (article,) = parse(text_of_html(PAGE))
    assert article.title == "가온시, 봄꽃길 열었다"
    assert article.paragraphs[:2] == ("가온시가 1일 <봄꽃길>을 열었다.", "길이는 2 km다.")


@pytest.mark.parametrize("piece", ["<div>", "<a ", '<a b="', "<!--", "<svg>", "<", "</", "&#", "<script>", "<![CDATA["])
def test_hostile_markup_takes_linear_time(piece: str) -> None:
    before = time.process_time()
    text_of_html((piece * 200_000)[:200_000])
    assert time.process_time() - before < 2
