"""The table of all settings."""

from __future__ import annotations

from service.config.access import ACCESS
from service.config.elasticsearch import ELASTICSEARCH
from service.config.embedding import EMBEDDING
from service.config.licences import LICENCES
from service.config.setting import Setting
from service.config.sign_on import SIGN_ON
from service.domain.errors import Message

_SECONDS = Message("초", "seconds")

_GENERAL: tuple[Setting, ...] = (
    Setting(
        "engine",
        "embedded",
        Message("기사를 보관하고 찾는 엔진", "the engine that keeps and finds the articles"),
        choices=("embedded", "elasticsearch"),
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
        "enrichment_processes",
        "",
        Message(
            "여러 기사를 한꺼번에 넣을 때 분석을 나누어 맡는 프로세스 수. 0이면 나누지 않고, 빈 값이면 코어 수만큼",
            "the processes that share the enrichment of a bulk; with 0 it is not shared, with nothing as many as cores",
        ),
        kind="whole number",
        unit=Message("개", "processes"),
        high=64,
        optional=True,
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
        "traces_url",
        "",
        Message(
            "추적(trace)을 OTLP/HTTP로 받는 OpenTelemetry 수집기의 주소(http://127.0.0.1:4318/v1/traces). "
            "없으면 보내지 않음",
            "the address of an OpenTelemetry collector that takes traces by OTLP over HTTP "
            "(http://127.0.0.1:4318/v1/traces); without one none are sent",
        ),
        kind="url",
        optional=True,
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
    Setting(
        "user_dictionary_file",
        "",
        Message(
            "직접 더한 낱말의 파일. 없으면 데이터 폴더의 user_dictionary.txt",
            "the file of your own words; without one, user_dictionary.txt in the data directory",
        ),
        kind="file",
        optional=True,
    ),
    Setting(
        "synonyms_file",
        "",
        Message(
            "직접 더한 동의어의 파일. 없으면 데이터 폴더의 synonyms.txt",
            "the file of your own synonyms; without one, synonyms.txt in the data directory",
        ),
        kind="file",
        optional=True,
    ),
    Setting(
        "export_rows",
        "100000",
        Message("한 번에 내보내는 기사의 한도", "the most articles that one export holds"),
        kind="whole number",
        unit=Message("건", "articles"),
        low=1,
        high=1_000_000,
    ),
)

SETTINGS: tuple[Setting, ...] = (*_GENERAL, *ACCESS, *EMBEDDING, *SIGN_ON, *LICENCES, *ELASTICSEARCH)
