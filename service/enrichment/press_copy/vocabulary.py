"""The unavoidable word lists of press copy, read once from `vocabulary.json` beside this file."""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from service.enrichment.lexicon import table

ASKED = 1024
"""The words whose answer is kept: several rules ask the same of one line."""


@cache
def _document() -> dict[str, Any]:
    text = files(__package__).joinpath("vocabulary.json").read_text(encoding="utf-8")
    document: dict[str, Any] = json.loads(text)
    return document


@cache
def words(name: str) -> frozenset[str]:
    """Return one list of the vocabulary as a set."""
    return frozenset(_document()[name])


@cache
def groups(name: str) -> dict[str, frozenset[str]]:
    """Return one table of the vocabulary: group name → words."""
    return {group: frozenset(entries) for group, entries in _document()[name].items()}


@cache
def group_of(name: str) -> dict[str, str]:
    """Return one table of the vocabulary turned round: word without spaces → group name, the first group winning."""
    turned: dict[str, str] = {}
    for group, entries in _document()[name].items():
        for entry in entries:
            turned.setdefault(entry.replace(" ", ""), group)
    return turned


def one_of(entries: frozenset[str]) -> str:
    """Return a regular expression's alternation of the entries, the longest first, blanks optional."""
    ordered = sorted(entries, key=lambda entry: (-len(entry), entry))
    return "(?:" + "|".join(re.escape(entry).replace(r"\ ", r"\s?") for entry in ordered) + ")"


@cache
def pattern(name: str) -> str:
    """Return one list of the vocabulary as an alternation."""
    return one_of(words(name))


@cache
def _outlet() -> re.Pattern[str]:
    suffixes = one_of(words("outlet_suffixes"))
    names = one_of(words("outlet_names"))
    return re.compile(
        rf"(?:[가-힣A-Za-z0-9]{{0,12}}{suffixes}[0-9]{{0,2}}|{names}|[A-Z]{{2,5}}|[가-힣]{{2}}[A-Z]{{2,4}})"
    )


@cache
def _no_outlets() -> frozenset[str]:
    return words("sections") | words("home_marks")


@lru_cache(ASKED)
def is_outlet(text: str) -> bool:
    """Tell whether a word has the shape of an outlet's name."""
    return (
        len(text) <= 24 and text not in _no_outlets() and not is_section(text) and _outlet().fullmatch(text) is not None
    )


@lru_cache(ASKED)
def is_section(word: str) -> bool:
    """Tell whether a word names a section, or two of them in one (`지역종합`)."""
    known = words("sections")
    return word in known or any(word[:cut] in known and word[cut:] in known for cut in range(2, len(word) - 1))


@cache
def place_names() -> frozenset[str]:
    """Return the short names of provinces, cities and counties (`대구`, `수원`), as datelines write them."""
    provinces: dict[str, list[str]] = table("districts", "provinces")
    districts: dict[str, list[str]] = table("districts", "districts")
    short = {name for names in provinces.values() for name in names}
    units = {name.removesuffix(name[-1]) for names in districts.values() for name in names if name[-1] in "시군"}
    return frozenset(name for name in short | units if len(name) >= 2)


def is_surname(name: str) -> bool:
    """Tell whether a name begins with a Korean family name."""
    return name[:1] in _document()["surnames"] or name[:2] in words("compound_surnames")
