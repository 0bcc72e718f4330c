"""What is laid over compose.yaml and the Kubernetes manifests for sign-on and licences fits them and the settings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from service.config import load_config
from service.domain.sign_on import parse_roles

ROOT = Path(__file__).resolve().parents[1]
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
OVER_COMPOSE = yaml.safe_load((ROOT / "deploy" / "compose.sign-on.yaml").read_text(encoding="utf-8"))
KUBERNETES = ROOT / "deploy" / "kubernetes"
COMPONENT = KUBERNETES / "components" / "sign-on"


def read(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return document


@pytest.mark.parametrize("name", ["embedded", "gisa"])
def test_compose_takes_it_for_either_engine(name: str) -> None:
    over = OVER_COMPOSE["services"][name]
    assert set(over) == {"environment", "secrets"}
    given = COMPOSE["services"][name]["environment"] | over["environment"]
    config = load_config({**given, "GISA_HOST": "0.0.0.0"})
    assert config.oidc_issuer
    assert parse_roles(config.oidc_roles)
    # The session secret is made in the volume of the service, which is its own.
    assert config.session_secret_file is None
    assert [str(config.oidc_client_secret_file)] == [f"/run/secrets/{secret}" for secret in over["secrets"]]


def test_the_secrets_of_compose_are_files_that_are_never_committed() -> None:
    assert set(OVER_COMPOSE["secrets"]) == {
        name for each in OVER_COMPOSE["services"].values() for name in each["secrets"]
    }
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {"/deploy/secrets/", "/compose.override.yaml"} <= set(ignored)
    for secret in OVER_COMPOSE["secrets"].values():
        assert secret["file"].startswith("deploy/secrets/")
    assert "deploy/compose.sign-on.yaml" in (ROOT / "compose.yaml").read_text(encoding="utf-8")


def test_the_component_is_whole_and_the_example_tells_of_it() -> None:
    kustomization = read(COMPONENT / "kustomization.yaml")
    assert kustomization["kind"] == "Component"
    named = {*kustomization["resources"], *(patch["path"] for patch in kustomization["patches"])}
    assert {path.name for path in COMPONENT.iterdir()} - {"kustomization.yaml"} == named
    example = (KUBERNETES / "overlays" / "example" / "kustomization.yaml").read_text(encoding="utf-8")
    shown = yaml.safe_load(example.replace("# components:\n#   -", "components:\n  -"))
    assert [(KUBERNETES / "overlays" / "example" / path).resolve() for path in shown["components"]] == [COMPONENT]


def test_the_settings_of_kubernetes_are_taken_and_their_secrets_mounted() -> None:
    data = read(KUBERNETES / "base" / "configmap.yaml")["data"] | read(COMPONENT / "configmap.yaml")["data"]
    config = load_config({**data, "GISA_ELASTICSEARCH_API_KEY": "given", "GISA_HOST": "0.0.0.0"})
    assert parse_roles(config.oidc_roles)
    pod = read(COMPONENT / "deployment.yaml")["spec"]["template"]["spec"]
    [container] = pod["containers"]
    [mount] = container["volumeMounts"]
    [volume] = pod["volumes"]
    assert mount["name"] == volume["name"]
    assert mount["readOnly"] is True
    mounted = {Path(mount["mountPath"]) / item["path"] for item in volume["secret"]["items"]}
    assert mounted == {config.oidc_client_secret_file, config.session_secret_file}
    told = (COMPONENT / "kustomization.yaml").read_text(encoding="utf-8")
    assert f"create secret generic {volume['secret']['secretName']} " in told
    assert all(f"--from-file={item['key']}" in told for item in volume["secret"]["items"])
    assert read(COMPONENT / "configmap.yaml")["metadata"]["name"] == data_name()
    assert volume["name"] not in {each["name"] for each in base_pod()["volumes"]}
    assert container["name"] in {each["name"] for each in base_pod()["containers"]}


def test_pods_may_reach_the_provider_besides() -> None:
    policy = read(COMPONENT / "networkpolicy.yaml")
    base = read(KUBERNETES / "base" / "networkpolicy.yaml")
    assert policy["metadata"]["name"] != base["metadata"]["name"], "a patch would replace the rules for Elasticsearch"
    assert (
        policy["spec"]["podSelector"]["matchLabels"]
        == read(KUBERNETES / "base" / "deployment.yaml")["spec"]["selector"]["matchLabels"]
    )
    assert policy["spec"]["policyTypes"] == ["Egress"]


def data_name() -> str:
    return str(read(KUBERNETES / "base" / "configmap.yaml")["metadata"]["name"])


def base_pod() -> dict[str, Any]:
    pod: dict[str, Any] = read(KUBERNETES / "base" / "deployment.yaml")["spec"]["template"]["spec"]
    return pod
