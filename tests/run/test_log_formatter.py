from __future__ import annotations

import logging

import pytest
from scrapy import Request, Spider
from scrapy.http import Response

from newscrawl.run.log_formatter import LeanLogFormatter


@pytest.mark.parametrize(("level", "is_made"), [(logging.DEBUG, True), (logging.NOTSET, True), (logging.INFO, False)])
def test_messages_of_each_page_are_made_where_a_handler_takes_them(
    monkeypatch: pytest.MonkeyPatch, level: int, is_made: bool
) -> None:
    handlers = [logging.StreamHandler(), logging.StreamHandler()]
    handlers[0].setLevel(logging.ERROR)
    handlers[1].setLevel(level)
    monkeypatch.setattr(logging.getLogger(), "handlers", handlers)
    request, spider = Request("https://a.example/"), Spider("a")
    response = Response(request.url, request=request)
    made = LeanLogFormatter()
    assert (made.crawled(request, response, spider) is not None) is is_made
    assert (made.scraped({}, response, spider) is not None) is is_made
