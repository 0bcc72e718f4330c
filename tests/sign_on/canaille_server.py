"""Canaille, a real OpenID Connect provider, with a few accounts: `python canaille_server.py PORT SERVICE`.

SERVICE is the address of the one service that is registered there.
"""

from __future__ import annotations

import os
import sys
import uuid

os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"  # it is reached on this machine alone

from canaille import create_app
from canaille.app import models
from canaille.backends import Backend
from canaille.backends.memory.backend import MemoryBackend
from canaille.backends.models import Model
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server

CLIENT_ID, CLIENT_SECRET = "gisa", "the-secret-of-the-tests"
ACCOUNTS = {"garam": ("한가람", "press"), "noeul": ("서노을", "staff"), "narae": ("문나래", None)}
PASSWORD = "correct horse battery staple"


def configuration(port: int) -> dict[str, object]:
    key = RSAKey.generate_key(2048)
    key.ensure_kid()
    return {
        "TESTING": False,
        "ENV_FILE": None,
        "SECRET_KEY": uuid.uuid4().hex,
        "WTF_CSRF_ENABLED": False,
        "PREFERRED_URL_SCHEME": "http",
        "SERVER_NAME": f"localhost:{port}",
        "CANAILLE": {
            "DATABASE": "memory",
            "JAVASCRIPT": False,
            "HTMX": False,
            "LANGUAGE": "en",
            "ACL": {"DEFAULT": {"PERMISSIONS": ["use_oidc"]}},
        },
        "CANAILLE_OIDC": {"ACTIVE_JWKS": [key.as_dict(private=True)]},
    }


def populate(service: str) -> None:
    groups = {}
    for user_name, (name, group) in ACCOUNTS.items():
        user = models.User(
            user_name=user_name, formatted_name=name, family_name=name, emails=[f"{user_name}@example.org"]
        )
        Backend.instance.save(user)
        Backend.instance.set_user_password(user, PASSWORD)
        if group:
            groups[group] = models.Group(display_name=group, members=[user])
            Backend.instance.save(groups[group])
    client = models.Client(
        client_id=CLIENT_ID,
        client_secret=CLIENT_SECRET,
        client_name="Gisa",
        client_uri=service,  # of this machine, so that nobody is asked for consent
        redirect_uris=[f"{service}/sign-on/callback"],
        post_logout_redirect_uris=[f"{service}/signed-out"],
        scope=["openid", "profile", "groups"],
        grant_types=["authorization_code"],
        response_types=["code"],
        token_endpoint_auth_method="client_secret_basic",
    )
    Backend.instance.save(client)
    client.audience = [client]
    Backend.instance.save(client)


def match_every_condition() -> None:
    """Have the store in memory give what matches all conditions: of itself it gives what matches any of them.

    Without this a code is compared with whichever code of the client is still outstanding.
    """
    by_one = MemoryBackend.do_query

    def by_all(self: MemoryBackend, model: type[Model], *args: object, **conditions: object) -> list[Model]:
        found = [by_one(self, model, *args, **{name: value}) for name, value in conditions.items()]
        if not found:
            return list(by_one(self, model, *args))
        common = set.intersection(*({each.id for each in matching} for matching in found))
        return [each for each in found[0] if each.id in common]

    MemoryBackend.do_query = by_all


def main() -> None:
    match_every_condition()
    port, service = int(sys.argv[1]), sys.argv[2]
    app = create_app(config=configuration(port), env_file=None)
    with app.app_context():
        populate(service)
    make_server("localhost", port, app, threaded=True).serve_forever()


if __name__ == "__main__":
    main()
