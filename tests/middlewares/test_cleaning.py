from __future__ import annotations

import asyncio
import gc
import weakref
from collections.abc import Callable
from typing import Any

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, Response, TextResponse
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.test import get_crawler

from newscrawl.exceptions import ExtractionError
from newscrawl.extraction.document import Document, Extraction
from newscrawl.handlers.records import record_request
from newscrawl.items import Article
from newscrawl.middlewares.cleaning import CleaningMiddleware
from newscrawl.network.requests import article_request
from newscrawl.readers.record import Record


def middleware(**settings: Any) -> CleaningMiddleware:
    crawler = get_crawler(settings_dict=settings)
    crawler._apply_settings()
    made = CleaningMiddleware.from_crawler(crawler)
    made.workers = Pool()
    return made


class Pool:
    """Takes the place of the extraction, and remembers what it was given."""

    def __init__(self) -> None:
        self.documents: list[Document] = []
        self.error: Exception | None = None

    async def run(self, document: Document) -> Extraction:
        if self.error:
            raise self.error
        self.documents.append(document)
        return Extraction(Article(url=document.url, headline="Clean"), "<p>clean é</p>".encode())

    async def close(self) -> None:
        pass


def clean(made: CleaningMiddleware, request: Request, response: Response) -> Response:
    return asyncio.run(made.process_response(request, response))


def html(url: str = "https://a.example/", **kwargs: Any) -> HtmlResponse:
    headers = {"Content-Type": "text/html; charset=iso-8859-1", **kwargs.pop("headers", {})}
    return HtmlResponse(url, headers=headers, body=kwargs.pop("body", b"<html><p>dirty</p></html>"), **kwargs)


def test_callback_sees_the_clean_page_and_the_article() -> None:
    request = article_request("https://a.example/")
    response = html(request=request)
    cleaned = clean(middleware(), request, response)
    assert isinstance(cleaned, HtmlResponse)
    assert cleaned.text == "<p>clean é</p>"
    assert cleaned.css("p::text").get() == "clean é"
    found = request.meta["newscrawl"]
    assert found["original"] is response
    assert found["article"].headline == "Clean"
    assert found["removed"] is found["article"].removed


@pytest.mark.parametrize("made", [record_request, lambda record, *_: article_request(record.url)])
def test_a_page_is_freed_with_its_response(made: Callable[..., Request]) -> None:
    """Not by the search for cycles, which comes seldom: hundreds of pages would wait for it."""
    request = made(Record("https://a.example/", b"", "a.warc, record 1"), "warc", 1)
    response = html()
    gc.disable()
    try:
        page = weakref.ref(response)
        cleaned = clean(middleware(), request, response)
        cleaned.request = request  # as Scrapy's engine does
        assert cleaned.meta["newscrawl"]["article"].headline == "Clean"
        del cleaned, request, response
        assert page() is None
    finally:
        gc.enable()


@pytest.mark.parametrize(
    ("request_", "response"),
    [
        (Request("https://a.example/feed"), html()),
        (article_request("https://a.example/"), html(status=404)),
        (article_request("https://a.example/"), Response("https://a.example/", headers={"Content-Type": "image/png"})),
        (article_request("https://a.example/"), TextResponse("https://a.example/", body=b"just words")),
    ],
)
def test_all_else_is_left_alone(request_: Request, response: Response) -> None:
    made = middleware()
    assert clean(made, request_, response) is response
    assert "newscrawl" not in request_.meta
    assert not made.workers.documents


def test_spiders_of_other_projects_by_setting() -> None:
    made = middleware(NEWSCRAWL_CLEAN_BY_DEFAULT="True")
    assert b"clean" in clean(made, Request("https://a.example/"), html()).body
    kept = Request("https://a.example/", meta={"newscrawl_clean": False})
    assert b"dirty" in clean(made, kept, html()).body
    robots = Request("https://a.example/robots.txt", callback=NO_CALLBACK)
    assert b"dirty" in clean(made, robots, html()).body


def test_document_has_what_the_extraction_needs() -> None:
    made = middleware()
    request = article_request("https://a.example/ü?x=1 2", facts={"headline": "From the feed"})
    clean(made, request, html(headers={"Last-Modified": "Fri, 03 May 2024 18:19:08 GMT"}))
    (document,) = made.workers.documents
    assert document.url == "https://a.example/ü?x=1 2"
    assert document.content_type == "text/html; charset=iso-8859-1"
    assert document.facts == {"headline": "From the feed", "last_modified": "Fri, 03 May 2024 18:19:08 GMT"}
    assert document.final_url is None
    assert document.fetched_at is not None
    assert document.fetched_at.endswith("Z")


def test_where_a_redirect_led() -> None:
    made = middleware()
    request = article_request("https://a.example/short")
    led = request.replace(url="https://b.example/long", meta={**request.meta, "redirect_urls": [request.url]})
    clean(made, led, html("https://b.example/long"))
    (document,) = made.workers.documents
    assert (document.url, document.final_url) == ("https://a.example/short", "https://b.example/long")


def test_pages_without_a_type_that_are_html() -> None:
    request = article_request("https://a.example/")
    response = Response("https://a.example/", body=b"<!DOCTYPE html><html><p>dirty</p>")
    cleaned = clean(middleware(), request, response)
    assert isinstance(cleaned, HtmlResponse)
    assert b"clean" in cleaned.body


def test_failed_extraction_is_named() -> None:
    made = middleware()
    made.workers.error = KeyError("x")
    with pytest.raises(ExtractionError, match="KeyError"):
        clean(made, article_request("https://a.example/"), html())
