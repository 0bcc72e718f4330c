"""Alert rules, dashboard and runbook: every metric they name is one of /metrics, every alert has its section."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from service.app import create_app
from service.config import load_config

ROOT = Path(__file__).resolve().parents[1]
RULES = yaml.safe_load((ROOT / "deploy/monitoring/alerts.yaml").read_text(encoding="utf-8"))
DASHBOARD = json.loads((ROOT / "deploy/monitoring/grafana-dashboard.json").read_bytes())
RUNBOOK = (ROOT / "docs/runbook.md").read_text(encoding="utf-8")
ALERTS: list[dict[str, Any]] = [rule for group in RULES["groups"] for rule in group["rules"]]
_NAME = re.compile(r"\bgisa_[a-z_]+\b")
_SUFFIXES = {"counter": ("_total",), "gauge": ("",), "histogram": ("_bucket", "_sum", "_count")}


@pytest.fixture(scope="module")
def exposed(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Return the names of all series of the service."""
    config = load_config({"GISA_DATA_DIR": str(tmp_path_factory.mktemp("monitoring"))})
    client = create_app(config).test_client()
    families = list(text_string_to_metric_families(client.get("/metrics").text))
    return {family.name + suffix for family in families for suffix in _SUFFIXES.get(family.type, ())}


def test_the_rules_name_metrics_that_there_are(exposed: set[str]) -> None:
    for alert in ALERTS:
        named = set(_NAME.findall(alert["expr"]))
        assert named <= exposed, alert["alert"]
        assert named or "up{" in alert["expr"]


def test_the_dashboard_names_metrics_that_there_are(exposed: set[str]) -> None:
    for panel in DASHBOARD["panels"]:
        named = {name for target in panel["targets"] for name in _NAME.findall(target["expr"])}
        assert named, panel["title"]
        assert named <= exposed, panel["title"]


def test_every_metric_is_on_the_dashboard(exposed: set[str]) -> None:
    queries = [target["expr"] for panel in DASHBOARD["panels"] for target in panel["targets"]]
    shown = {name for query in queries for name in _NAME.findall(query)}
    families = {re.sub("_(total|bucket|sum|count)$", "", name) for name in exposed if name.startswith("gisa_")}
    families = {name for name in families if not name.endswith("_created")}
    assert families == {re.sub("_(total|bucket|sum|count)$", "", name) for name in shown}


@pytest.mark.parametrize("alert", ALERTS, ids=lambda alert: alert["alert"])
def test_every_alert_has_its_section_in_the_runbook(alert: dict[str, Any]) -> None:
    name = alert["alert"]
    assert alert["annotations"]["runbook"] == f"docs/runbook.md#{name.lower()}"
    section = re.search(rf"^## {name}\n(.*?)(?=^## |\Z)", RUNBOOK, re.DOTALL | re.MULTILINE)
    assert section
    for part in ("**Means.**", "**Do.**"):
        assert part in section[1]


def test_the_runbook_has_no_section_without_an_alert() -> None:
    assert re.findall(r"^## (Gisa\w+)$", RUNBOOK, re.MULTILINE) == [alert["alert"] for alert in ALERTS]


@pytest.mark.parametrize("alert", ALERTS, ids=lambda alert: alert["alert"])
def test_the_brackets_of_an_expression_close(alert: dict[str, Any]) -> None:
    opened: list[str] = []
    for character in re.sub(r'"[^"]*"', "", alert["expr"]):
        if character in "({[":
            opened.append(character)
        elif character in ")}]":
            assert opened.pop() + character in {"()", "{}", "[]"}
    assert not opened
