"""Compressed request bodies, inflated piece by piece, so that a bomb never unfolds in memory."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator

import zstandard

from service.domain.errors import MalformedRequest, UnsupportedMediaType

PIECE_BYTES = 1 << 16

_GZIP = 31
_ZSTD_SLICE = 256
"""Bytes given to zstd at a time: a block of 4 bytes may stand for 128 KiB, so a slice for 8 MiB at most."""
_ZSTD_WINDOW = 1 << 23
"""The window that RFC 8878 (3.1.1.1.2) recommends decoders to support."""


def inflate(pieces: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    """Yield the bytes that a body of this Content-Encoding stands for; every member of gzip, every frame of zstd.

    Raises UnsupportedMediaType for another encoding than gzip, zstd or none, and MalformedRequest where the body is
    damaged or cut off.
    """
    name = encoding.strip().lower()
    if name in {"", "identity"}:
        return pieces
    if name not in _DECODERS:
        raise UnsupportedMediaType(
            f"본문 압축 {name!a}은(는) 받지 않습니다. gzip이나 zstd로 압축하거나 그대로 보내세요.",
            f"Bodies encoded as {name!a} are not taken. Send gzip, zstd, or none.",
        )
    return _DECODERS[name](pieces)


def _gunzip(pieces: Iterator[bytes]) -> Iterator[bytes]:
    member, begun, ended = zlib.decompressobj(_GZIP), False, False
    for piece in pieces:
        rest = piece
        while rest:
            if ended:
                member, ended = zlib.decompressobj(_GZIP), False
            begun = True
            try:
                inflated = member.decompress(rest, PIECE_BYTES)
                while inflated:
                    yield inflated
                    inflated = member.decompress(member.unconsumed_tail, PIECE_BYTES)
            except zlib.error as error:
                raise _damaged("gzip") from error
            rest, ended = member.unused_data, member.eof
    if not (begun and ended):
        raise _cut_off("gzip")


def _unzstd(pieces: Iterator[bytes]) -> Iterator[bytes]:
    decompressor = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
    frame, begun, ended = decompressor.decompressobj(), False, False
    for piece in pieces:
        for start in range(0, len(piece), _ZSTD_SLICE):
            rest = piece[start : start + _ZSTD_SLICE]
            while rest:
                if ended:
                    frame, ended = decompressor.decompressobj(), False
                begun = True
                try:
                    inflated = frame.decompress(rest)
                except zstandard.ZstdError as error:
                    raise _damaged("zstd") from error
                if inflated:
                    yield inflated
                rest, ended = (frame.unused_data, True) if frame.eof else (b"", False)
    if not (begun and ended):
        raise _cut_off("zstd")


_DECODERS: dict[str, Callable[[Iterator[bytes]], Iterator[bytes]]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "zstd": _unzstd,
}


def _damaged(name: str) -> MalformedRequest:
    return MalformedRequest(
        f"{name} 본문이 손상되었습니다. 다시 압축하여 보내세요.",
        f"The {name} body is damaged. Compress and send it again.",
    )


def _cut_off(name: str) -> MalformedRequest:
    return MalformedRequest(
        f"{name} 본문이 도중에 끊겼습니다. 끝까지 다시 보내세요.",
        f"The {name} body is cut off. Send it again to its end.",
    )
