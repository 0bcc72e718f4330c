"""A process of its own on a data directory: commands come in as lines, answers go out as lines."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from service.domain.article import Article
from service.engines.embedded import open_engine
from service.enrichment.pipeline import analyze_texts
from service.search.engine import Delete, Operation, Put, Written
from service.search.request import SearchRequest
from service.search.stored_tokens import encode_tokens
from service.search.tree import PositionedTerm, Word


def main(directory: str, mode: str) -> None:
    engine = open_engine(Path(directory), index=mode == "index")
    _say("ready")
    for line in sys.stdin:
        command, *arguments = json.loads(line)
        if command == "put":
            outcomes = engine.write([_put(key, body) for key, body in arguments])
            engine.wait_until_searchable(outcomes)
            _say([outcome.version for outcome in outcomes if isinstance(outcome, Written)])
        elif command == "find":
            query = Word(arguments[0], (PositionedTerm(0, arguments[0]),))
            _say(sorted(hit.article.id for hit in engine.search(SearchRequest(query, size=100)).hits))
        elif command == "flood":
            _flood(engine.write)
    engine.close()


def _flood(write) -> None:  # type: ignore[no-untyped-def]
    for number in range(1_000_000):
        operations: list[Operation] = [_put(f"k{number % 300}", f"홍수 {number}"), _put(f"n{number}", "홍수")]
        if number % 3 == 0 and number:
            operations.append(Delete(f"n{number - 1}"))
        write(operations)
        _say(number)


def _put(key: str, body: str) -> Put:
    article = Article(key, "제목", body)
    return Put(article, encode_tokens(analyze_texts(article).by_field()), body)


def _say(answer: object) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
