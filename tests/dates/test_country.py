import pytest

from newscrawl.dates import country_of
from newscrawl.parsing.structured import StructuredData


@pytest.mark.parametrize(
    ("url", "locale", "lang", "expected"),
    [
        ("https://www.zeitung.example.at/x", "de_DE", "de", "AT"),
        ("https://paper.example.co.uk/x", None, "en", "GB"),
        ("https://startup.example.io/x", None, "en", None),
        ("https://startup.example.tv/x", "fr_FR", "fr", "FR"),
        ("https://gazette.example/x", "fr_CA", "fr", "CA"),
        ("https://gazette.example/x", None, "de-CH", "CH"),
        ("https://gazette.example/x", "en_US", "en-GB", "GB"),
        ("https://gazette.example/x", None, "en-US", "US"),
        ("https://gazette.example/x", None, None, None),
        ("not a url [", None, None, None),
        ("", None, "x-y-z", None),
    ],
)
def test_the_country_of_a_page(url, locale, lang, expected):
    data = StructuredData(meta={"og:locale": [locale]} if locale else {})
    assert country_of(url, data, lang) == expected
