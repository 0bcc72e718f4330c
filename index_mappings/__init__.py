"""What an index is, as versioned data that every engine reads."""

from index_mappings.documents import IndexMapping, InvalidMapping, load_mapping
from index_mappings.korean import stop_tags, tied_forms
from index_mappings.user_dictionary import UserWord, merge_words, parse_words, shipped_words

__all__ = [
    "IndexMapping",
    "InvalidMapping",
    "UserWord",
    "load_mapping",
    "merge_words",
    "parse_words",
    "shipped_words",
    "stop_tags",
    "tied_forms",
]
