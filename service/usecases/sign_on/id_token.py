"""ID tokens, validated whole (OpenID Connect Core 1.0, section 3.1.3.7)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet, KeySetSerialization
from joserfc.jws import JWSRegistry

from service.domain.errors import SignOnFailed
from service.usecases.sign_on.provider import Provider

_ALGORITHMS = (
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519",
)  # fmt: skip
"""Signatures that only the provider can make: not `none`, and not HS256, whose secret may be one that others read."""
_KEY_TYPES = ("RSA", "EC", "OKP")
_LEEWAY = 60  # seconds that two clocks may differ


def claims_of(token: str, provider: Provider, nonce: str, access_token: str | None) -> Mapping[str, Any]:
    """Return the claims of an ID token of this provider for this service and this sign-on.

    Raises SignOnFailed where signature, algorithm, issuer, audience, time, nonce or at_hash do not hold.
    """
    advertised = provider.metadata().get("id_token_signing_alg_values_supported", ["RS256"])
    registry = JWSRegistry(algorithms=[name for name in _ALGORITHMS if name in advertised], strict_check_header=False)
    try:
        decoded = _decode(token, provider, registry)
        claims = CodeIDToken(
            decoded.claims,
            decoded.header,
            {
                "iss": {"essential": True, "value": provider.settings.issuer},
                "aud": {"essential": True, "value": provider.settings.client_id},
            },
            {"nonce": nonce, "client_id": provider.settings.client_id, "access_token": access_token},
        )
        claims.validate(leeway=_LEEWAY)
    except (JoseError, ValueError, TypeError) as error:
        raise SignOnFailed(
            f"로그인 제공자의 증명을 확인하지 못했습니다({type(error).__name__}: {error}). 다시 로그인하고, 되풀이되면 "
            "담당자에게 알려 주세요.",
            f"The proof of the sign-on provider does not hold ({type(error).__name__}: {error}). Sign on again, and "
            "tell the operator if it comes back.",
        ) from error
    return dict(claims)


def _decode(token: str, provider: Provider, registry: JWSRegistry) -> jwt.Token:
    try:
        return jwt.decode(token, _signing_keys(provider.keys()), registry=registry)
    except InvalidKeyIdError:  # the provider has a new key
        return jwt.decode(token, _signing_keys(provider.keys(anew=True)), registry=registry)


def _signing_keys(found: Mapping[str, Any]) -> KeySet:
    # A set may hold keys to encrypt with, and of kinds that are not for signatures of a provider.
    usable = [key for key in found["keys"] if key.get("kty") in _KEY_TYPES and key.get("use", "sig") == "sig"]
    return KeySet.import_key_set(KeySetSerialization(keys=usable))
