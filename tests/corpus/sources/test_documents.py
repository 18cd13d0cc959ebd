"""PDF, DOCX and e-mail files are read to their text, and damaged ones are refused in one line."""

from __future__ import annotations

import base64
import io
import zipfile
from contextlib import suppress

import pytest
from documents import Drawn, column, mail, pdf, word
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter
from trying import share

from corpus.errors import UnreadableError
from corpus.reader import read_statement
from corpus.sources.formats import Page, read_page
from corpus.sources.formats.docx import Limits as DocxLimits
from corpus.sources.formats.docx import read_docx
from corpus.sources.formats.pdf import Limits as PdfLimits
from corpus.sources.formats.pdf import read_pdf

ONE = ("The Juniper Street Coalition opened a night school in the old", "mill on Monday, and nine families signed up.")
TWO = ("“Nobody should learn by candle light,” said Lena Ortiz, who runs", "the coalition.")


def own(page: Page) -> list[str]:
    """Paragraphs that are not furniture."""
    marked = {page.text[item.start : item.end] for item in page.chrome}
    return [block for block in page.text.split("\n\n") if block not in marked]


def furniture(page: Page) -> list[str]:
    return [page.text[item.start : item.end] for item in page.chrome]


def code(data: bytes, file: str) -> str:
    """Why a file cannot be read."""
    with pytest.raises(UnreadableError) as error:
        read_page(data, file)
    assert str(error.value).startswith(f"{file}: ")
    assert "\n" not in str(error.value)
    return error.value.code


@pytest.mark.parametrize("leading", [13, 14, 18, 24])
def test_paragraphs_of_a_pdf_are_rebuilt(leading: float) -> None:
    """
    Where lines stand wider apart than usual a paragraph ends, whatever is usual; larger letters are a heading.
    """
    heading = Drawn("A School in the Mill", 730, 18)
    lines = [heading, *column(*ONE, "", *TWO, "", *ONE, "", *TWO, top=700, leading=leading)]

    page = read_page(pdf(lines), "a.pdf")

    assert own(page) == [heading.text, *("\n".join(lines) for lines in (ONE, TWO, ONE, TWO))]
    assert (page.title, page.metadata_date) == (None, None)


def test_lines_of_one_distance_stay_together() -> None:
    """
    Where nothing parts the lines, no paragraph is made up; a raised figure parts nothing either.
    """
    lines = column(*ONE, *TWO, *ONE)
    lines[2] = lines[2]._replace(height=lines[2].height + 1.2)

    assert len(own(read_page(pdf(lines), "a.pdf"))) == 1


def test_running_heads_and_page_numbers_are_furniture() -> None:
    """
    What stands at the edge of most pages, and numbers of pages, are kept and marked.
    """
    pages = [
        [
            Drawn(f"Juniper Street Coalition – Report {2010 + number}", 760, 9),
            *column(*ONE, "", *TWO),
            Drawn(f"- {number} -" if number % 2 else f"Página {number} de 4", 30, 9),
        ]
        for number in (1, 2, 3, 4)
    ]

    page = read_page(pdf(*pages), "a.pdf")

    assert len(furniture(page)) == 8
    assert own(page) == ["\n".join(lines) for lines in (ONE, TWO) * 4]


def test_a_single_page_keeps_its_lines() -> None:
    """
    A short file has no running heads, and a number among its lines is none of a page.
    """
    lines = column("Juniper Street Coalition", "", *ONE, "", "12", "", *TWO)

    assert furniture(read_page(pdf(lines), "a.pdf")) == []


def test_what_the_text_repeats_is_no_running_head() -> None:
    """
    Sentences that several pages begin or end with are text where nothing parts them from it, or at other heights.
    """
    chorus = ("And the school stays open.",)
    pages = [column(*ONE, *chorus, "", *TWO[:lines], "", *chorus, top=700) for lines in (2, 1, 2)]

    assert furniture(read_page(pdf(*pages[:2]), "a.pdf")) == []
    # A line apart at one height is taken for one, unless only few pages have it.
    assert len(furniture(read_page(pdf(*pages[::2]), "a.pdf"))) == 2
    others = [column("", *ONE, "", *TWO, top=700 - number) for number in range(5)]
    assert furniture(read_page(pdf(*pages[::2], *others), "a.pdf")) == []


def test_a_sentence_goes_on_overleaf() -> None:
    """
    A sentence that a page breaks off can be quoted whole: head and number come after its paragraph.
    """
    said = "“We open the school tonight, and we keep it open for everybody who", "comes,” said Lena Ortiz."
    pages = [
        [Drawn("Juniper Street", 760), *column(*ONE, "", said[0]), Drawn("1", 30)],
        [Drawn("Juniper Street", 760), *column(said[1], "", *TWO), Drawn("2", 30)],
    ]

    reading = read_statement(pdf(*pages), "a.pdf")

    assert "\n".join(said) in reading.text
    assert reading.text.index(said[1]) < reading.text.index("\n\n1\n\nJuniper Street\n\n")
    assert "\n".join(said)[1 : -len(",” said Lena Ortiz.")] in {quote.text.rstrip(",") for quote in reading.quotes}
    assert [reading.text[item.start : item.end] for item in reading.furniture] == [
        *("Juniper Street", "1", "Juniper Street", "2")
    ]


def test_a_sentence_that_ends_with_the_page_does_not() -> None:
    """
    A paragraph that is at its end, and a short last line, stay apart from what begins the next page.
    """
    pages = [column(*ONE, "", TWO[0], TWO[1]), column("Night lessons", "", *ONE), column(*TWO)]

    assert len(own(read_page(pdf(*pages), "a.pdf"))) == 5


def test_line_end_hyphens_stay() -> None:
    """
    A word that is broken at the end of a line is shown as it is printed.
    """
    assert own(read_page(pdf(column("Families of immi-", "grants came.")), "a.pdf")) == [
        "Families of immi-\ngrants came."
    ]


def encrypted(password: str) -> bytes:
    """A PDF that a password protects; with an empty one it is only closed against changes."""
    writer, out = PdfWriter(clone_from=io.BytesIO(pdf(column(*ONE)))), io.BytesIO()
    writer.encrypt(password, "owner", algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def test_pdf_closed_against_changes_is_read() -> None:
    """
    A file that opens without a password is read.
    """
    assert own(read_page(encrypted(""), "a.pdf")) == ["\n".join(ONE)]


@pytest.mark.parametrize(
    ("data", "file", "expected"),
    [
        (b"words", "a.pdf", "bad_format"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\nand nothing else", "a.pdf", "bad_format"),
        (pdf(column(*ONE))[:300], "a.pdf", "bad_format"),
        (encrypted("open sesame"), "a.pdf", "bad_format"),
        (pdf([]), "a.pdf", "empty"),  # a scanned page: a picture and no text
        (b"PK\x03\x04 broken", "a.docx", "bad_format"),
        (b"words", "a.docx", "bad_format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.docx", "bad_format"),  # a password, or an old Word
        (word(lambda document: None), "a.docx", "empty"),
        (b"no head and no colon at all", "a.eml", "bad_format"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "a.eml", "bad_format"),
        (mail(""), "a.eml", "empty"),
        (mail("JVBERi0xLjQK", kind="application/pdf", Subject="Attached"), "a.eml", "empty"),
    ],
)  # fmt: skip
def test_documents_that_cannot_be_read(
    data: bytes, file: str, expected: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """
    Damaged, protected and empty files are refused in one line, and nothing else is printed.
    """
    assert code(data, file) == expected
    assert capfd.readouterr() == ("", "")


def unpacked(name: str, size: int) -> bytes:
    """A packed file that unfolds to this size."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, bytes(size))
    return out.getvalue()


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("read", "expected"),
    [
        (lambda: read_pdf(pdf(*[column(*ONE)] * 3), "a", PdfLimits(pages=2)), "too_large"),
        (lambda: read_pdf(pdf(column(*ONE)), "a", PdfLimits(page_bytes=100)), "too_large"),
        (lambda: read_pdf(pdf(column(*ONE), rest=b" q Q" * 10**5), "a", PdfLimits(seconds=0.001)), "too_slow"),
        (lambda: read_docx(unpacked("word/document.xml", 3000), "a", DocxLimits(text_bytes=2000)), "too_large"),
        (lambda: read_docx(unpacked("word/media/image1.png", 3000), "a", DocxLimits(all_bytes=2000)), "too_large"),
        (lambda: read_page(mail("word " * 200_001), "a.eml"), "too_large"),
    ],
)
def test_limits_of_documents(read: object, expected: str) -> None:
    """
    Pages, instructions, time, what unfolds, and the length of the text are bounded.
    """
    with pytest.raises(UnreadableError) as error:
        read()  # type: ignore[operator]
    assert error.value.code == expected


def test_docx_is_what_word_prints() -> None:
    """
    Paragraphs, tables, links and inserted words are text, deleted words and fields' codes are not; heads and feet are
    furniture.
    """

    def write(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = "Juniper Street Coalition"
        document.sections[0].footer.paragraphs[0].text = "Page 1"
        document.add_heading("A School in the Mill", 1)
        run = document.add_paragraph("Nine\tfamilies ").add_run("signed")
        run.add_break()
        run.add_text("up.")
        changed = document.add_paragraph("We ")._p
        for part in (
            "<w:del {}><w:r><w:br/><w:delText>may</w:delText></w:r></w:del>",
            "<w:ins {}><w:r><w:t>will</w:t></w:r></w:ins>",
        ):
            changed.append(parse_xml(part.format(nsdecls("w"))))
        changed.append(parse_xml(f"<w:r {nsdecls('w')}><w:t xml:space='preserve'> teach.</w:t></w:r>"))
        changed.append(parse_xml(f"<w:r {nsdecls('w')}><w:instrText>PAGE</w:instrText></w:r>"))
        document.add_paragraph()
        document.add_table(1, 2).cell(0, 1).text = "Mondays"

    page = read_page(word(write), "a.docx")

    assert own(page) == ["A School in the Mill", "Nine families signed\nup.", "We will teach.", "Mondays"]
    assert furniture(page) == ["Juniper Street Coalition", "Page 1"]
    assert (page.title, page.metadata_date) == (None, None)


def test_text_boxes_are_read_once() -> None:
    """
    What stands in a text box is text, and its copy for older programs is not.
    """
    box = (
        f"<w:r {nsdecls('w')} xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>"
        "<mc:AlternateContent><mc:Choice Requires='wps'>{0}</mc:Choice><mc:Fallback>{0}</mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    ).format("<w:txbxContent><w:p><w:r><w:t>Doors open at six.</w:t></w:r></w:p></w:txbxContent>")

    def write(document: Document) -> None:
        document.add_paragraph("Nine families signed up.")._p.append(parse_xml(box))

    assert own(read_page(word(write), "a.docx")) == ["Nine families signed up.", "Doors open at six."]


def test_mail_says_its_date_and_subject() -> None:
    """
    Date and subject come from the head, the text is the plain part as it stands.
    """
    subject = f"=?utf-8?b?{base64.b64encode('Mañana hay escuela'.encode()).decode()}?="
    data = mail("\n".join(ONE) + "\n", Subject=subject, Date="Tue, 4 Mar 2014 22:00:00 -0700")

    reading = read_statement(data, "a.eml")

    assert reading.text == "\n".join(ONE) + "\n"
    assert (reading.title, reading.date, reading.date_evidence) == (
        "Mañana hay escuela",
        "2014-03-04",
        "metadata",
    )


PARTS = """MIME-Version: 1.0
From: press@network.example
Subject: Night school
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: multipart/alternative; boundary=a

--a
Content-Type: text/html; charset=utf-8

<html><body><p>Nine families <b>signed</b> up.</p></body></html>
{plain}--a--
--b
Content-Type: text/plain; charset=utf-8
Content-Disposition: attachment; filename=notes.txt

These notes are attached.
--b--
"""
PLAIN = """--a
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

Nueve familias, ma=F1ana.
"""


@pytest.mark.parametrize(
    ("plain", "text"),
    [(PLAIN, "Nueve familias, mañana."), ("", "Nine families signed up.")],
)
def test_plain_part_comes_first(plain: str, text: str) -> None:
    """
    The plain part is read, without one the HTML; what is attached is not.
    """
    page = read_page(PARTS.format(plain=plain).encode(), "a.eml")

    assert (page.text.strip(), page.title) == (text, "Night school")


@pytest.mark.parametrize(
    "heads",
    [
        {"Date": "no day at all", "Subject": "\x00\udce9".encode("utf-8", "surrogateescape").decode("latin-1")},
        {"Date": "Tue, 99 Mar 2014", "Subject": "=?nothing?q?x?="},
        {"To": "<<<>,;:@", "Subject": "=?utf-8?b?!!!?="},
        # Found by fuzzing: addresses that the standard library fails on.
        {"From": '"'},
        {"From": "a@["},
        {"To": "é <"},
    ],
)
def test_broken_heads_do_not_lose_the_text(heads: dict[str, str]) -> None:
    """
    A head that nobody can read costs its own value and nothing else.
    """
    reading = read_statement(mail("\n".join(ONE), **heads), "a.eml")

    assert ONE[0] in reading.text
    assert reading.date is None


@pytest.mark.thorough
@settings(max_examples=share(40))
@given(st.data())
def test_damage_is_never_a_crash(data: st.DataObject) -> None:
    """
    Whatever bytes of a document are lost or changed, it is read or refused in one line.
    """
    file, whole = data.draw(
        st.sampled_from(
            [
                ("a.pdf", pdf(column(*ONE), column(*TWO))),
                ("a.docx", word(lambda document: document.add_paragraph(ONE[0]) and None)),
                ("a.eml", PARTS.format(plain=PLAIN).encode()),
            ]
        )
    )
    place = data.draw(st.integers(0, len(whole) - 1))
    damaged = whole[:place] + data.draw(st.binary(max_size=4)) + whole[place + data.draw(st.integers(1, 40)) :]

    with suppress(UnreadableError):
        assert read_page(damaged, file).text
