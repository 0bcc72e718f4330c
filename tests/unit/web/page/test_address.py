from __future__ import annotations

from service.web.page.address import Address, tidied


def test_a_form_becomes_a_tidy_address() -> None:
    form = {
        "q": ["트램"],
        "published_from": [""],
        "fields": ["title", "body"],
        "outlet": ["가", "가", " "],
        "match": [""],
    }
    assert tidied(form).pairs == (("q", "트램"), ("fields", "title,body"), ("outlet", "가"))


def test_a_search_inside_a_facet_leaves_the_page_it_was_made_on() -> None:
    form = {"q": ["a"], "cursor": ["x"], "more": ["person"], "facet_in": ["tag"], "facet_text": ["시"]}
    assert tidied(form).pairs == (("q", "a"), ("facet_search", "tag:시"))


def test_a_value_takes_the_place_of_its_opposite() -> None:
    address = Address((("q", "a"), ("outlet", "-가"), ("cursor", "x")))
    assert address.adding("outlet", "가").pairs == (("q", "a"), ("outlet", "가"))
    assert address.adding("outlet", "-가").pairs == (("q", "a"), ("outlet", "-가"))
    assert address.dropping("outlet", "-가").pairs == (("q", "a"),)


def test_stories_are_folded_unless_each_copy_is_asked_for() -> None:
    assert Address().for_search["group"] == ["story"]
    each = Address((("copies", "each"), ("more", "tag")))
    assert "group" not in each.for_search
    assert "copies" not in each.for_search
    assert each.for_search["facet_size"] == ["100"]


def test_what_is_exported_is_what_is_shown() -> None:
    address = Address((("q", "a b"), ("sort", "oldest"), ("cursor", "x"), ("more", "tag")))
    exported = address.at("/v1/export").having(format="csv")
    assert str(exported) == "/v1/export?q=a+b&sort=oldest&group=story&format=csv"
