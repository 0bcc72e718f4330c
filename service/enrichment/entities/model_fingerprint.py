"""What the shipped model was trained over: it must be trained anew when this changes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib.metadata import version
from importlib.resources import files

from service.enrichment.entities.sequence_model import sequences_of
from service.enrichment.entities.unit_features import features_of
from service.korean.analysis import analyze

_SAMPLE = (
    "가온시는 15일 미르동 행정복지센터에서 나래은(34) 주무관과 하늘샘 시의원이 참석한 가운데 설명회를 열었다.",
    "오후 3시 20분께 경북 안동시의 한 공장에서 불이 나 2억5천만 원의 피해가 났다고 소방당국이 밝혔다.",
    "“내년 3월까지 1만2천 명이 찾을 것”이라며 마르쿠스 베커 대표는 웃었다. 2027년 상반기, 한미 정상이 만난다.",
)
"""Sentences whose units and features stand for all: written for this purpose, they name nobody."""


def fingerprint() -> str:
    """Return a digest of the analyser's settings and dictionary, the word clusters, and the features of a sample."""
    digest = hashlib.sha256()
    for piece in _pieces():
        digest.update(piece)
        digest.update(b"\0")
    return digest.hexdigest()


def _pieces() -> Iterator[bytes]:
    yield files("service.korean").joinpath("mecabrc").read_bytes()
    yield version("python-mecab-ko-dic").encode()
    yield files("service.enrichment").joinpath("data", "word_clusters.tsv").read_bytes()
    for text in _SAMPLE:
        for units in sequences_of(analyze(text)):
            for unit, features in zip(units, features_of(units), strict=True):
                yield "\t".join((unit.surface, unit.tag, *sorted(features))).encode()
