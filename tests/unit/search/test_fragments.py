from __future__ import annotations

from service.search.fragments import Mark, fragments, marked


def test_text_is_escaped_and_then_marked() -> None:
    assert marked('<b>"대구"</b>', 0, 11, [Mark(4, 6, 0)]) == "&lt;b&gt;&quot;<mark>대구</mark>&quot;&lt;/b&gt;"


def test_marks_that_touch_or_overlap_become_one() -> None:
    assert marked("abcdefg", 0, 7, [Mark(0, 2, 0), Mark(2, 4, 1), Mark(3, 5, 0)]) == "<mark>abcde</mark>fg"


def test_a_fragment_is_cut_at_blanks_and_says_so() -> None:
    text = " ".join(f"낱말{number:03d}" for number in range(100))
    start = text.index("낱말050")
    (fragment,) = fragments([(text, [Mark(start, start + 5, 0)])], 3)
    assert "<mark>낱말050</mark>" in fragment
    plain = fragment.replace("<mark>", "").replace("</mark>", "")
    assert plain.startswith("…")
    assert plain.endswith("…")
    assert 110 <= len(plain) <= 170
    assert plain.strip("…") in text
    assert all(len(word) == 5 for word in plain.strip("…").split())


def test_a_short_text_is_not_cut() -> None:
    assert fragments([("앞 대구 뒤", [Mark(2, 4, 0)])], 3) == ("앞 <mark>대구</mark> 뒤",)


def test_the_three_fragments_with_most_of_the_query_come_in_the_order_of_the_text() -> None:
    text = "나 " * 2_000
    marks = [Mark(start, start + 1, 0) for start in (0, 800, 1_600, 2_400)]
    marks += [Mark(1_602, 1_603, 1), Mark(2_402, 2_403, 1), Mark(3_200, 3_201, 1), Mark(3_202, 3_203, 0)]
    found = fragments([(text, sorted(marks))], 3)
    assert [fragment.count("<mark>") for fragment in found] == [2, 2, 2]


def test_a_long_match_without_a_blank_is_marked_whole() -> None:
    text = "가" * 1_000
    (fragment,) = fragments([(text, [Mark(300, 700, 0)])], 3)
    assert f"<mark>{'가' * 400}</mark>" in fragment


def test_a_fragment_is_a_piece_of_the_text_line_ends_too() -> None:
    assert fragments([("앞\n\n대구\n뒤", [Mark(3, 5, 0)])], 3) == ("앞\n\n<mark>대구</mark>\n뒤",)
