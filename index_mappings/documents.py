"""The JSON documents of this package: read, put together where one refers to another, and checked."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from importlib.resources import files
from typing import Any

from index_mappings.user_dictionary import FILE as USER_DICTIONARY
from index_mappings.user_dictionary import UserWord, merge_words, shipped_words

_SHIPPED_ANALYZERS = frozenset({"standard", "simple", "whitespace", "stop", "keyword"})
_PARTS = frozenset({"settings", "mappings", "definitions"})


class InvalidMapping(Exception):
    """A document of this package is not what an index can be made of; the message names the document and the place."""


@dataclass(frozen=True, slots=True)
class IndexMapping:
    """What an index of one kind is made of, in the words of Elasticsearch's create-index call.

    `version` is that of `mappings._meta`, raised with every change that needs a new index.
    """

    name: str
    version: int
    settings: Mapping[str, Any]
    mappings: Mapping[str, Any]

    def body(self, **settings: object) -> dict[str, Any]:
        """Return the body of the create-index call, with these settings in place of the document's."""
        return {"settings": {**self.settings, **settings}, "mappings": dict(self.mappings)}


def load_mapping(name: str, own_words: Sequence[UserWord] = ()) -> IndexMapping:
    """Return what an index of this kind (`articles`) is made of, checked; InvalidMapping, FileNotFoundError.

    `own_words` go into the user dictionary beside those that come with the service, and into `_meta`.
    """
    file = f"{name}.json"
    document = read_document(file)
    if surplus := document.keys() - _PARTS:
        raise InvalidMapping(f"{file}: unknown parts {sorted(surplus)}")
    resolver = _Resolver(merge_words(shipped_words(), own_words))
    settings, mappings = (resolver.resolved(document.get(part, {}), file) for part in ("settings", "mappings"))
    if own := [word.rule for word in own_words]:
        mappings = {**mappings, "_meta": {**mappings.get("_meta", {}), "user_dictionary": own}}
    _check_meta(file, mappings)
    _check_fields(file, settings, mappings)
    return IndexMapping(name, mappings["_meta"]["version"], settings, mappings)


@cache
def read_document(file: str) -> dict[str, Any]:
    """Return a document as it is written."""
    document: dict[str, Any] = json.loads(files(__package__).joinpath(file).read_text(encoding="utf-8"))
    return document


class _Resolver:
    """Puts in place of every `{"$ref": "file#/pointer"}` what it points to (JSON Reference).

    A reference to the user dictionary becomes the rules of its words.
    """

    def __init__(self, words: Iterable[UserWord]) -> None:
        self._rules = [word.rule for word in words]

    def resolved(self, value: Any, file: str) -> Any:
        """Return the value of a document with its references resolved; InvalidMapping where one points to nothing."""
        if isinstance(value, list):
            return [self.resolved(item, file) for item in value]
        if not isinstance(value, dict):
            return value
        if "$ref" not in value:
            return {key: self.resolved(item, file) for key, item in value.items()}
        if value["$ref"] == USER_DICTIONARY:
            return list(self._rules)
        target, _, pointer = value["$ref"].partition("#/")
        try:
            found = reduce(lambda part, key: part[key], pointer.split("/"), read_document(target or file))
        except (KeyError, FileNotFoundError) as missing:
            raise InvalidMapping(f"{file}: {value['$ref']} points to nothing") from missing
        return self.resolved(found, target or file)


def _check_meta(file: str, mappings: Mapping[str, Any]) -> None:
    version = mappings.get("_meta", {}).get("version")
    if not isinstance(version, int) or version < 1:
        raise InvalidMapping(f"{file}: mappings._meta.version is not a whole number from 1")
    if mappings.get("dynamic") != "strict":
        raise InvalidMapping(f"{file}: mappings.dynamic is not strict: an unknown field would be taken")


def _check_fields(file: str, settings: Mapping[str, Any], mappings: Mapping[str, Any]) -> None:
    analyzers = settings.get("analysis", {}).get("analyzer", {}).keys() | _SHIPPED_ANALYZERS
    paths = set()
    for path, field in _fields(mappings):
        paths.add(path)
        for key in ("analyzer", "search_analyzer"):
            if field.get(key, "standard") not in analyzers:
                raise InvalidMapping(f"{file}: the {key} {field[key]} of {path} is not defined")
        if "type" not in field and "properties" not in field:
            raise InvalidMapping(f"{file}: {path} has no type")
    for excluded in mappings.get("_source", {}).get("excludes", ()):
        if excluded not in paths:
            raise InvalidMapping(f"{file}: _source excludes {excluded}, which is no field")


def _fields(mapping: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    for key in ("properties", "fields"):
        for name, field in mapping.get(key, {}).items():
            yield prefix + name, field
            yield from _fields(field, f"{prefix}{name}.")
