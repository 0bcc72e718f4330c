"""A site of the tests: the real application over an engine, served by threads of this process."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from elasticsearch import Elasticsearch
from werkzeug.serving import make_server

from schemas.article import load_article
from service.app import create_app
from service.config import Config
from service.engines.elasticsearch import ElasticsearchSettings, open_engine
from service.search.engine import Engine
from service.usecases.ingest import Ingest
from service.usecases.press_copy import PressCopyDefaults, PressCopyIngest

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


@contextmanager
def served(engine: Engine, folder: Path, port: int = 0, **settings: Any) -> Iterator[str]:
    """Yield the address of a site over this engine, at this port or a free one, with these settings."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    app = create_app(Config(data_dir=folder, log_level="error", **settings), engine)
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()


@contextmanager
def elasticsearch_engine(url: str) -> Iterator[Engine]:
    """Yield an engine on indices of its own, which are removed after it."""
    prefix = f"gisa-test-{uuid4().hex[:12]}-"
    engine = open_engine(ElasticsearchSettings((url,), index_prefix=prefix, timeout=30, number_of_replicas=0))
    yield engine
    engine.close()
    with Elasticsearch(url) as client:
        for name in client.indices.get(index=f"{prefix}*"):
            client.indices.delete(index=name)


def store(engine: Engine, documents: Sequence[dict[str, Any]]) -> None:
    """Store these articles so that they can be found."""
    Ingest(engine).put_many([load_article(document) for document in documents], wait=True)


def store_samples(engine: Engine) -> None:
    """Store the sample articles and the copies of one wire story."""
    lines = (SAMPLES / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    store(engine, [json.loads(line) for line in lines])
    *others, last = sorted((SAMPLES / "wire_story").glob("*.txt"))
    ingest = PressCopyIngest(Ingest(engine))
    for path in others:
        ingest.store(path.read_text(encoding="utf-8"), PressCopyDefaults(), wait=False)
    ingest.store(last.read_text(encoding="utf-8"), PressCopyDefaults(), wait=True)
