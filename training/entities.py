"""Trains the sequence model that the service ships: `python -m training.entities --data FILE --out DIR`.

The same data, word clusters and analyser give the same bytes. See `training/README.md` for what was tried.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

from service.enrichment.entities.model_fingerprint import fingerprint
from service.enrichment.entities.sequence_model import labels_of, sequences_of
from service.enrichment.entities.unit_features import features_of
from service.korean.analysis import analyze
from training.ensemble import Labelled, Parameters, train_ensemble
from training.files import LabelledSentence, labelled_sentences
from training.weights import write_weights

MODEL_FILE, PROVENANCE_FILE = "model.npz", "provenance.json"
SOURCE = "KLUE 1.1, named entity recognition, CC BY-SA 4.0, https://klue-benchmark.com"


def main() -> None:
    """Train on every sentence of a file and write the model and where it comes from."""
    parser = argparse.ArgumentParser(description="Train the sequence model that the service ships.")
    parser.add_argument("--data", type=Path, required=True, help="labelled sentences, JSON lines, plain or .gz")
    parser.add_argument("--out", type=Path, required=True, help="the folder of the model")
    parser.add_argument("--members", type=int, default=Parameters().members)
    parser.add_argument("--seed", type=int, default=Parameters().seed)
    arguments = parser.parse_args()
    parameters = Parameters(members=arguments.members, seed=arguments.seed)
    sentences = labelled_sentences(arguments.data)
    train(sentences, arguments.out, parameters)
    provenance = {
        "source": SOURCE,
        "sentences": len(sentences),
        "data_sha256": hashlib.sha256(arguments.data.read_bytes()).hexdigest(),
        "parameters": parameters._asdict(),
        "fingerprint": fingerprint(),
    }
    (arguments.out / PROVENANCE_FILE).write_text(json.dumps(provenance, indent=2, ensure_ascii=False) + "\n", "utf-8")


def train(sentences: Sequence[LabelledSentence], folder: Path, parameters: Parameters) -> None:
    """Write the model trained on these sentences."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        weights = train_ensemble(labelled(sentences), Path(scratch), parameters)
    write_weights(weights, folder / MODEL_FILE)


def labelled(sentences: Sequence[LabelledSentence]) -> list[Labelled]:
    """Return the sequences of the sentences with the features of each unit and its label."""
    return [
        (features_of(units), labels_of(units, sorted(sentence.spans)))
        for sentence in sentences
        for units in sequences_of(analyze(sentence.text))
    ]


if __name__ == "__main__":
    main()
