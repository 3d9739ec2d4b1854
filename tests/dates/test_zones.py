import datetime as dt
import tomllib
from importlib.resources import files

import pytest

from newscrawl.dates import decide, parse_date
from newscrawl.dates.text import tokenise
from newscrawl.dates.zones import assumed_zone, offset_at, read_zone, with_zone, zone_of


def data(name):
    return tomllib.loads(files("newscrawl").joinpath("data/dates", name).read_text(encoding="utf-8"))


def local(text, zone):
    return with_zone(parse_date(text), zone, "assumed")


@pytest.mark.parametrize("zone", sorted(set(data("countries.toml")["zones"].values())))
def test_the_zone_of_every_country_exists(zone):
    assert zone_of(zone) is not None


def test_every_language_names_a_country_with_a_zone():
    countries = data("countries.toml")
    assert set(countries["languages"].values()) <= set(countries["zones"])


@pytest.mark.parametrize("name", sorted(data("zones.toml")["abbreviations"]))
def test_every_abbreviation_is_read(name):
    zone, size = read_zone(tokenise(name), 0)
    assert size == 1
    assert with_zone(parse_date("2024-05-03 10:00"), zone, "given").offset is not None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GMT+1", "+01:00"),
        ("UTC+08:00", "+08:00"),
        ("GMT-0330", "-03:30"),
        ("+0200", "+02:00"),
        ("et", ""),
        ("est", ""),
        ("+99:00", ""),
    ],
)
def test_zones_in_words(text, expected):
    assert read_zone(tokenise(text), 0)[0] == expected


def test_the_same_letters_mean_another_zone_elsewhere():
    assert read_zone(tokenise("IST"), 0, "IN")[0] == "+05:30"
    assert read_zone(tokenise("IST"), 0, "IL")[0] == "Asia/Jerusalem"


@pytest.mark.parametrize(
    ("text", "zone", "expected"),
    [
        # clocks go forward on 31 March 2024, back on 27 October 2024
        ("2024-03-31 01:59", "Europe/Paris", "+01:00"),
        ("2024-03-31 03:00", "Europe/Paris", "+02:00"),
        ("2024-10-27 01:59", "Europe/Paris", "+02:00"),
        ("2024-10-27 03:00", "Europe/Paris", "+01:00"),
        # and the other way round in the south
        ("2024-04-07 01:59", "Australia/Sydney", "+11:00"),
        ("2024-04-07 03:00", "Australia/Sydney", "+10:00"),
        ("2024-07-01 12:00", "America/New_York", "-04:00"),
        ("2024-12-01 12:00", "America/New_York", "-05:00"),
        ("2024-07-01 12:00", "Asia/Kolkata", "+05:30"),
    ],
)
def test_daylight_saving_time(text, zone, expected):
    assert local(text, zone).isoformat().endswith(expected)
    assert not local(text, zone).fold


def test_an_hour_that_exists_twice_is_said_so():
    assert local("2024-10-27 02:30", "Europe/Paris").fold
    assert local("2024-10-27 02:30", "Europe/Paris").isoformat() == "2024-10-27T02:30:00+02:00"
    line = {"role": "published", "source": "visible", "raw": "27/10/2024 02:30", "place": "header line"}
    decision = decide([line], fetched_at=None, language="fr", country="FR", site_zone=None)
    assert decision.evidence["date_published"]["ambiguous_hour"] is True


def test_an_hour_that_was_skipped_is_no_error():
    assert local("2024-03-31 02:30", "Europe/Paris").isoformat() == "2024-03-31T02:30:00+01:00"
    assert not local("2024-03-31 02:30", "Europe/Paris").fold


@pytest.mark.parametrize(
    ("country", "language", "expected"),
    [
        ("CH", "de", "Europe/Zurich"),
        (None, "de", "Europe/Berlin"),
        (None, "de-AT", "Europe/Vienna"),
        (None, "pt_PT", "Europe/Lisbon"),
        (None, "zh-Hant-TW", "Asia/Taipei"),
        ("??", "fr", "Europe/Paris"),
        (None, None, None),
        (None, "", None),
    ],
)
def test_the_zone_assumed(country, language, expected):
    assert assumed_zone(country, language) == expected


def test_a_zone_that_does_not_exist_is_no_error():
    assert zone_of("Nowhere/Town") is None
    assert zone_of("../../etc/passwd") is None
    assert offset_at("Nowhere/Town", dt.datetime(2024, 5, 3, tzinfo=dt.UTC)) is None
