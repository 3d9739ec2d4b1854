"""A worker whose segments go to S3, killed while it uploads: `make s3-test`."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest

pytest.importorskip("celery", reason="Celery is not installed: pip install -r requirements-cluster.txt")
pytest.importorskip("boto3", reason="segments on S3 are not tested without boto3: make s3-test installs it")
pytest.importorskip("moto", reason="segments on S3 are not tested without moto: make s3-test installs it")

from tests.cluster.local import Servers, missing
from tests.cluster.s3 import Gate, storage
from tests.cluster.trial import Cluster, archives

pytestmark = pytest.mark.skipif(missing() is not None, reason=f"segments on S3 are not tested: servers are {missing()}")
PLACE = "s3://papers/first"


def test_every_line_is_there_once_whenever_an_upload_is_cut_off() -> None:
    with tempfile.TemporaryDirectory(prefix="newscrawl-s3-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # PostgreSQL's user comes by here
        servers = Servers(folder / "servers")
        servers.up()
        try:
            with storage(folder) as gate:
                cluster = cluster_with(folder, servers, gate)
                try:
                    cut_off_and_look(cluster, gate)
                finally:
                    cluster.close()
        finally:
            servers.down()


def cluster_with(folder: Path, servers: Servers, gate: Gate) -> Cluster:
    import boto3

    access = {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{gate.port}",
        "AWS_ACCESS_KEY_ID": "me",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    boto3.client(
        "s3",
        endpoint_url=access["AWS_ENDPOINT_URL"],
        aws_access_key_id="me",
        aws_secret_access_key="secret",
        region_name="us-east-1",
    ).create_bucket(Bucket="papers")
    return Cluster(folder, servers, **access)


def cut_off_and_look(cluster: Cluster, gate: Gate) -> None:
    urls = archives(cluster.folder / "archives", 1, 12)
    cluster.scrapy("cluster", "clean", "archives")
    for holds in ("upload", "answer"):  # killed before the storage has it all; and after it has, unheard
        gate.holds, gate.is_holding = holds, type(gate.is_holding)()
        cluster.start("w1", "-s", f"NEWSCRAWL_SEGMENTS={PLACE}")
        cluster.wait(gate.is_holding.is_set)
        cluster.kill("w1", with_crawl=True)
        del cluster.workers["w1"]
        assert cluster.count("warc", "done") == 0
    gate.holds = "nothing"
    cluster.start("w1", "-s", f"NEWSCRAWL_SEGMENTS={PLACE}")
    cluster.wait(lambda: cluster.count("warc", "done") == 1)
    cluster.stop()
    found = cluster.scrapy("segments", "check", PLACE).stdout
    assert found == "2 segments, 12 lines, 12 doubled by a second delivery, 0 troubles\n"
    cluster.scrapy("segments", "merge", PLACE, "-O", "all.jsonl")
    lines = [json.loads(line)["url"] for line in (cluster.folder / "all.jsonl").read_text().splitlines()]
    assert sorted(lines) == sorted(urls)
    assert "no_such" in cluster.scrapy("segments", "check", "s3://no_such/x", code=3).stderr
    assert "cannot be read" in cluster.scrapy("segments", "check", "gs://papers/x", code=3).stderr
