"""Items of other projects, seen with this project's field names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any, Protocol

from itemadapter import ItemAdapter

SETTING = "NEWSCRAWL_FIELDS_MAP"
"""Names of our fields → names of the item's fields, where they differ: ``{"article_body": "text"}``."""


class MappedItem(MutableMapping[str, Any]):
    """An item of any kind (dict, dataclass, attrs, pydantic, Scrapy's own) under the names of the contract.

    >>> item = {"text": "The ferry sails."}
    >>> mapped = MappedItem(item, {"article_body": "text"})
    >>> mapped["article_body"], "text" in mapped
    ('The ferry sails.', False)
    >>> mapped["date_published"] = "2024-05-03"
    >>> item
    {'text': 'The ferry sails.', 'date_published': '2024-05-03'}
    """

    def __init__(self, item: Any, names: Mapping[str, str] | None = None) -> None:
        self.adapter = ItemAdapter(item)
        self.is_open = isinstance(item, dict)
        """Whether the item takes fields that it does not have yet."""
        self._theirs = dict(names or {})
        self._ours = {theirs: ours for ours, theirs in self._theirs.items()}

    def _name(self, ours: str) -> str:
        if ours in self._theirs:
            return self._theirs[ours]
        if ours in self._ours:
            raise KeyError(ours)  # the item has a field of this name, which means something else
        return ours

    def __getitem__(self, name: str) -> Any:
        return self.adapter[self._name(name)]

    def __setitem__(self, name: str, value: Any) -> None:
        self.adapter[self._name(name)] = value

    def __delitem__(self, name: str) -> None:
        del self.adapter[self._name(name)]

    def __iter__(self) -> Iterator[str]:
        return (self._ours.get(name, name) for name in self.adapter)

    def __len__(self) -> int:
        return len(self.adapter)

    def field_names(self) -> list[str]:
        """Return the names of the fields that the item has or declares, as ours."""
        return [self._ours.get(name, name) for name in self.adapter.field_names()]


class _Settings(Protocol):
    def getdict(self, name: str) -> dict[Any, Any]: ...


def names_of(settings: _Settings) -> dict[str, str]:
    """Return the map of a crawl's settings."""
    return {str(ours): str(theirs) for ours, theirs in settings.getdict(SETTING).items()}
