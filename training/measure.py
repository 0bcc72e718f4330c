"""Measures the shipped model on labelled sentences, or trains and measures it fold by fold: `make entities DATA=FILE`.

A name counts where its characters and its type are the gold's. The last line is the F1 over all types.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from service.enrichment.entities.sequence_model import SequenceModel, shipped_model
from service.enrichment.entities.sequence_weights import read_weights
from service.korean.analysis import analyze
from training.ensemble import Parameters
from training.entities import MODEL_FILE, train
from training.files import TYPES, LabelledSentence, LabelledSpan, labelled_sentences

_BATCH = 20  # sentences tagged together, as many as an article has


class Figures(NamedTuple):
    """How many names were found rightly, found wrongly, and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Return the share of what was found that is right."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Return the share of the gold that was found."""
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


Outcome = tuple[frozenset[LabelledSpan], frozenset[LabelledSpan]]
"""What the gold and what the model name in one sentence."""


def main() -> None:
    """Print the figures of each type, the speed, and the overall F1 on the last line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="labelled sentences, JSON lines, plain or .gz")
    parser.add_argument("--folds", type=int, default=0, help="train on all folds but one and measure on that one")
    arguments = parser.parse_args()
    sentences = labelled_sentences(arguments.data)
    started = time.process_time()
    outcomes = list(_by_fold(sentences, arguments.folds) if arguments.folds else _outcomes(shipped_model(), sentences))
    seconds = time.process_time() - started
    print(
        f"{len(sentences)} sentences, {'trained and measured fold by fold' if arguments.folds else 'the shipped model'}"
    )
    print("type  precision  recall     F1   right  wrong  missed")
    for kind in TYPES:
        print(_row(kind, _figures(outcomes, kind)))
    print(_row("all", _figures(outcomes)))
    if not arguments.folds:
        print(f"{len(sentences) / seconds:.0f} sentences a second of one core, from text to names")
    print(f"F1 {_figures(outcomes).f1:.4f}")


def _outcomes(model: SequenceModel, sentences: Iterable[LabelledSentence]) -> Iterator[Outcome]:
    waiting = iter(sentences)
    while batch := list(islice(waiting, _BATCH)):
        tagged = model.tag([analyze(sentence.text) for sentence in batch])
        for sentence, spans in zip(batch, tagged, strict=True):
            yield sentence.spans, frozenset(LabelledSpan(span.start, span.end, span.type) for span in spans)


def _by_fold(sentences: Sequence[LabelledSentence], folds: int) -> Iterator[Outcome]:
    """Yield the outcomes of each fold, those of the file where it tells them."""
    told = {sentence.fold for sentence in sentences}
    own = None not in told and len(told) == folds
    fold_of = [sentence.fold if own else at % folds for at, sentence in enumerate(sentences)]
    with tempfile.TemporaryDirectory() as folder:
        for fold in sorted(set(fold_of), key=str):
            others = [sentence for sentence, its in zip(sentences, fold_of, strict=True) if its != fold]
            train(others, Path(folder), Parameters())
            yield from _outcomes(
                SequenceModel(read_weights(Path(folder) / MODEL_FILE)),
                (s for s, its in zip(sentences, fold_of, strict=True) if its == fold),
            )


def _figures(outcomes: Iterable[Outcome], kind: str | None = None) -> Figures:
    counts: Counter[str] = Counter()
    for gold, found in outcomes:
        wanted = {span for span in gold if kind in (None, span.type)}
        given = {span for span in found if kind in (None, span.type)}
        counts.update(right=len(wanted & given), wrong=len(given - wanted), missed=len(wanted - given))
    return Figures(counts["right"], counts["wrong"], counts["missed"])


def _row(kind: str, figures: Figures) -> str:
    shares = f"{figures.precision:9.3f}  {figures.recall:6.3f}  {figures.f1:5.3f}"
    return f"{kind:<5} {shares}  {figures.right:6}  {figures.wrong:5}  {figures.missed:6}"


if __name__ == "__main__":
    main()
