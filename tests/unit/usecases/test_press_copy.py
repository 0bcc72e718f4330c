from __future__ import annotations

import pytest

from service.domain.errors import ValidationFailed
from service.search.engine import Change, Engine
from service.usecases.ingest import Ingest
from service.usecases.press_copy import PressCopyDefaults, PressCopyIngest

COPY = """가온시, 밤에도 여는 도서관 세 곳으로 늘린다

(가온=가람통신) 한누리 기자 = 가온시는 다음 달부터 밤 11시까지 문을 여는 도서관을 세 곳으로 늘린다고 12일 밝혔다.

도나래 가온시장은 "일을 마치고 책을 읽을 자리가 있어야 한다"고 말했다.

<저작권자 ⓒ 가람통신, 무단 전재 및 재배포 금지>
2026/03/12 15:01 송고
"""


def test_a_copy_is_stored_once_however_often_it_is_pasted(ingest: Ingest) -> None:
    press_copy = PressCopyIngest(ingest)
    first = press_copy.store(COPY, PressCopyDefaults())
    again = press_copy.store(COPY, PressCopyDefaults())
    assert [entry.change for entry in first + again] == [Change.CREATED, Change.UNCHANGED]
    assert first[0].article.id == again[0].article.id
    assert first[0].article.outlet == "가람통신"


def test_defaults_fill_only_what_the_copy_does_not_say(ingest: Ingest) -> None:
    defaults = PressCopyDefaults(outlet="한빛일보", section="지역")
    article = PressCopyIngest(ingest).preview(COPY, defaults)[0].article
    assert (article.outlet, article.section) == ("가람통신", "지역")


def test_a_preview_stores_nothing(ingest: Ingest, engine: Engine) -> None:
    entry = PressCopyIngest(ingest).preview(COPY, PressCopyDefaults())[0]
    assert (entry.problems, entry.change) == ((), None)
    assert engine.count() == 0


def test_a_copy_without_a_headline_is_shown_with_its_problem_but_not_stored(ingest: Ingest) -> None:
    body = "\n\n".join(COPY.split("\n\n")[1:])
    press_copy = PressCopyIngest(ingest)
    entry = press_copy.preview(body, PressCopyDefaults())[0]
    assert [problem.code for problem in entry.problems] == ["no-headline"]
    with pytest.raises(ValidationFailed) as refused:
        press_copy.store(body, PressCopyDefaults())
    assert refused.value.errors[0].pointer == "/articles/0/title"


def test_an_empty_copy_is_refused_in_a_preview_too(ingest: Ingest) -> None:
    with pytest.raises(ValidationFailed):
        PressCopyIngest(ingest).preview(" \n ", PressCopyDefaults())


def test_a_text_without_an_article_is_told_from_an_empty_one(ingest: Ingest) -> None:
    with pytest.raises(ValidationFailed) as empty:
        PressCopyIngest(ingest).preview("\u200b\n", PressCopyDefaults())
    with pytest.raises(ValidationFailed) as found_none:
        PressCopyIngest(ingest).preview("네", PressCopyDefaults())
    assert [refused.value.errors[0].code for refused in (empty, found_none)] == ["required", "no-article"]
