"""JSON Schema of a line, made from `newscrawl.items`.

``python -m newscrawl.record.schema`` prints what docs/record.schema.json holds; a test compares the two and checks
output against it.
"""

from __future__ import annotations

import json
import sys
import types
import typing
from typing import Any, Literal, NotRequired, Union, get_args, get_origin, get_type_hints

from newscrawl.dates import Source
from newscrawl.items import FIELDS, SCHEMA_VERSION, Article

_SIMPLE = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}
_DATE = r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}([+-]\d{2}:\d{2}|Z)?)?$"
_TEXT: dict[str, Any] = {"type": ["string", "null"]}

_EVIDENCE: dict[str, Any] = {
    "type": ["object", "null"],
    "required": ["raw", "source", "time_zone", "disagreed"],
    "properties": {
        "raw": {"type": "string"},
        "source": {"enum": list(get_args(Source))},
        "time_zone": {"enum": ["given", "site", "assumed", None]},
        "disagreed": {"type": "array"},
    },
}

_CHANGED_BLOCK: dict[str, Any] = {
    "type": "object",
    "required": ["index", "text"],
    "properties": {"index": {"type": "integer", "minimum": 0}, "text": {"type": "string"}},
}
_CHANGES: dict[str, Any] = {
    "type": ["object", "null"],
    "required": ["fields", "added", "removed", "rewritten"],
    "additionalProperties": False,
    "properties": {
        "fields": {"type": "object", "additionalProperties": {"type": "object", "required": ["before", "after"]}},
        "added": {"type": "array", "items": _CHANGED_BLOCK},
        "removed": {"type": "array", "items": _CHANGED_BLOCK},
        "rewritten": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["index", "before_index", "before", "after"],
                "properties": {
                    "index": {"type": "integer", "minimum": 0},
                    "before_index": {"type": "integer", "minimum": 0},
                    "before": {"type": "string"},
                    "after": {"type": "string"},
                },
            },
        },
    },
}

_OVERRIDES: dict[str, dict[str, Any]] = {
    "schema_version": {"const": SCHEMA_VERSION},
    "version": {"type": "integer", "minimum": 1},
    "changes": _CHANGES,
    "confidence": {"type": ["number", "null"], "minimum": 0, "maximum": 1},
    "date_published": {**_TEXT, "pattern": _DATE},
    "date_modified": {**_TEXT, "pattern": _DATE},
    "content_hash": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    "date_evidence": {
        "type": "object",
        "required": ["date_published", "date_modified"],
        "properties": {"date_published": _EVIDENCE, "date_modified": _EVIDENCE},
    },
}


def record_schema() -> dict[str, Any]:
    """Return the schema of a line (JSON Schema 2020-12)."""
    hints = get_type_hints(Article)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "newscrawl article",
        "description": "A line of newscrawl's JSON Lines; docs/fields.md says what each field means.",
        "type": "object",
        "required": list(FIELDS),
        "additionalProperties": False,
        "properties": {name: _OVERRIDES.get(name) or _of(hints[name]) for name in FIELDS},
    }


def _of(kind: Any) -> dict[str, Any]:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return {"type": [_SIMPLE[part] for part in get_args(kind)]}
    if origin is Literal:
        return {"enum": list(get_args(kind))}
    if origin is list:
        return {"type": "array", "items": _of(get_args(kind)[0])}
    if typing.is_typeddict(kind):
        hints = get_type_hints(kind, include_extras=True)
        names = [name for name in hints if get_origin(hints[name]) is not NotRequired]  # those are never written
        properties = {name: _of(hints[name]) for name in names}
        for name in ("before", "offset"):
            if name in properties:
                properties[name] = properties[name] | {"minimum": 0}
        return {"type": "object", "required": names, "additionalProperties": False, "properties": properties}
    if origin is dict or kind is dict:
        return {"type": "object"}
    return {"type": _SIMPLE[kind]}


def text() -> str:
    """Return the schema as it stands in docs/record.schema.json."""
    return json.dumps(record_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(text())
