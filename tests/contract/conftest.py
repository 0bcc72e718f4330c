"""What the contract's tests share."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import pytest

# The contract's tests stand in modules that pytest does not collect itself: their assertions are to be explained too.
PARTS = [path.stem for path in Path(__file__).parent.glob("*.py") if path.stem != "conftest"]
pytest.register_assert_rewrite(*(f"tests.contract.{part}" for part in PARTS))

from service.search.engine import Engine  # noqa: E402 - the imports have to follow the line above
from tests.contract.articles import article, put  # noqa: E402 - as above
from tests.contract.library import ARTICLES  # noqa: E402 - as above
from tests.contract.shelves import Library, Shelf  # noqa: E402 - as above


@pytest.fixture(scope="class")
def library(engine: Engine) -> Library:
    """The shelves that tests only read, all stored with one write; called with a shelf's name it returns the shelf."""
    engine.wait_until_searchable(engine.write([put(article) for article in ARTICLES]))
    return lambda name: Shelf(engine, name)


@pytest.fixture
def shelf(engine: Engine, request: pytest.FixtureRequest) -> Shelf:
    """An empty shelf of the test's own.

    Its name is the same in every run, as the words of stories are made of it and whether two texts share a band of
    their signatures is a matter of chance.
    """
    return Shelf(engine, sha256(request.node.name.encode()).hexdigest()[:12])


@pytest.fixture(scope="class")
def equals(engine: Engine) -> Shelf:
    """A shelf of 250 articles with the same text and the same time, `000` to `249`."""
    shelf = Shelf(engine, uuid4().hex[:12])
    time = "2026-01-15T09:00+09:00"
    keys = (f"{number:03}" for number in range(250))
    shelf.store(*(article(shelf.name, key, "하천을 정비했다.", published=time, persons=("구서율",)) for key in keys))
    return shelf


@pytest.fixture
def few(shelf: Shelf) -> Shelf:
    """A shelf of six articles, one for each of six days."""
    shelf.store(*(article(shelf.name, str(n), "하천 정비", published=f"2026-01-0{n}T09:00+09:00") for n in range(1, 7)))
    return shelf
