"""A site of somebody else, on another port: what an intranet page around the widget is."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

STRICT = (
    "default-src 'none'; script-src {service}; connect-src {service}; style-src 'none'; img-src 'none'; "
    "frame-src {service}; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)


class Host:
    """The pages of the site by path, each a body of HTML; all under one policy."""

    def __init__(self) -> None:
        self.port = 0
        self._pages: dict[str, tuple[str, str]] = {}

    @property
    def origin(self) -> str:
        """Return the origin of the site under its usual name."""
        return f"http://127.0.0.1:{self.port}"

    def page(self, body: str, policy: str, name: str = "127.0.0.1") -> str:
        """Return the address of a new page with this body."""
        path = f"/{len(self._pages)}"
        self._pages[path] = (body, policy)
        return f"http://{name}:{self.port}{path}"

    def widget(self, service: str, markup: str = "<gisa-search></gisa-search>", name: str = "127.0.0.1") -> str:
        """Return the address of a new page with the script of a service and this markup, under a strict policy."""
        script = f'<script src="{service}/widget/gisa-search.js" defer></script>'
        return self.page(f"<main><h1>오늘의 할 일</h1>{markup}</main>{script}", STRICT.format(service=service), name)

    def answer(self, request: Request) -> Response:
        """Return a page."""
        if request.path not in self._pages:
            return Response(status=404)
        body, policy = self._pages[request.path]
        html = f'<!doctype html><html lang="ko"><head><meta charset="utf-8"><title>업무망</title></head>{body}</html>'
        return Response(html, mimetype="text/html", headers={"Content-Security-Policy": policy})


@contextmanager
def hosted() -> Iterator[Host]:
    """Yield a site that is served by threads of this process."""
    host = Host()
    application: Callable[..., object] = Request.application(host.answer)
    server = make_server("127.0.0.1", 0, application, threaded=True)  # type: ignore[arg-type] # a WSGI application
    host.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield host
    finally:
        server.shutdown()
        thread.join()
