"""What the processes of the pool are given to do in its tests: the text of a document says it."""

from __future__ import annotations

import os
import time
from contextlib import suppress

from newscrawl.extraction import extract
from newscrawl.extraction.document import Document, Extraction
from newscrawl.items import Article


def obey(document: Document) -> Extraction:
    """Return the worker's process id as headline, unless the document's text asks for trouble."""
    match document.body.split():
        case [b"abort"]:
            os.abort()
        case [b"exit"]:
            os._exit(0)
        case [b"hang"]:
            time.sleep(60)
        case [b"spin"]:
            while True:
                pass
        case [b"spin", b"on"]:
            with suppress(BaseException):
                while True:
                    pass
            while True:
                pass
        case [b"hog"]:
            hog = [bytearray(1 << 24) for _ in range(200)]
            assert hog
        case [b"raise"]:
            raise ValueError("no good")
        case [b"wait", seconds]:
            time.sleep(float(seconds))
        case [b"html"]:
            return extract(document)
    return Extraction(Article(url=document.url, headline=str(os.getpid())), document.body)
