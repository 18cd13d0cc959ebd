"""
What the engines begin with: files of the invented sample, small documents made by hand, and marks that readers act on.
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from pathlib import Path

import docx
from documents import column, mail, pdf

SAMPLE = Path(__file__).parents[2] / "corpus" / "sample" / "statements"

# Quotation marks, datelines, names and cues; markup; drawing instructions; what Discord reads as its own.
MARKS = tuple(
    mark.encode()
    for mark in (
        *("“", "”", '"', "«", "»", "‘", "’", "'", "—", "–", "-", "…", "...", ".", ",", ":", ";", "?", "!", "(", ")"),
        *("\n", "\n\n", "\r\n", "\t", " ", "\u00a0", "\u200b", "\u2028", "\u0301", "ﬁ", "½", "İ", "ß", "🦋", "•", "* "),
        *(
            "said",
            " said Ana Paz",
            "” said Ana Paz, ",
            "dijo ",
            "Dr. ",
            "Ms. ",
            " of the ",
            " de la ",
            "A",
            "Ab ",
            "Q: ",
        ),
        *(
            "Executive Director ",
            "Harbor Lights Network ",
            "HLN ",
            "(HLN) ",
            "Inc. ",
            "and ",
            "y ",
            "the ",
            "According to ",
        ),
        *(
            "GENEVA, March 4, 2014 – ",
            "FOR IMMEDIATE RELEASE\n",
            "March 4, 2014",
            "4 de marzo de 2014",
            "2014-03-04",
            "12/",
        ),
        *(
            "1",
            "1.",
            "555-0100",
            "(202) 555-0100",
            "press@network.example",
            "https://network.example/a",
            "www.",
            "@",
            "###\n",
        ),
        *(
            "Contact: ",
            "About us\n",
            "Share this:\n",
            "###",
            "# ",
            "> ",
            "**",
            "_",
            "`",
            "```",
            "|",
            "[",
            "](",
            "<",
            ">",
            "&",
        ),
        *(
            "<p>",
            "</p>",
            "<div>",
            "<div",
            "<a href='",
            "<table><tr><td>",
            "<script>",
            "<!--",
            "-->",
            "<![CDATA[",
            "&amp;",
        ),
        *(
            "&#",
            "<meta name='date' content='",
            "<title>",
            "<script type='application/ld+json'>",
            "<br>",
            "<li>",
            "<h1>",
        ),
        *(
            "---\n",
            "title: ",
            "date: ",
            "+++\n",
            "- ",
            "<rss><channel><item>",
            "<item>",
            "<link>",
            "<entry>",
            "<pubDate>",
        ),
        *("<urlset><url><loc>", "<loc>", "User-agent: *\n", "Disallow: /*", "*", "$", "Crawl-delay: ", "%", "%2"),
        *(
            "BT /F1 12 Tf (a) Tj ET\n",
            "(",
            "[(a) -300 (b)] TJ ",
            "1 0 0 1 0 0 cm ",
            "q ",
            "Q ",
            "obj\n<< ",
            "/Kids [",
            "stream\n",
        ),
        *(
            "<w:p>",
            "<w:r><w:t>a</w:t></w:r>",
            "<w:tbl>",
            "From: ",
            "Subject: ",
            "Content-Type: multipart/mixed; boundary=a\n\n",
        ),
        *(
            "--a\n",
            "=?utf-8?q?",
            "Date: ",
            "what did ",
            "who said ",
            "since ",
            "between 2011 and ",
            "last year",
            "in 2014 ",
            "in ",
        ),
        *(
            "from ",
            "and what about ",
            "how often ",
            "qué dijo ",
            "desde ",
            "¿",
            "<@123>",
            "<:a:1>",
            "@everyone",
            "\\",
            "context:en:",
        ),
        *(
            "{",
            "[[",
            '{"record":"export","format":1}\n',
            '"reading":',
            "null,",
            "\\ud800",
            "\x1b[31m",
            "\x00",
            "9" * 30,
        ),
    )
)


# Short texts in the forms that readers and the question parser know: marks are put between any two of their words.
FORMS = tuple(
    form.encode()
    for form in (
        "GENEVA, March 4, 2014 – The Harbor Lights Network (HLN) condemns the order.",
        "GINEBRA, 4 de marzo de 2014 – La Red de Puertos Claros (RPC) rechaza la orden.",
        "FOR IMMEDIATE RELEASE\n\nMarch 4, 2014\n\nContact: Ana Paz, HLN, a@network.example, (202) 555-0100\n\nWe stay",
        "PARA PUBLICACIÓN INMEDIATA\n4 de marzo de 2014\nContacto: Ana Paz | (202) 555-0100\n\nAquí nos quedamos",
        "“We stay,” said Ana Paz, Executive Director of the Harbor Lights Network. “We do not go.”",
        "Dr. Ana Paz, MD, the network's director, said: “We stay.” She added, “And we work.”",
        "According to Ms. Paz-Lee (she/her), “we stay [here] . . . for good.”",
        "«Aquí nos quedamos», dijo Ana Paz de la Cruz, directora ejecutiva de la Red de Puertos Claros (RPC).",
        "—Aquí nos quedamos —señaló el Lic. Juan Paz, vocero de la red—. No nos vamos.",
        "Ana Paz y Juan Ríos, codirectores de la RPC, afirmaron que “nos quedamos”.",
        "“We stay.”\n— Ana Paz, Director, Harbor Lights Network",
        "Statement of Ana Paz, Harbor Lights Network, on wages, March 4, 2014",
        "# We stay\n\nBy Ana Paz | March 4, 2014\n\n> “We stay,” Paz said.\n\n###\n\nAbout HLN: it works (since 2003).",
        "---\ntitle: We stay\ndate: 2014-03-04\nauthor: Ana Paz\n---\n\nWe stay, says the network.",
        "<html><head><title>We stay | HLN</title><meta name='date' content='2014-03-04'></head><body><h1>We stay</h1>"
        "<p>“We stay,” said <b>Ana Paz</b>.</p><ul><li>Share this</li></ul></body></html>",
        "<rss><channel><item><title>We stay</title><link>https://network.example/a</link>"
        "<pubDate>Tue, 04 Mar 2014 10:00:00 +0000</pubDate></item></channel></rss>",
        "From: HLN <press@network.example>\nSubject: We stay\nDate: Tue, 4 Mar 2014 10:00:00 +0000\n\n“We stay,” said.",
        "what did Ana Paz say about wages between March 2014 and last year?",
        "¿qué dijo la Red de Puertos Claros sobre los salarios desde el 4 de marzo de 2014?",
        "how often did HLN speak of wages in 2014 and in the spring of 2015?",
        "Q: What do we ask for?\nA: We ask for wages.\n\nP: ¿Qué pedimos?\nR: Salarios.",
        "- “We stay.” – Ana Paz, HLN (@anapaz)\n- “We go on.” – Juan Ríos\n",
        "User-agent: *\nDisallow: /a*$\nCrawl-delay: 2\n",
    )
)


def seeds() -> Iterator[bytes]:
    """Whole inputs, from small to those of some kilobytes."""
    yield from MARKS
    yield from FORMS
    yield b"".join(MARKS)
    yield from (path.read_bytes() for path in sorted(SAMPLE.rglob("*")) if path.is_file())
    yield pdf(column("GENEVA, March 4, 2014 –", "“We stay,” said Ana Paz."), column("2"))
    yield mail("“We stay,” said Ana Paz.", Subject="We stay", Date="Tue, 4 Mar 2014 10:00:00 +0000")
    yield _docx()
    yield "".join(map(_article, ("We stay", "We work", "We go on"))).encode()
    yield b"what did Ana Paz say about wages since 2014?\nand in 2012?\n"
    yield gzip.compress(b"<p>We stay.</p>")
    yield zlib.compress(b"<p>We stay.</p>")
    yield b"context:en:1:0:12:2014-001"
    yield b"ask:en:3:bqx:2014:2015-03::"


def _article(title: str) -> str:
    words = f"{title} in this town, says the network today. " * 6
    return f"<article><h2>{title}</h2><time datetime='2014-03-04'>March 4</time><p>{words}</p><p>{title}.</p></article>"


def _docx() -> bytes:
    document, out = docx.Document(), io.BytesIO()
    document.add_paragraph("“We stay,” said Ana Paz.")
    document.save(out)
    return out.getvalue()
