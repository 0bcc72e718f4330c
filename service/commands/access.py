"""Whether a service may start: with keys, or open where that was meant."""

from __future__ import annotations

from dataclasses import replace

from service.commands.console import note
from service.config import Config
from service.domain.errors import StartupError
from service.usecases.keys.file import read_keys


def decide_access(config: Config) -> Config:
    """Return the settings to serve with; with a key or with sign-on the workers never open the service.

    Raises KeysUnavailable where the keys cannot be read, and StartupError where there is none and the service may
    not be open.
    """
    if read_keys(config.keys_path) or config.oidc_issuer:
        return replace(config, open_access="never")
    if config.may_be_open:
        return config
    if config.open_access == "never":
        raise StartupError(
            "키가 없고 GISA_OPEN_ACCESS=never여서 아무도 쓸 수 없습니다. `gisa keys create 이름`으로 키를 만들고 다시 "
            "시작하세요.",
            "There is no key, and with GISA_OPEN_ACCESS=never nobody could use the service. Make a key with `gisa keys "
            "create NAME` and start again.",
        )
    raise StartupError(
        f"키가 없는데 {config.host}에서 요청을 받으면 누구나 기사를 읽고 쓸 수 있습니다. `gisa keys create 이름`으로 "
        "키를 만들고 다시 시작하세요. 이 컴퓨터에서만 쓰려면 --host 127.0.0.1, 그래도 누구에게나 열려면 "
        "GISA_OPEN_ACCESS=anywhere를 지정하세요.",
        f"There is no key, and at {config.host} anybody could read and write articles. Make a key with `gisa keys "
        "create NAME` and start again. Use --host 127.0.0.1 for this machine alone, or GISA_OPEN_ACCESS=anywhere to "
        "open it to everybody all the same.",
    )


def note_open(config: Config) -> None:
    """Say that the service is open, where it is, or where people sign on."""
    if config.oidc_issuer:
        note(f"  사람은 {config.oidc_issuer}에서 로그인합니다.", f"  People sign on at {config.oidc_issuer}.")
    if config.may_be_open:
        note(
            "  키가 없어 이 주소에 닿는 누구나 읽고 쓸 수 있습니다. 첫 키(`gisa keys create 이름`)를 만들면 닫힙니다.",
            "  There is no key: whoever reaches this address may read and write. The first `gisa keys create NAME` "
            "closes it.",
        )
