import pytest

from newscrawl.dates import decide

FETCHED = "2024-05-10T12:00:00Z"


def one(raw, role="published", source="json-ld", place="NewsArticle.datePublished", rank=0):
    return {"role": role, "source": source, "raw": raw, "place": place, "rank": rank}


def line(raw, role="unknown", rank=0):
    return one(raw, role, "visible", "below the headline", rank)


def decision(*candidates, fetched_at=FETCHED, language="fr", country="FR", site_zone=None):
    return decide(list(candidates), fetched_at=fetched_at, language=language, country=country, site_zone=site_zone)


def published(*candidates, **known):
    return decision(*candidates, **known).date_published


def test_nothing_gives_nothing():
    result = decision()
    assert (result.date_published, result.date_modified) == (None, None)
    assert result.evidence == {"date_published": None, "date_modified": None}


def test_the_evidence_names_raw_source_place_and_zone():
    assert decision(one("2024-05-03T10:00:00+02:00")).evidence["date_published"] == {
        "raw": "2024-05-03T10:00:00+02:00",
        "source": "json-ld",
        "place": "NewsArticle.datePublished",
        "time_zone": "given",
        "disagreed": [],
    }


@pytest.mark.parametrize(
    ("raw", "site_zone", "expected", "time_zone"),
    [
        ("2024-05-03 10:00", None, "2024-05-03T10:00:00+02:00", "assumed"),
        ("2024-05-03 10:00", "America/Montreal", "2024-05-03T10:00:00-04:00", "site"),
        ("2024-05-03 10:00:42", None, "2024-05-03T10:00:42+02:00", "assumed"),
        ("2024-05-03", None, "2024-05-03", None),
        ("2024-05-03T00:00:00", None, "2024-05-03", None),
        ("2024-05-03T00:00:00+02:00", None, "2024-05-03T00:00:00+02:00", "given"),
    ],
)
def test_the_zone_of_a_time(raw, site_zone, expected, time_zone):
    result = decision(one(raw), site_zone=site_zone)
    assert result.date_published == expected
    assert result.evidence["date_published"]["time_zone"] == time_zone


def test_modified_is_never_taken_for_published():
    result = decision(one("2024-05-03", "modified"))
    assert (result.date_published, result.date_modified) == (None, "2024-05-03")


def test_a_later_change_stays_a_change():
    result = decision(one("2024-05-03"), one("2024-05-04", "modified"))
    assert (result.date_published, result.date_modified) == ("2024-05-03", "2024-05-04")


def test_a_change_before_the_publication_is_kept_as_the_page_says_it():
    result = decision(one("2024-05-03T10:00:00Z"), one("2024-05-03T09:00:00Z", "modified"))
    assert (result.date_published, result.date_modified) == ("2024-05-03T10:00:00+00:00", "2024-05-03T09:00:00+00:00")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("2024-05-10T12:10:00Z", "2024-05-10T12:10:00+00:00"),  # the clocks of two machines
        ("2024-05-10T18:00:00+02:00", None),
        ("2024-05-11", "2024-05-11"),  # it is the 11th already somewhere
        ("2024-05-12", None),
        ("2024-05-10 18:00", "2024-05-10"),  # the zone was assumed, and wrongly
        ("2099-01-01", None),
        ("1970-01-01T00:00:00Z", None),
    ],
)
def test_no_date_lies_in_the_future_of_the_fetch(raw, expected):
    assert published(one(raw)) == expected


def test_a_local_time_that_calls_itself_utc_is_put_right():
    # 13:30 UTC would be in the future; 13:30 in Paris is not
    assert published(one("2024-05-10T13:30:00+0000")) == "2024-05-10T13:30:00+02:00"


def test_utc_that_contradicts_the_visible_line_is_mended_with_evidence():
    result = decision(one("2024-05-03T16:48:00+0000"), line("Publié le 03/05/2024 à 16:48", "published"))
    assert result.date_published == "2024-05-03T16:48:00+02:00"
    evidence = result.evidence["date_published"]
    assert evidence["time_zone"] == "assumed"
    assert evidence["mended"] == {
        "given": "2024-05-03T16:48:00+00:00",
        "by": "Publié le 03/05/2024 à 16:48",
        "source": "visible",
    }


def test_utc_is_not_mended_where_the_country_is_only_guessed():
    assert published(one("2024-05-03T16:48:00+0000"), line("03/05/2024 à 16:48"), country=None) == (
        "2024-05-03T16:48:00+00:00"
    )


def test_utc_is_not_mended_where_the_country_may_be_a_default():
    candidates = one("2024-05-03T16:48:00+0000"), line("3 May 2024, 16:48")
    assert published(*candidates, country="US", language="en-US") == "2024-05-03T16:48:00+00:00"
    assert published(*candidates, country="GB", language="en") == "2024-05-03T16:48:00+01:00"


def test_utc_as_javascript_writes_it_is_believed():
    assert published(one("2024-05-03T16:48:00.123Z"), line("03/05/2024 à 16:48")) == "2024-05-03T16:48:00+00:00"


def test_a_utc_instant_is_given_as_the_page_shows_it():
    result = decision(one("2024-05-03T22:48:00Z"), line("Publié le 04/05/2024 à 00:48", "published"))
    assert result.date_published == "2024-05-04T00:48:00+02:00"
    assert result.evidence["date_published"]["time_zone"] == "given"
    assert result.evidence["date_published"]["shown_as"]["raw"] == "Publié le 04/05/2024 à 00:48"
    assert result.evidence["date_published"]["disagreed"] == []


def test_a_bare_day_takes_the_time_of_a_line_of_the_same_day():
    result = decision(one("2024-05-03"), line("3 mai 2024 à 10h15"))
    assert result.date_published == "2024-05-03T10:15:00+02:00"
    assert result.evidence["date_published"]["time_from"] == {"raw": "3 mai 2024 à 10h15", "source": "visible"}


def test_a_bare_day_takes_no_time_of_a_video():
    video = one("2024-05-03T13:15:00+02:00", place="VideoObject.uploadDate", rank=6)
    assert published(one("2024-05-03"), video) == "2024-05-03"


def test_a_bare_day_takes_no_time_of_another_day():
    assert published(one("2024-05-03"), line("4 mai 2024 à 10h15")) == "2024-05-03"


def test_what_disagrees_is_said():
    result = decision(
        one("2024-05-03T10:00:00+02:00"), line("4 mai 2024"), one("2024-05-03", source="url", place="url")
    )
    assert result.date_published == "2024-05-03T10:00:00+02:00"
    assert result.evidence["date_published"]["disagreed"] == [
        {"raw": "4 mai 2024", "source": "visible", "place": "below the headline"}
    ]


def test_day_and_month_are_exchanged_where_another_date_shows_it():
    result = decision(
        one("11/01/2023 12:43", source="meta", place="date"), line("Publié le 1 novembre 2023", "modified")
    )
    assert result.date_published == "2023-11-01T12:43:00+01:00"
    assert result.evidence["date_published"]["mended"]["by"] == "Publié le 1 novembre 2023"


def test_a_day_first_date_that_would_be_in_the_future_is_month_first():
    assert published(line("08/05/2024"), language="en", country="US") == "2024-05-08"


def test_a_tag_that_repeats_the_change_gives_way_to_an_earlier_labelled_line():
    result = decision(
        one("2024-05-04T09:00:00+02:00"),
        one("2024-05-04T09:00:00+02:00", "modified"),
        line("Publié le 2 mai 2024 à 10:00", "published"),
    )
    assert (result.date_published, result.date_modified) == ("2024-05-02T10:00:00+02:00", "2024-05-04T09:00:00+02:00")
    assert result.evidence["date_published"]["disagreed"][0]["raw"] == "2024-05-04T09:00:00+02:00"


ORDER = [
    one("2024-05-01", source="row"),
    one("2024-05-02", source="json-ld"),
    one("2024-05-03", source="meta"),
    one("2024-05-04", source="microdata"),
    one("2024-05-05", source="feed"),
    one("2024-05-06", source="time"),
    line("7 mai 2024"),
    one("2024-05-08", source="url"),
]


@pytest.mark.parametrize("first", range(len(ORDER)))
def test_the_better_place_wins(first):
    assert published(*reversed(ORDER[first:])) == f"2024-05-0{first + 1}"


def test_the_http_header_serves_only_where_there_is_nothing_else():
    header = one("Fri, 03 May 2024 10:00:00 GMT", "modified", "http", "Last-Modified")
    assert (decision(header).date_published, decision(header).date_modified) == (None, "2024-05-03T10:00:00+00:00")
    assert decision(header, one("2024-05-01")).date_modified is None


def test_relative_times_count_from_the_fetch():
    result = decision(line("il y a 2 heures"))
    assert result.date_published == "2024-05-10T12:00:00+02:00"
    assert result.evidence["date_published"]["relative"] is True
    assert published(line("il y a 2 heures"), fetched_at=None) is None


def test_a_relative_time_gives_way_to_a_date():
    assert published(line("il y a 2 heures"), line("3 mai 2024")) == "2024-05-03"


def test_a_relative_time_far_from_the_headline_is_not_believed():
    assert published(line("il y a 2 heures", rank=4)) is None


def test_todays_date_in_a_masthead_gives_way_to_another():
    masthead = {**line("vendredi 10 mai 2024"), "place": "above the headline"}
    assert published(masthead, one("2024-05-03", source="url", place="url")) == "2024-05-03"
    assert published(masthead) == "2024-05-10"


def test_a_date_without_zone_and_country_says_that_utc_is_assumed():
    result = decision(one("2024-05-03 10:00"), language=None, country=None)
    assert result.date_published == "2024-05-03T10:00:00+00:00"
    assert result.evidence["date_published"]["time_zone"] == "assumed"
