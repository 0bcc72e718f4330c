"""Problems: one table, two languages."""

from __future__ import annotations

import json

import pytest

from schemas.problems import PROBLEM_TYPES, problem_of, status_of
from service.domain import errors
from service.domain.errors import FieldError, GisaError, Message, NotFound, QuerySyntaxError, ValidationFailed


def every_error() -> list[type[GisaError]]:
    return [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, GisaError)]


def test_every_error_of_the_service_has_a_row_of_its_own() -> None:
    assert set(every_error()) - {GisaError} == set(PROBLEM_TYPES)
    names = [problem_type.name for problem_type in PROBLEM_TYPES.values()]
    assert len(set(names)) == len(names)


def test_an_error_of_a_new_class_takes_the_row_of_its_base() -> None:
    class NoSuchOutlet(NotFound):
        pass

    assert status_of(NoSuchOutlet("없음", "none")) == 404
    assert status_of(GisaError("오류", "error")) == 500


@pytest.mark.parametrize(
    ("language", "detail", "said"), [("ko", "고치세요.", "지우세요."), ("en", "Mend it.", "Drop it.")]
)
def test_a_problem_speaks_the_language_of_its_reader(language: str, detail: str, said: str) -> None:
    wrong = FieldError("x", Message("지우세요.", "Drop it."), pointer="/title")
    body = problem_of(ValidationFailed("고치세요.", "Mend it.", (wrong,)), language)  # type: ignore[arg-type] # from a table
    assert body["detail"] == detail
    assert body["status"] == 422
    assert body["type"] == "urn:gisa:problem:validation-failed"
    assert body["errors"] == [{"pointer": "/title", "code": "x", "message": said}]


def test_a_query_that_cannot_be_read_says_where_and_how_it_could() -> None:
    body = problem_of(QuerySyntaxError("닫으세요.", "Close it.", 3, '"a"'), "ko")
    assert (body["position"], body["correction"]) == (3, '"a"')
    assert body["errors"][0]["parameter"] == "q"


def test_a_name_that_cannot_be_encoded_is_replaced() -> None:
    wrong = FieldError("unknown", Message("\ud800", "\ud800"), pointer="/\ud800")
    body = problem_of(ValidationFailed("\udfff", "x", (wrong,)), "ko")
    json.dumps(body, ensure_ascii=False).encode()
