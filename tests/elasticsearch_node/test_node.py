"""The node of the tests itself: it runs, takes nori's official options, and survives what the tests do to it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from elasticsearch import BadRequestError, Elasticsearch

from tests.elasticsearch_node.distribution import prepare
from tests.elasticsearch_node.fixtures import leave_out
from tests.elasticsearch_node.java import NodeUnavailable

ROOT = Path(__file__).resolve().parents[2]


class Analyzer:
    """Nori with some settings, on the node."""

    def __init__(self, client: Elasticsearch, prefix: str) -> None:
        self._client = client
        self._prefix = prefix

    def tokens(self, text: str, tokenizer: dict[str, Any], *filters: dict[str, Any]) -> list[str]:
        """Return the terms of a text, cut and filtered as the settings say."""
        index = f"{self._prefix}-{uuid4().hex}"
        names = [f"filter-{number}" for number in range(len(filters))]
        analysis = {
            "tokenizer": {"mine": {"type": "nori_tokenizer", **tokenizer}},
            "filter": dict(zip(names, filters, strict=True)),
            "analyzer": {"mine": {"tokenizer": "mine", "filter": names}},
        }
        self._client.indices.create(index=index, settings={"analysis": analysis})
        answer = self._client.indices.analyze(index=index, analyzer="mine", text=text)
        return [token["token"] for token in answer["tokens"]]


@pytest.fixture
def nori(elasticsearch_url: str, elasticsearch_prefix: str) -> Iterator[Analyzer]:
    with Elasticsearch(elasticsearch_url) as client:
        yield Analyzer(client, elasticsearch_prefix)


class TestNori:
    @pytest.mark.parametrize(
        ("mode", "expected"),
        [
            ("none", ["가락지빵", "축제"]),
            ("discard", ["가락지", "빵", "축제"]),
            ("mixed", ["가락지빵", "가락지", "빵", "축제"]),
        ],
    )
    def test_decompound_mode(self, nori: Analyzer, mode: str, expected: list[str]) -> None:
        rules = ["가락지빵 가락지 빵"]
        assert nori.tokens("가락지빵 축제", {"decompound_mode": mode, "user_dictionary_rules": rules}) == expected

    def test_discard_punctuation(self, nori: Analyzer) -> None:
        assert nori.tokens("개막, 폐막.", {}) == ["개막", "폐막"]
        assert nori.tokens("개막, 폐막.", {"discard_punctuation": False}) == ["개막", ",", " ", "폐막", "."]

    def test_user_dictionary_rules_twice_over_need_lenient(self, nori: Analyzer) -> None:
        twice = {"user_dictionary_rules": ["누비길", "누비길"]}
        with pytest.raises(BadRequestError):
            nori.tokens("누비길", twice)
        assert nori.tokens("누비길", {**twice, "lenient": True}) == ["누비길"]

    def test_stoptags_and_their_default(self, nori: Analyzer) -> None:
        assert nori.tokens("시장에서 과일을 샀다", {}, {"type": "nori_part_of_speech"}) == ["시장", "과일", "사"]
        nouns_out = {"type": "nori_part_of_speech", "stoptags": ["NNG"]}
        assert nori.tokens("시장에서 과일을", {}, nouns_out) == ["에서", "을"]

    def test_reading_form_and_numbers(self, nori: Analyzer) -> None:
        assert nori.tokens("市場", {}, {"type": "nori_readingform"}) == ["시장"]
        assert nori.tokens("삼천이백원", {"discard_punctuation": False}, {"type": "nori_number"}) == ["3200", "원"]


@contextmanager
def in_the_foreground() -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Yield `python -m tests.elasticsearch_node` once it runs, and the node's address."""
    try:
        prepare()
    except NodeUnavailable as problem:
        leave_out(problem)
    command = [sys.executable, "-m", "tests.elasticsearch_node", "--port", "0"]
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # the node may run as another user
        environment = {**os.environ, "TMPDIR": folder}
        with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            url = process.stdout.readline().split()[3]
            assert answers(url)
            yield process, url


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/_cluster/health") as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def test_it_runs_in_the_foreground_until_told() -> None:
    with in_the_foreground() as (process, url):
        process.terminate()
        assert process.wait(60) == 0
        assert not answers(url)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process of its parent's death")
def test_no_node_outlives_who_started_it() -> None:
    with in_the_foreground() as (process, url):
        process.kill()
        process.wait()
        deadline = time.monotonic() + 30
        while answers(url) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert not answers(url)


def run_without_a_jdk(*tests: str, required: str = "0") -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "ES_JAVA_HOME": "/nowhere",
        "GISA_TEST_REQUIRE_ELASTICSEARCH": required,
        "GISA_TEST_ELASTICSEARCH_URL": "",
    }
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_without_a_jdk_one_line_names_what_is_left_out_and_why() -> None:
    nodes = "tests/elasticsearch_node/test_node.py"
    done = run_without_a_jdk("-n", "2", f"{nodes}::TestNori", "tests/elasticsearch/test_mapping.py")
    assert done.returncode == 0
    [line] = [line for line in done.stdout.splitlines() if line.startswith("SKIPPED")]
    assert f"tests/elasticsearch/test_mapping.py, {nodes}: left out, as they need a real Elasticsearch: " in line
    assert line.endswith("ES_JAVA_HOME=/nowhere is not a JDK 21 or newer")


def test_what_is_required_is_not_left_out() -> None:
    done = run_without_a_jdk(f"{__file__}::TestNori::test_reading_form_and_numbers", required="1")
    assert done.returncode == 1
    assert "ES_JAVA_HOME=/nowhere is not a JDK 21 or newer" in done.stdout
