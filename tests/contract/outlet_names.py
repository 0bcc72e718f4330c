"""Outlets asked for by any of their names, through the engine that readers get."""

from __future__ import annotations

from datetime import date

from service.domain.keys import Audience
from service.domain.outlets import Display, Outlet, OutletKind
from service.search.engine import Engine
from service.search.query_language import parse
from service.search.request import Filter
from service.search.tree import FilterField
from service.usecases.licences.engine import LicensedEngine
from service.usecases.licences.licences import Licensing, Unlicensed
from service.usecases.licences.table import OutletTable
from tests.contract.articles import article
from tests.contract.shelves import Shelf

TABLE = OutletTable(
    (Outlet("하늘일보", OutletKind.DAILY, ("하늘신문", "Sky Daily")), Outlet("노을일보", OutletKind.DAILY))
)
WHOLE = Unlicensed(dict.fromkeys(Audience, Display.FULL), 60)


def licensed(engine: Engine) -> LicensedEngine:
    return LicensedEngine(engine, Licensing(TABLE, Audience.PRESS_OFFICE, WHOLE, date(2026, 1, 1)))


class OutletNameContract:
    """What is found by the name or an alias of an outlet."""

    def test_any_name_of_an_outlet_finds_the_articles_under_all_of_them(self, shelf: Shelf) -> None:
        shelf.store(
            article(shelf.name, "name", "도서관을 연다.", outlet="하늘일보"),
            article(shelf.name, "alias", "도서관을 연다.", outlet="하늘신문"),
            article(shelf.name, "other", "도서관을 연다.", outlet="노을일보"),
            article(shelf.name, "none", "도서관을 연다."),
        )
        readers = Shelf(licensed(shelf.engine), shelf.name)
        for written in ("하늘일보", "하늘신문", "sky  daily"):
            named = {FilterField.OUTLET: Filter((written,))}
            assert readers.found(filters=named) == "alias name", written
            assert readers.found(filters={FilterField.OUTLET: Filter((), (written,))}) == "none other"
            assert readers.found(f'언론사:"{written}"') == "alias name"
            assert readers.found(f'도서관 -언론사:"{written}"') == "none other"
            assert readers.found(f'언론사:("{written}" | 노을일보) 도서관') == "alias name other"
            assert {hit.article.id for hit in readers.engine.stream(readers.request(filters=named), 10).hits} == {
                f"{shelf.name}.alias", f"{shelf.name}.name",
            }  # fmt: skip
        asked = readers.request(filters={FilterField.OUTLET: Filter(("하늘신문",))})
        assert readers.engine.counts_within(asked, (parse("도서관").tree, parse("언론사:하늘일보").tree)) == (2, 2)
        assert readers.found(filters={FilterField.OUTLET: Filter(("노을일보",))}) == "other"
        assert readers.found(filters={FilterField.OUTLET: Filter(("없는신문",))}) == ""
