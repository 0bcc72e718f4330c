"""A real Elasticsearch node as a process of the tests, alone or in a cluster."""

from __future__ import annotations

import ctypes
import json
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from tests.elasticsearch_node.distribution import prepare
from tests.elasticsearch_node.java import NodeUnavailable, find_java_home

SINGLE_HEAP = "1g"
CLUSTER_HEAP = "512m"
_START_SECONDS = 300.0  # a busy machine of two cores takes over a minute
_STOP_SECONDS = 30.0
_SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)
_USER_OF_ROOT = "nobody"  # Elasticsearch refuses to run as root
QUICK_START = ("-XX:TieredStopAtLevel=1",)  # 10 s of processor time to start in place of 17, slower once warm
_JVM = """\
-Xms{heap}
-Xmx{heap}
{options}
-XX:+UseSerialGC
-XX:+ExitOnOutOfMemoryError
-Djava.io.tmpdir=${{ES_TMPDIR}}
"""
_PROBLEM = re.compile(r"\bERROR\b|\w(Error|Exception): ")
_LOGGING = """\
status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d{ISO8601}][%-5p][%-25c{1.}] %m%n
rootLogger.level = info
rootLogger.appenderRef.console.ref = console
"""


class Node:
    """One node with its folder; it may be stopped or killed and started again, on the same ports with its data."""

    def __init__(
        self,
        name: str,
        folder: Path,
        settings: dict[str, Any],
        *,
        heap: str,
        port: int = 0,
        java_options: tuple[str, ...] = QUICK_START,
    ) -> None:
        self.name = name
        self.log = folder / "node.log"
        self._folder = folder
        self._settings = settings
        self._heap = heap
        self._port = port
        self._java_options = java_options
        self._transport_port = 0
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Return the address of the node's HTTP interface."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def process_id(self) -> int | None:
        """Return the id of the node's process, None while it does not run."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start the process and return when its ports are open; NodeUnavailable where it ends before."""
        self.launch()
        self.wait_for_ports()

    def launch(self, seeds: Sequence[Node] = ()) -> None:
        """Start the process; with `seeds`, as one that looks for its cluster there."""
        configuration = self._write_configuration()
        if seeds:
            self.look_for(seeds)
        environment = {
            "PATH": os.environ.get("PATH", os.defpath),
            "ES_JAVA_HOME": str(find_java_home()),
            "ES_PATH_CONF": str(configuration),
            "ES_TMPDIR": str(self._made("tmp")),
            "HOME": str(self._folder),
        }
        for ports in self._made("logs").glob("*.ports"):
            ports.unlink()
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [prepare() / "bin" / "elasticsearch"],
                env=environment,
                cwd=self._folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_end_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509 - one system call
                **_identity(self._folder),
            )

    def wait_for_ports(self) -> None:
        """Return when the node has opened its ports; NodeUnavailable where it ends before or takes too long."""
        self._port = self._read_port("http.ports")
        self._transport_port = self._read_port("transport.ports")

    def look_for(self, nodes: Sequence[Node]) -> None:
        """Have the node look for the others of its cluster at these, from now on and when it is started again."""
        addresses = "\n".join(f"127.0.0.1:{node._transport_port}" for node in nodes)
        self._write(self._made("config") / "unicast_hosts.txt", addresses)

    def stop(self) -> None:
        """Shut the node down in order."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """Kill the node as a power cut would, without a word to the others."""
        self._end(signal.SIGKILL)

    def health(self, wait: str = "") -> dict[str, Any]:
        """Return what the cluster says of its health; OSError while the node does not answer."""
        with urllib.request.urlopen(f"{self.url}/_cluster/health?{wait}", timeout=30) as answer:
            found: dict[str, Any] = json.load(answer)
            return found

    def wait_for(self, status: str, nodes: int = 1) -> None:
        """Return when the cluster has this status and this many nodes; NodeUnavailable after five minutes."""
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            self._check_running()
            try:
                if not self.health(f"wait_for_status={status}&wait_for_nodes={nodes}&timeout=5s")["timed_out"]:
                    return
            except OSError:
                time.sleep(0.1)
        raise NodeUnavailable(f"the cluster did not become {status} with {nodes} nodes: see {self.log}")

    def _end(self, how: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        try:
            # The launcher passes SIGTERM on to the server; SIGKILL has to reach both, so it goes to their session.
            (os.killpg if how is signal.SIGKILL else os.kill)(process.pid, how)
            process.wait(_STOP_SECONDS)
        except ProcessLookupError:
            pass
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def _check_running(self) -> None:
        if self._process is None or self._process.poll() is not None:
            lines = self.log.read_text(encoding="utf-8", errors="replace").split("\n")
            said = next(
                (line for line in lines if re.search(r"\bERROR\b|\w(Error|Exception): ", line)), "it says nothing"
            )
            raise NodeUnavailable(f"the Elasticsearch node {self.name} ended: {said}")

    def _read_port(self, name: str) -> int:
        path = self._folder / "logs" / name
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            self._check_running()
            if path.exists() and (addresses := path.read_text(encoding="utf-8").split()):
                return int(addresses[0].rpartition(":")[2])
            time.sleep(0.05)
        raise NodeUnavailable(f"the node {self.name} opened no port in {_START_SECONDS:.0f} s: see {self.log}")

    def _made(self, name: str) -> Path:
        folder = self._folder / name
        folder.mkdir(exist_ok=True)
        _give_away(folder)
        return folder

    def _write_configuration(self) -> Path:
        folder = self._made("config")
        settings = {
            "node.name": self.name,
            "node.portsfile": True,
            "network.host": "127.0.0.1",
            "http.port": self._port,
            "transport.port": self._transport_port,
            "path.data": str(self._made("data")),
            "path.logs": str(self._made("logs")),
            "path.repo": str(self._made("snapshots")),
            "xpack.security.enabled": False,
            # The disk of a developer's machine may be nearly full and still do for the tests.
            "cluster.routing.allocation.disk.threshold_enabled": False,
            **self._settings,
        }
        files = {
            "elasticsearch.yml": json.dumps(settings, indent=1),
            "jvm.options": _JVM.format(heap=self._heap, options="\n".join(self._java_options)),
            "log4j2.properties": _LOGGING,
        }
        for name, content in files.items():
            self._write(folder / name, content)
        return folder

    def _write(self, path: Path, content: str) -> None:
        path.write_text(content, encoding="utf-8")
        _give_away(path)


def _identity(folder: Path) -> dict[str, Any]:
    owner = folder.stat()
    return {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []} if os.geteuid() == 0 else {}


def _end_with_parent() -> None:
    # Whoever started the node may be killed before it can stop it: then the kernel tells the launcher to.
    ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)


def _give_away(path: Path) -> None:
    if os.geteuid() == 0:
        user = pwd.getpwnam(_USER_OF_ROOT)
        os.chown(path, user.pw_uid, user.pw_gid)


@contextmanager
def node_folder() -> Iterator[Path]:
    """Yield a new folder that belongs to the user who runs the node; it is removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="gisa-elasticsearch-"))
    try:
        _give_away(folder)
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def start_node(
    *, port: int = 0, heap: str = SINGLE_HEAP, java_options: tuple[str, ...] = QUICK_START
) -> Iterator[Node]:
    """Yield a running node alone in its cluster, on a free port unless one is given; it is stopped at the end."""
    with node_folder() as folder, ExitStack() as stack:
        alone = {"cluster.name": "gisa-tests", "discovery.type": "single-node"}
        node = Node("node-1", folder, alone, heap=heap, port=port, java_options=java_options)
        stack.callback(node.kill)
        node.start()
        node.wait_for("yellow")
        yield node


@contextmanager
def start_cluster(size: int = 3, *, heap: str = CLUSTER_HEAP) -> Iterator[tuple[Node, ...]]:
    """Yield the running nodes of one cluster, each of which can be killed and started again by itself."""
    settings = {
        "cluster.name": "gisa-tests",
        "cluster.initial_master_nodes": ["node-1"],
        "discovery.seed_providers": "file",
    }
    with ExitStack() as stack:
        nodes: list[Node] = []
        for number in range(1, size + 1):
            node = Node(f"node-{number}", stack.enter_context(node_folder()), settings, heap=heap)
            stack.callback(node.kill)
            nodes.append(node)
        nodes[0].start()
        for node in nodes[1:]:
            node.launch(nodes[:1])
        for node in nodes[1:]:
            node.wait_for_ports()
        nodes[0].wait_for("green", nodes=size)
        for node in nodes:
            node.look_for(nodes)
        yield tuple(nodes)
