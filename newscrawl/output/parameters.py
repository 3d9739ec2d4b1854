"""Parameters of output URIs: a value of ``-a`` names a file, and never a folder."""

from __future__ import annotations

import re
from typing import Any

_UNSAFE = re.compile(r"[/\\%\x00-\x1f\x7f]")


def safe(value: Any) -> Any:
    """Return a parameter of an output's URI with characters that could leave its folder replaced by ``_``.

    >>> safe("../../etc/passwd"), safe(".."), safe(7)
    ('.._.._etc_passwd', '__', 7)
    """
    if not isinstance(value, str):
        return value
    text = _UNSAFE.sub("_", value)[:200]
    return "_" * len(text) if text.strip(".") == "" else text
