"""Score what the service makes of a folder of annotated press copies: `press_copy_score.py GOLD_DIR [--show N]`.

GOLD_DIR holds NAME.txt beside NAME.json; `score.py` stands in the folder above it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from service.domain.article import Article
from service.enrichment.pipeline import enrich
from service.enrichment.press_copy import PressCopyArticle, decode, parse


def article_of(copy: PressCopyArticle, name: str) -> Article:
    """Return the article that the service would enrich for one piece of press copy."""
    return Article(
        id=name,
        title=copy.title or "",
        body="\n\n".join(copy.paragraphs),
        subtitle=copy.subtitle,
        outlet=copy.outlet,
        section=copy.section,
        reporters=copy.reporters,
        published_at=copy.published_at,
        updated_at=copy.updated_at,
        dateline_place=copy.dateline_place,
        captions=copy.captions,
        subheads=copy.subheads,
        page=copy.page,
        speaker_labels=copy.speaker_labels,
    )


def prediction(copy: PressCopyArticle, name: str) -> dict[str, Any]:
    """Return an article in the form of the annotations."""
    article = enrich(article_of(copy, name)).article

    def moment(value: datetime | None) -> str | None:
        return value.isoformat() if value else None

    return {
        "id": name,
        "title": article.title or None,
        "subtitle": article.subtitle,
        "outlet": article.outlet,
        "section": article.section,
        "published_at": moment(article.published_at),
        "updated_at": moment(article.updated_at),
        "reporters": [asdict(reporter) for reporter in article.reporters],
        "dateline_place": article.dateline_place,
        "captions": [asdict(caption) for caption in article.captions],
        "subheads": list(article.subheads),
        "body_paragraphs": [paragraph for paragraph in article.body.split("\n\n") if paragraph],
        "quotes": [asdict(quote) for quote in article.quotes],
        "persons": [{"name": person.name, "title": person.title} for person in article.persons],
        "organizations": [counted.name for counted in article.organizations],
        "places": [counted.name for counted in article.places],
        "money": [asdict(money) for money in article.money],
        "chrome": list(copy.chrome),
    }


def write_predictions(gold: Path, target: Path) -> None:
    """Write NAME.json into `target` for each NAME.txt of `gold`."""
    for source in sorted(gold.glob("*.txt")):
        copies = parse(decode(source.read_bytes()))
        several = len(copies) > 1
        found = [
            prediction(copy, f"{source.stem}#{place}" if several else source.stem)
            for place, copy in enumerate(copies, 1)
        ]
        document = found if several else (found[0] if found else {"id": source.stem})
        (target / f"{source.stem}.json").write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")


def main() -> int:
    """Score the folder named on the command line and pass the scorer's options through."""
    if len(sys.argv) < 2:
        print(__doc__)
        return 2
    gold = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        write_predictions(gold, Path(folder))
        scorer = [sys.executable, str(gold.parent / "score.py"), str(gold), folder, *sys.argv[2:]]
        return subprocess.run(scorer, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
