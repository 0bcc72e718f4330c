"""What every engine has to know of mecab-ko-dic, the dictionary under both analysers."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from index_mappings.documents import read_document


@cache
def stop_tags() -> frozenset[str]:
    """Return the part-of-speech tags whose morphemes carry no content, as nori's own default list names them."""
    return frozenset(read_document("korean.json")["stoptags"])


@cache
def tied_forms() -> Mapping[tuple[str, str], str]:
    """Return for (surface, tag) the stem that nori reads where the dictionary holds two at the same cost.

    Such a surface stands in mecab-ko-dic as a word of its own and, with the same connections and the same cost, as a
    form of another; mecab takes the first of the two and nori the second (it reads the files in the order of names).
    """
    tags: dict[str, dict[str, str]] = read_document("korean.json")["tied_forms"]
    return MappingProxyType({(surface, tag): stem for tag, stems in tags.items() for surface, stem in stems.items()})
