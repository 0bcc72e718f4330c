"""A real service over TLS: the right authority, a wrong one, a wrong host name, and what proves who it is."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bench.running import RunningService
from tests.elasticsearch.administering import Command
from tests.elasticsearch.tls_proxy import Authority, TlsProxy, tls_proxy

ARTICLE = {"title": "한빛교 보수 마무리", "body": "한빛교를 고쳤다.", "outlet": "새길일보"}
SEARCH = "/v1/search?outlet=%EC%83%88%EA%B8%B8%EC%9D%BC%EB%B3%B4"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority.make(tmp_path_factory.mktemp("tls") / "ours")


@pytest.fixture
def proxy(elasticsearch_url: str, authority: Authority) -> Iterator[TlsProxy]:
    with tls_proxy(elasticsearch_url, *authority.issue("localhost")) as running:
        yield running


@pytest.fixture
def command(proxy: TlsProxy, authority: Authority, elasticsearch_prefix: str, tmp_path: Path) -> Command:
    own = {"elasticsearch_ca_file": str(authority.certificate)}
    return Command(proxy.url, f"{elasticsearch_prefix}-", tmp_path, own)


def wait_for(service: RunningService, path: str, status: int) -> Any:
    """Return the answer once it has this status: after failures the circuit breaker lets a request pass every 2 s."""
    deadline = time.monotonic() + 30
    while True:
        found, answer = service.request("GET", path)
        if found == status:
            return answer
        assert time.monotonic() < deadline, (found, answer)
        time.sleep(0.2)


def untrusted(service: RunningService) -> str:
    """Return what /readyz says is wrong, where everything but /livez answers 503."""
    problem = wait_for(service, "/readyz", 503)
    assert service.request("GET", SEARCH)[0] == 503
    assert service.request("PUT", "/v1/articles/b", ARTICLE)[0] == 503
    assert service.request("GET", "/livez")[0] == 200
    return json.dumps(problem, ensure_ascii=False)


def test_the_service_trusts_its_authority_and_the_right_name_alone(
    proxy: TlsProxy, command: Command, authority: Authority, tmp_path: Path
) -> None:
    right = authority.issue("localhost")
    settings = {
        "elasticsearch_url": proxy.url,
        "elasticsearch_ca_file": str(authority.certificate),
        "elasticsearch_index_prefix": command.prefix,
        "elasticsearch_replicas": "0",
        "elasticsearch_api_key": "a2V5OnNlY3JldA==",
    }
    with RunningService.start(tmp_path / "data", workers=1, engine="elasticsearch", **settings) as service:
        assert service.request("PUT", "/v1/articles/a?refresh=wait_for", ARTICLE)[0] == 201
        assert service.request("GET", SEARCH)[1]["total"]["value"] == 1
        assert set(proxy.authorizations) == {"ApiKey a2V5OnNlY3JldA=="}

        other = Authority.make(tmp_path / "theirs")
        for certificate, reason in (
            (other.issue("localhost"), "unable to get local issuer certificate"),
            (authority.issue("elsewhere"), "Hostname mismatch, certificate is not valid for 'localhost'"),
        ):
            proxy.present(*certificate)
            said = untrusted(service)
            assert reason in said
            assert "GISA_ELASTICSEARCH_CA_FILE" in said
            assert "GISA_ELASTICSEARCH_URL" in said
            proxy.present(*right)
            wait_for(service, "/readyz", 200)
        assert service.request("PUT", "/v1/articles/a", ARTICLE)[0] == 200


def test_the_command_shows_its_name_and_password(proxy: TlsProxy, command: Command) -> None:
    given = {"elasticsearch_username": "gisa", "elasticsearch_password": "비밀:번호"}
    created = command.run("index", "create", **given)
    assert created.returncode == 0, created.stderr
    expected = base64.b64encode("gisa:비밀:번호".encode()).decode()
    assert set(proxy.authorizations) == {f"Basic {expected}"}


def test_the_command_without_the_authority_says_what_to_set(command: Command) -> None:
    refused = command.run("index", "status", elasticsearch_ca_file="")
    assert refused.returncode == 2
    assert "GISA_ELASTICSEARCH_CA_FILE" in refused.stderr
