"""Outlets with their kinds, aliases and licences."""

from __future__ import annotations

from typing import Any
from zlib import crc32

import orjson
from flask import Response
from flask.views import MethodView

from schemas.outlets import check_name, dump_outlet, load_outlet
from schemas.requests import NoParameters
from service.domain.outlets import Outlet
from service.usecases.licences.outlets import KeptOutlet, version_of
from service.usecases.licences.table import OutletTable
from service.web.blueprint import Blueprint
from service.web.documentation import outlets as documentation
from service.web.parameters import load_parameters
from service.web.preconditions import is_current, write_precondition
from service.web.request_body import read_json
from service.web.responses import REVALIDATE, json_response, location_of_outlet
from service.web.services import services

blueprint = Blueprint("outlets", __name__, url_prefix="/v1/outlets", description="언론사와 이용 허락")

_NONE = NoParameters()


@blueprint.route("")
class Outlets(MethodView):
    """All outlets."""

    @blueprint.describes(documentation.LIST)
    def get(self) -> Response:
        """Return every outlet."""
        load_parameters(_NONE)
        table = services().outlets.all()
        described = [_described(outlet, table) for outlet in table.outlets]
        return _conditional({"outlets": described}, version_of(table.outlets))


@blueprint.route("/<path:name>")
class SingleOutlet(MethodView):
    """One outlet."""

    @blueprint.describes(documentation.GET)
    def get(self, name: str) -> Response:
        """Return the outlet of this name."""
        load_parameters(_NONE)
        kept = services().outlets.get(check_name(name))
        return _conditional(_alone(kept), kept.version)

    @blueprint.describes(documentation.PUT)
    def put(self, name: str) -> Response:
        """Keep the outlet."""
        load_parameters(_NONE)
        kept = services().outlets.put(load_outlet(read_json(), name), write_precondition())
        services().licences.forget()
        document = _alone(kept)
        headers = {"ETag": f'"{_tag(document, kept.version)}"'}
        if kept.is_new:
            headers["Location"] = location_of_outlet(kept.outlet.name)
        return json_response(document, 201 if kept.is_new else 200, headers)

    @blueprint.describes(documentation.DELETE)
    def delete(self, name: str) -> Response:
        """Remove the outlet; its articles get the cautious default."""
        load_parameters(_NONE)
        services().outlets.remove(check_name(name), write_precondition())
        services().licences.forget()
        return Response(status=204)


def _alone(kept: KeptOutlet) -> dict[str, Any]:
    return _described(kept.outlet, OutletTable((kept.outlet,)))


def _described(outlet: Outlet, table: OutletTable) -> dict[str, Any]:
    everybody = services().licences.everybody(table)
    return dump_outlet(outlet, {each.audience: each.display_of(outlet.name) for each in everybody})


def _conditional(document: dict[str, Any], version: str) -> Response:
    tag = _tag(document, version)
    headers = {"ETag": f'"{tag}"'}
    if is_current(version, tag):
        return Response(status=304, headers=headers | {"Cache-Control": REVALIDATE, "Vary": "Accept-Encoding"})
    return json_response(document, headers=headers)


def _tag(document: dict[str, Any], version: str) -> str:
    # What is seen changes with the days as well; a write with the tag of another day goes through.
    return f"{version}.{crc32(orjson.dumps(document)):08x}"
