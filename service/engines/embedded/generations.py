"""The directories of the index: each generation is one complete index, and the checkpoint names the one in use."""

from __future__ import annotations

import json
import logging
import shutil
import zlib
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from service.engines.embedded.checkpoint import Checkpoint
from service.engines.embedded.index_schema import INDEX_VERSION, open_index
from service.engines.embedded.index_writer import is_environment
from service.korean.dictionary import Dictionary, in_force

_LOG = logging.getLogger("gisa.engine")
_DIRECTORY = "index"
MANIFEST = "gisa.json"
"""Says what a generation was made with; tantivy knows nothing of it."""
_META = "meta.json"
_SEGMENT_FILES = {".fast", ".fieldnorm", ".idx", ".pos", ".store", ".term"}
_FOOTER_TAIL = 8  # bytes: length of the footer and tantivy's magic number
_CHUNK = 1 << 20


class _Segment(NamedTuple):
    """A segment as its files are named, and the stamp of the file of its deletes, None without any."""

    name: str
    deletes: int | None


class IndexDamaged(Exception):
    """The files of a generation are not what was written."""


class IndexOutdated(Exception):
    """A generation was written for other fields, by another tantivy or with words cut in another way."""


def generation_path(directory: Path, name: str) -> Path:
    """Return where a generation lies."""
    return directory / _DIRECTORY / name


def new_generation(directory: Path, current: str | None, dictionary: Dictionary) -> str:
    """Make the directory of the generation after `current` and return its name; the caller holds the building lock.

    `dictionary` is the one that cuts what goes into it.
    """
    root = directory / _DIRECTORY
    root.mkdir(parents=True, exist_ok=True)
    # A name is never given twice: readers tell generations apart by it, also where the directory has gone.
    names = [path.name for path in root.iterdir()] + [current or ""]
    numbers = [int(name.rpartition("-")[2]) for name in names if name.rpartition("-")[2].isdigit()]
    name = f"generation-{max(numbers, default=0) + 1:06d}"
    path = root / name
    path.mkdir()
    (path / MANIFEST).write_text(json.dumps(_manifest(dictionary)), encoding="utf-8")
    return name


def require_version(path: Path, dictionary: Dictionary | None = None) -> None:
    """Raise IndexOutdated where this generation was written for another schema, tantivy or dictionary.

    `dictionary` is the one that is wanted, the one in force where none is named.
    """
    try:
        manifest = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError) as error:
        raise IndexDamaged(f"{path.name}: {error}") from error
    if manifest != _manifest(dictionary or in_force()):
        raise IndexOutdated(f"{path.name} was written as {manifest}")


def verify(path: Path, checkpoint: Checkpoint, dictionary: Dictionary | None = None) -> None:
    """Raise IndexDamaged where files are missing or changed or hold less than the checkpoint says.

    `dictionary` is the one by which it has to be cut, the one in force where none is named; IndexOutdated where it is
    not. An OSError of the disk or of permissions passes through: it says nothing about the files.
    """
    require_version(path, dictionary)
    opstamp, segments = _meta(path)
    if opstamp < checkpoint.opstamp:
        raise IndexDamaged(f"the index stands at {opstamp}, the checkpoint at {checkpoint.opstamp}")
    for segment in segments:
        _verify_segment(path, segment.name)
    documents = _documents(path)
    if opstamp == checkpoint.opstamp and documents != checkpoint.documents:
        raise IndexDamaged(f"the index holds {documents} documents, the checkpoint says {checkpoint.documents}")


def files_of(path: Path) -> list[str]:
    """Return the names of the files that make up a generation as last committed; IndexDamaged without meta.json."""
    _, segments = _meta(path)
    names = [f"{segment.name}{suffix}" for segment in segments for suffix in sorted(_SEGMENT_FILES)]
    deletes = [f"{segment.name}.{segment.deletes}.del" for segment in segments if segment.deletes is not None]
    return [MANIFEST, _META, *names, *deletes]


def set_aside(directory: Path, name: str) -> None:
    """Move a damaged generation out of the way; the one set aside before it is removed, so that they do not pile up."""
    root = directory / _DIRECTORY
    path = root / name
    if not path.exists():
        return  # it has gone, or was set aside by a process that died before the new one was built
    for earlier in root.glob("damaged-*"):
        shutil.rmtree(earlier)
    path.rename(root / f"damaged-{name}")


def remove_unused(directory: Path, used: str) -> None:
    """Remove the generations that are no longer in use; the caller holds the building lock."""
    for path in (directory / _DIRECTORY).glob("generation-*"):
        if path.name != used:
            _LOG.info("removing the unused index %s", path.name)
            shutil.rmtree(path)


def _manifest(dictionary: Dictionary) -> dict[str, object]:
    return {"index_version": INDEX_VERSION, "tantivy": version("tantivy"), "analysis": dictionary.identity}


def _meta(path: Path) -> tuple[int, list[_Segment]]:
    try:
        meta = json.loads((path / _META).read_text(encoding="utf-8"))
        return int(meta["opstamp"]), [
            _Segment(segment["segment_id"].replace("-", ""), (segment.get("deletes") or {}).get("opstamp"))
            for segment in meta["segments"]
        ]
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexDamaged(f"meta.json: {error!r}") from error


def _verify_segment(path: Path, segment: str) -> None:
    files = {file.suffix: file for file in path.iterdir() if file.name.startswith(segment)}
    if missing := _SEGMENT_FILES - files.keys():
        raise IndexDamaged(f"segment {segment} lacks {', '.join(sorted(missing))}")
    for file in files.values():
        _verify_file(file)


def _verify_file(file: Path) -> None:
    # tantivy ends each file with a JSON footer that holds the CRC-32 of what comes before it.
    size = file.stat().st_size
    with file.open("rb") as stream:
        stream.seek(max(0, size - _FOOTER_TAIL))
        tail = stream.read()
        footer_length = int.from_bytes(tail[:4], "little")
        content_length = size - _FOOTER_TAIL - footer_length
        if len(tail) < _FOOTER_TAIL or content_length < 0:
            raise IndexDamaged(f"{file.name} is cut off")
        stream.seek(content_length)
        try:
            expected = int(json.loads(stream.read(footer_length))["crc"])
        except (ValueError, KeyError, TypeError) as error:
            raise IndexDamaged(f"{file.name} has no footer") from error
        stream.seek(0)
        crc, left = 0, content_length
        while left and (chunk := stream.read(min(_CHUNK, left))):
            crc, left = zlib.crc32(chunk, crc), left - len(chunk)
    if crc != expected:
        raise IndexDamaged(f"{file.name} was changed")


def _documents(path: Path) -> int:
    try:
        index = open_index(path)
        index.reload()
        return index.searcher().num_docs
    except BaseException as error:
        if is_environment(error) and not isinstance(error, FileNotFoundError):
            raise
        if isinstance(error, (KeyboardInterrupt, SystemExit)):
            raise
        raise IndexDamaged(f"{path.name} cannot be opened: {error}") from error
