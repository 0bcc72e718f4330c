"""The five fields on press copies annotated by hand, their own structure given."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[3]
_GOLD = _ROOT / ".." / "shared" / "press_copy" / "gold"
_FLOORS = {"quotes": 0.97, "persons": 0.95, "organizations": 0.97, "places": 0.97, "money": 0.99}


@pytest.mark.shared
@pytest.mark.skipif(
    not _GOLD.is_dir(), reason="the shared folder with annotated press copies is not beside the project"
)
def test_the_fields_reach_their_floors() -> None:
    command = [sys.executable, str(_ROOT / "bench" / "enrichment_score.py"), str(_GOLD)]
    report = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = {
        line.split()[0]: line.split()[3]
        for line in report.splitlines()
        if line.split()[:1] and line.split()[0] in _FLOORS
    }
    assert {field: float(found[field]) >= floor for field, floor in _FLOORS.items()} == dict.fromkeys(_FLOORS, True), (
        found
    )
