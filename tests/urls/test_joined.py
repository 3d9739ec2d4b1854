from __future__ import annotations

from urllib.parse import urljoin

import pytest

from newscrawl.urls.joined import joined


@pytest.mark.parametrize("base", ["https://news.example/a/b.html?c=d", "http://news.example", ""])
@pytest.mark.parametrize(
    "link",
    [
        "https://cdn.example/a/b.jpg", "https://cdn.example/a/../b.jpg?w=1&h=2", "http://cdn.example/", "../c.jpg",
        "https://cdn.example", "https://cdn.example/a?", "https://cdn.example/a;", "https://cdn.example/a#", "?e=f",
        "HTTPS://cdn.example/a", "//cdn.example/a b", "https://cdn.example/a b\n", "https:///a", "", "#x",
    ],
)  # fmt: skip
def test_a_link_is_joined_as_by_urljoin(base: str, link: str) -> None:
    assert joined(base, link) == urljoin(base, link)
