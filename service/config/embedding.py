"""The settings of pages of other sites that show the search."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from service.config.setting import Setting
from service.domain.errors import Message

_HOST = re.compile(r"[a-z0-9._-]+|\[[0-9a-f:.]+\]")
_DEFAULT_PORTS = {"http": 80, "https": 443}

EMBEDDING: tuple[Setting, ...] = (
    Setting(
        "cors_origins",
        "",
        Message(
            "위젯으로 검색을 읽을 수 있는 다른 누리집의 출처. 여럿이면 쉼표로 나눔",
            "the origins of other sites whose pages may read searches with the widget; several with commas between",
        ),
        kind="origins",
        optional=True,
    ),
    Setting(
        "frame_ancestors",
        "",
        Message(
            "위젯 쪽(/widget/frame)을 액자(iframe)에 넣을 수 있는 다른 누리집의 출처. 여럿이면 쉼표로 나눔",
            "the origins of other sites that may frame the page of the widget (/widget/frame); several with commas "
            "between",
        ),
        kind="origins",
        optional=True,
    ),
)


def origins(text: str) -> tuple[str, ...]:
    """Return the origins of a comma list as browsers write them in `Origin` (RFC 6454).

    Raises ValueError where one is none: `*` and `null` are not taken, as each of them would let in everybody.
    """
    return tuple(dict.fromkeys(_origin(part.strip()) for part in text.split(",") if part.strip()))


def _origin(text: str) -> str:
    parts = urlsplit(text)
    port = parts.port  # a ValueError where it is no number
    host = parts.hostname or ""
    is_plain = not (parts.username or parts.password or parts.path or parts.query or parts.fragment)
    if parts.scheme not in _DEFAULT_PORTS or not host or not is_plain or text.endswith(("?", "#", ":")):
        raise ValueError(f"no origin: {text}")
    host = f"[{host}]" if ":" in host else host.encode("idna").decode("ascii")
    if not _HOST.fullmatch(host):  # it goes into a header
        raise ValueError(f"no host: {host}")
    return f"{parts.scheme}://{host}" + ("" if port in (None, _DEFAULT_PORTS[parts.scheme]) else f":{port}")
