"""What cannot be read strictly: where, what to do about it, and the smallest edit that mends it."""

from __future__ import annotations

from dataclasses import dataclass

from service.domain.errors import FieldError, Message, ValidationFailed
from service.search.query_language.fields import KOREAN_NAMES
from service.search.query_language.limits import MAX_CLAUSES, MAX_DEPTH, MAX_DISTANCE, MAX_LENGTH, MIN_PREFIX_LENGTH


@dataclass(frozen=True, slots=True)
class Edit:
    """Replaces [start, end) of the query as read."""

    start: int
    end: int
    replacement: str = ""

    def apply(self, text: str) -> str:
        """Return the edited text."""
        return text[: self.start] + self.replacement + text[self.end :]


class Unreadable(Exception):
    """The query cannot be read strictly; offsets count characters of the query as read."""

    def __init__(self, message: Message, offset: int, edit: Edit | None) -> None:
        super().__init__(message.en)
        self.message = message
        self.offset = offset
        self.edit = edit


TOO_LONG = Message(
    f"검색식이 {MAX_LENGTH:,}자를 넘습니다. 낱말을 줄이세요.",
    f"The query is longer than {MAX_LENGTH:,} characters. Use fewer words.",
)
TOO_MANY_CLAUSES = Message(
    f"검색식의 낱말과 조건이 {MAX_CLAUSES}개를 넘습니다. 나누어 검색하세요.",
    f"The query has more than {MAX_CLAUSES} words and conditions. Split it into several searches.",
)
TOO_DEEP = Message(
    f"괄호와 제외 기호가 {MAX_DEPTH}겹을 넘습니다. 괄호를 줄이세요.",
    f"Parentheses and exclusions are nested deeper than {MAX_DEPTH}. Use fewer of them.",
)
NO_WORD = Message(
    "찾을 낱말이 없습니다. 낱말을 하나 이상 쓰세요.",
    "There is no word to look for. Write at least one word.",
)
UNCLOSED_QUOTATION = Message(
    "따옴표가 닫히지 않았습니다. 닫는 따옴표를 넣거나 여는 따옴표를 지우세요.",
    "The quotation mark is not closed. Add the closing mark or remove the opening one.",
)
UNOPENED_QUOTATION = Message(
    "여는 따옴표 없이 닫는 따옴표가 있습니다. 닫는 따옴표를 지우세요.",
    "The closing quotation mark has no opening one. Remove it.",
)
EMPTY_QUOTATION = Message(
    "따옴표 안에 낱말이 없습니다. 낱말을 넣거나 따옴표를 지우세요.",
    "There is no word inside the quotation marks. Write one or remove the marks.",
)
UNCLOSED_PARENTHESIS = Message(
    "괄호가 닫히지 않았습니다. 닫는 괄호를 넣으세요.",
    "The parenthesis is not closed. Add the closing one.",
)
UNOPENED_PARENTHESIS = Message(
    "여는 괄호 없이 닫는 괄호가 있습니다. 닫는 괄호를 지우세요.",
    "The closing parenthesis has no opening one. Remove it.",
)
EMPTY_PARENTHESES = Message(
    "괄호 안에 낱말이 없습니다. 낱말을 넣거나 괄호를 지우세요.",
    "There is no word inside the parentheses. Write one or remove the parentheses.",
)
MISPLACED_STAR = Message(
    f"*는 {MIN_PREFIX_LENGTH}자 이상인 낱말의 끝에만 쓸 수 있습니다. 다른 곳의 *는 지우세요.",
    f"* stands only at the end of a word of at least {MIN_PREFIX_LENGTH} characters. Remove it elsewhere.",
)
STAR_IN_VALUE = Message(
    "이 필드는 값 전체로 찾으므로 *를 쓸 수 없습니다. 값을 끝까지 쓰세요.",
    "This field is compared as a whole value, so it takes no *. Write the whole value.",
)
NESTED_FIELD = Message(
    "필드 안에 다른 필드를 쓸 수 없습니다. 안쪽의 필드 이름을 지우거나 밖으로 꺼내세요.",
    "A field cannot stand inside another field. Remove the inner name or move it outside.",
)
EXCLUDED_VALUE = Message(
    "제외 기호는 필드 이름 앞에 쓰세요.",
    "Put the exclusion sign before the name of the field.",
)
OPERATOR_AS_VALUE = Message(
    "연산자를 낱말로 찾으려면 따옴표로 묶으세요.",
    "Put quotation marks around an operator to look for it as a word.",
)
NEAR_OPERANDS = Message(
    "NEAR의 양쪽에는 같은 필드의 낱말이나 구절을 하나씩만 쓸 수 있습니다.",
    "NEAR takes one word or phrase on each side, both of the same field.",
)
SLOP_OF_VALUE = Message(
    "이 필드는 값 전체로 찾으므로 ~를 쓸 수 없습니다. ~와 숫자를 지우세요.",
    "This field is compared as a whole value, so it takes no ~. Remove it and its number.",
)


def operator_without_words(operator: str) -> Message:
    """Return what to do about an operator that lacks a word before or after it."""
    return Message(
        f"{operator} 앞뒤에 낱말이 없습니다. 낱말을 쓰거나 {operator} 기호를 지우세요.",
        f"{operator} lacks a word beside it. Write the word or remove {operator}.",
    )


def field_without_value(name: str) -> Message:
    """Return what to do about a field with nothing right after its colon."""
    return Message(
        f"{name}: 바로 뒤에 찾을 값이 없습니다. 빈칸 없이 값을 붙여 쓰세요.",
        f"There is no value right after {name}:. Write it without a blank between.",
    )


def not_a_field(name: str) -> Message:
    """Return the warning that a word before a colon was read as text."""
    known = ", ".join(KOREAN_NAMES.values())
    return Message(
        f"'{name}:'은(는) 필드 이름이 아니어서 글자 그대로 찾았습니다. 쓸 수 있는 필드: {known}.",
        f"'{name}:' is not the name of a field and was read as text. Fields: {known}.",
    )


def star_in_quotation(text: str) -> Message:
    """Return the warning that a `*` inside quotation marks is no prefix."""
    return Message(
        f"따옴표 안의 *는 앞부분 찾기가 아니라 글자로 읽었습니다: {text}",
        f"A * inside quotation marks is text, not a prefix: {text}",
    )


def invalid_value(code: str, ko: str, en: str) -> ValidationFailed:
    """Return the error for a value in the query that does not fit its field."""
    return ValidationFailed(ko, en, (FieldError(code, Message(ko, en), parameter="q"),))


def distance_out_of_range() -> ValidationFailed:
    """Return the error for a distance over the limit."""
    return invalid_value(
        "distance-out-of-range",
        f"NEAR/와 ~ 뒤의 수는 0부터 {MAX_DISTANCE:,}까지 쓸 수 있습니다.",
        f"The number after NEAR/ and ~ goes from 0 to {MAX_DISTANCE:,}.",
    )


def control_character() -> ValidationFailed:
    """Return the error for characters that no text has."""
    return invalid_value(
        "control-character",
        "검색식에 제어 문자나 깨진 글자가 있습니다. 지우고 다시 검색하세요.",
        "The query has control characters or lone surrogates. Remove them.",
    )
