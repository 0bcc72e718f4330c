"""Finding the browser of the tests, or saying why they are left out."""

from __future__ import annotations

import os
import shutil

import pytest

LEFT_OUT = "left out, as they need a chromium"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium() -> str:
    """Return the path of a chromium: GISA_TEST_CHROMIUM, else the one installed.

    Leaves the test out where there is none; fails it where GISA_TEST_REQUIRE_CHROMIUM asks for one.
    """
    found = os.environ.get("GISA_TEST_CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
    if found:
        return found
    reason = "install chromium (Debian: apt-get install chromium) or name one by GISA_TEST_CHROMIUM"
    if os.environ.get("GISA_TEST_REQUIRE_CHROMIUM") == "1":
        pytest.fail(f"A chromium is required and there is none: {reason}", pytrace=False)
    pytest.skip(f"{LEFT_OUT}: {reason}")
