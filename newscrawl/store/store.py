"""The store as the rest of the program sees it."""

from __future__ import annotations

from hashlib import sha256
from typing import Literal

from newscrawl.exceptions import StoreError
from newscrawl.store.articles import Articles
from newscrawl.store.batch import Batch
from newscrawl.store.claims import Claims, give_back
from newscrawl.store.database import Database
from newscrawl.store.feeds import Feeds
from newscrawl.store.leases import Leases
from newscrawl.store.memory import Memory
from newscrawl.store.outputs import Outputs
from newscrawl.store.recording import Recording
from newscrawl.store.revisit import Schedule
from newscrawl.store.runs import Runs
from newscrawl.store.tasks import Tasks
from newscrawl.store.texts import Texts
from newscrawl.urls.canonical import canonical

_ATTEMPTS = 4
"""Of a transaction that another one stood in the way of."""
Status = Literal["unseen", "seen", "due", "taken-down"]


class Store:
    """What is remembered between runs; made by `newscrawl.store.opening.open_store`.

    `newscrawl.store.disabled.DisabledStore` stands in for it where it is switched off.
    """

    enabled = True

    def __init__(
        self,
        database: Database,
        schedule: Schedule | None = None,
        *,
        setting: str | None = None,
        keeps_texts: bool = True,
    ) -> None:
        self.database = database
        self.setting = setting
        """NEWSCRAWL_STORE_URL as given; ``None``: the project's own store."""
        self.schedule = schedule or Schedule()
        self.articles = Articles(database)
        self.texts = Texts(database, are_kept=keeps_texts)
        self.outputs = Outputs(database)
        self.feeds = Feeds(database)
        self.memory = Memory(database)
        self.runs = Runs(database)
        self.claims = Claims(database)
        self.leases = Leases(database)
        self.tasks = Tasks(database)
        with database.read() as connection:
            self._taken_down = set(connection.column("SELECT digest FROM takedowns"))

    @property
    def is_shared(self) -> bool:
        """Tell whether several programs may write to it at once, on several machines."""
        return not self.database.is_sqlite

    def status(self, url: str) -> Status:
        """Tell whether ``url`` is known, and whether it is time to look at it again."""
        key = canonical(url)
        if self._taken_down and takedown_digest(key) in self._taken_down:
            return "taken-down"
        known = self.articles.find(key)
        if known is None:
            return "unseen"
        is_due = known.next_visit is not None and known.next_visit <= self.database.now()
        return "due" if is_due else "seen"

    def is_taken_down(self, url: str) -> bool:
        """Tell whether ``url`` was taken down and must not come again."""
        return bool(self._taken_down) and takedown_digest(canonical(url)) in self._taken_down

    def commit(self, batch: Batch) -> None:
        """Remember all of ``batch``, or nothing of it where `StoreError` is raised."""
        if not batch:
            return
        for attempt in range(_ATTEMPTS):
            try:
                self._commit(batch)
                return
            except StoreError as error:
                if not error.passes or attempt == _ATTEMPTS - 1:
                    raise

    def _commit(self, batch: Batch) -> None:
        with self.database.write() as connection:
            recording = Recording(self.database, self.schedule, connection, keeps_texts=self.texts.are_kept)
            recording.articles(batch.entries)
            recording.visits(batch.visits)
            recording.finish()
            self.outputs.grown(connection, batch.sizes)
            if batch.run is not None:
                give_back(connection, batch.run, batch.claims)

    def close(self) -> None:
        """Close it."""
        self.database.close()


def takedown_digest(key: str) -> str:
    """Return what is kept of a URL that was taken down."""
    return sha256(key.encode()).hexdigest()
