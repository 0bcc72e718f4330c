"""A proxy that speaks TLS in front of the node of the tests, which cannot itself, and a certificate authority."""

from __future__ import annotations

import http.client
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

_OF_ONE_CONNECTION = frozenset({"connection", "transfer-encoding", "keep-alive", "content-length"})


@dataclass(frozen=True)
class Authority:
    """A certificate authority made by openssl in a folder of its own."""

    folder: Path

    @classmethod
    def make(cls, folder: Path) -> Authority:
        """Make the authority."""
        folder.mkdir()
        made = cls(folder)
        made._openssl("req", "-x509", *_KEY, "-keyout", "ca.key", "-out", "ca.crt", "-subj", "/CN=Test authority")
        return made

    @property
    def certificate(self) -> Path:
        """Return the PEM file that those who connect check with."""
        return self.folder / "ca.crt"

    def issue(self, name: str) -> tuple[Path, Path]:
        """Return the files of a certificate for one host name and of its key."""
        certificate, key = self.folder / f"{name}.crt", self.folder / f"{name}.key"
        signed = ("-CA", "ca.crt", "-CAkey", "ca.key", "-addext", f"subjectAltName=DNS:{name}")
        extensions = ("-addext", "basicConstraints=critical,CA:FALSE")
        self._openssl(
            *("req", "-x509", *_KEY, *signed, *extensions),
            *("-keyout", key.name, "-out", certificate.name, "-subj", f"/CN={name}"),
        )
        return certificate, key

    def _openssl(self, *arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=self.folder, check=True, capture_output=True)


_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-noenc", "-days", "2")


@dataclass
class TlsProxy:
    """A running proxy; `authorizations` holds the header of each request that came through."""

    port: int
    context: ssl.SSLContext
    authorizations: list[str | None] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Return its address."""
        return f"https://localhost:{self.port}"

    def present(self, certificate: Path, key: Path) -> None:
        """Present this certificate from the next connection on."""
        self.context.load_cert_chain(certificate, key)


@contextmanager
def tls_proxy(target: str, certificate: Path, key: Path) -> Iterator[TlsProxy]:
    """Yield a proxy in front of the HTTP server at `target`; each of its connections carries one request."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    # A session that is taken up again would not show the certificate that has come since.
    context.options |= ssl.OP_NO_TICKET
    context.num_tickets = 0
    context.load_cert_chain(certificate, key)
    server = _Server(("127.0.0.1", 0), _Handler)
    server.proxy = TlsProxy(server.server_port, context)
    server.target = target
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.proxy
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    proxy: TlsProxy
    target: str

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a client that does not trust the certificate hangs up."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def setup(self) -> None:
        self.request.settimeout(10)
        self.request = self.server.proxy.context.wrap_socket(self.request, server_side=True)
        super().setup()

    def _pass_on(self) -> None:
        self.server.proxy.authorizations.append(self.headers.get("Authorization"))
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        target = urlsplit(self.server.target)
        connection = http.client.HTTPConnection(target.hostname or "", target.port, timeout=60)
        headers = {name: value for name, value in self.headers.items() if name.lower() not in _OF_ONE_CONNECTION}
        connection.request(self.command, self.path, body, headers)
        answer = connection.getresponse()
        data = answer.read()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in _OF_ONE_CONNECTION:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
        connection.close()

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _pass_on  # noqa: N815 -- the names that http.server calls

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""
