"""Highlights."""

from __future__ import annotations

import re
from html import unescape

import pytest

from service.search.request import Match
from service.search.results import Hit
from service.search.tree import TextField
from tests.contract.articles import article
from tests.contract.shelves import Library

SHELF = "highlights"
LONG = "시는 공원에 나무를 심었다. " * 300 + "\n\n반딧불이가 돌아왔다. " + "\n\n시는 길을 닦았다." * 300
ARTICLES = (
    article(
        SHELF,
        "all",
        "대구에서 축제가 열렸다.\n\n대구시장이 인사했다.",
        title="대구 봄 축제",
        subtitle="축제 첫날",
        subheads=("축제 둘째 날",),
        captions=("불꽃", "축제 행렬"),
        persons=("구서율",),
    ),
    article(
        SHELF,
        "script",
        'A <script>alert("x")</script> & <b>굵은</b> 광장 <mark>가짜</mark>',
        title="<i>광장</i> & 분수",
    ),
    article(SHELF, "long", LONG, title="긴 글"),
    article(SHELF, "emoji", "😀𐍈 \u200b수성\u200b알파시티 大邱 ＡＢＣ", title="이모지"),
)
MARKED = re.compile(r"<mark>(.*?)</mark>", re.DOTALL)
TAGS = re.compile(r"</?mark>")


def hit(library: Library, q: str, key: str, **request: object) -> Hit:
    """Return the hit with this key."""
    [found] = [hit for hit in library(SHELF).search(q, **request).hits if hit.article.id == f"{SHELF}.{key}"]
    return found


def marked(library: Library, q: str, key: str = "all", field: str = "body", **request: object) -> list[str]:
    """Return the marked texts of one field, unescaped; marks that touch or have a blank between count as one."""
    fragments = hit(library, q, key, **request).highlights.get(field, ())
    joined = [re.sub(r"</mark>(\s*)<mark>", r"\1", fragment) for fragment in fragments]
    return [unescape(text) for fragment in joined for text in MARKED.findall(fragment)]


class HighlightContract:
    """What is marked, and how."""

    def test_matches_are_marked_without_their_particles(self, library: Library) -> None:
        highlights = hit(library, "축제", "all").highlights
        assert highlights["title"] == ("대구 봄 <mark>축제</mark>",)
        assert highlights["subtitle"] == ("<mark>축제</mark> 첫날",)
        assert any("<mark>축제</mark>가 열렸다" in fragment for fragment in highlights["body"])
        assert highlights["caption"] == ("<mark>축제</mark> 행렬",)

    def test_subheads_are_of_the_body(self, library: Library) -> None:
        assert any(
            "<mark>축제</mark> 둘째 날" in fragment for fragment in hit(library, "축제", "all").highlights["body"]
        )

    def test_fields_without_a_match_are_left_out(self, library: Library) -> None:
        assert set(hit(library, "봄", "all").highlights) == {"title"}

    @pytest.mark.parametrize(
        ("q", "texts"),
        [
            ("대구", ["대구", "대구"]),
            ("대구시장", ["대구시장"]),
            ("인사하다", ["인사"]),
            ('"대구에서 축제가"', ["대구에서 축제가"]),
            ('"대구에서"', ["대구에서"]),
            ("대구 NEAR/1 축제", ["대구", "축제"]),
            ("대구에*", ["대구에"]),
            ("대구시장이*", ["대구시장이"]),
            ("축제 | 우주", ["축제", "축제"]),
            ("축제 -우주", ["축제", "축제"]),
            ("축제 -(우주 | 대구시청)", ["축제", "축제"]),
            ("대구시장 -(-축제)", ["대구시장"]),
        ],
    )
    def test_what_is_marked_in_the_body(self, library: Library, q: str, texts: list[str]) -> None:
        assert marked(library, q) == texts

    def test_excluded_words_are_not_marked(self, library: Library) -> None:
        shelf_hit = hit(library, "봄 | -불꽃놀이 | (인사 -제목:대구시장)", "all")
        assert "불꽃" not in "".join(MARKED.findall(str(dict(shelf_hit.highlights))))

    def test_words_of_an_alternative_are_marked_where_any_matches(self, library: Library) -> None:
        assert marked(library, "불꽃 행렬 우주", field="caption", match=Match.ANY) == ["불꽃", "행렬"]

    def test_a_leaf_is_marked_in_its_own_field_only(self, library: Library) -> None:
        assert set(hit(library, "제목:축제", "all").highlights) == {"title"}
        assert set(hit(library, "축제", "all", fields=(TextField.CAPTION, TextField.TITLE)).highlights) == {
            "caption",
            "title",
        }

    def test_text_is_escaped_before_it_is_marked(self, library: Library) -> None:
        highlights = hit(library, "광장", "script").highlights
        assert highlights["title"] == ("&lt;i&gt;<mark>광장</mark>&lt;/i&gt; &amp; 분수",)
        [fragment] = highlights["body"]
        assert "<mark>광장</mark>" in fragment
        assert set(re.findall(r"<[^>]*>", fragment)) == {"<mark>", "</mark>"}
        assert "&lt;script&gt;" in fragment
        assert "&lt;mark&gt;가짜" in fragment

    def test_fragments_are_pieces_of_the_text(self, library: Library) -> None:
        fragments = hit(library, "반딧불이", "long").highlights["body"]
        assert marked(library, "반딧불이", "long") == ["반딧불이"]
        assert all(len(fragment) < 1_000 for fragment in fragments)
        whole = " ".join(LONG.split())
        assert all(" ".join(unescape(TAGS.sub("", text)).split()).strip(" …") in whole for text in fragments)

    def test_a_text_full_of_matches_gives_few_fragments(self, library: Library) -> None:
        fragments = hit(library, "나무", "long").highlights["body"]
        assert 1 <= len(fragments) <= 10
        assert sum(map(len, fragments)) < 5_000

    def test_every_match_in_a_fragment_is_marked(self, library: Library) -> None:
        for fragment in hit(library, "나무", "long").highlights["body"]:
            assert "나무" not in MARKED.sub("", fragment)

    @pytest.mark.parametrize(
        ("q", "text"), [("알파시티", "알파시티"), ("대구", "大邱"), ("abc", "ＡＢＣ"), ("ABC*", "ＡＢＣ")]
    )
    def test_offsets_hold_for_any_characters(self, library: Library, q: str, text: str) -> None:
        assert marked(library, q, "emoji") == [text]

    def test_values_alone_mark_nothing(self, library: Library) -> None:
        assert hit(library, "인물:구서율", "all").highlights == {}
        assert hit(library, "", "all").highlights == {}

    def test_highlights_can_be_left_out(self, library: Library) -> None:
        assert hit(library, "축제", "all", highlight=False).highlights == {}
