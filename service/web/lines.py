"""Lines out of a stream of bytes, none of them held beyond its limit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from service.domain.errors import GisaError, TooLarge

MAX_LINE_BYTES = 1 << 20


def read_lines(pieces: Iterable[bytes], limit: int = MAX_LINE_BYTES) -> Iterator[bytes | GisaError]:
    """Yield each line without its line feed, TooLarge in place of one over `limit` bytes, blank lines too.

    Where the stream raises a GisaError, that stands for the line which it broke and is the last one.
    """
    line = bytearray()
    oversize = False
    try:
        for piece in pieces:
            *ended, rest = piece.split(b"\n")
            for part in ended:
                oversize = oversize or len(line) + len(part) > limit
                yield _too_large(limit) if oversize else bytes(line + part)
                line.clear()
                oversize = False
            oversize = oversize or len(line) + len(rest) > limit
            if oversize:
                line.clear()
            else:
                line += rest
    except GisaError as error:
        yield error
        return
    if oversize:
        yield _too_large(limit)
    elif line:
        yield bytes(line)


def _too_large(limit: int) -> TooLarge:
    return TooLarge(
        f"한 줄이 {limit >> 20} MiB를 넘습니다. 이 기사를 줄여 다시 보내세요.",
        f"The line is over {limit >> 20} MiB. Shorten this article and send it again.",
    )
