"""The running service against its own OpenAPI document, with every check of schemathesis."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
EXAMPLES = os.environ.get("GISA_TEST_SCHEMATHESIS_EXAMPLES", "1")
"""Random examples for each call, beside the some 400 cases that cover each keyword of its schema."""


@pytest.mark.slow
def test_the_service_does_what_its_document_says(service: Any, tmp_path: Path) -> None:
    command = [
        str(Path(sys.executable).with_name("schemathesis")),
        "--config-file",
        str(HERE / "schemathesis.toml"),
        "run",
        f"http://127.0.0.1:{service.port}/openapi.json",
        "--checks=all",
        f"--max-examples={EXAMPLES}",
        "--generation-deterministic",
        "--max-failures=20",
    ]
    environment = os.environ | {"PYTHONPATH": str(HERE), "PYTHONIOENCODING": "utf-8", "COLUMNS": "200"}
    run = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout[-8_000:] + run.stderr[-2_000:]
    generated = re.search(r"(\d+) generated", run.stdout)
    assert generated
    assert int(generated.group(1)) >= 500
