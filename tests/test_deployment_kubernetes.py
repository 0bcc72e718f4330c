"""The Kubernetes manifests say what the service and its settings say, and agree with one another."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from service.app import create_app
from service.cli import commands
from service.config import Config, load_config
from service.engines.embedded import open_engine

ROOT = Path(__file__).resolve().parents[1]
BASE = ROOT / "deploy" / "kubernetes" / "base"
EXAMPLE = ROOT / "deploy" / "kubernetes" / "overlays" / "example"
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
KINDS = {
    "ConfigMap": "v1",
    "Deployment": "apps/v1",
    "HorizontalPodAutoscaler": "autoscaling/v2",
    "Job": "batch/v1",
    "NetworkPolicy": "networking.k8s.io/v1",
    "PodDisruptionBudget": "policy/v1",
    "Service": "v1",
    "ServiceAccount": "v1",
}
BYTES = {"Mi": 1 << 20, "Gi": 1 << 30}


def read(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return document


def objects(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the objects of a kustomization by their kind."""
    resources = [folder / name for name in read(folder / "kustomization.yaml")["resources"]]
    found = [read(path) for path in resources if path.is_file()]
    return {document["kind"]: document for document in found}


OBJECTS = objects(BASE)
DEPLOYMENT = OBJECTS["Deployment"]["spec"]
POD = DEPLOYMENT["template"]["spec"]
CONTAINER = POD["containers"][0]
JOB = OBJECTS["Job"]["spec"]["template"]
LABELS = DEPLOYMENT["template"]["metadata"]["labels"]
PORTS = {port["name"]: port["containerPort"] for port in CONTAINER["ports"]}
SECRET = read(EXAMPLE / "secret.example.yaml")
EXAMPLE_SETTINGS = OBJECTS["ConfigMap"]["data"] | read(EXAMPLE / "configmap.yaml")["data"]


def size(quantity: str) -> int:
    return int(quantity[:-2]) * BYTES[quantity[-2:]]


def mount_of(path: str) -> dict[str, Any]:
    """Return the volume mounted where this path lies."""
    names = {mount["mountPath"]: mount["name"] for mount in CONTAINER["volumeMounts"]}
    return next(volume for volume in POD["volumes"] if volume["name"] == names[path])


def settings(data: dict[str, str]) -> Config:
    from_secrets = {entry["name"]: "given" for entry in CONTAINER["env"]}
    return load_config(data | from_secrets)


class TestObjects:
    def test_are_those_there_are(self) -> None:
        assert {kind: document["apiVersion"] for kind, document in OBJECTS.items()} == KINDS
        names = {kind: document["metadata"]["name"] for kind, document in OBJECTS.items()}
        assert names == dict.fromkeys(KINDS, "gisa") | {"Job": "gisa-migrate"}

    def test_every_file_of_the_base_is_part_of_it(self) -> None:
        files = {path.name for path in BASE.iterdir()} - {"kustomization.yaml"}
        assert files == set(read(BASE / "kustomization.yaml")["resources"])

    def test_the_example_is_whole_and_holds_no_secret(self) -> None:
        kustomization = read(EXAMPLE / "kustomization.yaml")
        patches = [patch["path"] for patch in kustomization["patches"]]
        assert all((EXAMPLE / name).exists() for name in [*kustomization["resources"], *patches])
        files = {path.name for path in EXAMPLE.iterdir()} - {"kustomization.yaml", "secret.example.yaml"}
        assert files == {*patches, "namespace.yaml"}
        for name in patches:
            patch = read(EXAMPLE / name)
            assert patch["metadata"]["name"] == OBJECTS[patch["kind"]]["metadata"]["name"]
        assert set(SECRET["stringData"].values()) == {""}

    def test_the_namespace_admits_restricted_pods_alone(self) -> None:
        namespace = read(EXAMPLE / "namespace.yaml")["metadata"]
        assert namespace["labels"]["pod-security.kubernetes.io/enforce"] == "restricted"
        assert namespace["name"] == read(EXAMPLE / "kustomization.yaml")["namespace"] == SECRET["metadata"]["namespace"]


class TestReferences:
    def test_everything_selects_the_pods_of_the_deployment(self) -> None:
        assert DEPLOYMENT["selector"]["matchLabels"] == LABELS
        assert OBJECTS["Service"]["spec"]["selector"] == LABELS
        assert OBJECTS["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"] == LABELS
        [both] = OBJECTS["NetworkPolicy"]["spec"]["podSelector"]["matchExpressions"]
        assert (both["key"], both["operator"]) == ("app.kubernetes.io/name", "In")
        labels = (LABELS, JOB["metadata"]["labels"])
        assert both["values"] == [own["app.kubernetes.io/name"] for own in labels]
        assert JOB["metadata"]["labels"] != LABELS, "the Service would send requests to the job"
        assert [spread["labelSelector"]["matchLabels"] for spread in POD["topologySpreadConstraints"]] == [LABELS] * 2

    def test_the_autoscaler_keeps_several_replicas_of_the_deployment(self) -> None:
        spec = OBJECTS["HorizontalPodAutoscaler"]["spec"]
        assert spec["scaleTargetRef"] == {"apiVersion": "apps/v1", "kind": "Deployment", "name": "gisa"}
        assert 2 <= spec["minReplicas"] < spec["maxReplicas"]
        assert "replicas" not in DEPLOYMENT, "it would undo what the autoscaler did at every apply"
        assert OBJECTS["PodDisruptionBudget"]["spec"]["maxUnavailable"] < spec["minReplicas"]
        measured = [metric["resource"]["name"] for metric in spec["metrics"]]
        assert set(measured) <= set(CONTAINER["resources"]["requests"]), "a share of a request that is not there"

    def test_the_ports_are_that_of_the_service(self) -> None:
        assert {"http": settings(OBJECTS["ConfigMap"]["data"]).port} == PORTS
        assert [port["targetPort"] for port in OBJECTS["Service"]["spec"]["ports"]] == ["http"]
        assert OBJECTS["NetworkPolicy"]["spec"]["ingress"][0]["ports"] == [{"protocol": "TCP", "port": "http"}]

    def test_the_probes_ask_calls_that_there_are(self, tmp_path: Path) -> None:
        engine = open_engine(tmp_path, index=False)
        routes = {rule.rule for rule in create_app(Config(data_dir=tmp_path), engine).url_map.iter_rules()}
        engine.close()
        asked = {name: CONTAINER[name]["httpGet"] for name in ("startupProbe", "livenessProbe", "readinessProbe")}
        assert {call["path"] for call in asked.values()} <= routes
        assert {call["port"] for call in asked.values()} <= set(PORTS)
        assert asked["livenessProbe"]["path"] == asked["startupProbe"]["path"] == "/livez"
        assert asked["readinessProbe"]["path"] == "/readyz"

    def test_config_map_secret_account_and_volumes_are_there(self) -> None:
        assert CONTAINER["envFrom"] == [{"configMapRef": {"name": OBJECTS["ConfigMap"]["metadata"]["name"]}}]
        assert POD["serviceAccountName"] == OBJECTS["ServiceAccount"]["metadata"]["name"]
        assert {mount["name"] for mount in CONTAINER["volumeMounts"]} == {volume["name"] for volume in POD["volumes"]}
        for entry in CONTAINER["env"]:
            reference = entry["valueFrom"]["secretKeyRef"]
            assert reference["name"] == SECRET["metadata"]["name"]
            assert reference["key"] in SECRET["stringData"]

    def test_the_image_is_that_of_this_version(self) -> None:
        assert CONTAINER["image"] == f"gisa:{VERSION}"
        assert [image["newTag"] for image in read(EXAMPLE / "kustomization.yaml")["images"]] == [VERSION]
        assert [image["name"] for image in read(EXAMPLE / "kustomization.yaml")["images"]] == ["gisa"]


class TestMigration:
    def test_runs_a_command_that_there_is(self) -> None:
        [container] = JOB["spec"]["containers"]
        program, *arguments = container["args"]
        assert program == "gisa"
        assert CliRunner().invoke(commands, [*arguments, "--help"]).exit_code == 0

    def test_has_image_settings_rights_and_limits_of_the_service(self) -> None:
        [container] = JOB["spec"]["containers"]
        for part in ("image", "envFrom", "env", "securityContext"):
            assert container[part] == CONTAINER[part]
        for part in ("securityContext", "serviceAccountName", "automountServiceAccountToken", "enableServiceLinks"):
            assert JOB["spec"][part] == POD[part]
        assert mount_of("/run/gisa/ca") in JOB["spec"]["volumes"]
        assert {"memory", "ephemeral-storage"} == set(container["resources"]["limits"])

    def test_is_tried_again_and_makes_room_for_that_of_the_next_version(self) -> None:
        assert JOB["spec"]["restartPolicy"] == "OnFailure"
        assert OBJECTS["Job"]["spec"]["backoffLimit"] > 0
        assert OBJECTS["Job"]["spec"]["ttlSecondsAfterFinished"] > 0


class TestSettings:
    @pytest.mark.parametrize("data", [OBJECTS["ConfigMap"]["data"], EXAMPLE_SETTINGS], ids=["base", "example"])
    def test_are_taken_by_the_service(self, data: dict[str, str]) -> None:
        config = settings(data)
        assert config.engine == "elasticsearch"
        assert config.elasticsearch_url.startswith("https://")
        assert config.elasticsearch_api_key
        assert config.elasticsearch_replicas >= 1

    def test_the_service_links_of_kubernetes_are_off(self) -> None:
        # A Service called gisa sets GISA_PORT=tcp://… in every pod, which is no port to listen at.
        assert POD["enableServiceLinks"] is False

    def test_the_authority_is_mounted_where_the_setting_names_it(self) -> None:
        path = Path(OBJECTS["ConfigMap"]["data"]["GISA_ELASTICSEARCH_CA_FILE"])
        secret = mount_of(str(path.parent))["secret"]
        assert secret["secretName"] == SECRET["metadata"]["name"]
        assert [item["path"] for item in secret["items"]] == [path.name]
        assert {item["key"] for item in secret["items"]} <= set(SECRET["stringData"])

    def test_the_keys_are_mounted_where_the_setting_names_them(self) -> None:
        path = settings(OBJECTS["ConfigMap"]["data"]).keys_path
        secret = mount_of(str(path.parent))["secret"]
        assert [item["path"] for item in secret["items"]] == [path.name]
        assert (
            f"generic {secret['secretName']} --from-file={path.name}" in (EXAMPLE / "secret.example.yaml").read_text()
        )
        assert "optional" not in secret, "without keys no pod is to start"
        assert not settings(OBJECTS["ConfigMap"]["data"] | {"GISA_HOST": "0.0.0.0"}).may_be_open

    def test_a_stop_leaves_time_for_the_requests_under_way(self) -> None:
        sleep = int(CONTAINER["lifecycle"]["preStop"]["exec"]["command"][1])
        grace = settings(OBJECTS["ConfigMap"]["data"]).shutdown_grace_seconds
        probe = CONTAINER["readinessProbe"]
        assert sleep >= probe["periodSeconds"]
        assert POD["terminationGracePeriodSeconds"] >= sleep + grace + 10


class TestPods:
    def test_are_restricted(self) -> None:
        security = POD["securityContext"]
        assert security["runAsNonRoot"] is True
        assert security["seccompProfile"] == {"type": "RuntimeDefault"}
        image = (ROOT / "Dockerfile").read_text(encoding="utf-8")
        assert f"USER {security['runAsUser']}:{security['runAsGroup']}\n" in image
        assert CONTAINER["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }
        assert POD["automountServiceAccountToken"] is False
        assert OBJECTS["ServiceAccount"]["automountServiceAccountToken"] is False

    def test_can_write_where_the_service_writes_and_no_more_than_so_much(self) -> None:
        image = (ROOT / "Dockerfile").read_text(encoding="utf-8")
        assert "GISA_DATA_DIR=/data" in image
        folders = [mount_of(path)["emptyDir"] for path in ("/data", "/tmp")]
        written = sum(size(folder["sizeLimit"]) for folder in folders)
        assert 0 < written <= size(CONTAINER["resources"]["limits"]["ephemeral-storage"])

    def test_have_requests_and_limits(self) -> None:
        resources = CONTAINER["resources"]
        assert {"cpu", "memory", "ephemeral-storage"} <= set(resources["requests"])
        for name in ("memory", "ephemeral-storage"):
            assert size(resources["requests"][name]) <= size(resources["limits"][name])

    def test_spread_over_nodes_and_zones(self) -> None:
        keys = [spread["topologyKey"] for spread in POD["topologySpreadConstraints"]]
        assert keys == ["kubernetes.io/hostname", "topology.kubernetes.io/zone"]

    def test_reach_only_names_and_elasticsearch(self) -> None:
        for document in (OBJECTS["NetworkPolicy"], read(EXAMPLE / "networkpolicy.yaml")):
            ports = {port["port"] for rule in document["spec"]["egress"] for port in rule["ports"]}
            assert ports == {53, 9200}
        assert OBJECTS["NetworkPolicy"]["spec"]["policyTypes"] == ["Ingress", "Egress"]
