"""What a first view loads; `make page-load` measures how fast it is painted, where nothing else runs."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from bench.page_load import TRANSFER_BYTES, load


@pytest.mark.parametrize("view", ["/", "/?q=트램", "/analysis?q=트램", "/widget/frame?q=트램"])
def test_a_first_view_is_small_painted_and_of_this_host(site: str, browser: Browser, view: str) -> None:
    loaded = load(browser, f"{site}{view}")
    assert 10_000 < loaded.transfer < TRANSFER_BYTES
    assert loaded.foreign == ()
    assert 0 < loaded.answer < loaded.paint
