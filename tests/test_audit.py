"""`.ci/audit`: fails on a known vulnerability, and says so in one line where none can be looked up."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
_TOOL = """#!/bin/sh
while [ $# -gt 0 ]; do case "$1" in --output|--output-file) to="$2"; shift;; esac; shift; done
{act}
"""
_REPORT = json.dumps({"dependencies": [{"name": "invented", "vulns": [{"id": "PYSEC-0000-0"}]}]})
_UNREACHED = "echo 'ERROR: Could not connect to the vulnerability feed' >&2; exit 1"


def audited(folder: Path, audit: str, sbom: str = 'echo "{}" > "$to"') -> subprocess.CompletedProcess[str]:
    """Return how the audit ends with tools that act like this."""
    tools = folder / "bin"
    tools.mkdir()
    for name, act in (("pip-audit", audit), ("cyclonedx-py", sbom)):
        (tools / name).write_text(_TOOL.format(act=act))
        (tools / name).chmod(0o755)
    environ = {**os.environ, "GISA_TEST_AUDIT_TOOLS": str(tools)}
    command = [str(ROOT / ".ci" / "audit"), str(folder / "out")]
    return subprocess.run(command, env=environ, capture_output=True, text=True, check=False, timeout=60)


def test_a_known_vulnerability_fails(tmp_path: Path) -> None:
    ended = audited(tmp_path, f"echo '{_REPORT}' > \"$to\"; exit 1")
    assert ended.returncode == 1
    assert "PYSEC-0000-0" in ended.stdout


def test_without_one_it_passes_and_leaves_an_sbom(tmp_path: Path) -> None:
    ended = audited(tmp_path, """echo '{"dependencies": []}' > "$to" """)
    assert ended.returncode == 0
    assert "No dependency has a known vulnerability." in ended.stdout
    assert (tmp_path / "out" / "sbom.json").exists()


@pytest.mark.parametrize("act", [_UNREACHED, "exit 127"])
def test_a_service_out_of_reach_is_told_in_one_line(tmp_path: Path, act: str) -> None:
    ended = audited(tmp_path, act)
    assert ended.returncode == 0
    told = [line for line in ended.stdout.splitlines() if "SBOM" not in line]
    assert told == ["The service of known vulnerabilities cannot be reached from here: they were not looked up."]
    assert not ended.stderr


def test_an_sbom_that_cannot_be_made_fails(tmp_path: Path) -> None:
    ended = audited(tmp_path, "exit 0", sbom="echo broken; exit 2")
    assert ended.returncode == 1
    assert "broken" in ended.stdout
