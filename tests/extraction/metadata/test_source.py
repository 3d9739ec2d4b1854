"""Agencies credited in a text of its own."""

import pytest

from newscrawl.extraction.metadata.source import from_text

CASES = [
    (["PARIS (AFP) — The bridge was closed.", "More."], "AFP"),
    (["BERLIN (dpa) - Die Brücke ist gesperrt."], "dpa"),
    (["(ANSA) - ROMA, 3 MAG - Il ponte è chiuso."], "ANSA"),
    (["Warszawa (PAP) – Most zamknięto."], "PAP"),
    (["Moskva /TASS/. The bridge was closed."], "TASS"),
    (["LONDON, Reuters - The bridge was closed."], "Reuters"),
    (["The bridge was closed on Monday.", "It will open in May. (AFP)"], "AFP"),
    (["Die Brücke ist gesperrt.", "Sie öffnet im Mai. (dpa/AFP)"], "dpa"),
    (["Le pont est fermé.", "Source AFP"], "AFP"),
    (["Le pont est fermé.", "avec AFP"], "AFP"),
    (["Most je zavřený.", "Zdroj: ČTK"], "ČTK"),
    (["橋が閉鎖された。（共同）"], "Kyodo"),
    (["The bridge was closed, the agency Reuters said on Monday (local time)."], None),
    (["He reads AP Chemistry (an exam)."], None),
    (["Reuters reported on Monday that the bridge was closed."], None),
    (["The bridge was closed.", "Source: a spokesman who did not want to be named"], None),
    ([], None),
    ([""], None),
]


@pytest.mark.parametrize(("blocks", "agency"), CASES)
def test_from_text(blocks, agency):
    assert from_text(blocks) == agency
