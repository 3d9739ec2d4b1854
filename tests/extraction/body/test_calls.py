"""Calls to the reader that the models are in doubt about."""

from __future__ import annotations

import numpy as np
import pytest

from newscrawl.extraction.body.calls import take_out_calls
from newscrawl.extraction.segments.role import Role
from newscrawl.extraction.segments.segment import segment
from newscrawl.parsing.tree import body_of, parse


@pytest.mark.parametrize(
    ("text", "logit", "role"),
    [
        ("Follow us on WhatsApp and get the harbour's news first.", 0.7, Role.OUT),
        ("Únete a nuestro canal de WhatsApp y recibe las noticias en tu móvil.", 0.7, Role.OUT),
        ("Follow us on WhatsApp and get the harbour's news first.", 4.0, Role.BODY),
        ("The poster on the quay said: follow us on WhatsApp.", 0.7, Role.BODY),
        ("Follow us on WhatsApp, the poster said. " + "The harbour master had it taken down within the hour. " * 3, 0.7,
         Role.BODY),
    ],
    ids=["call", "another language", "sure", "told of", "a long paragraph"],
)  # fmt: skip
def test_calls(text: str, logit: float, role: Role) -> None:
    segments, _ = segment(body_of(parse(f"<article><p>{text}</p></article>")))
    roles = [Role.BODY]
    take_out_calls(segments, roles, np.array([logit], dtype=np.float32))
    assert roles == [role]
