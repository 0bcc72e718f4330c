"""compose.yaml, the images and the scripts beside them say what the service, its settings and one another say."""

from __future__ import annotations

import json
import re
import shutil
import stat
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from service.config import SETTINGS, Config, load_config

ROOT = Path(__file__).resolve().parents[1]
DEPLOY = ROOT / "deploy"
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
DOCKERFILES = (ROOT / "Dockerfile", DEPLOY / "elasticsearch" / "Dockerfile")
SCRIPTS = (DEPLOY / "make_secrets", *sorted((DEPLOY / "elasticsearch").glob("make_*")))
NAMES = {setting.name for setting in SETTINGS}
GISA = ("gisa", "embedded")
LASTING = (*GISA, "elasticsearch")


def named_settings(path: Path) -> set[str]:
    return set(re.findall(r"\bGISA_[A-Z_]+\b", path.read_text(encoding="utf-8")))


def node_version() -> str:
    pom = (ROOT / "tests" / "elasticsearch_node" / "nori_plugin" / "pom.xml").read_text(encoding="utf-8")
    return re.findall(r"<elasticsearch\.version>([\d.]+)<", pom)[0]


def written() -> list[Path]:
    files = [path for path in DEPLOY.rglob("*") if path.is_file() and "secrets" not in path.parts]
    return [ROOT / "compose.yaml", ROOT / "Dockerfile", ROOT / "docs" / "operations.md", *sorted(files)]


def env_files(service: dict[str, Any]) -> list[str]:
    return [entry["path"] for entry in service.get("env_file", [])]


@pytest.fixture
def secrets(tmp_path: Path) -> Path:
    """Return the folder of secrets that deploy/make_secrets writes."""
    script = Path(shutil.copy(DEPLOY / "make_secrets", tmp_path))
    subprocess.run([script], check=True, capture_output=True)
    return tmp_path / "secrets"


def variables(path: Path) -> dict[str, str]:
    return dict(line.split("=", 1) for line in path.read_text(encoding="utf-8").splitlines())


def of_compose(name: str, secrets: Path) -> Config:
    service = SERVICES[name]
    given = dict(service["environment"])
    for path in env_files(service):
        given |= variables(secrets / Path(path).name)
    return load_config({key: value for key, value in given.items() if key.startswith("GISA_")})


@pytest.mark.parametrize("path", written(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_setting_named_is_one(path: Path) -> None:
    assert named_settings(path) <= NAMES


class TestSecrets:
    def test_are_random_and_for_the_owner_alone(self, secrets: Path) -> None:
        files = sorted(secrets.iterdir())
        assert [path.name for path in files] == ["elasticsearch.env", "gisa.env"]
        assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
        passwords = [variables(secrets / "elasticsearch.env")["ELASTIC_PASSWORD"]]
        passwords.append(variables(secrets / "gisa.env")["GISA_ELASTICSEARCH_PASSWORD"])
        assert len(set(passwords)) == 2
        assert all(re.fullmatch(r"[0-9a-f]{48}", password) for password in passwords)

    def test_stay_when_it_is_run_again(self, secrets: Path) -> None:
        before = {path.name: path.read_bytes() for path in secrets.iterdir()}
        subprocess.run([secrets.parent / "make_secrets"], check=True, capture_output=True)
        assert {path.name: path.read_bytes() for path in secrets.iterdir()} == before

    def test_are_never_committed_or_built_into_an_image(self) -> None:
        assert "/deploy/secrets/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
        allowed = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
        assert allowed[0] == "*"
        assert not [line for line in allowed if "deploy" in line]


class TestServices:
    @pytest.mark.parametrize("name", SERVICES)
    def test_is_confined(self, name: str) -> None:
        service = SERVICES[name]
        assert int(service["user"].split(":")[0]) > 0
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert service["mem_limit"]
        assert service["pids_limit"]
        assert "privileged" not in service
        assert service["profiles"] == ["embedded" if name == "embedded" else "elasticsearch"]

    @pytest.mark.parametrize("name", SERVICES)
    def test_is_published_on_this_machine_alone(self, name: str) -> None:
        ports = SERVICES[name].get("ports", [])
        assert all(port.startswith("127.0.0.1:") for port in ports)
        assert bool(ports) is (name in GISA)

    @pytest.mark.parametrize("name", SERVICES)
    def test_names_only_what_there_is(self, name: str) -> None:
        service = SERVICES[name]
        assert set(service.get("depends_on", {})) <= set(SERVICES)
        assert {volume.split(":")[0] for volume in service.get("volumes", [])} <= set(COMPOSE["volumes"])
        assert set(service.get("networks", [])) <= {"default", *COMPOSE["networks"]}
        for path in env_files(service):
            assert path.startswith("deploy/secrets/")

    @pytest.mark.parametrize("name", LASTING)
    def test_says_whether_it_is_healthy_and_comes_back(self, name: str) -> None:
        assert SERVICES[name]["healthcheck"]["test"]
        assert SERVICES[name]["restart"] == "unless-stopped"
        for other, condition in SERVICES[name].get("depends_on", {}).items():
            lasting = other in LASTING
            assert condition["condition"] == ("service_healthy" if lasting else "service_completed_successfully")

    @pytest.mark.parametrize("name", GISA)
    def test_gisa_runs_on_a_read_only_root_file_system(self, name: str) -> None:
        service = SERVICES[name]
        assert service["read_only"] is True
        assert [entry.split(":")[0] for entry in service["tmpfs"]] == ["/tmp"]
        assert [volume for volume in service["volumes"] if volume.endswith(":/data")]

    @pytest.mark.parametrize("name", GISA)
    def test_gisa_takes_these_settings(self, name: str, secrets: Path) -> None:
        config = of_compose(name, secrets)
        assert config.engine == ("embedded" if name == "embedded" else "elasticsearch")
        assert SERVICES[name]["ports"][0].endswith(f":{config.port}")
        assert f"127.0.0.1:{config.port}/readyz" in SERVICES[name]["healthcheck"]["test"][-1]
        assert int(SERVICES[name]["stop_grace_period"].removesuffix("s")) >= config.shutdown_grace_seconds + 10

    @pytest.mark.parametrize("name", GISA)
    def test_gisa_is_open_on_this_machine_until_its_first_key(self, name: str, secrets: Path) -> None:
        assert of_compose(name, secrets).may_be_open
        assert all(port.startswith("127.0.0.1:") for port in SERVICES[name]["ports"])
        assert "GISA_OPEN_ACCESS=" not in re.sub("#.*", "", DOCKERFILES[0].read_text(encoding="utf-8"))

    def test_gisa_has_an_account_of_its_own_on_the_cluster(self, secrets: Path) -> None:
        config = of_compose("gisa", secrets)
        assert config.elasticsearch_url == "https://elasticsearch:9200"
        assert config.elasticsearch_username == "gisa"
        assert config.elasticsearch_password
        assert config.elasticsearch_replicas == 0
        assert (
            "ca:" + str(Path(SERVICES["gisa"]["environment"]["GISA_ELASTICSEARCH_CA_FILE"]).parent) + ":ro"
            in (SERVICES["gisa"]["volumes"])
        )
        assert "deploy/secrets/elasticsearch.env" not in env_files(SERVICES["gisa"])
        assert not any(volume.startswith("certificates:") for volume in SERVICES["gisa"]["volumes"])

    def test_elasticsearch_is_secured_and_inside(self) -> None:
        environment = SERVICES["elasticsearch"]["environment"]
        for part in ("", ".http.ssl", ".transport.ssl"):
            assert environment[f"xpack.security{part}.enabled"] == "true"
        assert COMPOSE["networks"]["inside"]["internal"] is True
        assert SERVICES["elasticsearch"]["networks"] == ["inside"]

    def test_the_role_is_that_of_the_indices_of_the_service(self) -> None:
        role = json.loads((DEPLOY / "elasticsearch" / "role.json").read_text(encoding="utf-8"))
        prefix = next(setting.default for setting in SETTINGS if setting.attribute == "elasticsearch_index_prefix")
        assert [index["names"] for index in role["indices"]] == [[f"{prefix}*"]]
        # Asking how a text is analysed without an index, as /readyz does, is a privilege of its own.
        assert role["cluster"] == ["monitor", "cluster:admin/analyze"]


class TestImages:
    @pytest.mark.parametrize("path", DOCKERFILES, ids=lambda path: path.relative_to(ROOT).as_posix())
    def test_is_pinned_and_ends_as_a_user_who_is_not_root(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        bases = re.findall(r"^FROM (\S+)", text, re.MULTILINE)
        assert len(set(bases)) == 1
        assert re.fullmatch(r"[a-z]+:\d+\.\d+\.\d+(-[a-z]+)*", bases[0])
        assert int(re.findall(r"^USER (\d+)", text, re.MULTILINE)[-1]) > 0

    def test_the_images_bear_the_versions_of_what_is_in_them(self) -> None:
        assert {SERVICES[name]["image"] for name in GISA} == {f"gisa:{VERSION}"}
        others = {service["image"] for name, service in SERVICES.items() if name not in GISA}
        assert others == {f"gisa-elasticsearch:{node_version()}"}
        assert f"FROM elasticsearch:{node_version()}\n" in DOCKERFILES[1].read_text(encoding="utf-8")

    def test_the_users_are_those_of_the_images(self) -> None:
        users = [re.findall(r"^USER (\S+)", path.read_text(encoding="utf-8"), re.MULTILINE)[-1] for path in DOCKERFILES]
        for name, service in SERVICES.items():
            assert service["user"] == (users[0] if name in GISA else users[1])

    def test_gisa_is_installed_out_of_hashed_requirements(self) -> None:
        text = DOCKERFILES[0].read_text(encoding="utf-8")
        installs = re.findall(r"pip (?:--python \S+ )?install ([^\\\n&]+)", text)
        assert len(installs) == 3
        assert all("--require-hashes" in install or "--no-index --no-deps" in install for install in installs)
        allowed = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
        for name in re.findall(r"requirements\S*\.txt", text):
            assert f"!{name}" in allowed

    def test_the_health_check_asks_whether_the_process_answers(self) -> None:
        text = DOCKERFILES[0].read_text(encoding="utf-8")
        assert re.search(r"^HEALTHCHECK (.|\\\n)*/livez", text, re.MULTILINE)
        assert re.search(r"^WORKDIR /data$", text, re.MULTILINE), "what an import refuses is written there"

    @pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
    def test_the_scripts_are_whole_and_called(self, script: Path) -> None:
        subprocess.run(["bash", "-n", script], check=True)
        assert script.stat().st_mode & stat.S_IXUSR
        if script.parent.name == "elasticsearch":
            assert script.name in DOCKERFILES[1].read_text(encoding="utf-8")
            assert [name for name, service in SERVICES.items() if service.get("entrypoint") == [script.name]]
