"""Records of the service itself, and the counts of views."""

from __future__ import annotations

import pytest

from service.domain.errors import Conflict
from service.search.records import View
from tests.contract.shelves import Shelf


def counted(shelf: Shelf, first: str = "2026-01", last: str = "2026-12") -> list[tuple[View, int]]:
    """Return the counts of this shelf's outlets."""
    return [
        (each.view, each.count)
        for each in shelf.engine.views.counted(first, last)
        if each.view.outlet.startswith(shelf.name)
    ]


class RecordContract:
    """What is kept besides articles."""

    def test_a_record_comes_back_as_it_was_written(self, shelf: Shelf) -> None:
        records = shelf.engine.records
        assert records.version(shelf.name) is None
        assert records.read(shelf.name) is None
        content = '{"이름": "하늘일보"}' + "가" * 50_000
        version = records.write(shelf.name, content, None)
        found = records.read(shelf.name)
        assert found is not None
        assert (found.content, found.version) == (content, version)
        assert records.version(shelf.name) == version

    def test_a_record_is_replaced_only_by_who_has_seen_it(self, shelf: Shelf) -> None:
        records = shelf.engine.records
        first = records.write(shelf.name, "1", None)
        second = records.write(shelf.name, "2", first)
        assert second != first
        for seen in (None, first):
            with pytest.raises(Conflict):
                records.write(shelf.name, "3", seen)
        found = records.read(shelf.name)
        assert found is not None
        assert found.content == "2"

    def test_views_add_up(self, shelf: Shelf) -> None:
        one, other = f"{shelf.name} 가", f"{shelf.name} 나"
        a = View("2026-03", one, "intranet", "a")
        shelf.engine.views.add({a: 2, View("2026-03", other, "public", "b"): 1})
        shelf.engine.views.add({a: 3, View("2026-04", one, "intranet", "a"): 1})
        assert counted(shelf) == [
            (a, 5),
            (View("2026-03", other, "public", "b"), 1),
            (View("2026-04", one, "intranet", "a"), 1),
        ]
        assert counted(shelf, "2026-04", "2026-04") == [(View("2026-04", one, "intranet", "a"), 1)]
        of_one = list(shelf.engine.views.counted("2026-01", "2026-12", one))
        assert [each.count for each in of_one] == [5, 1]

    def test_many_views_are_counted_by_pages(self, shelf: Shelf) -> None:
        views = {View("2026-05", shelf.name, "intranet", f"{number:05}"): number + 1 for number in range(2_500)}
        shelf.engine.views.add(views)
        assert counted(shelf) == list(views.items())
