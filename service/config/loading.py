"""The frozen `Config` read out of `GISA_*` variables."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import partial
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Any

from environs import Env, EnvError
from marshmallow import ValidationError, validate

from service.config.embedding import origins
from service.config.setting import PREFIX, Setting
from service.config.sign_on import check_sign_on, check_url
from service.config.table import SETTINGS
from service.domain.errors import StartupError
from service.domain.keys import Audience
from service.domain.outlets import Display
from service.domain.sign_on import parse_roles

TEST_PREFIX = "GISA_TEST_"
"""Variables of the tests; the service passes them by."""


@dataclass(frozen=True, slots=True)
class Config:
    """The settings in force; each attribute is described by the entry of `SETTINGS` that bears its name.

    `data_dir` is absolute; `language` is `ko` or `en`; without `enrichment_processes` there are as many as cores.
    """

    data_dir: Path
    engine: str = "embedded"
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 2
    threads: int = 8
    keep_alive_seconds: int = 5
    shutdown_grace_seconds: int = 30
    enrichment_processes: int | None = None
    log_level: str = "info"
    log_format: str = "auto"
    traces_url: str = ""
    language: str = "ko"
    user_dictionary_file: Path | None = None
    synonyms_file: Path | None = None
    export_rows: int = 100_000
    keys_file: Path | None = None
    open_access: str = "loopback"
    requests_per_minute: int = 6000
    trusted_proxies: str = ""
    cors_origins: str = ""
    frame_ancestors: str = ""
    public_url: str = ""
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = field(default="", repr=False)
    oidc_client_secret_file: Path | None = None
    oidc_scopes: str = "openid profile"
    oidc_roles_claim: str = "groups"
    oidc_roles: str = ""
    oidc_ca_file: Path | None = None
    session_minutes: int = 480
    session_secret_file: Path | None = None
    display_press_office: str = "full"
    display_intranet: str = "snippet"
    display_public: str = "link"
    snippet_characters: int = 150
    elasticsearch_url: str = "http://127.0.0.1:9200"
    elasticsearch_cloud_id: str = ""
    elasticsearch_api_key: str = field(default="", repr=False)
    elasticsearch_username: str = ""
    elasticsearch_password: str = field(default="", repr=False)
    elasticsearch_ca_file: Path | None = None
    elasticsearch_index_prefix: str = "gisa-"
    elasticsearch_index_period: str = "none"
    elasticsearch_shards: int = 1
    elasticsearch_replicas: int = 1
    elasticsearch_timeout_milliseconds: int = 2500
    elasticsearch_write_timeout_seconds: int = 30

    @property
    def user_dictionary_path(self) -> Path:
        """Return where the operator's own words are."""
        return self.user_dictionary_file or self.data_dir / "user_dictionary.txt"

    @property
    def synonyms_path(self) -> Path:
        """Return where the operator's own synonyms are."""
        return self.synonyms_file or self.data_dir / "synonyms.txt"

    @property
    def keys_path(self) -> Path:
        """Return where the API keys are."""
        return self.keys_file or self.data_dir / "keys.json"

    @property
    def session_secret_path(self) -> Path:
        """Return where the secret is that session cookies are signed with."""
        return self.session_secret_file or self.data_dir / "session_secret"

    @property
    def trusted_networks(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """Return the networks of the trusted proxies."""
        return _networks(self.trusted_proxies)

    @property
    def shared_origins(self) -> frozenset[str]:
        """Return the origins of the sites that may read searches."""
        return frozenset(origins(self.cors_origins))

    @property
    def framing_origins(self) -> tuple[str, ...]:
        """Return the origins of the sites that may frame the page of the widget."""
        return origins(self.frame_ancestors)

    @property
    def display(self) -> Mapping[Audience, Display]:
        """Return what each audience sees of outlets without a licence in force."""
        return {audience: Display(getattr(self, f"display_{audience}")) for audience in Audience}

    @property
    def may_be_open(self) -> bool:
        """Return whether everybody who reaches the service may use it as long as there is no key.

        With sign-on nobody need be let in unknown.
        """
        if self.oidc_issuer:
            return False
        return self.open_access == "anywhere" or (self.open_access == "loopback" and _is_loopback(self.host))


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
    check_sign_on(values)
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
        return _number(env, setting) if setting.kind == "whole number" else _text(env, setting)
    except EnvError as error:
        given, allowed = variables.get(setting.name, ""), setting.allowed
        raise StartupError(
            f"{setting.name}의 값 {given!r}은(는) 쓸 수 없습니다. {allowed.ko}이어야 합니다.",
            f"The value {given!r} of {setting.name} cannot be used: it has to be {allowed.en}.",
        ) from error


def _number(env: Env, setting: Setting) -> int | None:
    if setting.optional and not env.str(setting.name, setting.default).strip():
        return None
    within = validate.Range(setting.low, setting.high)
    return env.int(setting.name, int(setting.default or 0), validate=within)


def _text(env: Env, setting: Setting) -> Any:
    rule = _rule(setting)
    text = env.str(setting.name, setting.default, validate=rule)
    if setting.kind == "file" and not text.strip():
        return None
    return Path(text).expanduser().absolute() if setting.kind in {"path", "file"} else text


def _rule(setting: Setting) -> Callable[[str], object] | None:
    if setting.choices:
        return validate.OneOf(setting.choices)
    if setting.kind in _PARSERS:
        return partial(_parsed, _PARSERS[setting.kind])
    return None if setting.optional else _not_blank


def _parsed(parse: Callable[[str], object], value: str) -> None:
    try:
        if value.strip():
            parse(value)
    except ValueError as error:
        raise ValidationError("cannot be read") from error


def _networks(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(part.strip()) for part in text.split(",") if part.strip())


_PARSERS: Mapping[str, Callable[[str], object]] = {
    "addresses": _networks,
    "origins": origins,
    "url": check_url,
    "roles": parse_roles,
}


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"  # any other name may be one of this machine's addresses in the network


def _not_blank(value: str) -> None:
    if not value.strip():
        raise ValidationError("blank")
