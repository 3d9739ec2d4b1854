"""Items of other projects, seen with this project's field names."""

from __future__ import annotations

from collections.abc import Iterator, KeysView, Mapping, MutableMapping
from typing import Any, Protocol

from newscrawl.items import FIELDS, Article

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
        self.adapter = _adapter(item)
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


class _Fields(MutableMapping[str, Any]):
    """The fields of an article, without the library for items of any kind, which imports what it adapts."""

    def __init__(self, article: Article) -> None:
        self._article = article

    def __getitem__(self, name: str) -> Any:
        if name not in FIELDS:
            raise KeyError(name)
        return getattr(self._article, name)

    def __setitem__(self, name: str, value: Any) -> None:
        if name not in FIELDS:
            raise KeyError(name)
        setattr(self._article, name, value)

    def __delitem__(self, name: str) -> None:
        raise KeyError(name)  # every field is always there

    def __iter__(self) -> Iterator[str]:
        return iter(FIELDS)

    def __len__(self) -> int:
        return len(FIELDS)

    def field_names(self) -> KeysView[str]:
        """Return the names of all fields."""
        return dict.fromkeys(FIELDS).keys()


def _adapter(item: Any) -> Any:
    if isinstance(item, Article):
        return _Fields(item)
    from itemadapter import ItemAdapter

    return ItemAdapter(item)


def is_item(item: Any) -> bool:
    """Tell whether `MappedItem` takes an object: an article, or an item of any other kind."""
    if isinstance(item, Article):
        return True
    from itemadapter import ItemAdapter

    return ItemAdapter.is_item(item)


class _Settings(Protocol):
    def getdict(self, name: str) -> dict[Any, Any]: ...


def names_of(settings: _Settings) -> dict[str, str]:
    """Return the map of a crawl's settings."""
    return {str(ours): str(theirs) for ours, theirs in settings.getdict(SETTING).items()}
