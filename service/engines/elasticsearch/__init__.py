"""The engine of a cluster: Elasticsearch with nori holds the articles and finds them."""

from service.engines.elasticsearch.administration import Administration, IndexState, Status
from service.engines.elasticsearch.engine import ElasticsearchEngine, open_engine
from service.engines.elasticsearch.layout import Period
from service.engines.elasticsearch.reindexing import Reindexed
from service.engines.elasticsearch.settings import ElasticsearchSettings

__all__ = [
    "Administration",
    "ElasticsearchEngine",
    "ElasticsearchSettings",
    "IndexState",
    "Period",
    "Reindexed",
    "Status",
    "open_engine",
]
