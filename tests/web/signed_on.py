"""A service with sign-on, and people who sign on to it without a browser."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.app import create_app
from service.config import Config
from service.search.engine import Engine
from tests.sign_on.provider import RealProvider

HTML = {"Accept": "text/html"}
SERVICE = "http://127.0.0.1"
OWN = {"Sec-Fetch-Site": "same-origin"}
ARTICLE = {"title": "가온시 새 도서관", "body": "가온시는 새 도서관을 연다."}


@dataclass(frozen=True)
class Site:
    """A service with sign-on: its settings, its app, and a way for somebody to sign on."""

    config: Config
    engine: Engine
    provider: RealProvider
    apps: dict[str, Flask] = field(default_factory=dict)

    def client(self, **changed: Any) -> FlaskClient:
        """Return a browser without any cookie, at the service with these settings changed."""
        name = repr(changed)
        if name not in self.apps:
            self.apps[name] = create_app(replace(self.config, **changed), self.engine)
        return self.apps[name].test_client()

    def restart(self) -> None:
        """Have the service start anew."""
        self.apps.clear()

    def come_back(self, client: FlaskClient, account: str, path: str = "/sign-on") -> str:
        """Return where the provider sends this browser back to."""
        return self.provider.answer(client.get(path, headers=HTML).headers["Location"], account)

    def sign_on(self, client: FlaskClient, account: str, status: int = 303) -> TestResponse:
        """Return the answer to a browser that comes back from the provider, which has this status."""
        answer = client.get(local(self.come_back(client, account)), headers=HTML)
        assert answer.status_code == status, answer.text
        return answer


def local(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}"


def session_cookie(client: FlaskClient) -> str | None:
    found = client.get_cookie("gisa-session")
    return found.value if found else None
