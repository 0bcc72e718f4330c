"""The OpenAPI document arranged for a page: sections of calls, each with its parameters, examples and a curl line."""

from __future__ import annotations

import json
import shlex
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from service.web.documentation.examples import ARTICLE_ID

_METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True, slots=True)
class ParameterRow:
    """A parameter: its name, where it goes, what it takes and what it means."""

    name: str
    place: str
    takes: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Sample:
    """An example of a body."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Call:
    """One operation."""

    anchor: str
    method: str
    path: str
    summary: str
    description: str
    parameters: tuple[ParameterRow, ...]
    curl: str
    samples: tuple[Sample, ...]
    statuses: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The calls under one tag."""

    name: str
    title: str
    calls: tuple[Call, ...]


def sections(document: dict[str, Any], address: str) -> tuple[Section, ...]:
    """Return the sections of the page; `address` is where the service is reached."""
    by_tag: dict[str, list[Call]] = {tag["name"]: [] for tag in document.get("tags", ())}
    for path, operations in document["paths"].items():
        for method in _METHODS:
            if method in operations:
                call = operations[method]
                parameters = [*operations.get("parameters", ()), *call.get("parameters", ())]
                by_tag[call["tags"][0]].append(_call(method, path, call, parameters, address))
    titles = {tag["name"]: tag.get("description", tag["name"]) for tag in document.get("tags", ())}
    return tuple(Section(name, titles[name], tuple(calls)) for name, calls in by_tag.items() if calls)


def _call(method: str, path: str, call: dict[str, Any], parameters: list[dict[str, Any]], address: str) -> Call:
    return Call(
        anchor=call["operationId"],
        method=method.upper(),
        path=path,
        summary=call["summary"],
        description=call["description"],
        parameters=tuple(map(_row, parameters)),
        curl=_curl(method, path, call, parameters, address),
        samples=_samples(call),
        statuses=tuple((status, answer["description"]) for status, answer in call["responses"].items()),
    )


def _row(parameter: dict[str, Any]) -> ParameterRow:
    place = {"path": "주소", "query": "질의", "header": "머리글"}[parameter["in"]]
    return ParameterRow(parameter["name"], place, _takes(parameter["schema"]), parameter.get("description", ""))


def _takes(schema: dict[str, Any]) -> str:
    if "anyOf" in schema:
        return " · ".join(map(_takes, schema["anyOf"]))
    if "enum" in schema:
        return " · ".join(str(value) for value in schema["enum"])
    if schema.get("type") == "array":
        return f"목록: {_takes(schema['items'])}"
    if schema.get("type") == "integer":
        return f"정수 {schema.get('minimum')}–{schema.get('maximum')}"
    if schema.get("type") == "boolean":
        return "true · false"
    return f"글 {schema['maxLength']:,}자까지" if "maxLength" in schema else "글"


def _curl(method: str, path: str, call: dict[str, Any], parameters: list[dict[str, Any]], address: str) -> str:
    pairs = [
        (parameter["name"], value)
        for parameter in parameters
        if parameter["in"] == "query" and "example" in parameter
        for value in _query_values(parameter)
    ]
    url = address + path.replace("{id}", ARTICLE_ID) + (f"?{urlencode(pairs)}" if pairs else "")
    words = ["curl"] + (["-X", method.upper()] if method != "get" else [])
    if call.get("security") and {} not in call["security"]:
        words += ["-H", "Authorization: Bearer KEY"]
    bodies = call.get("requestBody", {}).get("content", {})
    for media_type, body in list(bodies.items())[:1]:
        words += ["-H", f"Content-Type: {media_type}", "--data-binary", _compact(body["example"])]
    return shlex.join([*words, url])


def _query_values(parameter: dict[str, Any]) -> list[str]:
    example = parameter["example"]
    if not isinstance(example, list):
        return [str(example)]
    return example if parameter.get("explode", True) else [",".join(example)]


def _compact(example: Any) -> str:
    return example if isinstance(example, str) else json.dumps(example, ensure_ascii=False)


def _samples(call: dict[str, Any]) -> tuple[Sample, ...]:
    found = [
        Sample(f"보내는 본문 ({media_type})", _pretty(body["example"]))
        for media_type, body in call.get("requestBody", {}).get("content", {}).items()
    ]
    for status, answer in call["responses"].items():
        if status.startswith("2"):
            for media_type, body in answer.get("content", {}).items():
                found.append(Sample(f"응답 {status} ({media_type})", _pretty(body["example"])))
    return tuple(found)


def _pretty(example: Any) -> str:
    return example if isinstance(example, str) else json.dumps(example, ensure_ascii=False, indent=2)
