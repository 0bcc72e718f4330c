"""Waiting until what is stored can be searched."""

from __future__ import annotations

import time

from service.commands.progress import progress
from service.engines.embedded import EmbeddedEngine
from service.search.engine import Engine

_STALLED = 30.0
"""Seconds without any headway after which the waiting is given up."""
_POLL = 0.05


def wait_until_searchable(engine: Engine) -> bool:
    """Return whether everything stored by now can be searched; false where the indexing makes no headway."""
    if not isinstance(engine, EmbeddedEngine):
        engine.count()  # counts what can be searched, everything stored by now among it
        return True
    waiting = most = least = engine.lag()
    headway = time.monotonic()
    with progress(most, "색인하는 중", "Indexing") as show:
        while waiting:
            if time.monotonic() - headway > _STALLED:
                return False
            time.sleep(_POLL)
            waiting = engine.lag()
            if waiting < least:
                least, headway = waiting, time.monotonic()
            show(most - least, most - least)
    return True
