"""Score quotes, persons, organizations, places and money against gold articles, on the gold's own structure.

Usage: python bench/enrichment_score.py GOLD_DIR [--show N]; SCORE.PY is looked for beside GOLD_DIR.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from dataclasses import asdict
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from service.domain.article import Article, Caption, SpeakerLabel
from service.enrichment.pipeline import enrich

FIELDS = ("quotes", "persons", "organizations", "places", "money")
_LABEL = re.compile(r"^\W{0,2}(?:INT|인터뷰)\W{0,2} (?P<name>[^/\n]{2,20}?) */ *(?P<title>[^\n]{1,40})$")


def article_of(gold: dict[str, Any], raw: str) -> Article:
    """Return the article as its gold structure has it, transcript labels taken from the raw copy."""
    published_at = gold["published_at"]
    return Article(
        id=re.sub(r"[^\w.~-]", "_", gold["id"]),
        title=gold["title"] or "",
        body="\n\n".join(gold["body_paragraphs"]),
        subtitle=gold["subtitle"],
        captions=tuple(Caption(caption["text"], caption["credit"]) for caption in gold["captions"]),
        subheads=tuple(gold["subheads"]),
        published_at=datetime.fromisoformat(published_at) if published_at else None,
        speaker_labels=tuple(_labels(gold["body_paragraphs"], raw)),
    )


def _labels(paragraphs: list[str], raw: str) -> list[SpeakerLabel]:
    labels = []
    lines = raw.splitlines()
    for line, after in pairwise(lines):
        if (match := _LABEL.match(line.strip())) and after.strip() in paragraphs:
            labels.append(SpeakerLabel(paragraphs.index(after.strip()), match["name"], match["title"]))
    return labels


def derived(article: Article) -> dict[str, Any]:
    """Return the five fields of the enriched article in the shape of the gold."""
    enriched = enrich(article).article
    return {
        "quotes": [asdict(quote) for quote in enriched.quotes],
        "persons": [{"name": person.name, "title": person.title} for person in enriched.persons],
        "organizations": [organization.name for organization in enriched.organizations],
        "places": [place.name for place in enriched.places],
        "money": [asdict(money) for money in enriched.money],
    }


def write_pairs(gold_dir: Path, out: Path) -> None:
    """Write each gold article cut down to the five fields and what the steps derive for it."""
    for folder in ("gold", "predicted"):
        (out / folder).mkdir(parents=True)
    for path in sorted(gold_dir.glob("*.json")):
        loaded = json.loads(path.read_text("utf-8-sig"))
        golds = loaded if isinstance(loaded, list) else [loaded]
        copy = path.with_suffix(".txt")
        raw = copy.read_bytes().decode("utf-8", errors="replace") if copy.exists() else ""
        for folder, articles in (
            ("gold", [{field: gold[field] for field in FIELDS} for gold in golds]),
            ("predicted", [derived(article_of(gold, raw)) for gold in golds]),
        ):
            (out / folder / path.name).write_text(json.dumps(articles, ensure_ascii=False), "utf-8")


def score(gold_dir: Path, *options: str) -> str:
    """Return the scorer's report on the five fields."""
    with tempfile.TemporaryDirectory() as directory:
        out = Path(directory)
        write_pairs(gold_dir, out)
        command = [sys.executable, str(gold_dir.parent / "score.py"), str(out / "gold"), str(out / "predicted")]
        return subprocess.run([*command, *options], check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    print(score(Path(sys.argv[1]).resolve(), *sys.argv[2:]))
