"""The node's files: Elasticsearch out of Maven Central with a test-only nori plugin compiled against them."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, flock
from pathlib import Path

from tests.elasticsearch_node.java import OLDEST_JAVA, NodeUnavailable, find_java_home

_PLUGIN = Path(__file__).parent / "nori_plugin"
_POM = _PLUGIN / "pom.xml"
_SOURCE = _PLUGIN / "NoriPlugin.java"
_DESCRIPTOR = """\
name=gisa-nori
description=Lucene's nori, for the tests
version={version}
elasticsearch.version={version}
java.version={java}
classname=gisa.tests.nori.NoriPlugin
"""


def prepare() -> Path:
    """Return the home of a distribution with the plugin installed, made once and kept until its sources change.

    Raises NodeUnavailable where there is no JDK, or where it has yet to be made and Maven is missing or fails.
    """
    java_home = find_java_home()
    cache = _cache_folder()
    home = cache / f"elasticsearch-{_versions()['elasticsearch']}-{_digest()}"
    with locked(cache / "prepare.lock"):
        if not home.is_dir():
            with tempfile.TemporaryDirectory(dir=cache) as folder:
                made = _assemble(Path(folder), java_home)
                made.chmod(0o755)
                made.rename(home)
    return home


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock file for as long as the block runs; other processes wait."""
    with path.open("w") as file:
        flock(file, LOCK_EX)
        yield


def _cache_folder() -> Path:
    # The node of root runs as another user, who cannot look into root's home.
    if os.geteuid() == 0:
        cache = Path("/var/cache/gisa-tests")
    else:
        cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "gisa-tests"
    cache.mkdir(mode=0o755, parents=True, exist_ok=True)
    return cache


def _digest() -> str:
    sources = (_POM, _SOURCE, Path(__file__))
    return hashlib.sha256(b"\0".join(source.read_bytes() for source in sources)).hexdigest()[:12]


def _versions() -> dict[str, str]:
    return dict(re.findall(r"<(\w+)\.version>([\d.]+)</", _POM.read_text(encoding="utf-8")))


def _assemble(folder: Path, java_home: Path) -> Path:
    versions = _versions()
    artifacts = folder / "artifacts"
    _bring(artifacts, java_home)
    _unpack(artifacts / f"elasticsearch-{versions['elasticsearch']}.zip", folder)
    home = folder / f"elasticsearch-{versions['elasticsearch']}"
    plugin = home / "plugins" / "gisa-nori"
    plugin.mkdir(parents=True)
    nori = shutil.copy(artifacts / f"lucene-analysis-nori-{versions['lucene']}.jar", plugin)
    _compile(plugin / "gisa-nori.jar", classpath=f"{home}/lib/*{os.pathsep}{nori}", folder=folder, java_home=java_home)
    descriptor = _DESCRIPTOR.format(version=versions["elasticsearch"], java=OLDEST_JAVA)
    (plugin / "plugin-descriptor.properties").write_text(descriptor, encoding="utf-8")
    return home


def _bring(artifacts: Path, java_home: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise NodeUnavailable("Maven was not found: install it, it brings the Elasticsearch node of the tests")
    command = [maven, "--batch-mode", "--quiet", "--file", str(_POM), f"-Dartifacts={artifacts}", "package"]
    _run(command, "Maven could not bring the Elasticsearch node", java_home)


def _unpack(archive: Path, folder: Path) -> None:
    with zipfile.ZipFile(archive) as zipped:
        for entry in zipped.infolist():
            unpacked = Path(zipped.extract(entry, folder))
            executable = entry.is_dir() or Path(entry.filename).parent.name == "bin"
            unpacked.chmod(0o755 if executable else 0o644)  # whatever the umask, the node's user can read it


def _compile(jar: Path, *, classpath: str, folder: Path, java_home: Path) -> None:
    classes = folder / "classes"
    javac = [java_home / "bin" / "javac", "--release", OLDEST_JAVA, "-d", classes, "-cp", classpath, _SOURCE]
    _run([str(part) for part in javac], "the nori plugin does not compile", java_home)
    with zipfile.ZipFile(jar, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(classes.rglob("*.class")):
            archive.write(path, path.relative_to(classes))


def _run(command: list[str], failure: str, java_home: Path) -> None:
    environment = {**os.environ, "JAVA_HOME": str(java_home)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        said = [line for line in (done.stdout + done.stderr).splitlines() if "ERROR" in line or "error:" in line]
        raise NodeUnavailable(f"{failure}: {said[0] if said else f'exit status {done.returncode}'}")
