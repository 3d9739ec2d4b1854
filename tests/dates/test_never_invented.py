"""A page from which every date was taken out has none: nothing else on it is made a date."""

import re

import pytest

from newscrawl import clean_html
from newscrawl.sample import pages

_SCRIPTS = re.compile(r"<script\b.*?</script>|<meta\b[^>]*>|<time\b.*?</time>", re.DOTALL | re.IGNORECASE)
_ATTRIBUTES = re.compile(r"""\s(?:datetime|content|title|data-[\w-]+)=(?:"[^"]*"|'[^']*')""", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")


def without_dates(page: bytes) -> str:
    """Return a page without its metadata and times, and with every number too large for a day, month or year."""
    text = page.decode("utf-8", "replace")
    text = _ATTRIBUTES.sub("", _SCRIPTS.sub("", text))
    return re.sub(r">([^<]*)<", lambda match: f">{_DIGITS.sub('77777', match[1])}<", text)


@pytest.mark.parametrize("name", sorted(pages()))
def test_a_page_without_dates_gets_none(name):
    article = clean_html(
        without_dates(pages()[name]), url=f"https://wexmouth.example/{name}", fetched_at="2025-06-01T08:00:00Z"
    )
    assert article.date_published is None
    assert article.date_modified is None


def test_a_time_on_the_page_is_no_date():
    page = (
        "<html lang='en'><body><article><h1>Choir sings at noon</h1><p>Doors open at 19:30, room 12/14.</p>"
        + "<p>The choir of the old town sings for an hour, and the seats are free for pupils and their parents.</p>" * 4
        + "</article></body></html>"
    )
    assert (
        clean_html(page, url="https://wexmouth.example/choir", fetched_at="2025-06-01T08:00:00Z").date_published is None
    )
