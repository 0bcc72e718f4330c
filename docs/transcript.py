"""Writes the transcripts of README.md by really running them: `python docs/transcript.py` in the project's folder.

Each block stands between `<!-- transcript: NAME -->` and `<!-- end -->`. Needs curl and jq.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.running import RunningService, environment, gisa

ROOT = Path(__file__).resolve().parents[1]
BLOCK = re.compile(r"(<!-- transcript: (\w+) -->\n).*?(<!-- end -->\n)", re.DOTALL)
SHOWN = "http://127.0.0.1:8000"

POST = f"curl -s -H 'Content-Type: text/plain' --data-binary @docs/paste.txt '{SHOWN}/v1/press-copy?refresh=wait_for'"
PARTS = (
    "{title}, {subtitle}, {outlet, published_at, dateline_place}, {reporters}, {captions}, {subheads}, {quotes}, "
    "{persons}, {organizations}, {places}, {money}, {dates}"
)
SEARCH = f"curl -sG {SHOWN}/v1/search --data-urlencode q=트램 -d facets=outlet,person -d facet_size=4 -d size=1"
COMMANDS = {
    "paste": ["cat docs/paste.txt", f"{POST} | jq -c '.articles[0] | {PARTS}'"],
    "search": [
        "gisa search 도서관 밤 --size 3",
        f"{SEARCH} | jq -c '.total, .facets.outlet, .facets.person, .hits[0].highlights'",
    ],
}


def main() -> None:
    """Run every command against a service with the samples and write what they print into the README."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        path = f"{Path(sys.executable).parent}:/usr/bin:/bin"
        environ = environment(data, language="ko") | {"COLUMNS": "150", "PATH": path}
        subprocess.run(gisa("import", "samples", "--rejects", f"{folder}/rejects"), cwd=ROOT, env=environ, check=False)
        with RunningService.start(data) as service:
            blocks = {name: _block(commands, service.port, environ) for name, commands in COMMANDS.items()}
    readme = ROOT / "README.md"
    text = BLOCK.sub(lambda found: f"{found[1]}{blocks[found[2]]}{found[3]}", readme.read_text(encoding="utf-8"))
    readme.write_text(text, encoding="utf-8")


def _block(commands: list[str], port: int, environ: dict[str, str]) -> str:
    parts = [f"$ {command}\n{_output(command, port, environ)}" for command in commands]
    return "```\n" + "\n".join(parts) + "```\n"


def _output(command: str, port: int, environ: dict[str, str]) -> str:
    really = command.replace(SHOWN, f"http://127.0.0.1:{port}")
    ended = subprocess.run(really, shell=True, cwd=ROOT, env=environ, check=True, capture_output=True, text=True)
    return ended.stdout.replace("\n\n\n", "\n\n")


if __name__ == "__main__":
    main()
