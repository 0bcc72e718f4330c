"""The settings of the Elasticsearch engine."""

from __future__ import annotations

from service.config.setting import Setting
from service.domain.errors import Message

ELASTICSEARCH: tuple[Setting, ...] = (
    Setting(
        "elasticsearch_url",
        "http://127.0.0.1:9200",
        Message(
            "Elasticsearch의 주소. 여럿이면 쉼표로 나눔", "the address of Elasticsearch; several with commas between"
        ),
    ),
    Setting(
        "elasticsearch_cloud_id",
        "",
        Message(
            "Elastic Cloud의 Cloud ID. 있으면 주소 대신 쓰임", "a Cloud ID of Elastic Cloud, in place of addresses"
        ),
        optional=True,
    ),
    Setting(
        "elasticsearch_api_key",
        "",
        Message("API 키. 있으면 사용자 이름 대신 쓰임", "an API key, in place of a user name"),
        optional=True,
        secret=True,
    ),
    Setting(
        "elasticsearch_username",
        "",
        Message("사용자 이름", "the user name"),
        optional=True,
    ),
    Setting(
        "elasticsearch_password",
        "",
        Message("비밀번호", "the password"),
        optional=True,
        secret=True,
    ),
    Setting(
        "elasticsearch_ca_file",
        "",
        Message(
            "Elasticsearch의 인증서를 확인할 인증 기관의 PEM 파일",
            "the PEM file of the authority that the certificate of Elasticsearch is checked with",
        ),
        kind="file",
        optional=True,
    ),
    Setting(
        "elasticsearch_index_prefix",
        "gisa-",
        Message("색인과 별칭 이름의 앞부분", "what the names of indices and aliases begin with"),
    ),
    Setting(
        "elasticsearch_index_period",
        "none",
        Message(
            "none: 모든 기사를 한 색인에, year: 새 기사를 보도된 해의 색인에",
            "none: all articles in one index; year: new articles in that of the year they were published in",
        ),
        choices=("none", "year"),
    ),
    Setting(
        "elasticsearch_shards",
        "1",
        Message("새 색인의 샤드 수", "the shards of a new index"),
        kind="whole number",
        unit=Message("개", "shards"),
        low=1,
        high=1024,
    ),
    Setting(
        "elasticsearch_replicas",
        "1",
        Message("새 색인의 복제본 수", "the replicas of a new index"),
        kind="whole number",
        unit=Message("개", "replicas"),
        low=0,
        high=10,
    ),
    Setting(
        "elasticsearch_timeout_milliseconds",
        "2500",
        Message("검색과 읽기를 기다리는 시간", "how long a search or a read may take"),
        kind="whole number",
        unit=Message("밀리초", "milliseconds"),
        low=100,
        high=60_000,
    ),
    Setting(
        "elasticsearch_write_timeout_seconds",
        "30",
        Message(
            "Elasticsearch가 응답하는 동안 한 묶음의 쓰기를 기다리는 시간",
            "how long one bulk of writes may take while Elasticsearch answers",
        ),
        kind="whole number",
        unit=Message("초", "seconds"),
        low=1,
        high=600,
    ),
)
