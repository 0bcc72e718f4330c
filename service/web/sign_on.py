"""The sign-on of an app, where its settings name a provider.

Only then is what it needs imported: the libraries of OpenID Connect would be a seventh of every start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import Flask, current_app

from service.config import Config
from service.domain.errors import StartupError
from service.domain.sign_on import parse_roles
from service.usecases.sign_on.secret import read_secrets
from service.usecases.sign_on.sessions import EndedSessions, Sealed, Sessions

if TYPE_CHECKING:
    from service.usecases.sign_on.flow import SignOn
    from service.usecases.sign_on.provider import Provider

_EXTENSION = "gisa.sign_on"
_ENDED = "ended_sessions"


def sign_on_of(config: Config) -> SignOn | None:
    """Return the sign-on that the settings describe, None where they name no provider.

    Raises StartupError where a file that they name cannot be used.
    """
    if not config.oidc_issuer:
        return None
    from service.usecases.sign_on.flow import SignOn  # noqa: PLC0415 -- see above

    secret = read_secrets(config.session_secret_path, make=config.session_secret_file is None)
    granted_by = "\n".join((config.oidc_issuer, config.oidc_client_id, config.oidc_roles_claim, config.oidc_roles))
    sessions = Sessions(secret, granted_by, config.session_minutes, EndedSessions(config.data_dir / _ENDED))
    flows = Sealed(secret, "sign-on")
    return SignOn(provider_of(config), sessions, flows, parse_roles(config.oidc_roles), config.oidc_roles_claim)


def provider_of(config: Config) -> Provider:
    """Return the provider that the settings name; StartupError where a file that they name cannot be used."""
    from service.usecases.sign_on.provider import Provider, ProviderSettings  # noqa: PLC0415 -- see above

    try:
        secret = config.oidc_client_secret
        if config.oidc_client_secret_file:
            secret = config.oidc_client_secret_file.read_text("utf-8").strip()
        settings = ProviderSettings(
            config.oidc_issuer, config.oidc_client_id, secret, config.oidc_scopes, config.oidc_ca_file
        )
        return Provider(settings)
    except (OSError, UnicodeDecodeError) as error:  # an SSLError is an OSError
        raise StartupError(
            f"GISA_OIDC_CLIENT_SECRET_FILE이나 GISA_OIDC_CA_FILE을 읽을 수 없습니다: {error}. 파일과 그 권한을 "
            "확인하세요.",
            f"GISA_OIDC_CLIENT_SECRET_FILE or GISA_OIDC_CA_FILE cannot be read: {error}. See that the file is there "
            "and may be read.",
        ) from error


def install_sign_on(app: Flask, config: Config) -> None:
    """Make the sign-on of these settings that of the app."""
    app.extensions[_EXTENSION] = sign_on_of(config)


def sign_on() -> SignOn | None:
    """Return the sign-on of the current app, None where it has none."""
    return cast("SignOn | None", current_app.extensions[_EXTENSION])


def offers_sign_on() -> bool:
    """Return whether people can sign on."""
    return sign_on() is not None
