from __future__ import annotations

import json
from itertools import takewhile
from typing import Any

import pytest

from newscrawl.items import FIELDS
from tests.golden.cases import Case, all_cases, crawl_cases, shown

_BARE = "the author's name by itself stays in the text"
KNOWN_FAULTS = {
    "gazetarzeczna/pl-read-also": _BARE,
    "herald/en-amp-page": "the byline is taken for the author's biography",
    "herald/en-kicker-and-dateline": "a short standfirst stays in the text",
    "herald/en-newsletter-form-with-consent": "the rule named is another language's",
    "ledger/en-gallery": "the byline of pictures is taken for a player's title",
    "ledger/md-quotes-and-subheads": "a list below a link is taken for links",
    "narutimes/ko-copyright-and-related": "the copyright line behind the byline is not logged",
    "pribrezi/cs-subscriber": _BARE,
    "skargarden/sv-read-more": "text and picture credited in one line",
    "uferblatt/de-agency-and-short-sign": "an agency beside an author's sign in a dateline is not read",
}
"""Cases that come out wrong, and why: their records say what is right. One that comes right is shown as XPASS."""


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    return crawl_cases(all_cases(), tmp_path_factory.mktemp("golden"))


def marked(case: Case) -> Any:
    """Return the case, marked where it is known to come out wrong."""
    reason = KNOWN_FAULTS.get(case.name)
    return pytest.param(case, id=case.name, marks=[pytest.mark.xfail(reason=reason, strict=False)] if reason else [])


@pytest.mark.parametrize("case", [marked(case) for case in all_cases()])
def test_golden(case: Case, records: dict[str, dict[str, Any]]) -> None:
    assert case.name in records, f"{case.name}: no line came of it"
    record = shown(records[case.name])
    assert tuple(records[case.name]) == FIELDS
    expected = case.expected
    assert expected, f"a new case: make golden CASE={case.name}"
    wrong = [difference(name, value, record[name]) for name, value in expected.items() if record[name] != value]
    assert not wrong, f"{case.name}; if the new values are right: make golden CASE={case.name}\n" + "\n".join(wrong)


def difference(name: str, expected: Any, got: Any) -> str:
    """Say where two values of a field differ, of lists only the first entry that does."""
    if isinstance(expected, list) and isinstance(got, list):
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(expected, got, strict=False)))
        name = f"{name}[{same}] (of {len(expected)}, got {len(got)})"
        expected, got = expected[same : same + 1], got[same : same + 1]
    return f"{name}\n  expected {_text(expected)}\n  got      {_text(got)}"


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
