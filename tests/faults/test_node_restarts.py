"""The real Elasticsearch node killed and started again in the middle of bulks.

GISA_TEST_NODE_RESTARTS says how often; 20 is the promise (`make faults`). A node takes too long to start for a habit:
without the variable the test is left out, and `tests/elasticsearch/test_cluster.py` kills a node of a cluster.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from bench.running import RunningService, free_port
from service.engines.elasticsearch import ElasticsearchSettings, open_engine
from tests.elasticsearch_node.fixtures import leave_out
from tests.elasticsearch_node.java import NodeUnavailable
from tests.elasticsearch_node.node import Node, start_node
from tests.faults.contents import require_equal, seconds_until_equal, stored
from tests.faults.ledger import Ledger
from tests.faults.writers import Writer

RESTARTS = int(os.environ.get("GISA_TEST_NODE_RESTARTS", "0"))
WRITES_BETWEEN = 60
WRITERS = 4


def kill_again_and_again(node: Node, ledger: Ledger) -> None:
    """Kill the node while the writers write, and start it again, as often as is asked for."""
    for _ in range(RESTARTS):
        ledger.wait_for(ledger.acknowledged + WRITES_BETWEEN)
        node.kill()
        node.start()
        node.wait_for("yellow")
    ledger.wait_for(ledger.acknowledged + WRITES_BETWEEN)


@pytest.mark.slow
@pytest.mark.skipif(not RESTARTS, reason="a node takes long to start: `make faults` restarts it 20 times")
def test_no_restart_of_the_node_loses_doubles_tears_or_undoes_an_acknowledged_write(tmp_path: Path) -> None:
    """Promise: a write answered 2xx outlives the node's death; ids make that nothing is there twice."""
    seed, ledger = random.randrange(1 << 32), Ledger()
    try:
        with start_node(heap="512m") as node:
            settings = {"elasticsearch_url": node.url, "elasticsearch_replicas": "0", "requests_per_minute": "0"}
            port = free_port()
            data = tmp_path / "data"
            with RunningService.start(data, port=port, engine="elasticsearch", **settings) as service:
                writers = [Writer(service, ledger, number, seed) for number in range(WRITERS)]
                for writer in writers:
                    writer.start()
                kill_again_and_again(node, ledger)
                for writer in writers:
                    writer.stop()
            engine = open_engine(ElasticsearchSettings((node.url,), timeout=60, number_of_replicas=0))
            try:
                seconds_until_equal(engine, 5.0)
                versions = stored(engine)
                require_equal(engine, versions)
            finally:
                engine.close()
    except NodeUnavailable as problem:
        leave_out(problem)
    findings = ledger.examine(versions)
    print(
        f"seed {seed}: {ledger.acknowledged} acknowledged writes over {RESTARTS} restarts, {len(versions)} articles in "
        f"the end: {len(findings.lost)} lost, {len(findings.undone_deletes)} deletes undone"
    )
    assert not findings, findings
    assert not [key for writer in writers for key in writer.posted_twice]
