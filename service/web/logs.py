"""Logs: one line for each event, JSON with Hangul as it is, or text for a terminal."""

from __future__ import annotations

import logging
import re
import sys
from typing import Any, TextIO

import structlog

_KEY = re.compile(r"gisa_[A-Za-z0-9_-]{43}")
_LINE_ENDS = str.maketrans({"\r": "\\r", "\n": "\\n", "\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def configure_logs(level: str, form: str, stream: TextIO | None = None) -> None:
    """Send logs from this level on to the stream (standard error): `json`, `text`, or `auto`, text on a terminal."""
    target = stream or sys.stderr
    text = form == "text" or (form == "auto" and target.isatty())
    renderer: Any = structlog.dev.ConsoleRenderer() if text else structlog.processors.JSONRenderer(ensure_ascii=False)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            _replace_surrogates,
            *((_encode_line_ends, renderer, _hide_keys) if text else (renderer, _encode_in_json, _hide_keys)),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(target),
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    for handler in [handler for handler in root.handlers if isinstance(handler, _Forward)]:
        root.removeHandler(handler)
    root.addHandler(_Forward())
    root.setLevel(level.upper())
    # One line for each request to the cluster or the sign-on provider says nothing that the service's own does not.
    for name in ("elastic_transport", "httpx2", "httpcore2"):
        logging.getLogger(name).setLevel(max(root.level, logging.WARNING))


class _Forward(logging.Handler):
    """Hands on what libraries and the engine log, so that every line has one form."""

    def emit(self, record: logging.LogRecord) -> None:
        """Log the record anew."""
        exc_info = record.exc_info if record.exc_info and record.exc_info[0] else None
        structlog.get_logger().log(record.levelno, record.getMessage(), logger=record.name, exc_info=exc_info)


def _encode_line_ends(_: Any, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    # A forged line would look like one of ours.
    return {
        name: value.translate(_LINE_ENDS) if isinstance(value, str) and name != "exception" else value
        for name, value in event.items()
    }


def _encode_in_json(_: Any, __: str, line: str) -> str:
    # JSON escapes CR and LF by itself, but not the other characters that some readers take for the end of a line.
    return line.translate(_LINE_ENDS)


def _hide_keys(_: Any, __: str, line: str) -> str:
    # No line of ours holds a key, but what a library quotes of a request that it cannot read may.
    return _KEY.sub("gisa_***", line)


def _replace_surrogates(_: Any, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    return {
        name: value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
        for name, value in event.items()
    }
