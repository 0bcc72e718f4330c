from tests.elasticsearch_node.fixtures import elasticsearch_cluster, elasticsearch_prefix, elasticsearch_url

__all__ = ["elasticsearch_cluster", "elasticsearch_prefix", "elasticsearch_url"]
