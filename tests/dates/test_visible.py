"""Visible dates as news pages write them; the wording is invented, the forms are those of real date lines."""

import pytest

from newscrawl.dates import parse_date

FETCHED = "2026-01-08T17:30:00Z"

EXAMPLES = [
    # language, country, text, expected
    ("fr", None, "Publié le 30/04/2024 - 16:00", "2024-04-30T16:00:00"),
    ("fr", None, "Publié le 18 juil. 2024 à 08:01Mis à jour le 18 juil. 2024 à 09:11", "2024-07-18T08:01:00"),
    ("fr", None, "Modifié le 08/07/2021 à 09:05 - Publié le 07/07/2021 à 16:48 | La Gazette.fr", "2021-07-07T16:48:00"),
    ("fr", None, "le 22/11/2024 à 09:47", "2024-11-22T09:47:00"),
    ("fr", None, "jeudi 13 juin 2019, par Une Association", "2019-06-13"),
    ("fr", None, "Par Anne Exemple le 7 mai 2020 - 12:38.", "2020-05-07T12:38:00"),
    ("fr", None, "Par Anne Exemple, le mercredi 15 mai 2019 à 08h07", "2019-05-15T08:07:00"),
    ("fr", None, "(22 juin 2018 @11h13)", "2018-06-22T11:13:00"),
    ("fr", None, "mardi 10.12.19", "2019-12-10"),
    ("fr", None, "1er mars 2023", "2023-03-01"),
    ("fr", "CA", "Publié le 3 mai 2024 à 14 h 30", "2024-05-03T14:30:00"),
    ("en", "CA", "Published Jun 05, 2026 • 3 minute read", "2026-06-05"),
    ("en", "US", "Updated: 18 Nov 2019 9:38 pm", "2019-11-18T21:38:00"),
    (
        "en",
        "US",
        "PUBLISHED: November 19, 2019 at 8:59 pm | UPDATED: November 20, 2019 at 7:05 am",
        "2019-11-19T20:59:00",
    ),
    ("en", "US", "Updated Nov. 19, 2019 8:21 am ET / Original Nov. 18, 2019 5:00 pm ET", "2019-11-18T17:00:00-05:00"),
    ("en", None, "Posted on September 21, 2020 by Jane Roe", "2020-09-21"),
    ("en", "US", "First published on November 19, 2019 / 8:16 AM", "2019-11-19T08:16:00"),
    ("en", None, "Updated 0339 GMT (1139 HKT) November 19, 2019", "2019-11-19T03:39:00+00:00"),
    ("en", "US", "Published 11:11 PM EST Nov 19, 2019", "2019-11-19T23:11:00-05:00"),
    ("en", "GB", "Last modified on Mon 18 Nov 2019 18.56 GMT", "2019-11-18T18:56:00+00:00"),
    ("en", "GB", "11:48, Thu, Jul 18, 2024 | UPDATED: 11:50, Thu, Jul 18, 2024", "2024-07-18T11:48:00"),
    ("en", None, "Published on 06/02/2026 - 13:55 GMT+1 •Updated 14:20", "2026-06-02T13:55:00+01:00"),
    ("en", "GB", "Published on 06/02/2026 - 13:55 GMT+1 •Updated 14:20", "2026-02-06T13:55:00+01:00"),
    ("en", "US", "August 30, 2023 1:55 am(Updated 4:30 am)", "2023-08-30T01:55:00"),
    ("en", "US", "May 14th, 2025", "2025-05-14"),
    ("en", "GB", "15 November 2023", "2023-11-15"),
    ("en", "US", "Wednesday, April 16, 2025", "2025-04-16"),
    ("en", "US", "12:05 a.m. PDT, May 3, 2024", "2024-05-03T00:05:00-07:00"),
    ("en", "US", "14 hours ago", "2026-01-08T03:30:00+00:00"),
    ("en", "US", "Updated an hour ago", "2026-01-08T16:30:00+00:00"),
    ("en", "GB", "Yesterday at 10:15", "2026-01-07T10:15:00"),
    ("en", "IN", "3/4/2021 5:06 PM IST", "2021-04-03T17:06:00+05:30"),
    ("de", None, "Veröffentlicht am 13. Mai 2026 um 15:44", "2026-05-13T15:44:00"),
    ("de", None, "Stand: 26.04.2024, 20:44 Uhr", "2024-04-26T20:44:00"),
    ("de", None, "Aktualisiert am 28. April 2023, 20:22 Uhr", "2023-04-28T20:22:00"),
    ("de", None, "Erstellt: 28.04.2023, 18:16 Uhr", "2023-04-28T18:16:00"),
    ("de", "CH", "Publiziert heute um 12:19 Uhr", "2026-01-08T12:19:00"),
    ("de", None, "-Aktualisiert am 28.04.2023-19:20", "2023-04-28T19:20:00"),
    ("de", None, "Veröffentlicht/Aktualisiert: vor 58 Minuten", "2026-01-08T16:32:00+00:00"),
    ("de", None, "vor 2 Stunden", "2026-01-08T15:30:00+00:00"),
    ("de", None, "vor einer Stunde", "2026-01-08T16:30:00+00:00"),
    ("de", None, "25.04.24", "2024-04-25"),
    ("de", "AT", "3. Jänner 2025, 06:00", "2025-01-03T06:00:00"),
    ("de", None, "4. März 2023, 18.05 Uhr", "2023-03-04T18:05:00"),
    ("de", None, "11. Februar 2022, 15 Uhr", "2022-02-11T15:00:00"),
    ("es", None, "25/04/2026 Actualizado a las 15:10h.", "2026-04-25"),
    ("es", None, "Actualizado Lunes, 2 diciembre 2024 - 02:24", "2024-12-02T02:24:00"),
    ("es", None, "Publicado el 03/05/2022 a las 22h03", "2022-05-03T22:03:00"),
    ("es", None, "Publicado hace 3 horas", "2026-01-08T14:30:00+00:00"),
    ("es", None, "Viernes 22 de abril del 2022", "2022-04-22"),
    ("it", None, "05 Gennaio 2025 Aggiornato alle 16:01 1 minuti di lettura", "2025-01-05"),
    ("it", None, "Pubblicato il 19 Febbraio 2020 Ultima modifica 19 Febbraio 2020 12:02", "2020-02-19"),
    ("it", None, "5 gennaio 2025 ( modifica il 6 gennaio 2025 | 15:24)", "2025-01-05"),
    ("it", None, "2 ore fa", "2026-01-08T15:30:00+00:00"),
    ("pt", "BR", "Atualizado em 4 de maio de 2022, 05:35", "2022-05-04T05:35:00"),
    ("pt", "BR", "postado em 04/05/2022 05:49 / atualizado em 04/05/2022 06:10", "2022-05-04T05:49:00"),
    ("pt", "BR", "14/03/2020 16h15", "2020-03-14T16:15:00"),
    ("pt", "PT", "Há 2 horas", "2026-01-08T15:30:00+00:00"),
    ("pl", None, "Aktualizacja: 02.02.2025 23:49 Publikacja: 02.02.2025 21:52", "2025-02-02T21:52:00"),
    ("pl", None, "Opublikowano: 2021-04-29 17:13:04.031886+02:00", "2021-04-29T17:13:04+02:00"),
    ("pl", None, "Dodano: 30 kwietnia 2021, 11:55", "2021-04-30T11:55:00"),
    ("pl", None, "godzinę temu", None),
    (
        "nb",
        None,
        "Publisert torsdag 09. mai 2024 - 13:26 / Sist oppdatert fredag 10. mai 2024 - 8:02",
        "2024-05-09T13:26:00",
    ),
    ("no", None, "12. mai 2021 kl. 14:47", "2021-05-12T14:47:00"),
    ("da", None, "Offentliggjort torsdag 06. feb 2025 17:25", "2025-02-06T17:25:00"),
    ("da", None, "3. marts 2022 kl. 07.40", "2022-03-03T07:40:00"),
    ("sv", None, "28.5.2020 17:43 Uppdaterad 28.5.2020 17:58", "2020-05-28T17:43:00"),
    ("sv", None, "Publicerad 2023-11-04 kl. 08.15", "2023-11-04T08:15:00"),
    ("sv", None, "för 2 timmar sedan", "2026-01-08T15:30:00+00:00"),
    ("fi", None, "Julkaistu 28.5.2020 17.43", "2020-05-28T17:43:00"),
    ("tr", None, "Giriş: 03.07.2024 - 18:24 Güncelleme: 03.07.2024 - 18:57", "2024-07-03T18:24:00"),
    ("tr", None, "12 KASIM 2021 CUMA 14:05", "2021-11-12T14:05:00"),
    ("nl", None, "Zaterdag 26 september 2020", "2020-09-26"),
    ("nl", None, "9 oktober 2020 11:12", "2020-10-09T11:12:00"),
    ("nl", "BE", "Gepubliceerd: 3 mrt. 2023 om 16u05", "2023-03-03T16:05:00"),
    ("nl", None, "3 uur geleden", "2026-01-08T14:30:00+00:00"),
    ("ja", None, "2025年1月13日 20時01分", "2025-01-13T20:01:00"),
    ("ja", None, "2024/12/03 15:00", "2024-12-03T15:00:00"),
    ("ja", None, "2024年5月2日 午後3時20分 公開 2024年5月3日 更新", "2024-05-02T15:20:00"),
    ("ja", None, "2025年1月13日（月）20:01", "2025-01-13T20:01:00"),
    ("ko", None, "입력 2025.01.13. 오후 3:20 수정 2025.01.13. 오후 4:05", "2025-01-13T15:20:00"),
    ("ko", None, "2021년 11월 12일 14시 05분", "2021-11-12T14:05:00"),
    ("ko", None, "3시간 전", "2026-01-08T14:30:00+00:00"),
    ("zh", None, "发布时间:2021-11-12 14:05:30", "2021-11-12T14:05:30"),
    ("zh", "TW", "2021年11月12日 下午2點05分", "2021-11-12T14:05:00"),
    ("ru", None, "8 января, 17:46", "2026-01-08T17:46:00"),
    ("ru", None, "Опубликовано: 08.01.2025 в 17:46", "2025-01-08T17:46:00"),
    ("uk", None, "21 вересня 2020, 11:15", "2020-09-21T11:15:00"),
    ("cs", None, "Aktualizováno: 6. 11. 2023 9:15", "2023-11-06T09:15:00"),
    ("cs", None, "5. února 2021", "2021-02-05"),
    ("el", None, "Δημοσίευση: 6 Ιανουαρίου 2012, 14:30", "2012-01-06T14:30:00"),
    ("hu", None, "2020. december 1. 14:05", "2020-12-01T14:05:00"),
    ("ro", None, "Publicat la 14 martie 2022, ora 16:15", "2022-03-14T16:15:00"),
    ("id", None, "Jumat, 12 November 2021 | 14:05 WIB", "2021-11-12T14:05:00+07:00"),
    ("vi", None, "Thứ Sáu, 12/11/2021, 14:05 (GMT+7)", "2021-11-12T14:05:00+07:00"),
    ("ar", None, "الجمعة 24 نيسان / أبريل 2020 09:22 مساءً", "2020-04-24T21:22:00"),
    (None, None, "13 mai 2026", "2026-05-13"),
    (None, None, "26 | 01 | 2022", "2022-01-26"),
]

BUGS_CAUGHT = [
    # a German "am" is no English half of the day
    ("de", None, "Um 9:30 am 3. Mai 2024", "2024-05-03T09:30:00"),
    # "h" and "Uhr" of a time are no part of a date
    ("de", None, "12.05.21 18:30 Uhr", "2021-05-12T18:30:00"),
    # the year of the next date is no offset
    ("en", "GB", "3 May 2024 08:01 - 2024", "2024-05-03T08:01:00"),
    # listopad is November in Polish and October in Croatian
    ("pl", None, "5 listopada 2020", "2020-11-05"),
    ("hr", None, "5. listopada 2020.", "2020-10-05"),
    # 08/07 is July in French, August in the United States
    ("fr", None, "08/07/2017", "2017-07-08"),
    ("en", "US", "08/07/2017", "2017-08-07"),
    ("en", "GB", "08/07/2017", "2017-07-08"),
    ("en-GB", None, "08/07/2017", "2017-07-08"),
    ("en", "US", "25/07/2017", "2017-07-25"),
]

NO_DATE = [
    ("en", "In 2019 the council had 12 members."),
    ("en", "Version 1.2.2019.4 of the software"),
    ("de", "Tel. 030/12 34 56"),
    ("fr", "32/13/2020"),
    ("en", "31 February 2021"),
    ("en", "10:30"),
    ("en", ""),
    ("en", "May we go"),
    ("en", "2 weeks ago"),
]

XFAIL = [
    ("fa", "۲ تیر ۱۳۹۹", "2020-06-22", "the Persian calendar is not read"),
    ("ja", "令和6年5月3日", "2024-05-03", "Japanese eras are not read"),
    ("en", "the third of May, two thousand and twenty", "2020-05-03", "numbers in words"),
    ("ar", "12 كانون الثاني 2021", "2021-01-12", "months of two words"),
    ("fr", "mai 2024", "2024-05", "a month alone is no date of publication"),
]


@pytest.mark.parametrize(("language", "country", "text", "expected"), EXAMPLES + BUGS_CAUGHT)
def test_a_visible_date_is_read(language, country, text, expected):
    # "an hour ago" without a numeral needs the moment of the fetch
    fetched = FETCHED if expected else None
    parsed = parse_date(text, language=language, country=country, fetched_at=fetched)
    assert (parsed.isoformat() if parsed else None) == expected


@pytest.mark.parametrize(("language", "text"), NO_DATE)
def test_what_is_no_date_is_not_read(language, text):
    assert parse_date(text, language=language, fetched_at=FETCHED) is None


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [pytest.param(*row[:3], marks=pytest.mark.xfail(reason=row[3], strict=True)) for row in XFAIL],
)
def test_known_limits(language, text, expected):
    parsed = parse_date(text, language=language)
    assert parsed is not None
    assert parsed.isoformat() == expected


def test_a_relative_date_needs_the_moment_of_the_fetch():
    assert parse_date("il y a 2 heures", language="fr") is None


def test_the_role_asked_for_is_taken():
    line = "Publié le 18 juil. 2024 à 08:01 Mis à jour à 09:11"
    assert parse_date(line, language="fr", role="modified").isoformat() == "2024-07-18T09:11:00"


def test_a_zone_is_put_to_a_plain_time_only():
    assert parse_date("3 May 2024 10:00", zone="Europe/Paris").isoformat() == "2024-05-03T10:00:00+02:00"
    assert parse_date("3 May 2024 10:00 GMT", zone="Europe/Paris").isoformat() == "2024-05-03T10:00:00+00:00"
    assert parse_date("3 May 2024", zone="Europe/Paris").isoformat() == "2024-05-03"
