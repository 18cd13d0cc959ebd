"""A citation to paste: four styles, two languages, nothing filled in."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from factories import statement

from corpus.models import Span, Speaker
from retrieval.citations import cite
from retrieval.excerpts import select_excerpt
from retrieval.models import CitationStyle, Excerpt, Language
from retrieval.windows import Window

STYLES: tuple[CitationStyle, ...] = get_args(CitationStyle)
LOCALES: tuple[Language, ...] = get_args(Language)
WORDS = "We keep the lamps lit. Nobody walks home in the dark."
ANA = Speaker(name="Ana Ruelle", title="keeper", printed="Ruelle")


def excerpt(text: str = WORDS, *, speaker: Speaker | None = None, **fields: Any) -> Excerpt:
    """All of a statement as an excerpt."""
    window = Window(Span(0, len(text)), {}, (), 0.0)
    made = {"title": "Lamps", "organizations": ("Harbor Lights Network",), "date": "2014-03-04", **fields}
    shown = select_excerpt(statement(text, **made), 0, window, rank=1, kind="body", score=1.0)
    assert shown is not None
    return shown.model_copy(update={"speaker": speaker})


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("locale", LOCALES)
def test_citation_holds_what_a_reader_checks(style: CitationStyle, locale: Language) -> None:
    """Every style has the words, the issuer, the title, the year, the record number and the paragraph."""
    found = cite(excerpt(), style, locale)

    for part in (WORDS, "Harbor Lights Network", "Lamps", "2014-001", "1", "2014"):
        assert part in found
    assert {"en": "record", "es": "registro"}[locale] in found


@pytest.mark.parametrize(
    ("style", "locale", "expected"),
    [
        ("plain", "en", "“{}” — Harbor Lights Network, “Lamps”, March 4, 2014, record 2014-001, para. 1, 2014-001.txt"),
        (
            "plain",
            "es",
            "«{}» — Harbor Lights Network, «Lamps», 4 de marzo de 2014, registro 2014-001, párr. 1, 2014-001.txt",
        ),
        ("apa", "en", "Harbor Lights Network (March 4, 2014). “Lamps”. “{}” (record 2014-001, para. 1). 2014-001.txt"),
        ("mla", "en", "“{}” Harbor Lights Network, “Lamps”, March 4, 2014, record 2014-001, para. 1. 2014-001.txt"),
        ("markdown", "en", "> “{}”\n>\n> — Harbor Lights Network, *Lamps*, March 4, 2014, record 2014-001, para. 1"),
    ],
)
def test_citation_as_it_is_pasted(style: CitationStyle, locale: Language, expected: str) -> None:
    """The styles as they read."""
    assert cite(excerpt(), style, locale) == expected.format(WORDS)


@pytest.mark.parametrize("style", STYLES)
def test_speaker_is_named_before_the_issuer(style: CitationStyle) -> None:
    """Words that somebody speaks are cited under that person's name, and the issuer stays."""
    found = cite(excerpt(speaker=ANA), style, "en").replace(WORDS, "")

    assert 0 <= found.index("Ana Ruelle") < found.index("Harbor Lights Network")


@pytest.mark.parametrize(
    ("date", "locale", "expected"),
    [
        ("2014-03-04", "en", "March 4, 2014"),
        ("2014-03", "en", "March 2014"),
        ("2014", "en", "2014"),
        ("2014-12-01", "es", "1 de diciembre de 2014"),
        ("2014-12", "es", "diciembre de 2014"),
        ("2014", "es", "2014"),
    ],
)
@pytest.mark.parametrize("style", STYLES)
def test_date_as_far_as_it_is_known(style: CitationStyle, date: str, locale: Language, expected: str) -> None:
    """A month or a year is cited as a month or a year, never as a day."""
    assert expected in cite(excerpt(date=date, id="a"), style, locale)


@pytest.mark.parametrize(
    ("style", "locale", "expected"),
    [
        ("plain", "en", "undated"),
        ("markdown", "en", "undated"),
        ("mla", "en", "n.d."),
        ("apa", "en", "(n.d.)"),
        ("plain", "es", "sin fecha"),
        ("markdown", "es", "sin fecha"),
        ("mla", "es", "s. f."),
        ("apa", "es", "(s. f.)"),
    ],
)
def test_unknown_date_is_said(style: CitationStyle, locale: Language, expected: str) -> None:
    """An undated statement is cited as undated, in the words of the style and the language."""
    assert expected in cite(excerpt(date=None), style, locale)


@pytest.mark.parametrize(
    ("locale", "expected"), [("en", "name missing in the source"), ("es", "falta el nombre en la fuente")]
)
@pytest.mark.parametrize("style", STYLES)
def test_lost_name_is_shown_as_lost(style: CitationStyle, locale: Language, expected: str) -> None:
    """An issuer whose name was lost is cited as missing beside the ones that were not."""
    found = cite(excerpt(organizations=("River Wards Circle", None)), style, locale)

    assert "River Wards Circle" in found
    assert expected in found


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("style", STYLES)
def test_unknown_issuer_is_left_out(style: CitationStyle, locale: Language) -> None:
    """Where nobody is known to have issued it, the citation names nobody and has no hole."""
    found = cite(excerpt(organizations=(), date=None), style, locale)

    assert "None" not in found
    assert ", ," not in found
    assert "  " not in found


@pytest.mark.parametrize("style", STYLES)
def test_address_is_cited(style: CitationStyle) -> None:
    """A statement with an address is cited with it."""
    assert "https://example.org/lamps" in cite(excerpt(url="https://example.org/lamps"), style, "en")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("We *never* leave_them [alone](x).", r"We \*never\* leave\_them \[alone\](x)."),
        ("A `lamp` ~for~ ||all|| <@1>.", r"A \`lamp\` \~for\~ \|\|all\|\| \<@1\>."),
        ("Back\\slash.", r"Back\\slash."),
    ],
)
def test_markdown_is_escaped(text: str, shown: str) -> None:
    """Signs that Markdown would read are escaped in the Markdown style, and left alone in the others."""
    assert shown in cite(excerpt(text), "markdown", "en")
    assert text in cite(excerpt(text), "plain", "en")


def test_markdown_escapes_names_and_titles() -> None:
    """Titles, issuers and speakers are escaped as well, and an address cannot end its own link."""
    odd = excerpt(
        title="Lamps [1](x) *now*",
        organizations=("Lights_of_Harbor",),
        url="https://example.org/a_(b) c",
        speaker=ANA.model_copy(update={"name": "Ana *R*"}),
    )
    found = cite(odd, "markdown", "en")

    assert r"[Lamps \[1\](x) \*now\*](https://example.org/a_%28b%29%20c)" in found
    assert r"Lights\_of\_Harbor" in found
    assert r"Ana \*R\*" in found


@pytest.mark.parametrize("style", STYLES)
def test_quotation_stays_in_one_line(style: CitationStyle) -> None:
    """Line breaks of the statement do not break the quotation."""
    assert "“Lamps are lit”" in cite(excerpt("Lamps\n  are\nlit"), style, "en")


@pytest.mark.parametrize("style", STYLES)
def test_mark_of_a_cut_stands_outside(style: CitationStyle) -> None:
    """What was cut says so outside the quotation: the mark is not the statement's."""
    found = cite(excerpt().model_copy(update={"cut": True}), style, "en")

    assert f"“{WORDS}” …" in found
