"""What holds for every test."""

from __future__ import annotations

from typing import Any

import pytest

from tests.elasticsearch_node.fixtures import LEFT_OUT


@pytest.hookimpl(tryfirst=True)
def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Have one line tell all that was left out for want of an Elasticsearch, where pytest has one for each place."""
    reports = [report for report in terminalreporter.stats.get("skipped", ()) if LEFT_OUT in str(report.longrepr)]
    files = ", ".join(sorted({report.nodeid.partition("::")[0] for report in reports}))
    for report in reports:
        report.longrepr = (files, None, report.longrepr[2])
