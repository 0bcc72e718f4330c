"""What holds for every test."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.chromium import LEFT_OUT as LEFT_OUT_WITHOUT_CHROMIUM
from tests.elasticsearch_node.fixtures import LEFT_OUT as LEFT_OUT_WITHOUT_ELASTICSEARCH

_REASONS = (LEFT_OUT_WITHOUT_ELASTICSEARCH, LEFT_OUT_WITHOUT_CHROMIUM)


@pytest.hookimpl(tryfirst=True)
def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Have one line tell all that was left out for one reason, where pytest has one for each place."""
    skipped = terminalreporter.stats.get("skipped", ())
    for reason in _REASONS:
        reports = [report for report in skipped if reason in str(report.longrepr)]
        files = ", ".join(sorted({report.nodeid.partition("::")[0] for report in reports}))
        for report in reports:
            report.longrepr = (files, None, report.longrepr[2])
