"""Points on the way of a write at which a test ends the process, as a kill would; elsewhere they do nothing."""

from __future__ import annotations

import os
from collections.abc import Callable
from enum import StrEnum

VARIABLE = "GISA_TEST_EXIT_AT"
"""Names the point; only tests set it."""
EXIT_STATUS = 86


class Failpoint(StrEnum):
    """The steps between which a process may die."""

    BEFORE_STORE_COMMIT = "before-store-commit"
    AFTER_STORE_COMMIT = "after-store-commit"
    BEFORE_INDEX_COMMIT = "before-index-commit"
    AFTER_INDEX_COMMIT = "after-index-commit"
    BEFORE_CHECKPOINT = "before-checkpoint"
    AFTER_CHECKPOINT = "after-checkpoint"
    AFTER_SETTING_ASIDE = "after-setting-aside"
    WITHIN_BUILD = "within-build"
    BEFORE_SWAP = "before-swap"
    WITHIN_SWAP = "within-swap"
    AFTER_SWAP = "after-swap"


def _passing(point: Failpoint) -> None:
    """Do nothing."""


def _ending_at(wanted: Failpoint) -> Callable[[Failpoint], None]:
    def reach(point: Failpoint) -> None:
        if point is wanted:
            os._exit(EXIT_STATUS)  # without closing anything, as after a kill

    return reach


_wanted = os.environ.get(VARIABLE)
reach = _ending_at(Failpoint(_wanted)) if _wanted else _passing
"""Called where a point is passed."""
