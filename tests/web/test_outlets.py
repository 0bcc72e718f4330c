"""Outlets over HTTP."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from service.app import create_app
from service.config import Config
from service.engines.embedded import open_engine
from service.search.engine import Engine
from service.usecases.licences.licences import today

NAME = "하늘일보"
PATH = f"/v1/outlets/{quote(NAME)}"
OUTLET: dict[str, Any] = {
    "kind": "daily",
    "aliases": ["하늘신문"],
    "licences": {"press_office": {"display": "snippet", "note": "계약 7"}, "public": {"display": "full"}},
}


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    opened = open_engine(tmp_path / "engine")
    yield opened
    opened.close()


@pytest.fixture
def client(engine: Engine, tmp_path: Path) -> FlaskClient:
    return create_app(Config(data_dir=tmp_path, log_level="error"), engine).test_client()


def test_an_outlet_is_put_read_replaced_and_removed(client: FlaskClient) -> None:
    created = client.put(PATH, json=OUTLET)
    assert (created.status_code, created.headers["Location"]) == (201, PATH)
    assert created.json["licences"]["press_office"] == {
        "display": "snippet", "valid_from": None, "valid_to": None, "note": "계약 7",
    }  # fmt: skip
    assert created.json["display"] == {"press_office": "snippet", "intranet": "snippet", "public": "full"}
    read = client.get(PATH)
    assert (read.json, read.headers["ETag"]) == (created.json, created.headers["ETag"])
    assert client.get(PATH, headers={"If-None-Match": read.headers["ETag"]}).status_code == 304
    assert client.put(PATH, json=OUTLET, headers={"If-None-Match": "*"}).status_code == 412
    replaced = client.put(PATH, json=OUTLET | {"kind": "online"}, headers={"If-Match": read.headers["ETag"]})
    assert (replaced.status_code, replaced.json["kind"]) == (200, "online")
    assert client.delete(PATH, headers={"If-Match": read.headers["ETag"]}).status_code == 412
    assert client.delete(PATH).status_code == 204
    assert [client.get(PATH).status_code, client.delete(PATH).status_code] == [404, 404]


def test_well_known_outlets_have_a_kind_and_no_licence(client: FlaskClient) -> None:
    answer = client.get("/v1/outlets")
    outlets = {outlet["name"]: outlet for outlet in answer.json["outlets"]}
    assert outlets["연합뉴스"]["kind"] == "wire"
    assert not any(outlet["licences"] for outlet in outlets.values())
    assert client.get("/v1/outlets", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    client.put(PATH, json=OUTLET)
    assert client.get("/v1/outlets").headers["ETag"] != answer.headers["ETag"]


@pytest.mark.parametrize(
    ("document", "pointer"),
    [
        ({}, "/kind"),
        ({"kind": "weekly"}, "/kind"),
        ({"kind": "daily", "name": "다른 이름"}, "/name"),
        ({"kind": "daily", "licences": {"everybody": {"display": "full"}}}, "/licences/everybody"),
        ({"kind": "daily", "licences": {"public": {"display": "all"}}}, "/licences/public/display"),
        ({"kind": "daily", "licences": {"public": {"display": "full", "valid_to": "2026-02-30"}}},
         "/licences/public/valid_to"),
        ({"kind": "daily", "licences": {"public": {"display": "full", "valid_from": "2026-02-02",
                                                   "valid_to": "2026-02-01"}}}, "/licences/public/valid_from"),
        ({"kind": "daily", "aliases": [" "]}, "/aliases/0"),
    ],
)  # fmt: skip
def test_what_is_no_outlet_is_refused_with_its_place(
    client: FlaskClient, document: dict[str, Any], pointer: str
) -> None:
    answer = client.put(PATH, json=document)
    assert (answer.status_code, [error["pointer"] for error in answer.json["errors"]]) == (422, [pointer])
    assert client.get(PATH).status_code == 404


def test_a_name_belongs_to_one_outlet(client: FlaskClient) -> None:
    client.put(PATH, json=OUTLET)
    for name, aliases in (("하늘신문", []), ("노을일보", ["하늘일보"]), ("노을일보", ["하늘신문"])):
        answer = client.put(f"/v1/outlets/{quote(name)}", json={"kind": "daily", "aliases": aliases})
        assert answer.status_code == 409
        assert NAME in answer.json["detail"]


def test_an_alias_has_the_licence_and_another_process_sees_it_within_a_second(
    client: FlaskClient, engine: Engine, tmp_path: Path
) -> None:
    other = create_app(Config(data_dir=tmp_path, log_level="error"), engine).test_client()
    article = {"title": "제목", "body": "아무 데도 실리지 않은 본문이다.", "outlet": "하늘신문"}
    assert other.put("/v1/articles/a", json=article).json["display"] == "full"
    client.put(PATH, json=OUTLET | {"licences": {"press_office": {"display": "link"}}})
    assert "body" not in client.get("/v1/articles/a").json
    started = time.monotonic()
    while other.get("/v1/articles/a").json["display"] != "link":
        assert time.monotonic() - started < 10  # half a second and what a busy machine adds
        time.sleep(0.05)


@pytest.mark.parametrize(
    ("start", "end", "display"), [(-1, 1, "link"), (0, 0, "link"), (1, 2, "full"), (-2, -1, "full")]
)
def test_a_licence_holds_within_its_term(client: FlaskClient, start: int, end: int, display: str) -> None:
    term = {name: str(today() + timedelta(days=days)) for name, days in (("valid_from", start), ("valid_to", end))}
    licences = {"press_office": {"display": "link"} | term}
    client.put(PATH, json=OUTLET | {"licences": licences})
    answer = client.put("/v1/articles/a", json={"title": "제목", "body": "본문이다.", "outlet": NAME})
    assert answer.json["display"] == display
