"""The settings: one table of `GISA_*` variables, and the frozen `Config` read out of it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

from environs import Env, EnvError
from marshmallow import ValidationError, validate

from service.domain.errors import Message, StartupError

PREFIX = "GISA_"
TEST_PREFIX = "GISA_TEST_"
"""Variables of the tests; the service passes them by."""

Kind = Literal["text", "whole number", "path"]


@dataclass(frozen=True, slots=True)
class Setting:
    """One variable: the attribute of `Config` it fills, its default as written, and what it means.

    Numbers lie within `low` and `high`, both included; a text is one of `choices` where there are any.
    """

    attribute: str
    default: str
    meaning: Message
    kind: Kind = "text"
    unit: Message | None = None
    choices: tuple[str, ...] = ()
    low: int = 0
    high: int = 0

    @property
    def name(self) -> str:
        """Return the name of the variable, `GISA_PORT` for `port`."""
        return PREFIX + self.attribute.upper()

    @property
    def allowed(self) -> Message:
        """Return which values are taken."""
        if self.choices:
            listed = ", ".join(self.choices)
            return Message(f"{listed} 중 하나", f"one of {listed}")
        if self.kind == "whole number":
            return Message(f"{self.low}부터 {self.high}까지의 정수", f"a whole number from {self.low} to {self.high}")
        if self.kind == "path":
            return Message("폴더 경로", "a path of a folder")
        return Message("비어 있지 않은 값", "a value that is not empty")


_SECONDS = Message("초", "seconds")

SETTINGS: tuple[Setting, ...] = (
    Setting(
        "engine",
        "embedded",
        Message("기사를 보관하고 찾는 엔진", "the engine that keeps and finds the articles"),
        choices=("embedded",),
    ),
    Setting(
        "data_dir",
        "./gisa-data",
        Message(
            "기사와 색인을 두는 폴더 (로컬 디스크만)", "the folder of the articles and their index (local disk only)"
        ),
        kind="path",
    ),
    Setting("host", "127.0.0.1", Message("요청을 받는 주소", "the address that requests are taken at")),
    Setting(
        "port",
        "8000",
        Message("요청을 받는 포트", "the port that requests are taken at"),
        kind="whole number",
        low=1,
        high=65535,
    ),
    Setting(
        "workers",
        "2",
        Message("요청을 처리하는 프로세스 수", "the number of processes that answer requests"),
        kind="whole number",
        unit=Message("개", "processes"),
        low=1,
        high=64,
    ),
    Setting(
        "threads",
        "8",
        Message("프로세스마다 동시에 처리하는 요청 수", "the number of requests each process answers at a time"),
        kind="whole number",
        unit=Message("개", "threads"),
        low=1,
        high=256,
    ),
    Setting(
        "keep_alive_seconds",
        "5",
        Message("쓰이지 않는 연결을 열어 두는 시간", "how long a connection stays open while nothing is asked"),
        kind="whole number",
        unit=_SECONDS,
        low=1,
        high=3600,
    ),
    Setting(
        "shutdown_grace_seconds",
        "30",
        Message(
            "종료할 때 처리 중인 요청을 기다리는 시간", "how long requests under way are waited for when it is stopped"
        ),
        kind="whole number",
        unit=_SECONDS,
        low=1,
        high=3600,
    ),
    Setting(
        "log_level",
        "info",
        Message("기록할 로그의 최소 수준", "the lowest level that is logged"),
        choices=("debug", "info", "warning", "error"),
    ),
    Setting(
        "log_format",
        "auto",
        Message(
            "로그 형식: auto는 터미널이면 text, 아니면 json",
            "the form of the log: auto is text on a terminal and json elsewhere",
        ),
        choices=("auto", "json", "text"),
    ),
    Setting(
        "language",
        "auto",
        Message(
            "gisa 명령의 언어: auto는 LANG을 따르고, 영어가 아니면 한국어",
            "the language of the gisa command: auto follows LANG, Korean unless that is English",
        ),
        choices=("auto", "ko", "en"),
    ),
)


@dataclass(frozen=True, slots=True)
class Config:
    """The settings in force; each attribute is described by the entry of `SETTINGS` that bears its name.

    `data_dir` is absolute; `language` is `ko` or `en`.
    """

    data_dir: Path
    engine: str = "embedded"
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 2
    threads: int = 8
    keep_alive_seconds: int = 5
    shutdown_grace_seconds: int = 30
    log_level: str = "info"
    log_format: str = "auto"
    language: str = "ko"


class _MappingEnv(Env):
    """Environs over a given mapping; the library itself reads `os.environ` alone."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        super().__init__()
        self._given = environ

    def _get_value(self, env_key: str, default: Any) -> Any:  # the seam environs' own FileAwareEnv overrides
        return self._given.get(env_key, default)


def load_config(environ: Mapping[str, str] | None = None) -> Config:
    """Return the settings that the variables give; StartupError names a variable that is unknown or wrong."""
    variables = os.environ if environ is None else environ
    _refuse_unknown(variables)
    env = _MappingEnv(variables)
    values = {setting.attribute: _read(env, setting, variables) for setting in SETTINGS}
    if values["language"] == "auto":
        values["language"] = _language_of(variables)
    return Config(**values)


def language(environ: Mapping[str, str] | None = None) -> str:
    """Return the language of the command, also where other settings are wrong: `ko` or `en`."""
    variables = os.environ if environ is None else environ
    chosen = variables.get("GISA_LANGUAGE", "auto")
    return chosen if chosen in {"ko", "en"} else _language_of(variables)


def source_of(setting: Setting, environ: Mapping[str, str] | None = None) -> str:
    """Return where the value of a setting comes from: `environment` or `default`."""
    return "environment" if setting.name in (os.environ if environ is None else environ) else "default"


def _language_of(variables: Mapping[str, str]) -> str:
    # The order of POSIX: LC_ALL over LC_MESSAGES over LANG, an empty one as if it were not there.
    locale = variables.get("LC_ALL") or variables.get("LC_MESSAGES") or variables.get("LANG") or ""
    return "en" if locale.lower().startswith("en") else "ko"


def _refuse_unknown(variables: Mapping[str, str]) -> None:
    known = [setting.name for setting in SETTINGS]
    for name in sorted(variables):
        if not name.startswith(PREFIX) or name.startswith(TEST_PREFIX) or name in known:
            continue
        close = get_close_matches(name, known, 1)
        meant_ko = f" {close[0]}을(를) 쓰려던 것인지 확인하세요." if close else ""
        meant_en = f" Did you mean {close[0]}?" if close else ""
        raise StartupError(
            f"{name}은(는) 없는 설정입니다.{meant_ko} `gisa config`가 모든 설정을 보여 줍니다.",
            f"There is no setting {name}.{meant_en} `gisa config` lists every setting.",
        )


def _read(env: Env, setting: Setting, variables: Mapping[str, str]) -> Any:
    try:
        if setting.kind == "whole number":
            return env.int(setting.name, int(setting.default), validate=validate.Range(setting.low, setting.high))
        rule = validate.OneOf(setting.choices) if setting.choices else _not_blank
        text = env.str(setting.name, setting.default, validate=rule)
        return Path(text).expanduser().absolute() if setting.kind == "path" else text
    except EnvError as error:
        given, allowed = variables.get(setting.name, ""), setting.allowed
        raise StartupError(
            f"{setting.name}의 값 {given!r}은(는) 쓸 수 없습니다. {allowed.ko}이어야 합니다.{_later(given).ko}",
            f"The value {given!r} of {setting.name} cannot be used: it has to be {allowed.en}.{_later(given).en}",
        ) from error


def _later(given: str) -> Message:
    if given.strip().lower() != "elasticsearch":
        return Message("", "")
    return Message(
        " 이 버전에는 elasticsearch 엔진이 없습니다.", " This version does not come with the elasticsearch engine."
    )


def _not_blank(value: str) -> None:
    if not value.strip():
        raise ValidationError("blank")
