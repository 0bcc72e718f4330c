"""What an index is, as versioned data that every engine reads."""

from index_mappings.documents import IndexMapping, InvalidMapping, load_mapping
from index_mappings.korean import stop_tags, tied_forms
from index_mappings.synonyms import SynonymRule, parse_synonyms, shipped_synonyms
from index_mappings.user_dictionary import BadLine, UserWord, merge_words, parse_words, shipped_words

__all__ = [
    "BadLine",
    "IndexMapping",
    "InvalidMapping",
    "SynonymRule",
    "UserWord",
    "load_mapping",
    "merge_words",
    "parse_synonyms",
    "parse_words",
    "shipped_synonyms",
    "shipped_words",
    "stop_tags",
    "tied_forms",
]
