"""Count in how many articles each common noun phrase stands: `document_frequencies.py ARTICLES.jsonl.gz OUT.json`.

Names are left out; what is rarer than LEAST says enough by being absent.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from service.enrichment.keywords import noun_phrases
from service.korean.analysis import Analysis, analyze

LEAST = 12
"""Articles a phrase stands in before it is counted as common."""


def terms(analysis: Analysis) -> set[str]:
    """Return the noun phrases of a text that hold no name."""
    names = [(morpheme.start, morpheme.end) for morpheme in analysis.morphemes if morpheme.tag in ("NNP", "SL")]
    return {
        term
        for start, term, _ in noun_phrases(analysis)
        if not any(first < start + len(term) and start < last for first, last in names)
    }


def main() -> int:
    """Write the counts of the collection named on the command line."""
    if len(sys.argv) != 3:
        print(__doc__)
        return 2
    counts: Counter[str] = Counter()
    documents = 0
    with gzip.open(sys.argv[1], "rt", encoding="utf-8") as lines:
        for line in lines:
            counts.update(terms(analyze(json.loads(line)["body"])))
            documents += 1
    common = {term: count for term, count in sorted(counts.items()) if count >= LEAST}
    document = {"collection": {"documents": documents}, "terms": common}
    Path(sys.argv[2]).write_text(json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
