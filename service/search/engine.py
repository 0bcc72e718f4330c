"""The port: what every engine does for the service."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from service.domain.article import Article
from service.domain.errors import GisaError, Message
from service.search.analytics import Analytics
from service.search.completion import Completed, Completion, Title
from service.search.records import Records, Views
from service.search.request import SearchRequest
from service.search.results import Duplicates, Hit, SearchResults
from service.search.tree import FilterField, Node
from service.stories.membership import Membership
from service.stories.signature import Signature


@dataclass(frozen=True, slots=True)
class Precondition:
    """What must hold of the stored article for a write to happen, else the write is refused with PreconditionFailed.

    `absent`: there must be none. `present`: there must be one. `versions`: its version must be one of these.
    `conflict`: refuse with Conflict instead (the caller read that version itself and may try again).
    """

    absent: bool = False
    present: bool = False
    versions: frozenset[str] | None = None
    conflict: bool = False


NO_PRECONDITION = Precondition()


@dataclass(frozen=True, slots=True)
class Put:
    """Store this article.

    `tokens` are those of its texts as `encode_tokens` returns them. `fingerprint` is a digest of what the client gave
    and of the enrichment version: where the stored article has the same, nothing is written and the outcome is
    UNCHANGED. `signature` is that of the text, by which the engine finds its story; without one the article keeps the
    `story_id` it comes with.
    """

    article: Article
    tokens: bytes
    fingerprint: str
    precondition: Precondition = NO_PRECONDITION
    signature: Signature | None = None


@dataclass(frozen=True, slots=True)
class Delete:
    """Remove this article; NotFound where there is none."""

    id: str
    precondition: Precondition = NO_PRECONDITION


Operation = Put | Delete


class Change(StrEnum):
    """What a write did."""

    CREATED = "created"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Written:
    """A write that is stored for good; `version` identifies the stored state, `sequence` orders it for waiting.

    `membership` is the place among the stories that the engine has found for an article with a signature.
    """

    id: str
    change: Change
    version: str
    sequence: int
    membership: Membership | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A write that did not happen and why; the others of its batch are not touched by it."""

    id: str
    error: GisaError


Outcome = Written | Refused


@dataclass(frozen=True, slots=True)
class Stored:
    """An article as stored and its version."""

    article: Article
    version: str


@dataclass(frozen=True, slots=True)
class Scanned:
    """An article as stored and the fingerprint it was put with."""

    article: Article
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Remembered:
    """The answer once given to a request with an idempotency key; `request` is a digest of that request."""

    request: str
    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Check:
    """One part of the engine: whether it is ready, and where it is not, why and what to do."""

    name: str
    ready: bool
    message: Message | None = None


@dataclass(frozen=True, slots=True)
class Indexing:
    """How far the index is behind the store.

    `waiting` counts writes that cannot be searched yet, `seconds` is how long the longest of them has waited, about;
    `set_aside` counts the articles that cannot be indexed.
    """

    waiting: int
    seconds: float
    set_aside: int


class Engine(Analytics, Protocol):
    """An engine: keeps articles and finds them.

    Every method may raise EngineUnavailable; writes may raise StorageFull. All are safe to call from several threads.
    """

    @property
    def name(self) -> str:
        """Return `embedded` or `elasticsearch`."""
        ...

    @property
    def records(self) -> Records:
        """Return the records of the service itself."""
        ...

    @property
    def views(self) -> Views:
        """Return the counts of views of licensed text."""
        ...

    def write(self, operations: Sequence[Operation]) -> list[Outcome]:
        """Apply the operations in order and return one outcome for each once all are durable.

        Operations on one id see the effect of those before them. An article can be found within a second.
        """
        ...

    def wait_until_searchable(self, outcomes: Collection[Outcome]) -> None:
        """Return when a search by any process finds what these outcomes wrote; EngineUnavailable after 30 s."""
        ...

    def get(self, article_id: str) -> Stored:
        """Return the article as stored, also before it can be searched; NotFound where there is none."""
        ...

    def fingerprints(self, ids: Collection[str]) -> dict[str, tuple[str, str]]:
        """Return (fingerprint, version) of those of the articles that are stored."""
        ...

    def scan(self) -> Iterator[Scanned]:
        """Yield every stored article once, in no particular order.

        What is written meanwhile may come as it was before or as it is after, or not at all where it is new or gone.
        """
        ...

    def search(self, request: SearchRequest) -> SearchResults:
        """Return a page of hits; InvalidCursor and ExpiredCursor for a cursor that cannot be gone on with."""
        ...

    def similar(self, article_id: str, size: int) -> tuple[Hit, ...]:
        """Return other articles that share the words that mark this one out, best first; NotFound without it."""
        ...

    def duplicates(self, article_id: str, size: int) -> Duplicates:
        """Return the other articles of the same story, the first of them first; NotFound where there is no article."""
        ...

    def counts(self, nodes: Sequence[Node]) -> list[int]:
        """Return the number of articles that each node matches; leaves look in all fields unless they name some."""
        ...

    def complete(self, wanted: Completion) -> tuple[Completed, ...]:
        """Return some hundred values of the fields that are completed, the most frequent, in no particular order."""
        ...

    def titles(self, patterns: Sequence[str], size: int) -> tuple[Title, ...]:
        """Return the titles of the newest articles in whose title every pattern matches a written word.

        A pattern is a regular expression over a whole word as `written_words` folds it; see `Completion`. Without a
        pattern those of the newest articles.
        """
        ...

    def articles_with(self, patterns: Sequence[str], size: int, of: FilterField | None = None) -> tuple[Article, ...]:
        """Return the newest articles in one of whose texts one of the patterns matches a written word.

        With `of` it has to match a whole value of that field, folded.
        """
        ...

    def follow_dictionary(self) -> None:
        """Have queries and texts be cut from now on by the user dictionary of the index in use, whoever changed it."""
        ...

    def count(self) -> int:
        """Return the number of stored articles."""
        ...

    def remember(self, key: str, answer: Remembered) -> None:
        """Keep the answer to a request with this idempotency key for a day; the first one kept stands."""
        ...

    def recall(self, key: str) -> Remembered | None:
        """Return the answer kept for this idempotency key."""
        ...

    def indexing(self) -> Indexing | None:
        """Return how far the index is behind the store; None where the engine keeps no journal of its own."""
        ...

    @property
    def is_given_up(self) -> bool:
        """Return whether this process refuses requests without asking, as the engine has not answered; asks nothing."""
        ...

    def checks(self) -> tuple[Check, ...]:
        """Return the state of each part; never raises."""
        ...

    def close(self) -> None:
        """Finish what is under way and let go of files, locks and connections."""
        ...
