"""What is counted when articles are shown."""

from __future__ import annotations

from datetime import date

from service.domain.article import Article
from service.domain.keys import Audience
from service.domain.outlets import Display, Licence, Outlet, OutletKind
from service.search.records import View
from service.usecases.licences.licences import Licensing, Unlicensed
from service.usecases.licences.table import OutletTable

LICENSED = Outlet("하늘일보", OutletKind.DAILY, ("하늘신문",), {Audience.INTRANET: Licence(Display.SNIPPET)})
TABLE = OutletTable((LICENSED, Outlet("노을일보", OutletKind.DAILY)))
WHOLE_TO_THE_PRESS_OFFICE = Unlicensed(
    {Audience.PRESS_OFFICE: Display.FULL, Audience.INTRANET: Display.SNIPPET, Audience.PUBLIC: Display.LINK}, 60
)


def views(audience: Audience, *outlets: str | None) -> list[View]:
    licensing = Licensing(TABLE, audience, WHOLE_TO_THE_PRESS_OFFICE, date(2026, 2, 28))
    articles = [
        licensing.show(Article(str(number), "도서관", "도서관을 연다.", outlet=outlet))
        for number, outlet in enumerate(outlets)
    ]
    return list(licensing.views_of(articles))


def test_an_article_counts_for_its_outlet_under_whichever_name() -> None:
    assert views(Audience.PRESS_OFFICE, "하늘신문", "하늘일보") == [
        View("2026-02", "하늘일보", "press_office", "0"),
        View("2026-02", "하늘일보", "press_office", "1"),
    ]


def test_neither_a_snippet_counts_nor_what_no_licence_is_about() -> None:
    assert views(Audience.INTRANET, "하늘일보") == []
    assert views(Audience.PRESS_OFFICE, "노을일보", "모르는신문", None) == []
