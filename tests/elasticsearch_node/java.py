"""Where a JDK is that can run and compile for the node."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

OLDEST_JAVA = 21
_FOLDERS = (
    "/usr/lib/jvm/*",
    "/opt/java/*",
    "/opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home",
    "/Library/Java/JavaVirtualMachines/*/Contents/Home",
)


class NodeUnavailable(Exception):
    """The node cannot run on this machine; the message is one line that says why and what to do."""


def find_java_home() -> Path:
    """Return the home of a JDK 21 or newer; what ES_JAVA_HOME names stands, else JAVA_HOME, else well-known folders.

    Raises NodeUnavailable where there is none, and where ES_JAVA_HOME names something else.
    """
    if named := os.environ.get("ES_JAVA_HOME"):
        if _version(Path(named)) < OLDEST_JAVA:
            raise NodeUnavailable(f"ES_JAVA_HOME={named} is not a JDK {OLDEST_JAVA} or newer")
        return Path(named)
    for home in _candidates():
        if _version(home) >= OLDEST_JAVA:
            return home
    raise NodeUnavailable(f"no JDK {OLDEST_JAVA} or newer was found: install one or set ES_JAVA_HOME")


def _candidates() -> Iterator[Path]:
    if home := os.environ.get("JAVA_HOME"):
        yield Path(home)
    if javac := shutil.which("javac"):
        yield Path(javac).resolve().parent.parent
    for pattern in (*_FOLDERS, f"{Path.home()}/.sdkman/candidates/java/*"):
        yield from sorted(Path("/").glob(pattern.lstrip("/")), key=_version, reverse=True)


def _version(home: Path) -> int:
    """Return the major version of the JDK in this folder, 0 where there is no JDK with a compiler."""
    release = home / "release"
    if not (home / "bin" / "javac").is_file() or not release.is_file():
        return 0
    found = re.search(r'^JAVA_VERSION="(\d+)', release.read_text(encoding="utf-8"), re.MULTILINE)
    return int(found[1]) if found else 0
