"""A site of the tests: the real application over an engine, served by threads of this process."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from werkzeug.serving import make_server

from schemas.article import load_article
from service.app import create_app
from service.config import Config
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


def store(engine: Engine, documents: Sequence[dict[str, Any]]) -> None:
    """Store these articles so that they can be found."""
    Ingest(engine).put_many([load_article(document) for document in documents], wait=True)


def store_samples(engine: Engine) -> None:
    """Store the sample articles and the copies of one wire story."""
    lines = (SAMPLES / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    store(engine, [json.loads(line) for line in lines])
    for path in sorted((SAMPLES / "wire_story").glob("*.txt")):
        PressCopyIngest(Ingest(engine)).store(path.read_text(encoding="utf-8"), PressCopyDefaults(), wait=True)
