"""Run the Elasticsearch of the tests in the foreground: `python -m tests.elasticsearch_node --port 9200`."""

from __future__ import annotations

import argparse
import signal
import sys
from contextlib import ExitStack
from types import FrameType

from tests.elasticsearch_node.java import NodeUnavailable
from tests.elasticsearch_node.node import Node, start_cluster, start_node


def main() -> int:
    """Start the node, say where it is, and end it on Ctrl-C or SIGTERM; nothing of it is kept."""
    parser = argparse.ArgumentParser(prog="python -m tests.elasticsearch_node", description=main.__doc__)
    parser.add_argument("--port", type=int, default=9200, help="the HTTP port on 127.0.0.1; 0 takes a free one")
    parser.add_argument("--nodes", type=int, default=1, help="how many nodes; more than one take free ports")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        with ExitStack() as stack:
            if given.nodes == 1:
                nodes: tuple[Node, ...] = (stack.enter_context(start_node(port=given.port, java_options=())),)
            else:
                nodes = stack.enter_context(start_cluster(given.nodes))
            print("Elasticsearch with nori:", *(node.url for node in nodes), "(Ctrl-C ends it)", flush=True)
            signal.pause()
    except NodeUnavailable as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0
    return 0


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
