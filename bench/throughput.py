"""Requests per second with several clients: by wrk where it is installed, else by processes of this Python."""

from __future__ import annotations

import http.client
import re
import shutil
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

CLIENTS = (1, 8, 32)
_WRK = shutil.which("wrk")

CLIENT = "wrk" if _WRK else "clients written in Python, which take a part of the processor themselves"


def requests_per_second(url: str, clients: int, seconds: int) -> float:
    """Return the answers per second to so many clients that ask again at once; RuntimeError where one is refused."""
    return _by_wrk(_WRK, url, clients, seconds) if _WRK else _by_python(url, clients, seconds)


def _by_wrk(wrk: str, url: str, clients: int, seconds: int) -> float:
    command = [wrk, "-t1", f"-c{clients}", f"-d{seconds}s", "--timeout", "60s", url]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    match = re.search(r"Requests/sec:\s+([\d.]+)", told)
    if not match or "Non-2xx" in told or "Socket errors" in told:
        raise RuntimeError(f"wrk was not answered well:\n{told}")
    return float(match[1])


def _by_python(url: str, clients: int, seconds: int) -> float:
    deadline = time.monotonic() + seconds
    with ThreadPoolExecutor(clients) as threads:
        counts = list(threads.map(lambda _: _asked_until(url, deadline), range(clients)))
    return sum(counts) / seconds


def _asked_until(url: str, deadline: float) -> int:
    address = urlsplit(url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=60)
    count = 0
    while time.monotonic() < deadline:
        connection.request("GET", f"{address.path}?{address.query}")
        response = connection.getresponse()
        response.read()
        if response.status != http.client.OK:
            raise RuntimeError(f"{url} was answered with {response.status}")
        count += 1
    connection.close()
    return count
