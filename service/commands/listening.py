"""The address the service listens at."""

from __future__ import annotations

import errno
import socket

from service.domain.errors import StartupError

_BACKLOG = 2048


def listen_at(host: str, port: int) -> socket.socket:
    """Return a bound socket; StartupError where the port is taken or the address is not one of this machine."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except socket.gaierror as error:
        raise _wrong_address(host) from error
    listener = socket.socket(family, kind, protocol)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        raise _cannot_listen(host, port, error) from error
    return listener


def url_of(host: str, port: int) -> str:
    """Return the address to type on this machine; a wildcard is reached as localhost."""
    named = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104 # compared, not bound
    return f"http://{named}:{port}"


def _cannot_listen(host: str, port: int, error: OSError) -> StartupError:
    if error.errno == errno.EADDRINUSE:
        return StartupError(
            f"{host}:{port} 포트를 다른 프로그램이 쓰고 있습니다. 그 프로그램을 멈추거나 --port(GISA_PORT)로 다른 "
            "포트를 지정하세요.",
            f"Port {port} of {host} is taken by another program. Stop that one or choose another with --port "
            "(GISA_PORT).",
        )
    if error.errno == errno.EACCES:
        return StartupError(
            f"{port} 포트를 열 권한이 없습니다. 1024 이상의 포트를 --port(GISA_PORT)로 지정하세요.",
            f"Port {port} may not be opened by this user. Choose one from 1024 on with --port (GISA_PORT).",
        )
    return _wrong_address(host)


def _wrong_address(host: str) -> StartupError:
    return StartupError(
        f"{host}은(는) 이 컴퓨터의 주소가 아닙니다. --host(GISA_HOST)를 127.0.0.1이나 0.0.0.0으로 지정하세요.",
        f"{host} is not an address of this machine. Set --host (GISA_HOST) to 127.0.0.1 or 0.0.0.0.",
    )
