import pytest

from newscrawl.dates import parse_date
from newscrawl.dates.rfc822 import parse_header_date

READ = [
    ("Mon, 07 Jul 08 09:05:02 -0330", "2008-07-07T09:05:02-03:30"),
    ("7 Jul 2008 9:05:2 gmt", "2008-07-07T09:05:02+00:00"),
    ("Tue, 01 Jul 2014 23:59 UT", "2014-07-01T23:59:00+00:00"),
    ("Tue, 01 Jul 2014 12:00:00 -400", "2014-07-01T12:00:00-04:00"),
    ("Tue, 01 Jul 2014 12:00:00 MEST", "2014-07-01T12:00:00+02:00"),
    ("Wed, 01 Jan 2014 12:00:00 MET", "2014-01-01T12:00:00+01:00"),
    ("Tue, 01 Jul 2014 12:00:00 Asia/Tokyo", "2014-07-01T12:00:00+09:00"),
    ("Tuesday, 01-Jul-14 12:00:00 GMT", "2014-07-01T12:00:00+00:00"),
    ("Tue Jul  1 12:00:09 2014", "2014-07-01T12:00:09"),
    ("Tue Jul 1 12:00:09 CEST 2014", "2014-07-01T12:00:09+02:00"),
    ("Tue Jul 01 2014 12:00:09 GMT+0200 (Central European Summer Time)", "2014-07-01T12:00:09+02:00"),
    ("2014-07-01T12:00:9Z", "2014-07-01T12:00:09+00:00"),
    ("2014-07-01T12:00-500", "2014-07-01T12:00:00-05:00"),
    ("2014-07-01 12:00:00Z", "2014-07-01T12:00:00+00:00"),
    ("2014-07-01 12:00:00 Europe/Rome", "2014-07-01T12:00:00+02:00"),
]
NO_SUCH_DATE = [
    "Mon, 31 Jun 2014 10:00:00 GMT",
    "Mon Jun 31 10:00:00 2014",
    "Mon, 12 Jun 2014 25:10:00 GMT",
    "Mon, 12 Jun 2014 10:70:00 +0200",
    "30 Feb 14 10:00:00 +0000",
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_header_dates_are_read(text, expected):
    assert parse_date(text).isoformat() == expected


@pytest.mark.parametrize("text", NO_SUCH_DATE)
def test_a_date_that_does_not_exist_is_none_and_never_another_day(text):
    assert parse_date(text, fetched_at="2026-01-01T00:00:00Z", zone="UTC") is None


def test_text_of_another_form_is_left_to_others():
    assert parse_header_date("Published on 1 July 2014 at noon") is None


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("mar. 11 juin 2024 à 7h30", "fr", "2024-06-11T07:30:00"),
        ("mar 04/06/2024", "it", "2024-06-04"),
        ("Mar 4, 2024", "en", "2024-03-04"),
        ("4 mar 2024", "it", "2024-03-04"),
    ],
)
def test_a_weekday_is_tried_before_a_month(text, language, expected):
    assert parse_date(text, language=language).isoformat() == expected
