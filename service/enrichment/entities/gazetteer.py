"""Names of places that are known beforehand, and what a written stem names among them."""

from __future__ import annotations

from functools import cache

from service.enrichment.entities.words import Reading, readings
from service.enrichment.lexicon import table, words
from service.korean.word_cache import kept_for_words

_TAILS = ("지역", "시민", "도민", "군민", "구민", "시내", "현지", "권역", "권", "전역", "일대", "인근", "주민")
"""What may be glued to a place name and leaves it a place."""

_UNITS = frozenset("시도군구")
"""What every authority ends in."""


@cache
def provinces() -> frozenset[str]:
    """Return the provinces and metropolitan cities as authorities are named: `경상북도`, `대구시`."""
    short = {name for names in table("districts", "provinces").values() for name in names}
    return frozenset(table("districts", "provinces")) | frozenset(name for name in short if name[-1] in "시도")


@cache
def districts() -> frozenset[str]:
    """Return every city, county and district with its 시, 군 or 구."""
    return frozenset(name for names in table("districts", "districts").values() for name in names)


@cache
def short_names() -> frozenset[str]:
    """Return the short names of provinces, cities and counties: `경북`, `구미`, `군위`; districts (구) have none."""
    short = {name for names in table("districts", "provinces").values() for name in names if name[-1] not in "시도"}
    return frozenset(short | {name[:-1] for name in districts() if name[-1] in "시군" and len(name) > 2})


@cache
def towns_of(province: str) -> frozenset[str]:
    """Return the short names of the cities and counties of a province, which may be named short itself."""
    for full, short in table("districts", "provinces").items():
        if province == full or province in short:
            return frozenset(name[:-1] for name in table("districts", "districts").get(full, ()) if len(name) > 2)
    return frozenset()


@cache
def foreign_cities() -> frozenset[str]:
    """Return the well-known cities and regions abroad."""
    return words("world", "cities")


@cache
def certain() -> frozenset[str]:
    """Return the names that mean a place wherever they stand alone."""
    return _all() - ambiguous()


@cache
def ambiguous() -> frozenset[str]:
    """Return the names that are ordinary words too and need a place or a city's frame beside them."""
    return words("districts", "ambiguous") | words("world", "ambiguous")


@cache
def _all() -> frozenset[str]:
    lists = (words("districts", key) for key in ("regions", "local", "hanja", "sights"))
    world = (words("world", key) for key in ("continents", "countries", "cities"))
    return short_names().union(*lists, *world)


@kept_for_words(1 << 14)
def place_in(stem: str) -> tuple[str, bool] | None:
    """Return the place that a stem names and whether that is certain: `대구지역` names `대구`."""
    if stem in certain():
        return stem, True
    if stem in ambiguous():
        return stem, False
    for tail in _TAILS if stem.endswith(_TAILS) else ():
        if stem.endswith(tail) and stem[: -len(tail)] in _all():
            return stem[: -len(tail)], len(tail) > 1 or stem[: -len(tail)] in certain()
    return None


def is_authority(stem: str, local: frozenset[str] = frozenset()) -> bool:
    """Tell whether the stem names a province, city, county or district that may act as an authority.

    `local` holds further ones that the article itself tells of.
    """
    if stem[-1:] not in _UNITS:
        return False  # most words
    if stem in provinces() or stem in districts() or stem in local:
        return True
    if stem.endswith("특례시"):
        return f"{stem[:-3]}시" in districts()
    return len(stem) > 2 and stem[-1] == "시" and stem[:-1] in foreign_cities()


@kept_for_words(1 << 16)
def authority_of(word: str, local: frozenset[str] = frozenset()) -> Reading | None:
    """Return the word read as an authority and its particle, or None."""
    return next((reading for reading in readings(word) if is_authority(reading.stem, local)), None)


def begins_with_place(stem: str) -> bool:
    """Tell whether the stem begins with the name of a place: `대구상수도사업본부`."""
    return any(stem[:length] in certain() or is_authority(stem[:length]) for length in range(2, min(len(stem), 5) + 1))


@cache
def district_stems() -> frozenset[str]:
    """Return the districts without their last syllable: `달서`, `해운대`, from which rivers and stations are named."""
    return frozenset(name[:-1] for name in districts() if len(name) > 2)


def is_municipality(stem: str, local: frozenset[str] = frozenset()) -> bool:
    """Tell whether the stem may stand before `시장` as the city of a mayor: `대구시장`, not `서문시장`."""
    if stem in short_names() or stem in foreign_cities() or f"{stem}시" in local:
        return True
    return stem.endswith(("특례", "광역", "특별")) and is_authority(f"{stem}시", local)
