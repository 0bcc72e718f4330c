"""The memory of requests with an idempotency key, and the engine's account of itself."""

from __future__ import annotations

from service.search.engine import Remembered
from tests.contract.shelves import Shelf


def answer(request: str = "digest", body: bytes = b"{}") -> Remembered:
    return Remembered(request, 201, {"ETag": '"1"', "Location": "/v1/articles/a"}, body)


class MemoryContract:
    """What is remembered of requests."""

    def test_an_unknown_key_is_not_remembered(self, shelf: Shelf) -> None:
        assert shelf.engine.recall(f"{shelf.name} none") is None

    def test_an_answer_comes_back_as_it_was_given(self, shelf: Shelf) -> None:
        given = answer(body='{"title": "제목"}'.encode() + bytes(range(256)))
        shelf.engine.remember(shelf.name, given)
        assert shelf.engine.recall(shelf.name) == given

    def test_the_first_answer_stands(self, shelf: Shelf) -> None:
        shelf.engine.remember(shelf.name, answer("first"))
        shelf.engine.remember(shelf.name, answer("second"))
        assert shelf.engine.recall(shelf.name) == answer("first")

    def test_keys_differ_by_case_and_length(self, shelf: Shelf) -> None:
        long = shelf.name + "k" * 240
        for key in ("k", "K", long):
            shelf.engine.remember(f"{shelf.name}{key}", answer(key))
        assert shelf.engine.recall(f"{shelf.name}K") == answer("K")
        assert shelf.engine.recall(f"{shelf.name}{long}") == answer(long)

    def test_every_part_is_ready(self, shelf: Shelf) -> None:
        checks = shelf.engine.checks()
        assert checks
        assert all(check.ready for check in checks), checks
        assert len({check.name for check in checks}) == len(checks)

    def test_the_engine_has_one_of_the_two_names(self, shelf: Shelf) -> None:
        assert shelf.engine.name in ("embedded", "elasticsearch")
