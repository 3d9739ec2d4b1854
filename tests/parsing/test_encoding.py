"""Bytes to text: order of evidence, contradictions, damage."""

import pytest

from newscrawl.parsing.encoding import decode

RUSSIAN = "<p>Старый мост закрыли в понедельник, потому что вода в реке поднялась, и жители города ждут нового.</p>"
GREEK = "<p>Η παλιά γέφυρα έκλεισε τη Δευτέρα γιατί το ποτάμι ανέβηκε, και οι κάτοικοι περιμένουν την καινούργια.</p>"
POLISH = (
    "<p>Stary most zamknięto w poniedziałek, bo rzeka wezbrała, i mieszkańcy czekają na nową przeprawę przez wodę.</p>"
)
CHINESE = (
    "<p>由于河水上涨，旧桥于星期一关闭，镇上的居民正在等待一座新桥。市长表示，工程将于五月开始，分三个阶段进行。</p>"
)
JAPANESE = (
    "<p>川の水位が上がったため、古い橋は月曜日に閉鎖され、町の人々は新しい橋を待っている。工事は五月に始まる。</p>"
)
KOREAN = (
    "<p>강물이 불어나 월요일에 낡은 다리가 폐쇄되었고 주민들은 새 다리를 기다리고 있다. 공사는 오월에 시작된다.</p>"
)
FRENCH = (
    "<p>Le vieux pont a été fermé après la crue, et les élèves de l’école voisine sont déjà ravis : « Enfin ! »</p>"
)

DECLARED = [
    ("utf-8", "text/html; charset=utf-8", "", RUSSIAN, "utf-8"),
    ("cp1251", "text/html; charset=windows-1251", "", RUSSIAN, "cp1251"),
    ("gb18030", "text/html; charset=gb2312", "", CHINESE, "gb18030"),
    ("cp1252", "text/html; charset=iso-8859-1", "", FRENCH, "cp1252"),
    ("iso2022_jp", "text/html; charset=iso-2022-jp", "", JAPANESE, "iso2022_jp"),
    ("cp1253", "text/html", '<meta charset="windows-1253">', GREEK, "cp1253"),
    (
        "iso8859-2",
        None,
        '<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=ISO-8859-2">',
        POLISH,
        "iso8859-2",
    ),
    ("cp932", None, '<?xml version="1.0" encoding="Shift_JIS"?>', JAPANESE, "cp932"),
    ("cp949", None, "<meta charset=euc-kr>", KOREAN, "cp949"),
    ("utf-8", None, '<meta charset="utf-16">', GREEK, "utf-8"),
]


@pytest.mark.parametrize(("written", "header", "meta", "text", "name"), DECLARED)
def test_declared_encoding(written, header, meta, text, name):
    assert decode(f"{meta}{text}".encode(written), header) == (f"{meta}{text}", name)


WRONG = [
    ("utf-8", "text/html; charset=iso-8859-1", FRENCH),
    ("utf-8", "text/html; charset=windows-1251", RUSSIAN),
    ("utf-8", "text/html; charset=big5", CHINESE),
    ("cp1251", "text/html; charset=utf-8", RUSSIAN),
    ("cp1253", "text/html; charset=utf-8", GREEK),
    ("gb18030", "text/html; charset=utf-8", CHINESE),
    ("utf-8", "text/html; charset=no-such-thing", GREEK),
    ("utf-8", "text/html; charset=utf-7", GREEK),
    ("utf-8", "text/html; charset=", POLISH),
]


@pytest.mark.parametrize(("written", "header", "text"), WRONG)
def test_wrong_declaration_is_seen_through(written, header, text):
    assert decode((text * 4).encode(written), header)[0] == text * 4


UNDECLARED = [
    ("utf-8", FRENCH),
    ("cp1251", RUSSIAN),
    ("koi8-r", RUSSIAN),
    ("cp1253", GREEK),
    ("gb18030", CHINESE),
    ("cp932", JAPANESE),
    ("cp949", KOREAN),
]


@pytest.mark.parametrize(("written", "text"), UNDECLARED)
def test_detection(written, text):
    assert decode((text * 4).encode(written))[0] == text * 4


def test_byte_order_mark_beats_the_header():
    assert decode(b"\xef\xbb\xbf" + GREEK.encode(), "text/html; charset=iso-8859-7") == (GREEK, "utf-8")
    assert decode(b"\xff\xfe" + GREEK.encode("utf-16-le"), "text/html; charset=utf-8") == (GREEK, "utf-16-le")


def test_header_beats_meta():
    assert decode(f'<meta charset="iso-8859-2">{FRENCH}'.encode("cp1252"), "text/html; charset=cp1252")[1] == "cp1252"


def test_meta_in_a_comment_is_none():
    assert decode(f'<!-- <meta charset="windows-1251"> -->{RUSSIAN}'.encode("koi8-r") * 4)[1] == "koi8-r"


def test_a_broken_byte_does_not_change_the_encoding():
    text, name = decode((RUSSIAN * 20).encode() + b"\xff" + RUSSIAN.encode(), "text/html; charset=utf-8")
    assert name == "utf-8"
    assert text.count("\ufffd") == 1


@pytest.mark.parametrize("declared", ["", "; charset=utf-8", "; charset=windows-1252"])
def test_whole_characters_outnumber_a_broken_one(declared):
    text, name = decode(FRENCH.encode() + b"<p>caf\xe9</p>", f"text/html{declared}")
    assert (text.removeprefix(FRENCH), name) == ("<p>caf\ufffd</p>", "utf-8")


@pytest.mark.parametrize(
    ("written", "text"), [("cp874", "สะพานเก่าปิดเมื่อวันจันทร์"), ("gb18030", CHINESE), ("cp932", JAPANESE)]
)
def test_pairs_of_bytes_are_no_characters_of_utf8(written, text):
    assert decode(text.encode(written), f"text/html; charset={written.replace('cp', 'windows-')}")[0] == text


def test_utf16_without_a_byte_order_mark():
    text = f'<?xml version="1.0"?>{GREEK}'
    assert decode(text.encode("utf-16-be"), "text/xml") == (text, "utf-16-be")


@pytest.mark.parametrize(("written", "text"), [("gb2312", CHINESE), ("shift_jis", JAPANESE), ("euc-kr", KOREAN)])
def test_a_short_page_cut_within_a_character_of_two_bytes(written, text):
    found, _ = decode(text[:8].encode(written)[:-1], f"text/html; charset={written}")
    assert found.startswith(text[:7])


def test_a_page_cut_within_a_character():
    assert decode(RUSSIAN.encode()[:50], None)[1] == "utf-8"


def test_controls_and_lone_surrogates_are_left_out():
    assert decode(b"a\x00b\x08c\td\n") == ("abc\td\n", "utf-8")
    broken = (RUSSIAN + "a\ud800b").encode("utf-16-le", "surrogatepass")
    assert decode(broken, "text/html; charset=utf-16le")[0] == RUSSIAN + "a\ufffdb"


@pytest.mark.parametrize("body", [b"", b"\x00", b"\xff\xfe", b"\xff" * 100, bytes(range(256)) * 40, b"<meta charset="])
@pytest.mark.parametrize(
    "header", [None, "", "text/html; charset=utf-16", "text/html; charset=hz", "\x00; charset=\x00"]
)
def test_any_bytes_are_read(body, header):
    text, name = decode(body, header)
    assert isinstance(text, str)
    assert "\x00" not in text
    text.encode("utf-8")
    "".encode(name)


TWICE = ["It’s a bridge – “old”", "Die Brücke wäre schön", "Élan « vital »"]


@pytest.mark.parametrize("text", TWICE)
def test_text_that_was_encoded_twice_is_mended(text):
    assert decode(text.encode().decode("latin-1").encode(), "text/html; charset=utf-8")[0] == text


def test_text_that_only_looks_so_is_left_alone():
    for text in ("«LIBERTÉ»", "Ã is a letter", "100 Â", "São Tomé"):
        assert decode(text.encode())[0] == text
