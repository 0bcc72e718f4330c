"""The engine that the settings name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.config import Config
from service.search.engine import Engine

if TYPE_CHECKING:
    from service.engines.elasticsearch import ElasticsearchSettings


def open_engine(config: Config, *, index: bool = True) -> Engine:
    """Return the configured engine, opened; StartupError where it cannot be.

    `index` lets this process take its turn as the indexing worker of the embedded engine.
    """
    # Only the engine that is asked for is imported: the client of Elasticsearch alone takes a second on a busy machine.
    if config.engine == "elasticsearch":
        from service.engines.elasticsearch import open_engine as open_elasticsearch  # noqa: PLC0415 -- see above

        return open_elasticsearch(elasticsearch_settings(config))
    from service.engines.embedded import open_engine as open_embedded  # noqa: PLC0415 -- see above

    return open_embedded(config.data_dir, index=index)


def elasticsearch_settings(config: Config) -> ElasticsearchSettings:
    """Return where the cluster is and how long it is waited for."""
    from service.engines.elasticsearch import ElasticsearchSettings, Period  # noqa: PLC0415 -- see `open_engine`

    urls = tuple(url.strip() for url in config.elasticsearch_url.split(",") if url.strip())
    return ElasticsearchSettings(
        urls,
        cloud_id=config.elasticsearch_cloud_id or None,
        api_key=config.elasticsearch_api_key or None,
        username=config.elasticsearch_username or None,
        password=config.elasticsearch_password or None,
        ca_file=config.elasticsearch_ca_file,
        index_prefix=config.elasticsearch_index_prefix,
        index_period=Period(config.elasticsearch_index_period),
        timeout=config.elasticsearch_timeout_milliseconds / 1000,
        write_timeout=float(config.elasticsearch_write_timeout_seconds),
        number_of_shards=config.elasticsearch_shards,
        number_of_replicas=config.elasticsearch_replicas,
    )
