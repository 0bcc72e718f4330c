"""When what was written can be found."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

from service.search.engine import Delete
from tests.contract.articles import article, put
from tests.contract.shelves import Shelf


class RefreshContract:
    """What a search finds after a write."""

    def test_what_was_waited_for_is_found(self, shelf: Shelf) -> None:
        for number in range(5):
            shelf.store(article(shelf.name, str(number), "도서관이 문을 열었다."))
            assert shelf.search("도서관").total == number + 1

    def test_within_a_second_it_is_found_without_waiting(self, shelf: Shelf) -> None:
        shelf.engine.write([put(article(shelf.name, "a", "도서관이 문을 열었다."))])
        written = time.monotonic()
        while shelf.search("도서관").total == 0:
            # One second is promised, a second one is for a busy machine.
            assert time.monotonic() - written < 2
            time.sleep(0.02)

    def test_it_can_be_read_before_it_can_be_found(self, shelf: Shelf) -> None:
        for number in range(20):
            stored = article(shelf.name, str(number))
            shelf.engine.write([put(stored)])
            assert shelf.engine.get(stored.id).article == stored

    def test_the_old_text_of_a_replaced_article_is_not_found(self, shelf: Shelf) -> None:
        shelf.store(article(shelf.name, "a", "하천을 정비했다."))
        shelf.store(article(shelf.name, "a", "도서관이 문을 열었다."))
        assert shelf.found("하천") == ""
        assert shelf.found("도서관") == "a"
        assert shelf.found() == "a"

    def test_a_deleted_article_is_not_found(self, shelf: Shelf) -> None:
        shelf.store(article(shelf.name, "a"), article(shelf.name, "b"))
        shelf.apply([Delete(f"{shelf.name}.a")])
        assert shelf.found() == "b"

    def test_delete_and_put_in_one_batch(self, shelf: Shelf) -> None:
        shelf.store(article(shelf.name, "a", "하천을 정비했다."))
        shelf.apply([Delete(f"{shelf.name}.a"), put(article(shelf.name, "a", "도서관이 문을 열었다."))])
        assert (shelf.found("하천"), shelf.found("도서관")) == ("", "a")
        shelf.apply([put(article(shelf.name, "a", "다리를 놓았다.")), Delete(f"{shelf.name}.a")])
        assert shelf.found() == ""

    def test_waiting_for_nothing_returns(self, shelf: Shelf) -> None:
        shelf.engine.wait_until_searchable([])
        shelf.engine.wait_until_searchable(shelf.engine.write([Delete(f"{shelf.name}.none")]))

    def test_waiting_for_what_is_unchanged_returns(self, shelf: Shelf) -> None:
        shelf.store(article(shelf.name, "a"))
        shelf.store(article(shelf.name, "a"))
        assert shelf.found() == "a"

    def test_the_unchanged_is_waited_for_too(self, shelf: Shelf) -> None:
        # The write before may not be searchable yet when an unchanged one answers.
        for number in range(5):
            operation = put(article(shelf.name, str(number), "도서관이 문을 열었다."))
            shelf.engine.write([operation])
            shelf.engine.wait_until_searchable(shelf.engine.write([operation]))
            assert shelf.search("도서관").total == number + 1

    def test_writers_and_readers_do_not_get_in_each_others_way(self, shelf: Shelf) -> None:
        def write_and_find(number: int) -> bool:
            shelf.store(article(shelf.name, str(number), f"축제 {number} 소식"))
            return str(number) in shelf.keys("축제")

        with ThreadPoolExecutor(4) as pool:
            assert all(pool.map(write_and_find, range(12)))
        assert shelf.search("축제").total == 12

    def test_a_long_article_is_found_by_its_last_word(self, shelf: Shelf) -> None:
        shelf.store(article(shelf.name, "a", "시는 하천을 정비했다고 밝혔다. " * 1_500 + "도서관"))
        assert shelf.found("도서관") == "a"
