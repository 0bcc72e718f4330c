"""Word clusters out of unlabelled texts: `python -m training.clusters --texts FILE --out FILE`.

Words that stand beside the same words fall into one cluster: positive pointwise mutual information with the two
neighbours on each side (Levy and Goldberg 2014), a truncated singular value decomposition, and k-means.
Needs the dependency group `training`.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import svds
from sklearn.cluster import MiniBatchKMeans

from service.enrichment.entities.unit_kinds import cluster_key
from service.enrichment.entities.units import units_of
from service.korean.analysis import analyze
from training.files import json_lines

_RAREST = 3  # occurrences of a word that gets a cluster
_CONTEXTS = 6_000
_DIMENSIONS = 100
_CLUSTERS = (64, 256)
_SEED = 1
_SENTENCE = re.compile(r"(?<=[다요][.?!]) ?")
_WEIGHTS = ((-1, 1.0), (1, 1.0), (-2, 0.5), (2, 0.5))


def main() -> None:
    """Write the clusters of the words of a file of texts, one `word, coarse, fine` a line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--texts", type=Path, required=True, help="JSON lines with `title` and `body`, plain or .gz")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    sequences = [
        [cluster_key(unit.surface, unit.tag) for unit in units_of(analyze(text))] for text in _texts(arguments.texts)
    ]
    counts = Counter(word for sequence in sequences for word in sequence)
    vocabulary = sorted(
        (word for word, count in counts.items() if count >= _RAREST), key=lambda word: (-counts[word], word)
    )
    vectors = _vectors(_information(sequences, vocabulary))
    labels = [
        MiniBatchKMeans(number, random_state=_SEED, n_init=3, batch_size=4096, max_iter=200).fit(vectors).labels_
        for number in _CLUSTERS
    ]
    lines = (f"{word}\t{coarse}\t{fine}\n" for word, coarse, fine in sorted(zip(vocabulary, *labels, strict=True)))
    arguments.out.write_text("".join(lines), "utf-8")


def _texts(path: Path) -> Iterator[str]:
    """Yield each sentence of the file once."""
    seen: set[str] = set()
    for document in json_lines(path):
        for text in (document["title"], *_SENTENCE.split(document["body"])):
            if text and text not in seen:
                seen.add(text)
                yield text


def _information(sequences: Sequence[Sequence[str]], vocabulary: Sequence[str]) -> sparse.csr_matrix:
    """Return the positive pointwise mutual information of each word with what stands at each place beside it."""
    words = {word: at for at, word in enumerate(vocabulary)}
    edge, other = _CONTEXTS, _CONTEXTS + 1
    width = _CONTEXTS + 2
    counts: Counter[tuple[int, int]] = Counter()
    for sequence in sequences:
        row = [words.get(word, -1) for word in sequence]
        for at, word in enumerate(row):
            if word < 0:
                continue
            for place, (offset, weight) in enumerate(_WEIGHTS):
                beside = row[at + offset] if 0 <= at + offset < len(row) else None
                context = edge if beside is None else beside if 0 <= beside < _CONTEXTS else other
                counts[word, place * width + context] += weight  # type: ignore[assignment]  # a Counter of weights
    rows, columns = (np.fromiter((key[side] for key in counts), np.int64, len(counts)) for side in (0, 1))
    matrix = sparse.coo_matrix(
        (np.fromiter(counts.values(), np.float64, len(counts)), (rows, columns)),
        shape=(len(vocabulary), len(_WEIGHTS) * width),
    )
    total = matrix.sum()
    by_word = np.asarray(matrix.sum(1)).ravel()
    by_context = np.asarray(matrix.sum(0)).ravel() ** 0.75  # smoothed, so that rare contexts do not rule
    by_context *= total / by_context.sum()
    values = np.log(matrix.data * total / (by_word[matrix.row] * by_context[matrix.col]))
    kept = values > 0
    return sparse.csr_matrix((values[kept], (matrix.row[kept], matrix.col[kept])), shape=matrix.shape)


def _vectors(information: sparse.csr_matrix) -> np.ndarray:
    start = np.random.default_rng(_SEED).standard_normal(min(information.shape)).astype(np.float32)
    left, singular, _ = svds(information.astype(np.float32), k=_DIMENSIONS, v0=start)
    vectors: np.ndarray = left * np.sqrt(singular)
    return vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9)


if __name__ == "__main__":
    main()
