"""The table of routes and scopes: a route that is not in it fails here."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from service.domain.keys import Scope
from service.search.engine import Engine
from tests.web.guarded import TABLE, Guarded, address, guarded_app, routes


@pytest.fixture(scope="module")
def guarded(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Guarded:
    return guarded_app(engine, tmp_path_factory.mktemp("keys"))


def test_the_table_lists_every_route_there_is(guarded: Guarded) -> None:
    assert routes(guarded.app) == set(TABLE)


@pytest.mark.parametrize("route", TABLE)
def test_a_route_is_answered_to_its_scope_and_above(guarded: Guarded, route: str) -> None:
    needed, (method, path) = TABLE[route], address(route)
    without = guarded.ask(method, path)
    assert (without.status_code == 401) is (needed is not None)
    assert guarded.ask("OPTIONS", path).status_code == 200
    for scope in Scope:
        answered = guarded.ask(method, path, guarded.tokens[scope])
        allowed = needed is None or scope.covers(needed)
        if method == "POST" and path == "/paste" and allowed:
            assert answered.status_code == 403  # a form from nowhere, refused by the page itself
        else:
            assert (answered.status_code != 403) is allowed
        assert answered.status_code not in {401, 429, 500}


@pytest.mark.parametrize("route", [route for route, scope in TABLE.items() if scope and route.startswith("GET")])
def test_head_is_guarded_as_get_is(guarded: Guarded, route: str) -> None:
    assert guarded.ask("HEAD", address(route)[1]).status_code == 401


def test_an_unknown_address_or_method_is_told_to_everybody(guarded: Guarded) -> None:
    assert guarded.ask("GET", "/nowhere").status_code == 404
    assert guarded.ask("DELETE", "/v1/search").status_code == 405


def test_the_document_says_the_scope_of_each_call(guarded: Guarded) -> None:
    document = guarded.ask("GET", "/openapi.json").json
    assert document["components"]["securitySchemes"]["key"]["scheme"] == "bearer"
    described = {
        f"{method.upper()} {path}": call
        for path, calls in document["paths"].items()
        for method, call in calls.items()
        if method in {"get", "put", "post", "patch", "delete"}
    }
    for route, needed in TABLE.items():
        call = described.pop(route.replace("<article_id:id>", "{id}").replace("<path:name>", "{name}"), None)
        if call is not None:
            assert call["security"] == ([{"key": [needed.value]}] if needed else [])
            assert ({"401", "403", "429"} <= set(call["responses"])) is (needed is not None)
    assert described == {}
    assert "Authorization: Bearer KEY" in guarded.ask("GET", "/docs").text


def test_the_document_of_an_open_service_says_that_no_key_is_needed(client: FlaskClient) -> None:
    document = client.get("/openapi.json").json
    assert document["paths"]["/v1/search"]["get"]["security"] == [{"key": ["read"]}, {}]
    assert "Bearer KEY" not in client.get("/docs").text
