"""A look at a store that is switched off: do lines in a file count for it?"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from newscrawl.exceptions import StoreError
from newscrawl.store.location import default_store, store_url

_FILE: Final = re.compile(r"sqlite(?:\+\w+)?:///([^?#%]*)")
"""A store's URL that is nothing but the path of a file."""


def counts_lines(setting: str | None, path: Path) -> bool:
    """Tell whether the store that ``setting`` names counts lines in ``path`` as seen; also where it cannot say."""
    if not setting and not default_store().is_file():
        return False
    if setting and (file := _FILE.fullmatch(setting)) and not Path(file[1]).is_file():
        return False
    from newscrawl.store.database import Database  # a crawl without a store does without the database
    from newscrawl.store.outputs import Outputs

    try:
        url = store_url(setting)
        if url.file is not None and not url.file.is_file():
            return False
        database = Database(url, timeout=5, is_read_only=True)
        try:
            return Outputs(database).counts(str(path))
        finally:
            database.close()
    except StoreError:
        return True
