"""Short names for states of the index: Elasticsearch's own grow by a hundred characters with each shard."""

from __future__ import annotations

import base64
import zlib

_MOST = 1 << 20  # bytes of a name; anyone can make a cursor that unpacks to more
_PLAIN = "="  # begins what is kept as it is; no base64 begins so


def pack(state: str) -> str:
    """Return a name of a state in ASCII, shorter by far where there are many shards."""
    try:
        raw = base64.urlsafe_b64decode(state)
    except ValueError:
        return _PLAIN + state
    if base64.urlsafe_b64encode(raw).decode("ascii") != state:
        return _PLAIN + state
    return base64.urlsafe_b64encode(zlib.compress(raw, 9)).decode("ascii")


def unpack(packed: str) -> str:
    """Return the name that `pack` was given; ValueError where it cannot have been `pack`."""
    if packed.startswith(_PLAIN):
        return packed.removeprefix(_PLAIN)
    decompressor = zlib.decompressobj()
    try:
        raw = decompressor.decompress(base64.urlsafe_b64decode(packed), _MOST)
    except (ValueError, zlib.error) as error:
        raise ValueError("no name of a state") from error
    if not decompressor.eof:
        raise ValueError("no name of a state, or one that is too long")
    return base64.urlsafe_b64encode(raw).decode("ascii")
