from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from index_mappings import InvalidMapping, documents, load_mapping, stop_tags, tied_forms
from service.domain.article import Article
from service.search.tree import FilterField, TextField

Edit = Callable[[dict[str, Any]], None]


def test_the_stop_tags_are_put_together_from_their_one_place() -> None:
    filters = load_mapping("articles").settings["analysis"]["filter"]
    assert frozenset(filters["content_only"]["stoptags"]) == stop_tags()


def test_content_is_cut_as_the_service_cuts_it() -> None:
    analysis = load_mapping("articles").settings["analysis"]
    assert analysis["tokenizer"]["korean"]["decompound_mode"] == "discard"
    assert analysis["analyzer"]["exact"]["filter"] == ["nori_readingform", "lowercase"]


def test_every_field_of_an_article_has_its_place() -> None:
    properties = load_mapping("articles").mappings["properties"]
    assert {field.name for field in fields(Article)} <= properties.keys()


def test_every_text_field_has_a_content_and_an_exact_form() -> None:
    properties = load_mapping("articles").mappings["properties"]
    texts = {**properties, "caption": properties["captions"]["properties"]["text"]}
    for name in (*TextField, "all"):
        field = texts[name] if name != "all" else properties["search"]["properties"]["all"]
        assert (field["analyzer"], field["fields"]["exact"]["analyzer"]) == ("content", "exact")
        assert field["position_increment_gap"] == field["fields"]["exact"]["position_increment_gap"] > 100


def test_every_filter_field_can_be_counted_and_looked_up() -> None:
    search = load_mapping("articles").mappings["properties"]["search"]["properties"]
    assert search["facet"]["properties"].keys() == set(FilterField)
    assert search["folded"]["properties"].keys() == {*FilterField, "speaker", "title"}


def test_settings_can_be_replaced() -> None:
    mapping = load_mapping("articles")
    body = mapping.body(number_of_replicas=0)
    assert body["settings"]["number_of_replicas"] == 0
    assert mapping.settings["number_of_replicas"] == 1
    assert body["mappings"]["_meta"]["version"] == mapping.version


def _no_version(document: dict[str, Any]) -> None:
    del document["mappings"]["_meta"]


def _lax(document: dict[str, Any]) -> None:
    document["mappings"]["dynamic"] = True


def _lost_reference(document: dict[str, Any]) -> None:
    document["mappings"]["properties"]["title"] = {"$ref": "#/definitions/nowhere"}


def _lost_analyzer(document: dict[str, Any]) -> None:
    document["mappings"]["properties"]["title"] = {"type": "text", "analyzer": "nowhere"}


def _no_type(document: dict[str, Any]) -> None:
    document["mappings"]["properties"]["title"] = {"index": False}


def _lost_exclusion(document: dict[str, Any]) -> None:
    document["mappings"]["_source"]["excludes"].append("nowhere")


def _surplus(document: dict[str, Any]) -> None:
    document["alias"] = {}


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (_no_version, "_meta.version"),
        (_lax, "dynamic is not strict"),
        (_lost_reference, "#/definitions/nowhere points to nothing"),
        (_lost_analyzer, "the analyzer nowhere of title is not defined"),
        (_no_type, "title has no type"),
        (_lost_exclusion, "excludes nowhere"),
        (_surplus, "unknown parts"),
    ],
)
def test_a_faulty_document_is_refused(edit: Edit, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    document = json.loads((Path(documents.__file__).parent / "articles.json").read_text(encoding="utf-8"))
    edit(document)
    read = documents.read_document
    monkeypatch.setattr(documents, "read_document", lambda file: document if file == "articles.json" else read(file))
    with pytest.raises(InvalidMapping, match=said):
        load_mapping("articles")


def test_tied_forms_are_of_single_morphemes() -> None:
    assert tied_forms()["듣", "VV"] == "들"
    assert all(surface and stem and surface != stem for (surface, _), stem in tied_forms().items())
