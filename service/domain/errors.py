"""Typed errors: raised where they arise, mapped to HTTP in one table (`service.web.problems`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence for the reader in Korean and in English; it says what to do."""

    ko: str
    en: str


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one value: `pointer` is a JSON pointer into the body, `parameter` names one of the URL."""

    code: str
    message: Message
    pointer: str | None = None
    parameter: str | None = None


class GisaError(Exception):
    """The base of every error the service raises on purpose."""

    code: ClassVar[str] = "error"

    def __init__(self, ko: str, en: str, errors: tuple[FieldError, ...] = ()) -> None:
        super().__init__(en)
        self.message = Message(ko, en)
        self.errors = errors


class MalformedRequest(GisaError):
    """The request cannot be read: broken JSON, invalid UTF-8, a malformed header."""

    code = "malformed-request"


class QuerySyntaxError(GisaError):
    """The query cannot be read strictly; `position` is a 0-based code point of `q`, `correction` one that can."""

    code = "query-syntax"

    def __init__(self, ko: str, en: str, position: int, correction: str | None = None) -> None:
        super().__init__(ko, en, (FieldError("query-syntax", Message(ko, en), parameter="q"),))
        self.position = position
        self.correction = correction


class InvalidCursor(GisaError):
    """The cursor is damaged or belongs to another search."""

    code = "invalid-cursor"


class ExpiredCursor(GisaError):
    """The cursor was good once; the search has to start again."""

    code = "expired-cursor"


class NotFound(GisaError):
    """There is no such article."""

    code = "not-found"


class Conflict(GisaError):
    """Another write came first, or an idempotency key was used for another request."""

    code = "conflict"


class PreconditionFailed(GisaError):
    """`If-Match` or `If-None-Match` does not hold for the stored version."""

    code = "precondition-failed"


class TooLarge(GisaError):
    """A body, a line or an inflated body is over its limit."""

    code = "too-large"


class UnsupportedMediaType(GisaError):
    """The content type, charset or content encoding is not one the call takes."""

    code = "unsupported-media-type"


class ValidationFailed(GisaError):
    """Values do not fit the schema; `errors` names each."""

    code = "validation-failed"


class EngineUnavailable(GisaError):
    """The engine cannot answer now; `retry_after` is in seconds."""

    code = "engine-unavailable"

    def __init__(self, ko: str, en: str, retry_after: int = 5) -> None:
        super().__init__(ko, en)
        self.retry_after = retry_after


class Unauthorized(GisaError):
    """The call needs a key, and the request brings none that is in force; `invalid` where it brought another one."""

    code = "unauthorized"

    def __init__(self, ko: str, en: str, *, invalid: bool = False) -> None:
        super().__init__(ko, en)
        self.invalid = invalid


class Forbidden(GisaError):
    """The sender may not make this call; `needed` is the scope that the key lacks."""

    code = "forbidden"

    def __init__(self, ko: str, en: str, needed: str | None = None) -> None:
        super().__init__(ko, en)
        self.needed = needed


class RateLimited(GisaError):
    """More requests were sent than the limit allows; `retry_after` is in seconds."""

    code = "rate-limited"

    def __init__(self, ko: str, en: str, retry_after: int) -> None:
        super().__init__(ko, en)
        self.retry_after = retry_after


class KeysUnavailable(GisaError):
    """The keys cannot be read, so none is taken."""

    code = "keys-unavailable"
    retry_after: ClassVar[int] = 30


class SignOnFailed(GisaError):
    """A sign-on cannot be finished: it was not begun in this browser, took too long, or its proof does not hold."""

    code = "sign-on-failed"


class NoRole(Forbidden):
    """Somebody has signed on at the provider, but none of the roles there gives anything here."""

    code = "no-role"


class SignOnUnavailable(GisaError):
    """The provider of sign-on does not answer as it should; `reason` says to the operator how.

    Keys and sessions go on working.
    """

    code = "sign-on-unavailable"
    retry_after: ClassVar[int] = 10

    def __init__(self, ko: str, en: str, reason: str = "") -> None:
        super().__init__(ko, en)
        self.reason = reason


class StorageFull(GisaError):
    """The disk is full; reads go on."""

    code = "storage-full"


class StartupError(GisaError):
    """The service cannot start; the message says why and what to do."""

    code = "startup"


class BackupDamaged(StartupError):
    """The backup is not what was written, or none at all: nothing was restored from it."""

    code = "backup-damaged"
