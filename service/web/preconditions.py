"""ETags: out of versions, and back into what has to hold for a read or a write."""

from __future__ import annotations

import re
from datetime import datetime
from zlib import crc32

from flask import request

from service.domain.errors import MalformedRequest, PreconditionFailed
from service.domain.outlets import Display
from service.domain.shown import ShownArticle
from service.search.engine import Precondition

_TAG = r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"'
_TAGS = re.compile(rf"[ \t]*{_TAG}(?:[ \t]*,[ \t]*{_TAG})*[ \t]*")
_ONE_TAG = re.compile(r'(W/)?"([^"]*)"')
_COMPRESSION = re.compile(r":(?:gzip|br|zstd|deflate)$")
"""What Flask-Compress appends to the ETag of a compressed answer."""
_PLACE = re.compile(r"\.[0-9a-f]{8}$")


def etag_of(article: ShownArticle, version: str) -> str:
    """Return the strong entity tag of an article at a version, with a mark of its place among the stories.

    What may be seen of it is in the mark as well. A copy that comes in elsewhere changes that place, so a read is
    answered anew, but not the version: a write with the tag from before goes through, as nobody has written this
    article meanwhile.
    """
    return f'"{_tag(article, version)}"'


def _tag(article: ShownArticle, version: str) -> str:
    seen = "" if article.display is Display.FULL else f" {article.display}"
    place = crc32(f"{article.story_id} {article.duplicate_of}{seen}".encode())
    return f"{version}.{place:08x}"


def write_precondition() -> Precondition:
    """Return what `If-Match` and `If-None-Match` ask of the stored article before it is written.

    MalformedRequest where one of them cannot be read, or `If-None-Match` is anything but `*`.
    """
    match, none_match = _header("If-Match"), _header("If-None-Match")
    if none_match not in {None, "*"}:
        raise MalformedRequest(
            "쓸 때의 If-None-Match는 *만 됩니다. 판을 견주려면 If-Match를 쓰세요.",
            "On a write If-None-Match takes * only. Use If-Match to compare versions.",
        )
    return Precondition(
        absent=none_match == "*",
        present=match == "*",
        versions=_versions(match) if match not in {None, "*"} else None,
    )


def is_unchanged(article: ShownArticle, version: str) -> bool:
    """Return whether the client has the article as it is already by its `If-None-Match`.

    Raises PreconditionFailed where `If-Match` names other versions.
    """
    return is_current(version, _tag(article, version))


def is_current(version: str, tag: str) -> bool:
    """Return whether the client has what is at this version already, by its `If-None-Match` and this tag.

    Raises PreconditionFailed where `If-Match` names other versions.
    """
    match, none_match = _header("If-Match"), _header("If-None-Match")
    if match not in {None, "*"} and version not in _versions(match):
        raise PreconditionFailed(
            "그 판이 아닙니다. If-Match 없이 다시 읽으세요.",
            "It is not at that version. Read it again without If-Match.",
        )
    if none_match == "*":
        return True
    return none_match is not None and tag in _tags("If-None-Match", none_match)


def is_known(tag: str, modified: datetime) -> bool:
    """Return whether the client has an answer already, by `If-None-Match` or else by `If-Modified-Since`."""
    none_match = _header("If-None-Match")
    if none_match is not None:
        return none_match == "*" or tag in _tags("If-None-Match", none_match)
    since = request.if_modified_since
    return since is not None and modified.replace(microsecond=0) <= since


def _header(name: str) -> str | None:
    value = request.headers.get(name)
    return value.strip(" \t") if value is not None else None


def _versions(match: str | None) -> frozenset[str]:
    return frozenset(_PLACE.sub("", tag) for tag in _tags("If-Match", match, weak=False))


def _tags(name: str, value: str | None, *, weak: bool = True) -> frozenset[str]:
    if not value or not _TAGS.fullmatch(value):
        raise MalformedRequest(
            f'{name} 머리글을 읽을 수 없습니다. 받은 ETag를 따옴표까지 그대로 보내세요: "…"',
            f'The {name} header cannot be read. Send the ETag you got, quotation marks included: "…"',
        )
    return frozenset(
        _COMPRESSION.sub("", found.group(2)) for found in _ONE_TAG.finditer(value) if weak or not found.group(1)
    )
