"""A JSON file taken apart: each article as it is written, with its line, wherever it breaks off."""

from __future__ import annotations

import io
import json

import pytest

from service.commands.json_array import Element, split_array
from service.domain.errors import GisaError, MalformedRequest, TooLarge

LIMIT = 1 << 20


def split(text: str, limit: int = LIMIT) -> list[Element]:
    return list(split_array(io.StringIO(text), limit))


def contents(text: str) -> list[bytes | GisaError]:
    return [element.content for element in split(text)]


def test_one_article_is_one_element() -> None:
    assert split('\n {"title": "a"}\n') == [Element(2, b'{"title": "a"}')]


def test_an_array_gives_its_elements_with_their_lines() -> None:
    assert split('[\n  {"a": 1},\n  {"b":\n 2}, {"c": 3}\n]\n') == [
        Element(2, b'{"a": 1}'),
        Element(3, b'{"b":\n 2}'),
        Element(4, b'{"c": 3}'),
    ]


@pytest.mark.parametrize("text", ["[]", " [ ] \n"])
def test_an_empty_array_gives_nothing(text: str) -> None:
    assert split(text) == []


def test_elements_that_are_no_articles_are_handed_on_as_they_are() -> None:
    assert contents('[1.50, "x", NaN, {"a": 1, "a": 2}]') == [b"1.50", b'"x"', b"NaN", b'{"a": 1, "a": 2}']


def test_elements_across_many_chunks_come_out_whole() -> None:
    documents = [{"id": str(number), "body": "가나다 " * (number * 50)} for number in range(200)]
    found = contents(json.dumps(documents, ensure_ascii=False))
    assert [json.loads(content) for content in found if isinstance(content, bytes)] == documents


def test_a_number_at_the_end_of_a_chunk_is_not_cut() -> None:
    padding = " " * ((1 << 16) - 3)
    assert contents(f"{padding}[12345]") == [b"12345"]


def test_an_element_over_the_limit_is_refused_by_itself() -> None:
    long = json.dumps({"body": "x" * 2000})
    first, second, third = split(f'[{{"a": 1}}, {long}, {{"b": 2}}]', limit=1000)
    assert first.content == b'{"a": 1}'
    assert isinstance(second.content, TooLarge)
    assert third.content == b'{"b": 2}'


def test_an_element_without_an_end_is_given_up_before_it_fills_the_memory() -> None:
    text = io.StringIO('["' + "x" * (1 << 24))
    (found,) = split_array(text, 1 << 16)
    assert isinstance(found.content, TooLarge)
    assert text.tell() < 1 << 20


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ('[{"a": 1} {"b": 2}]', 1),
        ('[{"a": 1}, {"b": }]', 1),
        ('[{"a": 1},\n {"b": 2}', 2),
        ('[{"a": 1}] x', 1),
        ('{"a": 1}\n{"b": 2}', 1),
        ("[1,]", 1),
        ("", 0),
        ("not json", 0),
        ("[" * 100_000, 0),
    ],
)
def test_what_comes_before_the_break_is_taken_and_the_break_told(text: str, taken: int) -> None:
    found = contents(text)
    assert len(found) == taken + 1
    assert isinstance(found[-1], MalformedRequest)


def test_the_line_of_the_break_is_told() -> None:
    assert split('[\n{"a": 1},\n{"b": }\n]')[-1].line == 3
