"""The settings of who may use the service."""

from __future__ import annotations

from service.config.setting import Setting
from service.domain.errors import Message

ACCESS: tuple[Setting, ...] = (
    Setting(
        "keys_file",
        "",
        Message(
            "API 키의 파일. 없으면 데이터 폴더의 keys.json",
            "the file of the API keys; without one, keys.json in the data directory",
        ),
        kind="file",
        optional=True,
    ),
    Setting(
        "open_access",
        "loopback",
        Message(
            "키가 하나도 없을 때 누구에게나 열리는 곳: loopback은 127.0.0.1에서만, anywhere는 어느 주소에서나, never는 "
            "열지 않음",
            "where everybody is let in as long as there is no key: loopback at 127.0.0.1 alone, anywhere at any "
            "address, never nowhere",
        ),
        choices=("loopback", "anywhere", "never"),
    ),
    Setting(
        "requests_per_minute",
        "6000",
        Message(
            "키마다(열려 있으면 주소마다) 프로세스 하나가 1분에 받는 요청의 한도. 0이면 한도 없음",
            "the most requests a minute that each process takes with one key (of one address where it is open); 0 for "
            "no limit",
        ),
        kind="whole number",
        unit=Message("건", "requests"),
        high=1_000_000,
    ),
    Setting(
        "trusted_proxies",
        "",
        Message(
            "X-Forwarded-For와 X-Forwarded-Proto를 믿을 프록시의 주소. 여럿이면 쉼표로 나눔",
            "the addresses of proxies whose X-Forwarded-For and X-Forwarded-Proto are believed; several with commas "
            "between",
        ),
        kind="addresses",
        optional=True,
    ),
)
