"""Documents whose text was extracted elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from newscrawl.readers.paths import CORPUS_SUFFIXES
from newscrawl.readers.record import Problem, Record
from newscrawl.run.arguments import Argument
from newscrawl.spiders.records import RecordSpider


class CorpusSpider(RecordSpider):
    """Reads `.txt` and `.md` documents, and `.jsonl` rows of ``url`` and ``text``."""

    name = "corpus"
    ARGUMENTS: ClassVar[dict[str, Argument]] = {
        "path": Argument(str, "a .txt, .md or .jsonl file, a folder of them, or a glob")
    }
    SUFFIXES = CORPUS_SUFFIXES

    def read(self, file: Path, limit: int) -> Iterator[Record | Problem]:
        """Yield the documents of a file."""
        from newscrawl.readers.corpus import read_corpus

        return read_corpus(file, limit)
