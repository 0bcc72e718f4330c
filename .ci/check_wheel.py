"""Checks that a wheel holds every file of the three packages, data files too, and the command."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("service", "schemas", "index_mappings")


def missing_files(wheel: Path) -> list[str]:
    """Return the files of the packages that the wheel lacks."""
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())
        scripts = [archive.read(name).decode() for name in packed if name.endswith("entry_points.txt")]
    wanted = [
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    ]
    missing = [name for name in wanted if name not in packed]
    if not any("gisa = service.cli:main" in script for script in scripts):
        missing.append("the command gisa")
    return missing


if __name__ == "__main__":
    absent = missing_files(Path(sys.argv[1]))
    for name in absent:
        print(f"The wheel lacks {name}.", file=sys.stderr)  # noqa: T201 # a script for the terminal
    sys.exit(1 if absent else 0)
