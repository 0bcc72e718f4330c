"""What a service imports when it starts."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

START = """
import sys
from pathlib import Path
from service.app import create_app
from service.config import Config

app = create_app(Config(data_dir=Path(sys.argv[1]), log_level="error"))
assert app.test_client().get("/v1/search?q=도서관").status_code == 200
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""
LATER = {"authlib", "joserfc", "httpx2", "cryptography", "xlsxwriter", "numpy", "elasticsearch", "opentelemetry"}


def test_what_is_not_configured_or_asked_for_is_not_imported(tmp_path: Path) -> None:
    started = subprocess.run(
        [sys.executable, "-c", START, str(tmp_path)], capture_output=True, text=True, timeout=120, check=False
    )
    assert started.returncode == 0, started.stderr
    imported = set(started.stdout.split())
    assert {"flask", "tantivy"} <= imported
    assert imported & LATER == set()
