"""Reservations of text and data mining that stand in files of a site, not in its pages.

``/.well-known/tdmrep.json``: TDM Reservation Protocol (W3C community group report, 2024), section 5.1. Names of agents
in robots.txt: `newscrawl/data/discovery/agents.toml`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from newscrawl.items import Right
from newscrawl.text.package_data import table

WELL_KNOWN = "/.well-known/tdmrep.json"
_MAX_RULES = 1000
_MAX_PATTERN = 500


@dataclass(frozen=True, slots=True)
class TdmRule:
    """One entry of tdmrep.json: paths (``*`` stands for anything, ``$`` for the end) and what is reserved there."""

    location: str
    reserved: bool
    policy: str | None = None


def parse_tdmrep(body: bytes) -> list[TdmRule]:
    """Return the rules of a tdmrep.json; none where it is not one."""
    try:
        data = json.loads(body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return []
    found = []
    for entry in data[:_MAX_RULES] if isinstance(data, list) else []:
        if isinstance(entry, dict) and isinstance(entry.get("location"), str):
            policy = entry.get("tdm-policy")
            reserved = str(entry.get("tdm-reservation")) == "1"
            found.append(
                TdmRule(entry["location"][:_MAX_PATTERN], reserved, policy if isinstance(policy, str) else None)
            )
    return found


def tdm_rights(rules: list[TdmRule], url: str) -> list[Right]:
    """Return what the first rule that fits a URL reserves.

    >>> tdm_rights([TdmRule("/news/*", True)], "https://a.example/news/1")
    [{'source': 'tdmrep.json', 'value': '1'}]
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return []
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    for rule in rules:
        if _fits(rule.location, path):
            if not rule.reserved:
                return []
            found = [Right(source="tdmrep.json", value="1")]
            return [*found, Right(source="tdmrep.json tdm-policy", value=rule.policy[:500])] if rule.policy else found
    return []


def agents_data() -> dict[str, Any]:
    """Return the packaged list of agents as it stands."""
    return table("discovery/agents.toml")


def ai_agents() -> list[str]:
    """Return the tokens by which robots.txt speaks to agents that gather texts for training."""
    return [token for rule in agents_data()["agent"] for token in rule["tokens"]]


def _fits(pattern: str, path: str) -> bool:
    end = pattern.endswith("$")
    parts = pattern.removesuffix("$").split("*")
    if not path.startswith(parts[0]):
        return False
    place = len(parts[0])
    for part in parts[1:]:
        found = path.find(part, place)
        if found < 0:
            return False
        place = found + len(part)
    return not end or place == len(path) or (len(parts) > 1 and path.endswith(parts[-1]))
