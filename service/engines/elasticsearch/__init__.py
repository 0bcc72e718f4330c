"""The engine of a cluster: Elasticsearch with nori holds the articles and finds them."""

from service.engines.elasticsearch.engine import ElasticsearchEngine, open_engine
from service.engines.elasticsearch.settings import ElasticsearchSettings

__all__ = ["ElasticsearchEngine", "ElasticsearchSettings", "open_engine"]
