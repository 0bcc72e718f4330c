"""Characters that turn the direction of writing turn nothing beyond the name or text they stand in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from service.engines.embedded import open_engine
from tests.browser.conftest import Open
from tests.browser.site import served, store

TURNED = "\u202e가람통신"


@pytest.fixture(scope="module")
def turned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    engine = open_engine(tmp_path_factory.mktemp("turned"))
    document = {
        "id": "turned",
        "title": "트램을 놓는다",
        "body": "가온시는 트램을 놓는다.",
        "outlet": TURNED,
        "captions": [{"text": TURNED, "credit": "가온시"}],
    }
    store(engine, [document])
    with served(engine, tmp_path_factory.mktemp("unused")) as address:
        yield address
    engine.close()


@pytest.mark.parametrize(
    ("path", "text", "after"),
    [
        ("/articles/turned", ".caption bdi", ".caption .soft"),
        ("/?q=트램", "#facet-outlet .name", "#facet-outlet .count"),
    ],
)
def test_what_follows_a_turned_text_stands_behind_it(
    turned: str, open_page: Open, path: str, text: str, after: str
) -> None:
    page = open_page(f"{turned}{path}")
    one = page.locator(text).filter(has_text="가람통신").first.bounding_box()
    other = page.locator(after).first.bounding_box()
    assert one is not None
    assert other is not None
    assert other["x"] >= one["x"] + one["width"] - 1
