"""The shipped sequence model: its files, its labels, its probabilities, and its use by several threads."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.enrichment.entities.model_fingerprint import fingerprint
from service.enrichment.entities.sequence_model import TaggedSpan, labels_of, runs_of, sequences_of, shipped_model
from service.korean.analysis import analyze
from tests.timing import least_seconds

_FOLDER = files("service.enrichment").joinpath("data", "entity_model")
_TEXT = "지난 8일 오후 3시 김하람 가온시장은 부산을 찾아 시민 1200명에게 “내년 3월까지 끝내겠다”고 말했다."


def tagged(text: str) -> tuple[TaggedSpan, ...]:
    (spans,) = shipped_model().tag([analyze(text)])
    return spans


def test_the_model_was_trained_over_the_analyser_and_the_features_in_use() -> None:
    provenance = json.loads(_FOLDER.joinpath("provenance.json").read_text("utf-8"))
    assert provenance["fingerprint"] == fingerprint(), (
        "The analyser, the word clusters or the features have changed: train the model anew, see training/README.md."
    )


def test_the_licence_of_the_data_is_shipped_with_the_model() -> None:
    licence = _FOLDER.joinpath("LICENSE.md").read_text("utf-8")
    assert "CC BY-SA 4.0" in licence
    assert "KLUE" in licence


def test_the_model_is_small() -> None:
    assert sum(len(entry.read_bytes()) for entry in _FOLDER.iterdir()) <= 10_000_000


def test_the_model_names_what_a_sentence_says() -> None:
    found = {_TEXT[span.start : span.end]: span.type for span in tagged(_TEXT)}
    assert found["오후 3시"] == "TI"
    assert found["김하람"] == "PS"
    assert found["부산"] == "LC"
    assert found["1200명"] == "QT"
    assert "DT" in found.values()


def test_probabilities_are_those_of_a_distribution() -> None:
    assert all(0 < span.probability <= 1.000001 for span in tagged(_TEXT))


@pytest.mark.parametrize(
    "labels",
    [
        ["O", "B-PS", "E-PS", "S-LC", "O"],
        ["S-PS", "S-PS", "B-DT", "I-DT", "E-DT"],
    ],
)
def test_labels_and_runs_are_each_other_s_inverse(labels: list[str]) -> None:
    units = next(sequences_of(analyze("가 나 다 라 마")))[: len(labels)]
    spans = [(units[first].start, units[last - 1].end, kind) for first, last, kind in runs_of(labels)]
    assert labels_of(units, spans) == labels


def test_runs_close_where_the_labels_do_not_fit_together() -> None:
    assert list(runs_of(["I-PS", "I-PS", "B-LC", "S-LC", "E-OG", "O", "I-DT"])) == [
        (0, 2, "PS"),
        (2, 3, "LC"),
        (3, 4, "LC"),
        (4, 5, "OG"),
        (6, 7, "DT"),
    ]


def test_threads_do_not_disturb_each_other() -> None:
    texts = [_TEXT, "미르구 나래동에서 12일 불이 났다.", "강라온 의원은 3억 원을 냈다."] * 20
    alone = [tagged(text) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(tagged, texts)) == alone


def test_texts_tagged_together_are_tagged_as_alone() -> None:
    texts = [_TEXT, "", "미르구 나래동에서 12일 불이 났다.", "가", "강라온 의원은 3억 원을 냈다."]
    together = shipped_model().tag([analyze(text) for text in texts])
    assert [[span[:3] for span in spans] for spans in together] == [
        [span[:3] for span in tagged(text)] for text in texts
    ]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")
def test_a_forked_process_uses_the_model_of_its_parent() -> None:
    program = (
        "import os\n"
        "from service.enrichment.entities.sequence_model import shipped_model\n"
        "from service.korean.analysis import analyze\n"
        f"text = [analyze({_TEXT!r})]\n"
        "before = shipped_model().tag(text)\n"
        "child = os.fork()\n"
        "if not child:\n"
        "    os._exit(0 if shipped_model().tag(text) == before else 1)\n"
        "assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0\n"
        "assert shipped_model().tag(text) == before\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)


_LOADING = """
import gc
import time
from importlib.resources import files
from io import BytesIO
import numpy as np
from service.enrichment.entities.sequence_model import shipped_model

file = files("service.enrichment").joinpath("data", "entity_model", "model.npz")

gc.disable()  # what that takes depends on all that a process holds

def seconds(work):
    started = time.process_time()
    kept = work()  # let go of after the clock has stopped
    return time.process_time() - started

def read():
    with np.load(BytesIO(file.read_bytes())) as held:
        arrays = {name: held[name] for name in held}
    return arrays, {name: at for at, name in enumerate(arrays["features"].tobytes().decode().split("\\n"))}

def load():
    shipped_model.cache_clear()
    return shipped_model()

turns = [(seconds(read), seconds(load)) for _ in range(6)]
print(min(loading for _, loading in turns) / min(reading for reading, _ in turns))
"""


def test_the_model_loads_at_once() -> None:
    # Beside unpacking its file and numbering the names of its features, which is the least that any use of it takes:
    # three and a half times as long here.
    taken = subprocess.run([sys.executable, "-c", _LOADING], check=True, timeout=60, capture_output=True, text=True)
    assert float(taken.stdout) < 8


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_tagged_inside_its_bounds(text: str) -> None:
    spans = tagged(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(first.end <= second.start for first, second in pairwise(spans))


@pytest.mark.parametrize("piece", ["가온시장 ", "3", "가", "김하람(34)씨는 ", "“", "12일 ", ".\n", "A가1"])
def test_time_grows_with_the_length_alone(piece: str) -> None:
    analysis = analyze((piece * 200_000)[:200_000])
    assert least_seconds(lambda: shipped_model().tag([analysis]), 2.0) <= 2.0
