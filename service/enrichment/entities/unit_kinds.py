"""What a unit says of itself, whatever stands around it: word, class, cluster, shape and the lists that hold it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from service.enrichment.lexicon import table, words
from service.korean.word_cache import kept_for_words

_NOUN_LIKE = "NSXM"
_WITH_SYLLABLES = frozenset("NSXU")
_WORD_LISTS: tuple[tuple[str, str, str], ...] = (
    ("surname", "names", "surnames"),
    ("compound_surname", "names", "compound_surnames"),
    ("hanja_surname", "names", "hanja_surnames"),
    ("foreign_given", "names", "foreign_given"),
    ("organization_end", "organizations", "suffixes"),
    ("public_body", "organizations", "ministries"),
    ("post", "posts", "words"),
    ("post", "posts", "endings"),
    ("description", "posts", "before_name"),
    ("description", "posts", "crowd"),
    ("sight", "districts", "local"),
    ("sight", "districts", "regions"),
    ("sight", "districts", "sights"),
    ("sight", "districts", "hanja"),
    ("country", "world", "countries"),
    ("country", "world", "continents"),
    ("hanja_country", "world", "hanja"),
    ("city", "world", "cities"),
    ("city", "world", "by_context"),
    ("city", "world", "ambiguous"),
    ("place_end", "places", "suffixes"),
    ("place_end", "places", "one"),
)


@dataclass(frozen=True, slots=True, eq=False)
class UnitKind:
    """The traits of every unit with the same surface, tag and class; an empty string is a trait it has not.

    Compared by identity, as it is a key of the caches of the features.
    """

    surface: str
    tag: str
    word: str
    coarse: str
    fine: str
    measure: str
    """Of a run of this unit alone, see `measure_of`."""
    traits: Mapping[str, str]


@kept_for_words(1 << 16)
def kind_of(surface: str, tag: str, semantic: str | None) -> UnitKind:
    """Return the traits of a unit, by the names that the features bear."""
    word = number_class(surface) if tag == "SN" else surface
    coarse, fine = clusters().get(cluster_key(surface, tag), (tag, tag))
    long = len(surface) > 1 and tag[0] in _WITH_SYLLABLES
    noun = len(surface) > 2 and tag[0] == "N"
    listed = lists().get(surface, "") if tag[0] in _NOUN_LIKE else ""
    traits = {
        "word": word,
        "tag": tag,
        "class": semantic or "-" if tag[0] == "N" else "-",
        "coarse": coarse,
        "fine": fine,
        "first": surface[0] if long else "",
        "last": surface[-1] if long else "",
        "first_two": surface[:2] if noun else "",
        "last_two": surface[-2:] if noun else "",
        "shape": _shape(surface),
        "list": listed,
    }
    return UnitKind(surface, tag, word, coarse, fine, measure_of(surface, (tag,)), traits)


def measure_of(text: str, tags: Iterable[str]) -> str:
    """Return whether a run may begin with a surname (1 or 0) and its length up to 6; nothing where it has figures."""
    if "SN" in tags:
        return ""
    return f"{text[0] in words('names', 'surnames'):d}{min(len(text), 6)}"


def cluster_key(surface: str, tag: str) -> str:
    """Return under which key the word clusters hold a unit: numbers by their length, others by surface and tag."""
    return f"<{min(len(surface), 5)}>" if tag == "SN" else f"{surface}/{tag[:3]}"


@cache
def clusters() -> dict[str, tuple[str, str]]:
    """Return the coarse and the fine cluster of the words that unlabelled texts told of, see `training/clusters.py`."""
    lines = files("service.enrichment").joinpath("data", "word_clusters.tsv").read_text("utf-8").splitlines()
    return {key: (coarse, fine) for key, coarse, fine in (line.split("\t") for line in lines)}


@cache
def lists() -> dict[str, str]:
    """Return which word lists hold a word, their names in alphabetical order and joined."""
    found: dict[str, set[str]] = {}
    for name, held in _entries():
        for word in held:
            found.setdefault(word, set()).add(name)
    return {word: "+".join(sorted(names)) for word, names in found.items()}


def _entries() -> Iterable[tuple[str, Iterable[str]]]:
    for name, file, key in _WORD_LISTS:
        yield name, words(file, key)
    provinces, districts = table("districts", "provinces"), table("districts", "districts")
    yield "province", [*provinces, *(short for names in provinces.values() for short in names)]
    full = [name for names in districts.values() for name in names]
    yield "district", full
    yield "district_stem", [name[:-1] for name in full if len(name) > 2]


def number_class(digits: str) -> str:
    """Return what a run of figures may count: a year, an hour, a day, a minute, or how long it is."""
    if not (digits.isascii() and digits.isdigit()):
        return digits
    if len(digits) > 2:
        return "year" if len(digits) == 4 and digits[:2] in {"19", "20"} else f"{min(len(digits), 5)} digits"
    value = int(digits)
    return str(next((bound for bound in (0, 12, 24, 31, 60) if value <= bound), 99))


def _shape(surface: str) -> str:
    first = surface[0]
    if first.isdigit():
        return f"d{min(len(surface), 5)}"
    if "A" <= first <= "z":
        return ("U" if surface.isupper() else "l") + str(min(len(surface), 3))
    if "가" <= first <= "힣":
        return f"h{min(len(surface), 5)}"
    if "一" <= first <= "鿿":
        return f"c{min(len(surface), 3)}"
    return f"p{first}"
