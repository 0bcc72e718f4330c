"""What `gisa doctor` finds of sign-on: the provider is asked what a browser's sign-on would ask it."""

from __future__ import annotations

from service.commands.finding import Finding
from service.config import Config
from service.domain.errors import GisaError, Message, SignOnUnavailable
from service.usecases.sign_on.secret import read_secrets
from service.web.sign_on import provider_of

_NAME = Message("로그인", "sign-on")
_CALLBACK = "/sign-on/callback"


def examine_sign_on(config: Config) -> Finding:
    """Return whether the provider answers as it should and the files of sign-on can be read."""
    try:
        if config.session_secret_file:
            read_secrets(config.session_secret_file, make=False)
        provider = provider_of(config)
        metadata = provider.metadata()
        provider.keys()
    except SignOnUnavailable as error:
        return Finding(
            _NAME,
            False,
            Message(
                f"제공자가 바르게 응답하지 않습니다: {error.reason}. GISA_OIDC_ISSUER와 "
                "GISA_OIDC_CA_FILE을 확인하세요.",
                f"The provider does not answer as it should: {error.reason}. Check GISA_OIDC_ISSUER and "
                "GISA_OIDC_CA_FILE.",
            ),
        )
    except GisaError as error:
        return Finding(_NAME, False, error.message)
    methods = metadata.get("code_challenge_methods_supported", ["S256"])
    if "S256" not in methods:
        return Finding(
            _NAME,
            False,
            Message(
                "제공자가 PKCE(S256)를 하지 않습니다. 제공자의 설정에서 켜세요.",
                "The provider does not do PKCE (S256). Turn it on there.",
            ),
        )
    if not config.public_url:
        told_ko, told_en = f"브라우저에 보이는 주소 + {_CALLBACK}", f"the address browsers use + {_CALLBACK}"
    else:
        told_ko = told_en = config.public_url.rstrip("/") + _CALLBACK
    return Finding(
        _NAME,
        True,
        Message(
            f"{config.oidc_issuer}이(가) 응답함. 제공자에 등록할 redirect URI: {told_ko}",
            f"{config.oidc_issuer} answers. The redirect URI to register there: {told_en}",
        ),
    )
