"""What holds for every test."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import structlog

from tests.browser.chromium import LEFT_OUT as LEFT_OUT_WITHOUT_CHROMIUM
from tests.elasticsearch_node.fixtures import LEFT_OUT as LEFT_OUT_WITHOUT_ELASTICSEARCH
from tests.faults.small_disk import LEFT_OUT as LEFT_OUT_WITHOUT_A_DISK

_REASONS = (LEFT_OUT_WITHOUT_ELASTICSEARCH, LEFT_OUT_WITHOUT_CHROMIUM, LEFT_OUT_WITHOUT_A_DISK)


@pytest.hookimpl(tryfirst=True)
def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Have one line tell all that was left out for one reason, where pytest has one for each place."""
    skipped = terminalreporter.stats.get("skipped", ())
    for reason in _REASONS:
        reports = [report for report in skipped if reason in str(report.longrepr)]
        files = ", ".join(sorted({report.nodeid.partition("::")[0] for report in reports}))
        for report in reports:
            report.longrepr = (files, None, report.longrepr[2])


@contextmanager
def _logs_as_they_were() -> Iterator[None]:
    """Give every logger back its level and the root its handlers, as `create_app` sets them for the whole process."""
    root = logging.getLogger()
    loggers = [root, *(found for found in root.manager.loggerDict.values() if isinstance(found, logging.Logger))]
    levels, handlers, structured = (
        {logger: logger.level for logger in loggers},
        root.handlers[:],
        structlog.get_config(),
    )
    yield
    for logger, level in levels.items():
        logger.setLevel(level)
    root.handlers[:] = handlers
    structlog.configure(**structured)


@pytest.fixture(scope="module", autouse=True)
def _logs_of_a_module() -> Iterator[None]:
    """Keep what the fixtures of one module do to the logs from those that come after it."""
    with _logs_as_they_were():
        yield


@pytest.fixture(autouse=True)
def _logs_of_a_test() -> Iterator[None]:
    """Keep what one test does to the logs from those that come after it."""
    with _logs_as_they_were():
        yield
