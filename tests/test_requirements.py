"""The exported requirements, the lock file and pyproject.toml say the same."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
LOCK: dict[str, Any] = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
PACKAGES: dict[str, dict[str, Any]] = {package["name"]: package for package in LOCK["package"]}
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
GISA = PACKAGES["gisa"]
RUNTIME = [entry["name"] for entry in GISA["dependencies"]]
DEVELOPMENT = [entry["name"] for entry in GISA["dev-dependencies"]["dev"]]
BUILD = [entry["name"] for entry in GISA["dev-dependencies"]["build"]]
BENCH = [entry["name"] for entry in GISA["dev-dependencies"]["bench"]]
TRACING = [entry["name"] for entry in GISA["optional-dependencies"]["tracing"]]
FILES = [
    ("requirements.txt", RUNTIME),
    ("requirements-tracing.txt", RUNTIME + TRACING),
    ("requirements-dev.txt", RUNTIME + TRACING + DEVELOPMENT),
    ("requirements-build.txt", BUILD),
    ("requirements-bench.txt", BENCH),
]


def _required(name: str) -> dict[str, tuple[str, set[str]]]:
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    entries = re.findall(r"^([a-z0-9.-]+)==(\S+)(.*)$", text, re.MULTILINE)
    return {name: (version, set(re.findall(r"--hash=(\S+)", rest))) for name, version, rest in entries}


def _closure(roots: Iterable[str]) -> set[str]:
    found: set[str] = set()
    waiting = list(roots)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        package = PACKAGES[name]
        extras = [entry for group in package.get("optional-dependencies", {}).values() for entry in group]
        waiting += [entry["name"] for entry in package.get("dependencies", []) + extras]
    return found


def _hashes(package: dict[str, Any]) -> set[str]:
    files = package.get("wheels", []) + ([package["sdist"]] if "sdist" in package else [])
    return {file["hash"] for file in files}


@pytest.mark.parametrize(("name", "roots"), FILES, ids=lambda value: value if isinstance(value, str) else "")
def test_requirements_are_those_of_the_lock(name: str, roots: list[str]) -> None:
    required = _required(name)
    assert set(required) <= set(PACKAGES)
    assert set(roots) <= set(required)
    assert set(required) <= _closure(roots), "run `make lock`"
    for package, (version, hashes) in required.items():
        assert version == PACKAGES[package]["version"], f"{package}: run `make lock`"
        assert hashes == _hashes(PACKAGES[package]), f"{package}: run `make lock`"


@pytest.mark.parametrize("name", [name for name, _ in FILES])
def test_requirements_name_no_host(name: str) -> None:
    assert "://" not in (ROOT / name).read_text(encoding="utf-8")


def test_the_lock_is_that_of_the_project() -> None:
    def listed(requirements: list[str]) -> dict[str, tuple[str, str]]:
        split = [re.match(r"([A-Za-z0-9._-]+)(?:\[([^]]*)\])?([^;]*)", requirement) for requirement in requirements]
        return {match[1].lower(): (_sorted(match[2] or ""), _sorted(match[3])) for match in split if match}

    def locked(entries: list[dict[str, Any]]) -> dict[str, tuple[str, str]]:
        return {
            entry["name"]: (_sorted(",".join(entry.get("extras", ()))), _sorted(entry.get("specifier", "")))
            for entry in entries
        }

    declared = PROJECT["project"]["dependencies"] + PROJECT["project"]["optional-dependencies"]["tracing"]
    assert locked(GISA["metadata"]["requires-dist"]) == listed(declared), "run `make lock`"
    for group, requirements in PROJECT["dependency-groups"].items():
        assert locked(GISA["metadata"]["requires-dev"][group]) == listed(requirements), "run `make lock`"


def _sorted(specifier: str) -> str:
    return ",".join(sorted(part.strip() for part in specifier.split(",")))
