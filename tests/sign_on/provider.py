"""The real provider of the tests as a process of its own, and a person who signs on there without a browser."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

import httpx2

CLIENT_ID, CLIENT_SECRET = "gisa", "the-secret-of-the-tests"
PASSWORD = "correct horse battery staple"
ROLES = "press=write:press_office; staff=read:intranet"
_SCRIPT = Path(__file__).with_name("canaille_server.py")
_START_SECONDS = 60
_FIELD = re.compile(r'<input[^>]*\bname="(login|password)"')


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@dataclass(frozen=True)
class RealProvider:
    """A running provider at which one service is registered."""

    issuer: str
    service: str
    process: subprocess.Popen[bytes]

    def settings(self) -> dict[str, str]:
        """Return the settings of a service that people sign on to here."""
        return {
            "oidc_issuer": self.issuer,
            "oidc_client_id": CLIENT_ID,
            "oidc_client_secret": CLIENT_SECRET,
            "oidc_scopes": "openid profile groups",
            "oidc_roles": ROLES,
            "public_url": self.service,
        }

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """Have the provider take connections and answer nothing meanwhile."""
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)

    def answer(self, url: str, account: str) -> str:
        """Return the address that the provider sends somebody back to who came with this one and signed on."""
        with httpx2.Client(timeout=30) as person:
            response = person.get(url)
            for _ in range(12):
                if response.is_redirect:
                    location = urljoin(str(response.url), response.headers["Location"])
                    if location.startswith(self.service):
                        return location
                    response = person.get(location)
                    continue
                named = _FIELD.search(response.text)
                if named is None:
                    raise AssertionError(f"{response.status_code} {response.url}: {response.text[:2000]}")
                value = account if named[1] == "login" else PASSWORD
                response = person.post(str(response.url), data={named[1]: value})
        raise AssertionError(f"no way back from {url}")


@contextmanager
def running_provider(folder: Path, service: str) -> Iterator[RealProvider]:
    """Yield a provider at which the service of this address is registered."""
    port = free_port()
    issuer = f"http://localhost:{port}"
    log = folder / "provider.log"
    with log.open("wb") as output:
        process = subprocess.Popen([sys.executable, str(_SCRIPT), str(port), service], stdout=output, stderr=output)
    try:
        _wait_for(f"{issuer}/.well-known/openid-configuration", process, log)
        yield RealProvider(issuer, service, process)
    finally:
        process.kill()
        process.wait()


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            if httpx2.get(address, timeout=5).status_code == 200:
                return
        except httpx2.HTTPError:
            time.sleep(0.1)
    raise AssertionError(f"The provider did not start: {log.read_text('utf-8')}")
