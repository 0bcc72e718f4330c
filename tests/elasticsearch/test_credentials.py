"""How the service proves who it is, and what it says where that fails."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from service.config import load_config
from service.domain.errors import EngineUnavailable, StartupError
from service.engines.elasticsearch import ElasticsearchSettings, open_engine
from service.engines.elasticsearch.connection import open_client
from service.opening import elasticsearch_settings
from service.search.request import SearchRequest
from tests.elasticsearch.peer import Answer, scripted_peer


def test_the_variables_become_settings() -> None:
    config = load_config(
        {
            "GISA_ENGINE": "elasticsearch",
            "GISA_ELASTICSEARCH_URL": "https://one:9200, https://two:9200",
            "GISA_ELASTICSEARCH_USERNAME": "gisa",
            "GISA_ELASTICSEARCH_PASSWORD": "secret",
            "GISA_ELASTICSEARCH_CA_FILE": "/etc/gisa/ca.pem",
            "GISA_ELASTICSEARCH_TIMEOUT_MILLISECONDS": "1500",
        }
    )
    settings = elasticsearch_settings(config)
    assert settings.urls == ("https://one:9200", "https://two:9200")
    assert (settings.username, settings.password, settings.ca_file) == ("gisa", "secret", Path("/etc/gisa/ca.pem"))
    assert settings.timeout == 1.5


def test_an_api_key_goes_before_a_password() -> None:
    with open_client(ElasticsearchSettings(api_key="key", username="gisa", password="secret")) as client:
        assert client._headers["authorization"] == "ApiKey key"
    with open_client(ElasticsearchSettings(username="gisa", password="secret")) as client:
        assert client._headers["authorization"] == "Basic " + base64.b64encode(b"gisa:secret").decode()


def test_a_cloud_id_names_the_cluster() -> None:
    cloud_id = "name:" + base64.b64encode(b"cloud.example$cluster$kibana").decode()
    with open_client(ElasticsearchSettings(cloud_id=cloud_id)) as client:
        [node] = client.transport.node_pool.all()
        assert (node.config.scheme, node.config.host) == ("https", "cluster.cloud.example")


@pytest.mark.parametrize(
    "settings",
    [
        ElasticsearchSettings(("no address",)),
        ElasticsearchSettings(("https://one:9200",), ca_file=Path("/nowhere/ca.pem")),
        ElasticsearchSettings(cloud_id="not one"),
    ],
)
def test_settings_that_cannot_be_used_are_refused_at_the_start(settings: ElasticsearchSettings) -> None:
    with pytest.raises(StartupError, match="GISA_ELASTICSEARCH"):
        open_engine(settings)


@pytest.mark.parametrize("status", [401, 403])
def test_a_denied_service_says_so(status: int) -> None:
    def script(method: str, path: str, body: bytes) -> Answer:
        return status, {"error": {"type": "security_exception", "reason": "unable to authenticate"}}

    with scripted_peer(script) as url:
        engine = open_engine(ElasticsearchSettings((url,)))
        with pytest.raises(EngineUnavailable, match="denies"):
            engine.search(SearchRequest())
        [check] = engine.checks()
        assert check.message
        assert "GISA_ELASTICSEARCH_*" in check.message.en
        engine.close()
