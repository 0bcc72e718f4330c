"""A provider that answers as a test tells it to: forged tokens, other keys, nothing at all."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey
from joserfc.jws import JWSRegistry

ALL = JWSRegistry(algorithms=["RS256", "ES256", "HS256", "none"])


def new_key(kid: str) -> RSAKey:
    """Return a key to sign with."""
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig"})


class CrookedProvider:
    """A provider at a port of this machine; what it says may be changed at any time."""

    def __init__(self, port: int) -> None:
        self.issuer = f"http://127.0.0.1:{port}"
        self.key = new_key("first")
        self.published: list[dict[str, Any]] = [self.key.as_dict(private=False)]
        self.metadata: dict[str, Any] = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "id_token_signing_alg_values_supported": ["RS256", "ES256", "HS256", "none"],
        }
        self.tokens: dict[str, Any] = {}
        self.userinfo: dict[str, Any] = {}
        self.asked: list[str] = []

    def claims(self, nonce: str, /, **changed: Any) -> dict[str, Any]:
        """Return the claims of a sound ID token, some of them changed, or taken away where they are None."""
        now = int(time.time())
        sound = {
            "iss": self.issuer, "sub": "garam", "aud": "gisa", "iat": now, "exp": now + 300, "nonce": nonce,
            "name": "한가람", "groups": ["press"],
        }  # fmt: skip
        return {name: value for name, value in (sound | changed).items() if value is not None}

    def give(self, claims: dict[str, Any], alg: str = "RS256", key: RSAKey | ECKey | OctKey | None = None) -> None:
        """Have the next code give an ID token of these claims."""
        signed = key or self.key
        header = {"alg": alg, "kid": signed.kid} if signed.kid else {"alg": alg}
        token = jwt.encode(header, claims, signed, registry=ALL)
        self.tokens = {"access_token": "an-access-token", "token_type": "Bearer", "id_token": token}

    def answer(self, path: str) -> dict[str, Any] | None:
        """Return what it says at this path."""
        self.asked.append(path)
        return {
            "/.well-known/openid-configuration": self.metadata,
            "/jwks": {"keys": self.published},
            "/token": self.tokens,
            "/userinfo": self.userinfo,
        }.get(path)


@contextmanager
def crooked_provider() -> Iterator[CrookedProvider]:
    """Yield a provider that listens."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    provider = server.provider = CrookedProvider(server.server_port)  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        found = self.server.provider.answer(self.path)  # type: ignore[attr-defined]
        body = json.dumps(found).encode()
        self.send_response(200 if found is not None else 404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def log_message(self, *_: object) -> None:
        """Say nothing."""
