"""Which stretches that the sequence model names count as names of people, bodies and places."""

from __future__ import annotations

import pytest

from service.enrichment.entities.model_names import names_of_model
from service.enrichment.entities.sequence_model import TaggedSpan, TaggedType
from service.enrichment.entities.span import Span
from service.enrichment.entities.words import lines_of
from service.korean.analysis import analyze


def adopted(
    text: str, name: str, kind: TaggedType, probability: float = 0.99, taken: tuple[Span, ...] = ()
) -> list[str]:
    start = text.index(name)
    tagged = [TaggedSpan(start, start + len(name), kind, probability)]
    return [span.name for span in names_of_model(lines_of(analyze(text)), tagged, taken)]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("이번 전시에 강라온이 참여했다.", "강라온", "PS"),
        ("축사는 마르쿠스 베커가 맡았다.", "마르쿠스 베커", "PS"),
        ("설비는 나래테크윈이 공급한다.", "나래테크윈", "OG"),
        ("NRT가 조사했다.", "NRT", "OG"),
        ("행렬은 보르딘카까지 이어졌다.", "보르딘카", "LC"),
    ],
)
def test_what_looks_like_a_name_is_taken(text: str, name: str, kind: TaggedType) -> None:
    assert adopted(text, name, kind) == [name]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("버스비가 올랐다.", "버스비", "PS"),
        ("두 기관이 손잡고 나섰다.", "손잡고", "PS"),
        ("시장이 왔다.", "시장", "PS"),
        ("대구가 이겼다.", "대구", "PS"),
        ("김해경전철이 멈췄다.", "김해경", "PS"),
        ("주민이 반대했다.", "주민", "OG"),
        ("대구가 이겼다.", "대구", "OG"),
        ("대구시는 밝혔다.", "대구시", "OG"),
        ("운동장에서 놀았다.", "운동장", "LC"),
        ("“”", "“", "PS"),
    ],
)
def test_what_the_lists_and_the_dictionary_know_as_something_else_is_left(
    text: str, name: str, kind: TaggedType
) -> None:
    assert adopted(text, name, kind) == []


def test_an_uncertain_stretch_is_left() -> None:
    assert adopted("이번 전시에 강라온이 참여했다.", "강라온", "PS", probability=0.6) == []


def test_what_the_rules_found_stands() -> None:
    assert adopted("강라온 작가가 왔다.", "강라온", "PS", taken=(Span(0, 3, "person", "강라온"),)) == []


def test_a_stretch_of_places_is_parted_into_the_smallest() -> None:
    assert adopted("사고는 보르딘카 마르셴카에서 났다.", "보르딘카 마르셴카", "LC") == ["보르딘카", "마르셴카"]
