"""Documents and what is extracted of them travel between processes, also where the modules are compiled."""

from __future__ import annotations

import pickle

from newscrawl.extraction import Document, extract
from newscrawl.site_memory.view import SiteView

PAGE = b"<html><body><article><h1>Ferry sails</h1><p>The ferry of Wexmouth sails again, the council said on Friday.</p>"


def test_document_and_extraction_come_out_of_a_pickle_as_they_went_in() -> None:
    document = Document("https://news.example/ferry", PAGE, content_type="text/html", memory=SiteView())
    assert pickle.loads(pickle.dumps(document)) == document
    found = extract(document)
    assert pickle.loads(pickle.dumps(found)) == found
    assert found.pieces
