from __future__ import annotations

import json
from pathlib import Path

from newscrawl.store.batch import Batch
from newscrawl.store.opening import open_store
from tests.records import entry
from tests.support import run_scrapy


def test_export_gives_each_address_with_its_article(tmp_path: Path) -> None:
    setting = f"sqlite:///{tmp_path}/store.db"
    store = open_store(setting)
    first, second = entry(), entry("https://b.example/2", seed=2)
    store.commit(Batch(entries=[(first, [None]), (second, [None])]))
    store.close()
    words = ["store", "export", "-s", f"NEWSCRAWL_STORE_URL={setting}"]
    done = run_scrapy(tmp_path, *words)
    records = [json.loads(line) for line in done.out.splitlines()]
    assert [(record["url"], record["content_hash"]) for record in records] == [
        (first.url, first.content_hash), (second.url, second.content_hash),
    ]  # fmt: skip
    assert records[0]["last_seen"].endswith("Z")
    of_site = run_scrapy(tmp_path, *words, "--site", "b.example").out.splitlines()
    assert [json.loads(line)["key"] for line in of_site] == [second.key]
