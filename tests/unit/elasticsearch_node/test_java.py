from __future__ import annotations

from pathlib import Path

import pytest

from tests.elasticsearch_node import java


def jdk(folder: Path, version: str, *, compiler: bool = True) -> Path:
    (folder / "bin").mkdir(parents=True)
    if compiler:
        (folder / "bin" / "javac").touch()
    (folder / "release").write_text(f'IMPLEMENTOR="Somebody"\nJAVA_VERSION="{version}"\n', encoding="utf-8")
    return folder


@pytest.fixture
def bare_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Take away every JDK of this machine."""
    for name in ("ES_JAVA_HOME", "JAVA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(java, "_FOLDERS", (f"{tmp_path}/jvm/*",))


@pytest.mark.usefixtures("bare_machine")
class TestFindJavaHome:
    def test_takes_the_newest_of_the_well_known_folders(self, tmp_path: Path) -> None:
        jdk(tmp_path / "jvm" / "a", "25.0.1")
        jdk(tmp_path / "jvm" / "b", "21.0.4")
        assert java.find_java_home() == tmp_path / "jvm" / "a"

    def test_passes_over_old_ones_and_those_without_a_compiler(self, tmp_path: Path) -> None:
        jdk(tmp_path / "jvm" / "old", "17.0.15")
        jdk(tmp_path / "jvm" / "runtime", "25", compiler=False)
        with pytest.raises(java.NodeUnavailable, match="no JDK 21 or newer was found"):
            java.find_java_home()

    def test_java_home_goes_before_the_folders(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        jdk(tmp_path / "jvm" / "newest", "26")
        monkeypatch.setenv("JAVA_HOME", str(jdk(tmp_path / "mine", "21")))
        assert java.find_java_home() == tmp_path / "mine"

    def test_an_old_java_home_is_passed_over(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        jdk(tmp_path / "jvm" / "newest", "26")
        monkeypatch.setenv("JAVA_HOME", str(jdk(tmp_path / "mine", "17.0.1")))
        assert java.find_java_home() == tmp_path / "jvm" / "newest"

    def test_an_old_es_java_home_is_refused(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        jdk(tmp_path / "jvm" / "newest", "26")
        monkeypatch.setenv("ES_JAVA_HOME", str(jdk(tmp_path / "mine", "17.0.1")))
        with pytest.raises(java.NodeUnavailable, match=r"ES_JAVA_HOME=.*/mine is not a JDK 21 or newer"):
            java.find_java_home()
