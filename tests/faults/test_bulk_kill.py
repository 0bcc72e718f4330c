"""A bulk under faults: memory that stays flat, a kill in the middle, and writes that every worker finds at once.

GISA_TEST_BULK_ARTICLES says how many articles are sent; 20,000 is the promise, fewer are the habit.
"""

from __future__ import annotations

import json
import os
import random
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.bulk import bulk
from bench.running import RunningService, resident_bytes

ARTICLES = int(os.environ.get("GISA_TEST_BULK_ARTICLES", "800"))
MOST_GROWTH = 96 << 20
"""Bytes: the buffer of the indexing worker (64 MB) fills and empties; the articles with their tokens are far more."""

PLACES = ("새빛동", "은행로", "가온역", "미르천", "달무리공원", "노을시장", "한울초등학교", "시립도서관")
SUBJECTS = ("가온시는", "시의회는", "주민자치회는", "상인회는", "도서관은", "교통공사는", "연구진은", "소방서는")
OBJECTS = (
    "새 버스 노선을",
    "보행자 다리를",
    "예산 12억원을",
    "야간 진료를",
    "나무 300그루를",
    "공청회를",
    "안전 점검을",
)
VERBS = ("마련했다", "공개했다", "미뤘다", "확정했다", "되살렸다", "시작한다고 밝혔다", "늘리기로 했다")


def article(number: int) -> bytes:
    """Return the article with this number, the same each time."""
    chance = random.Random(number)

    def sentence() -> str:
        return " ".join(
            (chance.choice(PLACES) + "에서", chance.choice(SUBJECTS), chance.choice(OBJECTS), chance.choice(VERBS))
        )

    body = "\n\n".join(". ".join(sentence() for _ in range(3)) + "." for _ in range(4))
    document = {"id": f"n{number}", "title": f"{sentence()} ({number})", "body": body, "outlet": "가람통신"}
    return json.dumps(document, ensure_ascii=False).encode()


def articles(count: int) -> Iterator[bytes]:
    return (article(number) for number in range(count))


def total(service: RunningService) -> int:
    status, answer = service.request("GET", "/v1/search?size=1")
    assert status == 200
    return int(answer["total"]["value"])


def wait_for_total(service: RunningService, expected: int, seconds: float = 60.0) -> None:
    deadline = time.monotonic() + seconds
    while total(service) != expected:
        assert time.monotonic() < deadline, f"{total(service)} of {expected} can be found"
        time.sleep(0.1)


class MemorySampler:
    """Samples the memory of the workers while a block runs."""

    def __init__(self, service: RunningService) -> None:
        self._pids = service.worker_pids()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self.samples: list[int] = []

    def __enter__(self) -> MemorySampler:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._ended.wait(0.1):
            self.samples.append(max(resident_bytes(pid) for pid in self._pids))

    def growth(self) -> int:
        """Return how much more memory the largest worker had at its most than after a quarter of the time."""
        return max(self.samples) - max(self.samples[: max(len(self.samples) // 4, 1)])


def test_a_bulk_of_any_length_takes_the_same_memory(tmp_path: Path) -> None:
    with RunningService.start(tmp_path / "data") as service:
        for answer in bulk(service, articles(200)):
            assert answer.get("status", 200) < 300
        began = time.monotonic()
        with MemorySampler(service) as memory:
            *_, last = bulk(service, articles(ARTICLES))
        seconds = time.monotonic() - began
        assert last["summary"]["failed"] == 0
        assert last["summary"]["lines"] == ARTICLES
        wait_for_total(service, ARTICLES)
        most, growth = max(memory.samples) >> 20, memory.growth() >> 20
        print(
            f"{ARTICLES} articles in {seconds:.1f} s; the larger worker had {most} MiB at most and grew by {growth} MiB"
        )
        assert memory.growth() < MOST_GROWTH


def test_after_a_kill_in_the_middle_sending_all_again_ends_with_all_of_them_once(tmp_path: Path) -> None:
    acknowledged: set[str] = set()
    service = RunningService.start(tmp_path / "data")
    for answer in bulk(service, articles(ARTICLES)):
        if "summary" in answer:
            break
        assert answer["status"] == 201
        acknowledged.add(answer["id"])
        if len(acknowledged) == ARTICLES // 2:
            service.kill()
    assert ARTICLES // 2 <= len(acknowledged) < ARTICLES
    with RunningService.start(tmp_path / "data") as again:
        for article_id in acknowledged:
            assert again.request("GET", f"/v1/articles/{article_id}")[0] == 200
        *_, last = bulk(again, articles(ARTICLES))
        summary: dict[str, Any] = last["summary"]
        assert summary["failed"] == summary["replaced"] == 0
        assert summary["unchanged"] >= len(acknowledged)
        assert summary["created"] + summary["unchanged"] == ARTICLES
        wait_for_total(again, ARTICLES)


def test_a_write_that_waits_is_found_by_every_worker_at_once(tmp_path: Path) -> None:
    with RunningService.start(tmp_path / "data", workers=2) as service:
        for number in range(25):
            document = {"title": f"새빛도서관 {number}", "body": "가온시가 도서관을 열었다."}
            status, _ = service.request("PUT", f"/v1/articles/w{number}?refresh=wait_for", document)
            assert status == 201
            # Each request has a connection of its own, which either worker may take.
            assert [total(service) for _ in range(6)] == [number + 1] * 6
