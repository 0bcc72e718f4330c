"""The user dictionary in the service's own analysis: compiled once, shared, exchanged in a running process."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from index_mappings import UserWord, parse_words, shipped_words
from service.korean import dictionary
from service.korean.analysis import analyze, analyze_by
from service.korean.dictionary import Dictionary, compiled, dictionary_of, in_force, put_in_force


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    dictionary._cache.cache_clear()
    yield tmp_path / f"gisa-{os.getuid()}"
    dictionary._cache.cache_clear()


@pytest.fixture
def restored() -> Iterator[None]:
    before = in_force()
    yield
    put_in_force(before)


def terms(own: Dictionary, text: str) -> list[str]:
    return [token.term for token in analyze_by(own, text).tokens]


def of(rules: str) -> Dictionary:
    words, bad = parse_words(rules)
    assert not bad
    return dictionary_of(words)


def test_shipped_words_are_cut_alike_before_every_particle() -> None:
    for word in shipped_words():
        alone = terms(in_force(), word.word)
        for particle in ("은", "을", "에서", "의", "만", "까지"):
            assert terms(in_force(), word.word + particle)[: len(alone)] == alone
        assert alone == list(word.parts or (word.word,))


def test_a_word_that_keeps_its_prefix() -> None:
    assert terms(in_force(), "다문화 가정의 신공항 방문") == ["다문화", "가정", "의", "신", "공항", "방문"]


def test_parts_have_their_own_places() -> None:
    tokens = analyze_by(of("너울마루 너울 마루"), "새 너울마루에서").tokens
    assert [(token.term, token.start, token.end) for token in tokens][1:3] == [("너울", 2, 4), ("마루", 4, 6)]


def test_the_longest_word_counts() -> None:
    own = of("너울\n마루\n너울마루\n너울마루역")
    assert terms(own, "너울마루역장") == ["너울마루역", "장"]
    assert terms(own, "너울마루길") == ["너울마루", "길"]
    assert terms(own, "마루너울") == ["마루", "너울"]


def test_an_operators_word_goes_before_the_shipped_one() -> None:
    assert terms(of("신공항"), "신공항을") == ["신공항", "을"]


def test_words_in_force_can_be_exchanged(restored: None) -> None:
    before = analyze("너울마루에서")
    put_in_force(of("너울마루"))
    after = analyze("너울마루에서")
    assert [token.term for token in after.tokens] == ["너울마루", "에서"]
    assert [token.term for token in before.tokens] != [token.term for token in after.tokens]
    assert before.identity != after.identity == in_force().identity


def test_the_identity_is_that_of_the_words_in_any_order() -> None:
    assert of("너울\n마루") == of("마루\n너울") != of("너울\n마루 마 루")


def test_several_processes_compile_at_once(cache: Path) -> None:
    code = (
        "from index_mappings import parse_words\n"
        "from service.korean.analysis import analyze_by\n"
        "from service.korean.dictionary import dictionary_of\n"
        "own = dictionary_of(parse_words('너울마루')[0])\n"
        "assert [t.term for t in analyze_by(own, '너울마루에서').tokens] == ['너울마루', '에서']\n"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(4)
    ]
    for process in running:
        told, failed = process.communicate(timeout=120)
        assert (process.returncode, told, failed) == (0, b"", b"")
    assert [path.suffix for path in cache.iterdir()] == [".dic"]


def test_what_was_cleared_away_is_compiled_again(cache: Path) -> None:
    own = of("너울마루")
    path = compiled(own)
    assert path is not None
    path.unlink()
    assert compiled(own) == path
    assert path.exists()


def test_a_directory_that_others_can_write_to_is_not_used(cache: Path) -> None:
    cache.mkdir()
    cache.chmod(0o777)
    path = compiled(of("너울마루"))
    assert path is not None
    assert path.parent != cache
    assert path.parent.stat().st_mode & 0o077 == 0


def test_without_words_nothing_is_compiled() -> None:
    assert compiled(Dictionary((), "none")) is None


def test_words_are_read_from_a_file() -> None:
    words, bad = parse_words("\ufeff# 머리말\n\n너울마루  # 뒤에 쓴 말\nＫ패스\n달빛철도 달빛 철도\n")
    assert words == (UserWord("너울마루"), UserWord("K패스"), UserWord("달빛철도", ("달빛", "철도")))
    assert not bad


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("大邱市", "Hangul"),
        ("너울-마루", "Only Hangul"),
        ("너울,1,2", "Only Hangul"),
        ("ABC", "one of them Hangul"),
        ("읍", "two characters"),
        ("너울" * 26, "50 characters"),
        ("너울마루 너울 마", "make up 너울마"),
        ("# 이 줄은 빼고\n너울\n너울", "in the file already"),
    ],
)
def test_a_line_that_cannot_be_taken_says_what_to_do(line: str, said: str) -> None:
    _, [bad] = parse_words(line)
    assert said in bad.en
    assert bad.number == len(line.splitlines())
