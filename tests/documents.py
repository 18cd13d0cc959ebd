"""
Small PDF, DOCX and e-mail files, made by hand where no library of ours writes them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import NamedTuple

import docx
from docx.document import Document


class Drawn(NamedTuple):
    """A line of a PDF page: its words, how many points above the foot of the page, and the size of its letters."""

    text: str
    height: float
    size: float = 12


def pdf(*pages: Sequence[Drawn], rest: bytes = b"", picture: bytes = b"") -> bytes:
    """
    A PDF with these lines on its pages, in one of the fonts that every reader has.

    Args:
        pages: Lines in the order in which they are drawn.
        rest: More drawing instructions on every page.
        picture: Its grey pixels, a thousand in a row, on every page.
    """
    numbers = [4 + 2 * place for place in range(len(pages))]
    kids = " ".join(f"{number} 0 R" for number in numbers)
    shown = b" /XObject << /I1 %d 0 R >>" % (4 + 2 * len(pages)) if picture else b""
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in zip(numbers, pages, strict=True):
        drawn = b"\n".join(map(_drawn, lines)) + rest + b" /I1 Do" * bool(picture)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >>"
            b"%s >> /Contents %d 0 R >>" % (shown, number + 1)
        )
        objects.append(_stream(drawn))
    if picture:
        kind = b"/Type /XObject /Subtype /Image /ColorSpace /DeviceGray /BitsPerComponent 8 /Width 1000 /Height"
        objects.append(_stream(picture, kind + b" %d" % (len(picture) // 1000)))
    return _file(objects)


def column(*lines: str, top: float = 700, leading: float = 14, size: float = 12) -> list[Drawn]:
    """Lines below each other; an empty one leaves a gap of half a line, as between paragraphs."""
    drawn, height = [], top
    for line in lines:
        if line:
            drawn.append(Drawn(line, height, size))
        height -= leading if line else leading / 2
    return drawn


def word(write: Callable[[Document], None]) -> bytes:
    """A DOCX file with what `write` puts into it."""
    document, out = docx.Document(), BytesIO()
    write(document)
    document.save(out)
    return out.getvalue()


def mail(body: str, *, kind: str = "text/plain", encoding: str = "utf-8", **heads: str) -> bytes:
    """An e-mail of one part; a head is named with `_` for `-`."""
    named = {"From": "press@network.example", **{name.replace("_", "-"): value for name, value in heads.items()}}
    lines = [f"{name}: {value}" for name, value in named.items()]
    content = [f"Content-Type: {kind}; charset={encoding}", "Content-Transfer-Encoding: 8bit"]
    return "\r\n".join(["MIME-Version: 1.0", *lines, *content, "", body]).encode(encoding)


def _drawn(line: Drawn) -> bytes:
    words = line.text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"BT /F1 %g Tf 72 %g Td (%s) Tj ET" % (line.size, line.height, words)


def _stream(content: bytes, kind: bytes = b"") -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (kind, len(content), content)


def _file(objects: Sequence[bytes]) -> bytes:
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    trailer = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\n"
    return bytes(out) + f"{trailer}startxref\n{len(out)}\n%%EOF\n".encode()
