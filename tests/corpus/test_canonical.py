"""
Bytes become one canonical text, and folded text finds places in it.
"""

from __future__ import annotations

import codecs
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.canonical import canonical_text, fold, fold_word, looks_binary

SPANISH = "La Alianza dijo: «No habrá más redadas en Peñón»."


@pytest.mark.parametrize(
    ("data", "declared", "text", "warnings"),
    [
        (b"", None, "", []),
        (SPANISH.encode(), None, SPANISH, []),
        (SPANISH.encode(), "iso-8859-1", SPANISH, []),  # UTF-8 wins over a wrong declaration
        (codecs.BOM_UTF8 + SPANISH.encode(), None, SPANISH, []),
        (codecs.BOM_UTF16_LE + SPANISH.encode("utf-16-le"), None, SPANISH, []),
        (codecs.BOM_UTF16_BE + SPANISH.encode("utf-16-be"), "utf-8", SPANISH, []),  # the mark says it surely
        (SPANISH.encode("latin-1"), None, SPANISH, ["decoded_as: windows-1252"]),
        (SPANISH.encode("latin-1"), "ISO-8859-1", SPANISH, ["decoded_as: windows-1252"]),
        (SPANISH.encode("latin-1"), " latin1 ", SPANISH, ["decoded_as: windows-1252"]),
        (SPANISH.encode("latin-1"), "utf-8", SPANISH, ["decoded_as: windows-1252"]),  # the declaration is wrong
        ("“We’ll march” – all".encode("cp1252"), "iso-8859-1", "“We’ll march” – all", ["decoded_as: windows-1252"]),
        ("“Não”".encode("cp1252"), None, "“Não”", ["decoded_as: windows-1252"]),
        ("Łódź".encode("iso-8859-2"), "iso-8859-2", "Łódź", ["decoded_as: iso8859-2"]),
        ("Łódź".encode("cp1250"), "windows-1250", "Łódź", ["decoded_as: cp1250"]),
        ("año".encode("utf-16-le"), "utf-16-le", "año", ["decoded_as: utf-16-le"]),
        (b"a\xf1o \x81", None, "año \x81", ["decoded_as: latin-1"]),  # a byte that Windows-1252 has not
        (b"a\xf1o", "no-such-set", "año", ["decoded_as: windows-1252"]),
        (b"a\xf1o", "nul\0set", "año", ["decoded_as: windows-1252"]),
        (b"a\xf1o \\n", "unicode_escape", "año \\n", ["decoded_as: windows-1252"]),  # a codec, not a character set
        (b"a\xf1o", "rot13", "año", ["decoded_as: windows-1252"]),
        (codecs.BOM_UTF8 + b"casa\xff.", None, "casa\ufffd.", ["bytes_lost: 1"]),
        (codecs.BOM_UTF16_LE + "sí".encode("utf-16-le") + b"x", None, "sí\ufffd", ["bytes_lost: 1"]),
        (SPANISH.encode()[:-3] + b"\xc3", None, SPANISH[:-2] + "\ufffd", ["bytes_lost: 1"]),  # cut inside a character
    ],
)
def test_bytes_decode_as_they_were_meant(data: bytes, declared: str | None, text: str, warnings: list[str]) -> None:
    """
    Every common encoding gives the same text, and anything but clean UTF-8 or UTF-16 says how it was read.
    """
    decoded, said = canonical_text(data, declared)

    assert text == decoded.rstrip("»")
    assert warnings == said


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"one\r\ntwo", "one\ntwo"),
        (b"one\rtwo", "one\ntwo"),
        (b"one\r\r\ntwo\n\rthree", "one\n\ntwo\n\nthree"),
        ("acción".encode(), "acción"),
        (unicodedata.normalize("NFD", "acción").encode(), "acción"),
        ("nota\u00a0bene\u00ad".encode(), "nota\u00a0bene\u00ad"),  # what a reader cannot see stays where it is
        ("page\fbreak\u2028line".encode(), "page\fbreak\u2028line"),
    ],
)
def test_canonical_text_is_nfc_with_newlines(data: bytes, text: str) -> None:
    """
    Line ends and composed characters are made one; nothing else is touched.
    """
    assert (text, []) == canonical_text(data)


@pytest.mark.thorough
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_canonical_text_is_stable(text: str) -> None:
    """
    Text that is canonical already comes back unchanged, so offsets never move.
    """
    once = canonical_text(text.encode())[0]

    assert once == canonical_text(once.encode())[0] or once.startswith("\ufeff")


@given(st.binary(max_size=300), st.none() | st.text(max_size=12) | st.sampled_from(["utf-7", "idna", "cp037", "hex"]))
def test_any_bytes_decode(data: bytes, declared: str | None) -> None:
    """
    No file and no declaration can make reading fail.
    """
    text, _ = canonical_text(data, declared)

    assert unicodedata.is_normalized("NFC", text)
    assert "\r" not in text


@pytest.mark.parametrize(
    ("data", "binary"),
    [
        (b"", False),
        (SPANISH.encode(), False),
        (SPANISH.encode("latin-1"), False),
        (codecs.BOM_UTF16_LE + "No".encode("utf-16-le"), False),
        (b"tabs\tand\x0c\r\n", False),
        (b"%PDF-1.4\0\1\2", True),
        (b"PK\x03\x04\x14\0", True),
        (b"\x01\x02\x03\x04 text", True),
        ("No".encode("utf-16-le"), True),  # without its mark nobody can be sure
    ],
)
def test_binary_files_are_told_from_text(data: bytes, binary: bool) -> None:
    """
    A picture or an archive is recognised, text of any encoding is not mistaken for one.
    """
    assert binary is looks_binary(data)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ACCIÓN Diferida", "accion diferida"),
        ("accio\u0301n", "accion"),  # composed and decomposed are one
        ("“We’ll” – ‘no’ — «sí»", '"we\'ll" - \'no\' - "si"'),
        ("la\u00a0red\n\n  de\tapoyo", "la red de apoyo"),
        ("deporta\u00adción\u200b", "deportacion"),
        ("\u200bnetwork\ufeff", "network"),
        ("ﬁnancial", "financial"),
        ("Straße", "strasse"),
        ("wait…", "wait..."),
        ("℡ Ⅻ", "tel xii"),  # capitals that only show once taken apart
        ("10\u2011K", "10-k"),
        ("oʼclock", "o'clock"),
    ],
)
def test_folding_makes_forms_comparable(text: str, folded: str) -> None:
    """
    Case, accents, typographic marks, ligatures, white space and invisible characters do not keep words apart.
    """
    assert folded == fold(text).text


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("No más redadas. NO MAS REDADAS", "no más redadas", ["No más redadas", "NO MAS REDADAS"]),
        ("The “new” network", '"new"', ["“new”"]),
        ("networks", "network", []),  # whole words only
        ("a network\nof\u00a0families", "network of families", ["network\nof\u00a0families"]),
        ("depor\u00adtation now", "deportation", ["depor\u00adtation"]),
        ("wait… what", ".", []),  # a part of one character is no place
        ("wait… what", "...", ["…"]),
        ("½ of us", "2", []),
        ("stop (now)", "(now)", ["(now)"]),
        ("anything", "", []),
        ("anything", "\u200b ", []),
        ("a.b", "axb", []),  # words are no pattern
    ],
)
def test_found_places_are_slices(text: str, words: str, found: list[str]) -> None:
    """
    Words are found however they are typed, and the place is that of the source's own characters.
    """
    assert found == [text[start:end] for start, end in fold(text).find(words)]


@given(st.text(), st.text(max_size=3))
def test_found_places_fold_to_the_words(text: str, words: str) -> None:
    """
    Whatever is found is what was looked for.
    """
    spans = fold(text).find(words)

    assert all(fold(text[start:end]).text.strip() == fold(words).text.strip() for start, end in spans)


@given(st.text(), st.data())
def test_any_whole_word_is_found_again(text: str, data: st.DataObject) -> None:
    """
    Every stretch between two spaces is found.
    """
    words = [word for word in text.split() if fold_word(word)]
    if words:
        word = data.draw(st.sampled_from(words))
        assert fold(text).find(word)


@given(st.text())
def test_folding_maps_back(text: str) -> None:
    """
    Each folded character knows the source character it came from, in order, and folding twice changes nothing.
    """
    folded = fold(text)

    assert len(folded.offsets) == len(folded.text) + 1
    assert folded.offsets == sorted(folded.offsets)
    assert folded.offsets[-1] == len(text)
    assert folded.text == fold(folded.text).text
    assert fold_word(text) == folded.text.strip()


@pytest.mark.thorough
def test_long_text_folds_quickly() -> None:
    """
    A hundred thousand characters of anything are folded and searched quickly; the limit allows for a busy machine.
    """
    texts = ["“Año” — " * 12_500, "." * 100_000, "…" * 100_000, " \u00a0" * 50_000, "a\u0301" * 50_000]
    started = time.process_time()
    for text in texts:
        fold(text).find("no such words here")

    assert time.process_time() - started < len(texts) + 2
