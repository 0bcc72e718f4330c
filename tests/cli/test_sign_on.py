"""`gisa doctor` with sign-on set."""

from __future__ import annotations

from collections.abc import Callable
from subprocess import CompletedProcess

from tests.sign_on.crooked import crooked_provider

Gisa = Callable[..., "CompletedProcess[str]"]
SET = {"oidc_client_id": "gisa", "oidc_roles": "press=write:press_office", "public_url": "https://gisa.example/"}


def test_the_doctor_asks_the_provider_and_says_what_to_register(run: Gisa) -> None:
    with crooked_provider() as provider:
        found = run("doctor", oidc_issuer=provider.issuer, **SET)
        assert f"{provider.issuer} answers" in found.stdout
        assert "https://gisa.example/sign-on/callback" in found.stdout
        assert found.returncode == 0
        provider.metadata["issuer"] = "http://127.0.0.1:1"
        wrong = run("doctor", oidc_issuer=provider.issuer, **SET)
        assert "not GISA_OIDC_ISSUER" in wrong.stdout
        assert wrong.returncode == 1
