"""Reading everything that is stored."""

from __future__ import annotations

from service.search.engine import Delete, Scanned
from tests.contract.articles import article, put
from tests.contract.shelves import Shelf


def scanned(shelf: Shelf) -> list[Scanned]:
    """Return what a scan gives of this shelf."""
    return [found for found in shelf.engine.scan() if shelf.name in found.article.tags]


class ScanContract:
    """What a scan gives."""

    def test_every_article_comes_once_as_it_is_stored(self, shelf: Shelf) -> None:
        articles = [article(shelf.name, f"{number:03}", f"본문 {number}이다.\n\n둘째 문단.") for number in range(450)]
        operations = [put(each) for each in articles]
        shelf.apply(operations)
        found = sorted(scanned(shelf), key=lambda each: each.article.id)
        assert [each.article for each in found] == articles
        assert [each.fingerprint for each in found] == [operation.fingerprint for operation in operations]

    def test_it_sees_what_was_written_just_now(self, shelf: Shelf) -> None:
        shelf.engine.write([put(article(shelf.name, "a")), put(article(shelf.name, "b"))])
        shelf.engine.write([put(article(shelf.name, "a", "고친 본문이다.")), Delete(f"{shelf.name}.b")])
        [found] = scanned(shelf)
        assert found.article.body == "고친 본문이다."

    def test_what_is_put_again_as_scanned_is_unchanged(self, shelf: Shelf) -> None:
        shelf.store(article(shelf.name, "a", captions=("사진 설명",), money=((3e8, "KRW"),)))
        before = shelf.engine.fingerprints([f"{shelf.name}.a"])
        [found] = scanned(shelf)
        assert before[found.article.id][0] == found.fingerprint
        assert found.article == shelf.engine.get(found.article.id).article

    def test_writes_do_not_disturb_a_scan(self, shelf: Shelf) -> None:
        keys = [f"{number:03}" for number in range(250)]
        shelf.store(*(article(shelf.name, key) for key in keys))
        found = []
        for each in shelf.engine.scan():
            if shelf.name in each.article.tags:
                found.append(each.article.id)
                shelf.engine.write([put(article(shelf.name, "000", f"본문 {len(found)}"))])
        assert sorted(found) == [f"{shelf.name}.{key}" for key in keys]
