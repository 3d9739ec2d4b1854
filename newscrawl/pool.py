"""Where the pure packages run: documents go in, extractions come out."""

from __future__ import annotations

from newscrawl.extraction import extract
from newscrawl.extraction.document import Document, Extraction


class ExtractionPool:
    """Runs `newscrawl.extraction.extract` on documents, here in the calling process.

    What goes in and comes out are values that can be pickled, so that processes can take the place of this one
    without a change elsewhere.
    """

    async def run(self, document: Document) -> Extraction:
        """Return what one pass finds in ``document``; raises whatever the pass raised."""
        return extract(document)

    async def close(self) -> None:
        """Release what the pool holds."""
