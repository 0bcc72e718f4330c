"""The running service against its own OpenAPI document, with every check of schemathesis."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.elasticsearch_node.fixtures import elasticsearch_url  # noqa: F401  # a fixture
from tests.hostile.running import ENGINES, service_on

HERE = Path(__file__).parent
EXAMPLES = os.environ.get("GISA_TEST_SCHEMATHESIS_EXAMPLES", "1")
"""Random examples for each call, beside the some 400 cases that cover each keyword of its schema."""


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
def test_the_service_does_what_its_document_says(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    with service_on(engine, request, tmp_path, log_level="warning") as service:
        workers = sorted(service.worker_pids())
        _agree(service.port, tmp_path)
        assert sorted(service.worker_pids()) == workers


def _agree(port: int, folder: Path) -> None:
    command = [
        str(Path(sys.executable).with_name("schemathesis")),
        "--config-file",
        str(HERE / "schemathesis.toml"),
        "run",
        f"http://127.0.0.1:{port}/openapi.json",
        "--checks=all",
        f"--max-examples={EXAMPLES}",
        "--generation-deterministic",
        "--max-failures=20",
    ]
    environment = os.environ | {"PYTHONPATH": str(HERE), "PYTHONIOENCODING": "utf-8", "COLUMNS": "200"}
    run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout[-8_000:] + run.stderr[-2_000:]
    generated = re.search(r"(\d+) generated", run.stdout)
    assert generated
    assert int(generated.group(1)) >= max(500, 20 * int(EXAMPLES))
    print(run.stdout[-1_500:])
