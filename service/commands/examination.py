"""The examination that `gisa doctor` makes."""

from __future__ import annotations

import http.client
import shutil
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from service.commands.directory import is_served, prepare_directory
from service.commands.finding import Finding
from service.commands.opening import open_configured
from service.commands.sign_on_examination import examine_sign_on
from service.config import SETTINGS, Config, load_config, source_of
from service.domain.errors import GisaError, Message
from service.domain.keys import KeyState
from service.engines.embedded import EmbeddedEngine, versions
from service.korean.analysis import analyze
from service.search.engine import Engine
from service.usecases.keys.file import read_keys

_LEAST_FREE = 1 << 30
"""Bytes: a merge of the index may take as much as the index again for a while."""
_SENTENCE = "시립도서관에서 책을 읽었다"
_TERMS = ["시립", "도서", "관", "책", "읽"]


_SETTINGS = Message("설정", "settings")
_DIRECTORY = Message("데이터 폴더", "data directory")
_DISK = Message("디스크", "disk")
_ANALYZER = Message("형태소 분석기", "analyser")
_ENGINE = Message("엔진", "engine")
_KEYS = Message("키", "keys")
_PORT = Message("포트", "port")
_CHECKS = {
    "store": Message("기사 저장소", "store"),
    "index": Message("색인", "index"),
    "indexing": Message("색인 작업", "indexing"),
    "set_aside": Message("따로 둔 기사", "articles set aside"),
    "cluster": Message("클러스터", "cluster"),
    "nori": Message("nori 분석기", "nori"),
    "mapping": Message("매핑", "mapping"),
    "idempotency": Message("멱등 키 기억", "memory of idempotency keys"),
}


def examine() -> Iterator[Finding]:
    """Yield what is found; where the settings are wrong nothing else can be looked at."""
    try:
        config = load_config()
    except GisaError as error:
        yield Finding(_SETTINGS, False, error.message)
        return
    changed = ", ".join(setting.name for setting in SETTINGS if source_of(setting) == "environment")
    yield Finding(
        _SETTINGS, True, Message(f"바꾼 것: {changed or '없음'}", f"changed from their defaults: {changed or 'none'}")
    )
    yield _analyzer()
    try:
        prepare_directory(config.data_dir)
    except GisaError as error:
        yield Finding(_DIRECTORY, False, error.message)
    else:
        yield Finding(_DIRECTORY, True, Message(f"{config.data_dir}", f"{config.data_dir}"))
        yield _disk(config.data_dir)
        yield from _engine(config)
    yield _keys(config)
    if config.oidc_issuer:
        yield examine_sign_on(config)
    yield _port(config)


def _analyzer() -> Finding:
    tokens = [token.term for token in analyze(_SENTENCE).tokens if token.content]
    found = " ".join(tokens)
    if tokens == _TERMS:
        return Finding(_ANALYZER, True, Message(f"{_SENTENCE} → {found}", f"{_SENTENCE} → {found}"))
    return Finding(
        _ANALYZER,
        False,
        Message(
            f"사전이 온전하지 않습니다 ({found}). `make clean install`로 다시 설치하세요.",
            f"The dictionary is not whole ({found}). Install again with `make clean install`.",
        ),
    )


def _disk(directory: Path) -> Finding:
    free = shutil.disk_usage(directory).free
    gibibytes = f"{free / (1 << 30):,.1f} GiB"
    if free >= _LEAST_FREE:
        return Finding(_DISK, True, Message(f"{gibibytes} 남음", f"{gibibytes} free"))
    return Finding(
        _DISK,
        False,
        Message(
            f"{gibibytes}만 남았습니다. 1GiB 이상이 되도록 비우세요. 가득 차면 쓰기가 거부됩니다(507).",
            f"Only {gibibytes} are free. Make it 1 GiB or more; on a full disk writes are refused (507).",
        ),
    )


def _engine(config: Config) -> Iterator[Finding]:
    served = config.engine == "embedded" and is_served(config.data_dir)
    try:
        # Where no service is running this process indexes what waits, so that it is seen whether that works.
        with open_configured(config, index=not served) as engine:
            yield _contents(config, engine)
            for check in engine.checks():
                yield Finding(
                    _CHECKS.get(check.name, Message(check.name, check.name)),
                    check.ready,
                    check.message or Message("이상 없음", "in order"),
                )
    except GisaError as error:
        yield Finding(_ENGINE, False, error.message)


def _contents(config: Config, engine: Engine) -> Finding:
    count = engine.count()
    if not isinstance(engine, EmbeddedEngine):
        return Finding(_ENGINE, True, Message(f"{engine.name}, 기사 {count:,}건", f"{engine.name}, {count:,} articles"))
    lag = engine.lag()
    made_of = ", ".join(f"{name} {version}" for name, version in versions().items())
    return Finding(
        _ENGINE,
        True,
        Message(
            f"{config.engine} ({made_of}), 기사 {count:,}건, 색인 대기 {lag:,}건",
            f"{config.engine} ({made_of}), {count:,} articles, {lag:,} writes to be indexed",
        ),
    )


def _keys(config: Config) -> Finding:
    try:
        keys = read_keys(config.keys_path)
    except GisaError as error:
        return Finding(_KEYS, False, error.message)
    if keys:
        now = datetime.now(UTC)
        usable = sum(key.state(now) is KeyState.IN_FORCE for key in keys)
        told = Message(f"쓸 수 있는 키 {usable}개", f"{usable} in force")
        return Finding(_KEYS, True, told)
    if config.oidc_issuer:
        return Finding(_KEYS, True, Message("없음: 사람이 로그인할 뿐", "none: people sign on, no program has a key"))
    if config.may_be_open:
        return Finding(_KEYS, True, Message("없음: 서비스가 열려 있음", "none: the service is open"))
    return Finding(
        _KEYS,
        False,
        Message(
            f"없음: {config.host}에서는 시작하지 않습니다. `gisa keys create 이름`으로 만드세요.",
            f"none: it does not start at {config.host}. Make one with `gisa keys create NAME`.",
        ),
    )


def _port(config: Config) -> Finding:
    place = f"{config.host}:{config.port}"
    try:
        with socket.create_server((config.host, config.port)):
            return Finding(_PORT, True, Message(f"{place} 비어 있음", f"{place} is free"))
    except OSError as error:
        reason = error.strerror or str(error)
    if _answers_as_gisa(config):
        return Finding(_PORT, True, Message(f"{place}에서 gisa가 응답함", f"gisa answers at {place}"))
    return Finding(
        _PORT,
        False,
        Message(
            f"{place}을(를) 열 수 없습니다 ({reason}). GISA_HOST와 GISA_PORT를 확인하거나 다른 포트를 지정하세요.",
            f"{place} cannot be opened ({reason}). Check GISA_HOST and GISA_PORT or choose another port.",
        ),
    )


def _answers_as_gisa(config: Config) -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(config.host, config.host)  # noqa: S104 # compared, not bound
    connection = http.client.HTTPConnection(host, config.port, timeout=2)
    try:
        connection.request("GET", "/openapi.json")
        return b'"Gisa' in connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
