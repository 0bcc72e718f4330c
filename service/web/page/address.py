"""The address of a search on the page: every state of it is a parameter, and every control is a link to another one."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from service.search.tree import FilterField
from service.web.parameters import Parameters

COPIES = "copies"
"""`each` lists every copy of a story by itself; without it they are folded under one."""
MORE = "more"
"""The facet that is shown with more of its values."""
_FACET_IN, _FACET_TEXT = "facet_in", "facet_text"
_PAGE_ONLY = (COPIES, MORE)
_OF_ONE_PAGE = ("cursor", MORE, "facet_search")
_COMMA_LISTS = ("fields",)
_FILTERS = tuple(field.value for field in FilterField)
_MORE_VALUES = 100
_FEW_VALUES = 8


@dataclass(frozen=True, slots=True)
class Address:
    """The parameters of a search, each a name and a value, in order."""

    pairs: tuple[tuple[str, str], ...] = ()
    path: str = "/"

    def __str__(self) -> str:
        return f"{self.path}?{urlencode(self.pairs)}" if self.pairs else self.path

    def value(self, name: str) -> str:
        """Return the first value of this name, "" where there is none."""
        return next((value for key, value in self.pairs if key == name), "")

    def values(self, name: str) -> tuple[str, ...]:
        """Return every value of this name."""
        return tuple(value for key, value in self.pairs if key == name)

    def without(self, *names: str) -> Address:
        """Return the address without these names, on its first page."""
        gone = {*names, *_OF_ONE_PAGE}
        return Address(tuple(pair for pair in self.pairs if pair[0] not in gone), self.path)

    def having(self, **values: str) -> Address:
        """Return the address with these values in place of those of the same names; an empty one is left out."""
        kept = self.without(*values).pairs
        return Address((*kept, *((name, value) for name, value in values.items() if value)), self.path)

    def only(self, *names: str) -> Address:
        """Return the address with these names alone, on its first page."""
        return Address(tuple(pair for pair in self.without().pairs if pair[0] in names), self.path)

    def adding(self, name: str, value: str) -> Address:
        """Return the address with one more value of a name, and without its opposite (`-value`)."""
        opposite = value[1:] if value.startswith("-") else f"-{value}"
        return Address((*self.dropping(name, opposite).dropping(name, value).pairs, (name, value)), self.path)

    def dropping(self, name: str, value: str) -> Address:
        """Return the address without this one value, on its first page."""
        kept = self.without().pairs
        return Address(tuple(pair for pair in kept if pair != (name, value)), self.path)

    def next(self, cursor: str) -> Address:
        """Return the address of the page that goes on from the cursor."""
        return Address((*self.having(cursor="").pairs, ("cursor", cursor)), self.path)

    def at(self, path: str) -> Address:
        """Return the same parameters under another path, without those that only this page knows."""
        kept = tuple(pair for pair in self.without(*_PAGE_ONLY).pairs)
        return Address((*kept, *_grouping(self)), path)

    @property
    def filters(self) -> tuple[tuple[str, str], ...]:
        """Return the name and value of each filter."""
        return tuple(pair for pair in self.pairs if pair[0] in _FILTERS)

    @property
    def for_search(self) -> Parameters:
        """Return what is asked of the search: as the API would be asked, with the facets of the page."""
        found: Parameters = {}
        for name, value in self.pairs:
            if name not in _PAGE_ONLY:
                found.setdefault(name, []).append(value)
        wanted = self.value(MORE) or self.value("facet_search").partition(":")[0]
        found["facets"] = [",".join((*_FILTERS, "published"))]
        found["facet_size"] = [str(_MORE_VALUES if wanted else _FEW_VALUES)]
        for name, value in _grouping(self):
            found[name] = [value]
        return found


def few(values: int) -> int:
    """Return how many values a facet shows before one asks for more."""
    return min(values, _FEW_VALUES)


def tidied(given: Parameters) -> Address:
    """Return the address that a form with these fields means: nothing empty, lists joined, a facet's search named."""
    pairs: list[tuple[str, str]] = []
    for name, values in given.items():
        kept = [value for value in values if value.strip()]
        if name in _COMMA_LISTS and kept:
            kept = [",".join(dict.fromkeys(part for value in kept for part in value.split(",")))]
        if name not in (_FACET_IN, _FACET_TEXT):
            pairs += [(name, value) for value in dict.fromkeys(kept)]
    facet, text = given.get(_FACET_IN, [""])[0], given.get(_FACET_TEXT, [""])[0]
    if facet and text.strip():
        pairs = [pair for pair in pairs if pair[0] not in _OF_ONE_PAGE]
        pairs.append(("facet_search", f"{facet}:{text}"))
    return Address(tuple(pairs))


def _grouping(address: Address) -> tuple[tuple[str, str], ...]:
    return () if address.value(COPIES) == "each" else (("group", "story"),)
