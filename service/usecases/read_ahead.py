"""An iterator read by a thread of its own, so that one can tell whether its next item is at hand."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Condition, Thread
from types import TracebackType
from typing import Generic, Self, TypeVar

_Item = TypeVar("_Item")


class ReadAhead(Generic[_Item]):
    """The items of an iterator, of which one is held and another may be in the making.

    The thread ends with the iterator, or at its next item once this is left.
    """

    def __init__(self, items: Iterator[_Item]) -> None:
        self._items = items
        self._held: list[_Item] = []
        self._ended = False
        self._left = False
        self._error: Exception | None = None
        self._changed = Condition()

    def __enter__(self) -> Self:
        Thread(target=self._run, name="gisa-read-ahead", daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        with self._changed:
            self._left = True
            self._changed.notify_all()

    def at_hand(self, seconds: float | None) -> bool:
        """Return whether the next item, or the end, can be had within this time; None waits for it."""
        with self._changed:
            return self._changed.wait_for(lambda: bool(self._held) or self._ended, seconds)

    def __iter__(self) -> Iterator[_Item]:
        """Yield the items; raises what the iterator raised."""
        while self.at_hand(None):
            with self._changed:
                if not self._held:
                    break
                item = self._held.pop()
                self._changed.notify_all()
            yield item
        if self._error is not None:
            raise self._error

    def _run(self) -> None:
        try:
            for item in self._items:
                with self._changed:
                    self._changed.wait_for(lambda: not self._held or self._left)
                    if self._left:
                        return
                    self._held.append(item)
                    self._changed.notify_all()
        except Exception as error:  # noqa: BLE001 -- raised again where the items are read
            self._error = error
        finally:
            with self._changed:
                self._ended = True
                self._changed.notify_all()
