"""The short names of states in cursors."""

from __future__ import annotations

import base64
import random
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.engines.elasticsearch.state_names import pack, unpack


@given(st.binary(max_size=200))
def test_a_name_of_elasticsearch_comes_back(raw: bytes) -> None:
    name = base64.urlsafe_b64encode(raw).decode()
    assert unpack(pack(name)) == name


@given(st.text(max_size=40))
def test_any_other_name_comes_back(name: str) -> None:
    assert unpack(pack(name)) == name


def test_a_name_of_many_shards_is_short() -> None:
    chosen = random.Random(1)
    uuid = chosen.randbytes(16)
    shards = (b"gisa-articles-%d-v1-000001" % year + uuid + chosen.randbytes(8) for year in range(2000, 2026))
    name = base64.urlsafe_b64encode(b"".join(shards)).decode()
    assert len(pack(name)) < len(name) / 2


@pytest.mark.parametrize(
    "packed",
    [
        "",
        "A",
        "한글",
        "AAAA",
        base64.urlsafe_b64encode(zlib.compress(b"x" * 100)[:-6]).decode(),
        base64.urlsafe_b64encode(zlib.compress(bytes(1 << 21))).decode(),
    ],
)
def test_what_was_not_packed_is_refused(packed: str) -> None:
    with pytest.raises(ValueError, match="no name of a state"):
        unpack(packed)
