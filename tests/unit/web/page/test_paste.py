from __future__ import annotations

from pathlib import Path

import pytest

from service.domain.errors import ValidationFailed
from service.engines.embedded import open_engine
from service.usecases.ingest import Ingest
from service.usecases.press_copy import PressCopyDefaults, PressCopyIngest
from service.web.page.paste import article_in, draft_of, drafts_in

COPY = (Path(__file__).resolve().parents[4] / "docs" / "paste.txt").read_text(encoding="utf-8")


def test_an_untouched_form_gives_the_article_that_was_understood(tmp_path: Path) -> None:
    engine = open_engine(tmp_path)
    [entry] = PressCopyIngest(Ingest(engine)).preview(COPY, PressCopyDefaults())
    engine.close()
    article = article_in(draft_of(entry).values, entry.article)
    for name in (
        "title",
        "subtitle",
        "body",
        "outlet",
        "reporters",
        "captions",
        "subheads",
        "published_at",
        "updated_at",
    ):
        assert getattr(article, name) == getattr(entry.article, name)


def test_only_chosen_articles_are_kept() -> None:
    form = {"articles-0-title": "가", "articles-1-title": "나", "articles-1-keep": "yes", "articles-1-body": "a\r\nb"}
    assert list(drafts_in(form)) == [(1, {"title": "나", "body": "a\nb"})]


@pytest.mark.parametrize(
    ("line", "name", "role", "email"),
    [
        ("노을빛", "노을빛", None, None),
        ("노을빛 기자", "노을빛", "기자", None),
        ("노을빛 선임 기자 <a@b.kr>", "노을빛", "선임 기자", "a@b.kr"),
        ("노을빛 <a@b.kr>", "노을빛", None, "a@b.kr"),
    ],
)
def test_a_line_names_a_reporter(line: str, name: str, role: str | None, email: str | None) -> None:
    [reporter] = article_in({"title": "t", "body": "b", "reporters": line}, None).reporters
    assert (reporter.name, reporter.role, reporter.email) == (name, role, email)


def test_what_does_not_fit_is_named() -> None:
    with pytest.raises(ValidationFailed) as refused:
        article_in({"title": " ", "body": "", "url": "x"}, None)
    assert {error.pointer for error in refused.value.errors} == {"/title", "/body", "/url"}
