from newscrawl.dates import decide

ZONED = "2024-02-09T18:40+0100"


def _decide(*candidates, language="en", country="GB"):
    return decide(list(candidates), fetched_at=None, language=language, country=country, site_zone=None)


def _one(source, raw, place="header line", role="published", rank=0):
    return {"role": role, "source": source, "raw": raw, "place": place, "rank": rank}


META = _one("meta", "2017-11-02 08:15", "custom.firstpublished", rank=1)
SCHEMA = _one("microdata", ZONED, "time.datePublished")
LINE = _one("visible", "9 February 2024, 6:40pm", role="unknown")


def test_schema_and_a_line_of_the_head_outvote_a_tag_that_stands_alone():
    decision = _decide(META, SCHEMA, LINE)
    assert decision.date_published == "2024-02-09T18:40:00+01:00"
    assert decision.evidence["date_published"]["disagreed"][0]["raw"] == META["raw"]


def test_one_place_alone_outvotes_no_tag():
    assert _decide(META, SCHEMA).date_published.startswith("2017-11-02")


def test_a_date_of_nothing_in_particular_gives_way_to_schema_org():
    vague = _one("meta", "2017-11-02 08:15", "date", role="unknown", rank=8)
    assert _decide(vague, {**SCHEMA, "rank": 4}).date_published == "2024-02-09T18:40:00+01:00"


def test_a_publication_after_every_change_gives_way_to_one_before():
    tag = _one("json-ld", "2024-06-20", "Article.datePublished")
    changed = _one("meta", "2024-06-10", "modified-date", role="modified")
    line = _one("visible", "3 May 2024", role="unknown")
    assert _decide(tag, changed, line).date_published == "2024-05-03"
    assert _decide(tag, changed, _one("meta", "2024-05-03", "published-date", rank=4)).date_published == "2024-05-03"
    assert _decide(tag, changed, line, _one("visible", "20 June 2024")).date_published == "2024-06-20"
    assert _decide(tag, changed).date_published == "2024-06-20"


def test_a_tag_with_a_second_place_is_not_outvoted():
    url = _one("url", "2017-11-02", "url")
    assert _decide(META, SCHEMA, LINE, url).date_published.startswith("2017-11-02")


def test_a_plain_time_takes_utc_where_a_zoned_line_is_the_same_instant():
    plain = _one("time", "2024-02-09T20:10:07", "time.stamp")
    line = _one("visible", "Feb 9, 2024, 3:10pm EST", role="unknown")
    decision = _decide(plain, line, country="US")
    assert decision.date_published in ("2024-02-09T20:10:07+00:00", "2024-02-09T15:10:07-05:00")
    assert decision.evidence["date_published"]["zone_from"]["raw"] == line["raw"]


def test_a_plain_time_does_not_take_the_zone_of_another_moment():
    plain = _one("time", "2024-02-09T20:10:07", "time.stamp")
    line = _one("visible", "Feb 9, 2024, 3:40pm EST", role="unknown")
    assert "zone_from" not in _decide(plain, line, country="US").evidence["date_published"]


def test_a_clock_that_calls_itself_utc_beside_the_same_clock_with_an_offset_is_local():
    false, true = _one("meta", "2024-02-09T07:30:00.000Z", "pubdate"), _one("time", "2024-02-09T07:30:00+09:00")
    assert _decide(false, true, language="ja", country="JP").date_published == "2024-02-09T07:30:00+09:00"


def test_an_order_that_only_the_country_decides_is_marked():
    line = _one("visible", "03/07/2024")
    decision = _decide(line)
    assert decision.date_published == "2024-07-03"
    assert decision.evidence["date_published"]["ambiguous_order"] is True
    clear = _decide(_one("visible", "23/07/2024"))
    assert "ambiguous_order" not in clear.evidence["date_published"]


def test_a_time_without_zone_outvotes_no_instant_of_the_same_day():
    tag = _one("json-ld", "2024-02-09T13:20:00+01:00", "NewsArticle.datePublished")
    meta = _one("meta", "2024-02-09 07:20:00", "published_at", rank=1)
    line = _one("visible", "9 February 2024, 7:20am", role="unknown")
    assert _decide(tag, meta, line).date_published == "2024-02-09T13:20:00+01:00"
