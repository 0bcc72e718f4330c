"""What an index is, as versioned data that every engine reads."""

from index_mappings.documents import IndexMapping, InvalidMapping, load_mapping
from index_mappings.korean import stop_tags, tied_forms

__all__ = ["IndexMapping", "InvalidMapping", "load_mapping", "stop_tags", "tied_forms"]
