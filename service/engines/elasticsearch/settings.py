"""Where the cluster is and how long it is waited for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from service.engines.elasticsearch.layout import Period


@dataclass(frozen=True, slots=True)
class ElasticsearchSettings:
    """The address of a cluster and how the service proves who it is; times are in seconds.

    Either `urls` or `cloud_id` is given. `index_prefix` begins the name of every index and alias. `timeout` is how
    long a search or a read may take, `write_timeout` how long one bulk may, once the cluster has answered at all.
    """

    urls: tuple[str, ...] = ("http://127.0.0.1:9200",)
    cloud_id: str | None = None
    api_key: str | None = None
    username: str | None = None
    password: str | None = None
    ca_file: Path | None = None
    index_prefix: str = "gisa-"
    index_period: Period = Period.NONE
    timeout: float = 2.5
    write_timeout: float = 30.0
    number_of_shards: int | None = None
    number_of_replicas: int | None = None
