"""An application with a key of each scope, and the table of routes and the scopes that they need."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from service.app import create_app
from service.config import Config
from service.domain.keys import Audience, Scope
from service.search.engine import Engine
from service.usecases.keys.making import create_key

OPEN, READ, WRITE, ADMIN = None, Scope.READ, Scope.WRITE, Scope.ADMIN
TABLE: dict[str, Scope | None] = {
    "GET /": READ,
    "GET /analysis": READ,
    "GET /articles/<article_id:id>": READ,
    "GET /articles/<article_id:id>/compare/<article_id:other>": READ,
    "GET /assets/<digest>/<name>": OPEN,
    "GET /docs": OPEN,
    "GET /livez": OPEN,
    "GET /metrics": ADMIN,
    "GET /openapi.json": OPEN,
    "GET /opensearch.xml": OPEN,
    "GET /opensearch/suggestions": READ,
    "GET /paste": READ,
    "POST /paste": WRITE,
    "GET /readyz": OPEN,
    "GET /sign-on": OPEN,
    "GET /sign-on/callback": OPEN,
    "POST /sign-out": OPEN,
    "GET /signed-out": OPEN,
    "GET /static/<path:filename>": OPEN,
    "POST /v1/articles": WRITE,
    "GET /v1/articles/<article_id:id>": READ,
    "PUT /v1/articles/<article_id:id>": WRITE,
    "PATCH /v1/articles/<article_id:id>": WRITE,
    "DELETE /v1/articles/<article_id:id>": WRITE,
    "GET /v1/articles/<article_id:id>/duplicates": READ,
    "GET /v1/articles/<article_id:id>/similar": READ,
    "POST /v1/articles/bulk": WRITE,
    "GET /v1/export": READ,
    "GET /v1/feeds/search.atom": READ,
    "GET /v1/network": READ,
    "GET /v1/outlets": READ,
    "GET /v1/outlets/<path:name>": READ,
    "PUT /v1/outlets/<path:name>": ADMIN,
    "DELETE /v1/outlets/<path:name>": ADMIN,
    "POST /v1/press-copy": WRITE,
    "GET /v1/quotes": READ,
    "GET /v1/related-terms": READ,
    "GET /v1/search": READ,
    "POST /v1/search": READ,
    "GET /v1/suggest": READ,
    "GET /v1/trends": READ,
    "GET /widget/<version>/gisa-search.js": OPEN,
    "GET /widget/frame": OPEN,
    "GET /widget/gisa-search.js": OPEN,
}
"""Every route and the scope that it needs: a new one is written down here, where whoever reads it can judge it."""


def routes(app: Flask) -> set[str]:
    """Return every route of the app as the table writes it."""
    methods = {(method, rule.rule) for rule in app.url_map.iter_rules() for method in rule.methods or ()}
    return {f"{method} {rule}" for method, rule in methods if method not in {"HEAD", "OPTIONS"}}


def address(route: str) -> tuple[str, str]:
    """Return the method of a route and a path that it takes."""
    method, rule = route.split(" ")
    return method, re.sub("<[^<>]+>", "nothing", rule)


@dataclass(frozen=True)
class Guarded:
    """An application with a key of each scope."""

    app: Flask
    path: Path
    tokens: dict[Scope, str]

    def ask(self, method: str, path: str, token: str | None = None, **given: Any) -> TestResponse:
        """Return the answer to a request with this key."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return self.app.test_client().open(path, method=method, headers=headers | given.pop("headers", {}), **given)


def guarded_app(engine: Engine, directory: Path) -> Guarded:
    """Return an application over this engine, its keys in this directory."""
    config = Config(data_dir=directory, log_level="error")
    tokens = {
        scope: create_key(config.keys_path, scope.value, scope=scope, audience=Audience.PRESS_OFFICE)[0]
        for scope in Scope
    }
    return Guarded(create_app(config, engine), config.keys_path, tokens)
