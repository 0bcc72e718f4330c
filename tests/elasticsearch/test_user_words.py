"""Words of the user dictionary: nori and the service cut them alike, wherever they stand."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from uuid import uuid4

import pytest
from elasticsearch import Elasticsearch

from index_mappings import load_mapping, parse_words
from service.korean.analysis import analyze_by
from service.korean.dictionary import Dictionary, dictionary_of

OWN = """
세종시 세종 시          # a compound
알파시티                # one token
수성알파시티 수성 알파시티 # that holds another word
너울                   # two words and one of them together
마루
너울마루
너울마루역 너울 마루 역
달오름 달 오름
오름길                 # that begins inside another, and where they meet
달오름길 달 오름 길
5극3특                 # figures
K패스                  # Latin letters, as they are written
새벽배송3
"""
BEFORE = ("", "제2", "대", "신 ", "'", "ABC", "12")
AFTER = ("", "을", "에서", "은", "이다", "과의", "장", " 길", "입니다.", "부터", "3", "xyz", "길", "시티")
TEXTS = (
    "세종시장이 세종시에서 수성알파시티로, 수성 알파시티로 갔다.",
    "너울마루 너울마루역 너울 마루 마루너울 너울너울마루 너울마루마루역",
    "달오름길 달오름 오름길이 달 오름 길",
    "15극3특 5극3특과 k패스 K패스도 새벽배송3일 새벽배송",
    "다문화가정의 한부모 가구와 도의원, 시도의회, 일본회의, 본회의장, 글로컬대학30",
)


@pytest.fixture(scope="module")
def dictionary() -> Dictionary:
    words, bad = parse_words(OWN)
    assert not bad
    return dictionary_of(words)


@pytest.fixture(scope="module")
def index(elasticsearch_url: str, dictionary: Dictionary) -> Iterator[tuple[Elasticsearch, str]]:
    name = f"gisa-test-{uuid4().hex[:12]}-words"
    body = load_mapping("articles", own_words=dictionary.words).body(number_of_replicas=0)
    with Elasticsearch(elasticsearch_url) as client:
        client.indices.create(index=name, **body)
        yield client, name
        client.indices.delete(index=name)


def nori(client: Elasticsearch, index: str, analyzer: str, text: str) -> list[tuple[str, int, int, int]]:
    answer = client.indices.analyze(index=index, analyzer=analyzer, text=text)
    return [
        (token["token"], token["start_offset"], token["end_offset"], token["position"]) for token in answer["tokens"]
    ]


def own(dictionary: Dictionary, analyzer: str, text: str) -> list[tuple[str, int, int, int]]:
    return [
        (token.term, token.start, token.end, position)
        for position, token in enumerate(analyze_by(dictionary, text).tokens)
        if token.content or analyzer == "exact"
    ]


@pytest.mark.parametrize("analyzer", ["content", "exact"])
@pytest.mark.parametrize("text", TEXTS)
def test_a_text_of_user_words(
    index: tuple[Elasticsearch, str], dictionary: Dictionary, text: str, analyzer: str
) -> None:
    assert own(dictionary, analyzer, text) == nori(*index, analyzer, text)


@pytest.mark.parametrize("before", BEFORE)
def test_every_word_between_others(index: tuple[Elasticsearch, str], dictionary: Dictionary, before: str) -> None:
    different = []
    for word in (word.word for word in dictionary.words):
        if before[-1:].isdigit() and word[0].isdigit():
            continue  # the figures of both are one number
        # One call for each word: the sentences are parted by what both analysers leave out.
        text = "\n".join(f"{before}{word}{after}" for after in AFTER)
        if (found := own(dictionary, "exact", text)) != (wanted := nori(*index, "exact", text)):
            different.append((word, sorted(set(found) ^ set(wanted), key=lambda token: token[1])))
    assert not different


@pytest.mark.parametrize(("character", "count"), list(product("a1Я", (24, 25, 26, 300, 1024))))
def test_long_runs_are_one_token(
    index: tuple[Elasticsearch, str], dictionary: Dictionary, character: str, count: int
) -> None:
    text = f"길이 {character * count} 끝"
    assert own(dictionary, "exact", text) == nori(*index, "exact", text)
