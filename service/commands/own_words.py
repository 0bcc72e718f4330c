"""The operator's files of words and synonyms: read, added to, and what they change."""

from __future__ import annotations

import os
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index_mappings import BadLine, SynonymRule, UserWord, merge_words, parse_synonyms, parse_words, shipped_words
from service.config import Config
from service.domain.errors import StartupError
from service.korean.analysis import analyze_by
from service.korean.dictionary import Dictionary, dictionary_of
from service.search.query_language.synonyms import is_hanja, terms_of

_SAMPLES = ("", "은", "을", "에서", "의")
"""Particles that a word is looked at before: a bad cut often shows before one of them alone."""

_LEAST_SHARED = 2  # syllables: one alone is shared by too many words


@dataclass(frozen=True, slots=True)
class Problem:
    """A line of a file that cannot be taken, or that does less than meant where `harmless`; numbers count from 1."""

    path: Path
    line: BadLine
    harmless: bool = False


@dataclass(frozen=True, slots=True)
class OwnFiles:
    """What the operator's files hold."""

    words: tuple[UserWord, ...]
    synonyms: tuple[SynonymRule, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """How a text is cut by the dictionary in use and by the one of the files."""

    text: str
    before: str
    after: str


def read_own_files(config: Config) -> OwnFiles:
    """Return what both files hold, nothing of a file that is not there; StartupError where one cannot be read."""
    words, bad_words = parse_words(_read(config.user_dictionary_path))
    synonyms, bad_synonyms = parse_synonyms(_read(config.synonyms_path))
    problems = [
        *(Problem(config.user_dictionary_path, line) for line in bad_words),
        *(Problem(config.synonyms_path, line) for line in bad_synonyms),
        *(Problem(config.user_dictionary_path, line, harmless=True) for line in _meetings(words)),
        *(Problem(config.user_dictionary_path, line, harmless=True) for line in _unlike_parts(words)),
        *(Problem(config.synonyms_path, line, harmless=True) for line in _found_by_nothing(synonyms)),
    ]
    return OwnFiles(words, synonyms, tuple(problems))


def add_line(path: Path, line: str, parse: Callable[[str], tuple[Sequence[object], Sequence[BadLine]]]) -> None:
    """Add a line to a file, made where it is not there; StartupError where the line cannot be taken."""
    before = _read(path)
    text = f"{before.rstrip()}\n{line}\n".lstrip("\n")
    known = len(before.rstrip().splitlines())
    refused = next((bad for bad in parse(text)[1] if bad.number > known), None)
    if refused:
        raise StartupError(f"{line}: {refused.ko}", f"{line}: {refused.en}")
    try:
        _replace(path, text)
    except OSError as error:
        raise StartupError(
            f"{path}에 쓸 수 없습니다({error.strerror}). 권한을 고치거나 다른 파일을 지정하세요.",
            f"{path} cannot be written ({error.strerror}). Mend its permissions or name another file.",
        ) from error


def cuts(texts: Sequence[str], in_use: Sequence[UserWord], files: Sequence[UserWord]) -> Iterator[Cut]:
    """Yield how each text is cut before and after the words of the files are applied."""
    before, after = dictionary_of(in_use), dictionary_of(files)
    for text in texts:
        yield Cut(text, _shown(before, text), _shown(after, text))


def changed_cut(word: UserWord, in_use: Sequence[UserWord], files: Sequence[UserWord]) -> Cut:
    """Return how a word is cut before and after, with the first particle before which it changes, if any."""
    found = list(cuts([word.word + particle for particle in _SAMPLES], in_use, files))
    return next((cut for cut in found if cut.before != cut.after), found[0])


def _shown(dictionary: Dictionary, text: str) -> str:
    # What is in parentheses is left out of a search: particles and the like.
    tokens = analyze_by(dictionary, text).tokens
    return " ".join(token.term if token.content else f"({token.term})" for token in tokens)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise StartupError(
            f"{path}을(를) 읽을 수 없습니다({error}). UTF-8로 저장하고 권한을 확인하세요.",
            f"{path} cannot be read ({error}). Save it as UTF-8 and check its permissions.",
        ) from error


def _replace(path: Path, text: str) -> None:
    # Whoever reads it meanwhile sees the old lines or the new ones, never half of them.
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _meetings(own: Sequence[UserWord]) -> Iterator[BadLine]:
    """Yield the pairs of words of which one ends as the other begins: the engines may cut them differently."""
    known = {word.word for word in merge_words(shipped_words(), own)}
    ours = {word.word for word in own}
    beginning = defaultdict[str, list[str]](list)
    for word in sorted(known):
        for length in range(_LEAST_SHARED, len(word)):
            beginning[word[:length]].append(word)
    for first in sorted(known):
        for start in range(1, len(first) - _LEAST_SHARED + 1):
            for second in beginning[first[start:]]:
                meeting = first[:start] + second
                if meeting not in known and (first in ours or second in ours):
                    yield BadLine(
                        0,
                        f"{first}, {second}",
                        f"두 낱말이 {meeting}에서 겹칩니다. 자주 나오면 {meeting}을(를) 조각과 함께 한 줄로 더하세요.",
                        f"The two overlap in {meeting}. Where that is common, add {meeting} with its parts.",
                    )


def _unlike_parts(own: Sequence[UserWord]) -> Iterator[BadLine]:
    """Yield the parts that are cut in another way alone: a search for one would not find the word."""
    dictionary = dictionary_of(own)
    for word in own:
        for part in word.parts:
            alone = [token.term for token in analyze_by(dictionary, part).tokens]
            if len(part) > 1 and alone != [part.lower()]:
                yield BadLine(
                    0,
                    word.rule,
                    f"{part}만 쓰면 {' '.join(alone)}(으)로 나뉩니다. {part}도 한 줄로 더하거나 그렇게 나누어 쓰세요.",
                    f"Alone {part} is cut into {' '.join(alone)}. Add a line for {part}, or write those parts.",
                )


def _found_by_nothing(rules: Sequence[SynonymRule]) -> Iterator[BadLine]:
    for rule in rules:
        for word in (*rule.words, *rule.found):
            if not is_hanja(word) and not terms_of(word):
                yield BadLine(
                    0,
                    word,
                    "뜻이 있는 형태소가 없어 쓰이지 않습니다. 명사로 쓰거나 사용자 사전에 더하세요.",
                    "It has no morpheme with content and is not used. Write a noun or add it to the user dictionary.",
                )
