"""Parquet, for columnar reading: an extra (``pip install pyarrow``).

An incomplete Parquet file cannot be read. So the lines are written first, durably, and become a Parquet file when the
crawl ends; lines that a kill left behind are converted by the next run, as with a compressed output.
"""

from __future__ import annotations

import importlib.util
import json
from typing import Any, BinaryIO

from newscrawl.exporters.json_lines import ArticleLinesExporter
from newscrawl.items import FIELDS
from newscrawl.text.plain import scrub

FORMAT = "parquet"
PLUGIN = "newscrawl.exporters.parquet.ParquetPlugin"
ROWS = 500
"""Records of a row group, held in memory before it is written."""


class ParquetExporter(ArticleLinesExporter):
    """Writes the lines of which `ParquetPlugin` makes a Parquet file."""


class ParquetPlugin:
    """Scrapy's feed post-processing: JSON Lines in, Parquet out.

    The contract's fields are the columns: lists are nested, ``date_evidence`` and ``changes`` are texts of JSON. In
    another project's FEEDS:
    ``{"format": "jsonlines", "postprocessing": ["newscrawl.exporters.parquet.ParquetPlugin"]}``.
    """

    def __init__(self, file: BinaryIO, feed_options: dict[str, Any]) -> None:
        import pyarrow.parquet as parquet

        self._schema = schema()
        self._writer = parquet.ParquetWriter(file, self._schema, compression="zstd")
        self._rest = b""
        self._rows: list[dict[str, Any]] = []

    def write(self, data: bytes | memoryview) -> int:
        """Add a chunk of the lines."""
        *lines, self._rest = (self._rest + bytes(data)).split(b"\n")
        self._rows += [row(json.loads(line)) for line in lines if line.strip()]
        if len(self._rows) >= ROWS:
            self._flush()
        return len(data)

    def close(self) -> None:
        """Write the remaining rows and the footer."""
        if self._rest.strip():
            self._rows.append(row(json.loads(self._rest)))
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        import pyarrow

        rows, self._rows = self._rows, []
        if rows:
            self._writer.write_table(pyarrow.Table.from_pylist(rows, schema=self._schema))


def row(record: dict[str, Any]) -> dict[str, Any]:
    """Return a record's fields of the schema as a row; missing ones are null."""
    values: dict[str, Any] = scrub({name: record.get(name) for name in FIELDS})
    for name in ("date_evidence", "changes"):
        if values[name] is not None:
            values[name] = json.dumps(values[name], ensure_ascii=False)
    return values


def schema() -> Any:
    """Return the columns and their types (`pyarrow.Schema`)."""
    import pyarrow as pa

    text, number, texts = pa.string(), pa.int32(), pa.list_(pa.string())
    nested = {
        "blocks": {"type": text, "text": text, "time": text},
        "images": {"url": text, "caption": text, "credit": text},
        "rights": {"source": text, "value": text},
        "removed": {
            "kind": text, "rule": text, "level": text, "text": text, "before": number, "split": pa.bool_(),
            "offset": number,
        },
    }  # fmt: skip
    types = {
        "schema_version": number, "version": number, "authors": texts, "author_organizations": texts, "keywords": texts,
        "is_accessible_for_free": pa.bool_(), "confidence": pa.float64(),
        **{name: pa.list_(pa.struct(list(members.items()))) for name, members in nested.items()},
    }  # fmt: skip
    return pa.schema([(name, types.get(name, text)) for name in FIELDS])


def complaint(path: str, *, appends: bool) -> str | None:
    """Return why a Parquet output cannot be written, or ``None``; ``appends``: the file exists already."""
    if importlib.util.find_spec("pyarrow") is None:
        return f"the output {path} needs pyarrow: pip install pyarrow"
    if appends:
        return f"the output {path} is there, and a Parquet file cannot be appended to: overwrite it with -O"
    return None
