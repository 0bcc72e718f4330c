"""`gisa reenrich` beside a running service, killed again and again: nothing is lost, no write of a client undone."""

from __future__ import annotations

import signal
import subprocess
import time
from dataclasses import replace
from pathlib import Path

from bench.running import RunningService, environment, gisa
from service.domain.article import Article
from service.engines.embedded import open_engine
from service.enrichment.pipeline import ENRICHMENT_VERSION, analyze_texts
from service.search.engine import Put
from service.search.stored_tokens import encode_tokens
from service.usecases.identity import fingerprint

ARTICLES = 900
BODY = "홍다온 가온시장은 9일 누리동에서 “전차를 놓겠다”고 말했다. {}번째 글이다."
KILLS = (1.2, 1.6)
"""Seconds after its start at which a run is killed."""


def store_as_before(directory: Path) -> None:
    """Store the articles as a service of an earlier version of the enrichment left them."""
    engine = open_engine(directory, index=False)
    try:
        for start in range(0, ARTICLES, 100):
            engine.write([_old(number) for number in range(start, start + 100)])
    finally:
        engine.close()


def _old(number: int) -> Put:
    article = Article(
        f"n{number}", "가온시, 전차 노선 확정", BODY.format(number), given=frozenset({"id", "title", "body"})
    )
    tokens = encode_tokens(analyze_texts(article).by_field())
    return Put(replace(article, enrichment_version=0), tokens, f"old {fingerprint(article)}")


def versions(directory: Path) -> dict[str, int]:
    """Return the version of the enrichment of each stored article."""
    engine = open_engine(directory, index=False)
    try:
        return {found.article.id: found.article.enrichment_version for found in engine.scan()}
    finally:
        engine.close()


def test_reenrich_goes_on_after_kills_and_leaves_what_clients_write(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    store_as_before(data)
    with RunningService.start(data) as service:
        for seconds in KILLS:
            run = subprocess.Popen(gisa("reenrich"), env=environment(data), stderr=subprocess.DEVNULL)
            time.sleep(seconds)
            written = {"title": "새 제목", "body": f"{seconds}초 뒤에 고친 글이다."}
            status, _ = service.request("PUT", f"/v1/articles/n{ARTICLES - 1}", written)
            run.send_signal(signal.SIGKILL)
            run.wait()
            assert status == 200
        done = subprocess.run(gisa("reenrich"), env=environment(data), capture_output=True, check=False, timeout=300)
        assert done.returncode == 0, done.stderr
        found = versions(data)
        assert found == dict.fromkeys((f"n{number}" for number in range(ARTICLES)), ENRICHMENT_VERSION)
        _, last = service.request("GET", f"/v1/articles/n{ARTICLES - 1}")
        assert last["body"] == f"{KILLS[-1]}초 뒤에 고친 글이다."
        _, answer = service.request("POST", "/v1/search", {"q": "인물:홍다온"})
        assert answer["total"]["value"] == ARTICLES - 1
