import pytest

from newscrawl.dates import decide, known_dates


def decided(published, modified, country=None, language="en", site_zone=None):
    candidates = [
        {"role": "published", "source": "meta", "raw": published, "place": "pubdate"},
        {"role": "modified", "source": "json-ld", "raw": modified, "place": "NewsArticle.dateModified"},
    ]
    result = decide(candidates, fetched_at=None, language=language, country=country, site_zone=site_zone)
    return result.date_published, result.evidence["date_published"]["time_zone"]


@pytest.mark.parametrize(
    ("published", "modified", "country", "expected"),
    [
        # the tags' offset is that of the country: its zone, summer time included
        ("2024-01-03 10:00", "2024-05-04T09:00:00+02:00", "FR", ("2024-01-03T10:00:00+01:00", "site")),
        # the tags' offset is another's than the country's
        ("2024-05-03 10:00", "2024-05-04T09:00:00-07:00", "US", ("2024-05-03T10:00:00-07:00", "site")),
        # UTC says nothing of the site
        ("2024-05-03 10:00", "2024-05-04T09:00:00Z", "FR", ("2024-05-03T10:00:00+02:00", "assumed")),
    ],
)
def test_the_zone_is_learned_from_the_pages_own_offsets(published, modified, country, expected):
    assert decided(published, modified, country) == expected


def test_the_zone_of_the_site_file_goes_before_what_is_learned():
    assert decided("2024-05-03 10:00", "2024-05-04T09:00:00-07:00", site_zone="Asia/Tokyo")[0].endswith("+09:00")


def test_known_dates_pass_over_what_is_no_text():
    facts = {"date_published": "2024-05-03", "last_modified": None, "feed_published": 7, "headline": "x"}
    assert known_dates(facts) == [
        {"role": "published", "source": "row", "raw": "2024-05-03", "place": "date_published", "rank": 0}
    ]
