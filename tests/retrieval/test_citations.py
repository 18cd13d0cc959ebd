"""A citation to paste: four styles, two languages, one line, nothing filled in."""

from __future__ import annotations

import re
from typing import Any, get_args
from urllib.parse import unquote

import pytest
from fakes_chat import cited, excerpt
from hypothesis import given
from hypothesis import strategies as st

from corpus.models import Speaker
from retrieval.citations import cite
from retrieval.models import CitationStyle, Excerpt, FoundQuote, FoundWords, Language

STYLES: tuple[CitationStyle, ...] = get_args(CitationStyle)
LOCALES: tuple[Language, ...] = get_args(Language)
WORDS = "We keep the lamps lit."
URL = "https://lights.example/lamps"
LINK = f"{URL}#:~:text=We%20keep%20the%20lamps%20lit%2E"
LIGHTS = "Harbor Lights Network"
ANA = Speaker(name="Ana Ruelle", title="keeper", organization="Night Boats", printed="Ruelle")


def found(text: str = WORDS, *, issuers: tuple[str | None, ...] = (LIGHTS,), **more: Any) -> Excerpt:
    """Words of a statement; what belongs to the excerpt is told from what belongs to its statement by name."""
    own = {name: more.pop(name) for name in tuple(more) if name in Excerpt.model_fields}
    statement = cited(id="2014-001", organizations=issuers, **{"title": "Lamps", "date": "2014-03-04", **more})
    issuer = () if own.get("kind") == "wrapper" else issuers
    return excerpt(text, **{"paragraph": 1, "issuer": issuer, "statement": statement, **own})


# Style and language → the citation of the plainest excerpt, after its quoted words; and with speaker and address.
PLAINEST: dict[tuple[CitationStyle, Language], tuple[str, str]] = {
    ("plain", "en"): (
        " — Harbor Lights Network, “Lamps,” March 4, 2014 (record 2014-001, para. 1).",
        " — Ana Ruelle, keeper, Night Boats. Harbor Lights Network, “Lamps,” March 4, 2014 (record 2014-001, para. 1)."
        f" {LINK}",
    ),
    ("plain", "es"): (
        " — Harbor Lights Network, «Lamps», 4 de marzo de 2014 (registro 2014-001, párr. 1).",
        " — Ana Ruelle, keeper, Night Boats. Harbor Lights Network, «Lamps», 4 de marzo de 2014 (registro 2014-001,"
        f" párr. 1). {LINK}",
    ),
    ("markdown", "en"): (
        " — Harbor Lights Network, “Lamps,” March 4, 2014 (record 2014-001, para. 1).",
        f" — Ana Ruelle, keeper, Night Boats. Harbor Lights Network, “[Lamps]({LINK}),” March 4, 2014"
        " (record 2014-001, para. 1).",
    ),
    ("markdown", "es"): (
        " — Harbor Lights Network, «Lamps», 4 de marzo de 2014 (registro 2014-001, párr. 1).",
        f" — Ana Ruelle, keeper, Night Boats. Harbor Lights Network, «[Lamps]({LINK})», 4 de marzo de 2014"
        " (registro 2014-001, párr. 1).",
    ),
    ("mla", "en"): (
        " (“Lamps,” par. 1). “Lamps.” Harbor Lights Network, 4 Mar. 2014. Record 2014-001.",
        " (Ana Ruelle, keeper, Night Boats, qtd. in “Lamps,” par. 1). “Lamps.” Harbor Lights Network, 4 Mar. 2014,"
        f" {LINK}. Record 2014-001.",
    ),
    ("mla", "es"): (
        " («Lamps», párr. 1). «Lamps». Harbor Lights Network, 4 de marzo de 2014. Registro 2014-001.",
        " (Ana Ruelle, keeper, Night Boats, cit. en «Lamps», párr. 1). «Lamps». Harbor Lights Network,"
        f" 4 de marzo de 2014, {LINK}. Registro 2014-001.",
    ),
    ("apa", "en"): (
        " (Harbor Lights Network, 2014, para. 1). Harbor Lights Network. (2014, March 4). Lamps (Record 2014-001).",
        " (Ana Ruelle, keeper, Night Boats, as cited in Harbor Lights Network, 2014, para. 1). Harbor Lights Network."
        f" (2014, March 4). Lamps (Record 2014-001). {LINK}",
    ),
    ("apa", "es"): (
        " (Harbor Lights Network, 2014, párr. 1). Harbor Lights Network. (2014, 4 de marzo). Lamps"
        " (Registro 2014-001).",
        " (Ana Ruelle, keeper, Night Boats, como se citó en Harbor Lights Network, 2014, párr. 1). Harbor Lights"
        f" Network. (2014, 4 de marzo). Lamps (Registro 2014-001). {LINK}",
    ),
}


@pytest.mark.parametrize(("style", "locale"), PLAINEST)
def test_citation_as_it_is_pasted(style: CitationStyle, locale: Language) -> None:
    """Each style as it reads, for a statement's own words and for somebody's, without and with an address."""
    quoted = f"“{WORDS}”" if locale == "en" else f"«{WORDS}»"
    own, spoken = PLAINEST[style, locale]

    assert cite(found(), style, locale) == quoted + own
    assert cite(found(speaker=ANA, url=URL), style, locale) == quoted + spoken


@pytest.mark.parametrize(
    ("date", "style", "locale", "expected"),
    [
        ("2014-03-04", "plain", "en", "“Lamps,” March 4, 2014 (record"),
        ("2014-03", "plain", "en", "“Lamps,” March 2014 (record"),
        ("2014", "plain", "en", "“Lamps,” 2014 (record"),
        (None, "plain", "en", "“Lamps,” undated (record"),
        ("2014-12-01", "markdown", "es", "«Lamps», 1 de diciembre de 2014 (registro"),
        ("2014-12", "markdown", "es", "«Lamps», diciembre de 2014 (registro"),
        ("2014", "markdown", "es", "«Lamps», 2014 (registro"),
        (None, "markdown", "es", "«Lamps», sin fecha (registro"),
        ("2014-09-30", "mla", "en", "Harbor Lights Network, 30 Sept. 2014. Record"),
        ("2014-05", "mla", "en", "Harbor Lights Network, May 2014. Record"),
        ("2014", "mla", "en", "Harbor Lights Network, 2014. Record"),
        (None, "mla", "en", "Harbor Lights Network, n.d. Record"),
        ("2014-09-30", "mla", "es", "Harbor Lights Network, 30 de septiembre de 2014. Registro"),
        ("2014-05", "mla", "es", "Harbor Lights Network, mayo de 2014. Registro"),
        ("2014", "mla", "es", "Harbor Lights Network, 2014. Registro"),
        (None, "mla", "es", "Harbor Lights Network, s. f. Registro"),
        ("2014-12-01", "apa", "en", "Network, 2014, para. 1). Harbor Lights Network. (2014, December 1). Lamps"),
        ("2014-12", "apa", "en", "Network, 2014, para. 1). Harbor Lights Network. (2014, December). Lamps"),
        ("2014", "apa", "en", "Network, 2014, para. 1). Harbor Lights Network. (2014). Lamps"),
        (None, "apa", "en", "Network, n.d., para. 1). Harbor Lights Network. (n.d.). Lamps"),
        ("2014-12-01", "apa", "es", "Network, 2014, párr. 1). Harbor Lights Network. (2014, 1 de diciembre). Lamps"),
        ("2014-12", "apa", "es", "Network, 2014, párr. 1). Harbor Lights Network. (2014, diciembre). Lamps"),
        ("2014", "apa", "es", "Network, 2014, párr. 1). Harbor Lights Network. (2014). Lamps"),
        (None, "apa", "es", "Network, s. f., párr. 1). Harbor Lights Network. (s. f.). Lamps"),
    ],
)
def test_date_as_far_as_it_is_known(date: str | None, style: CitationStyle, locale: Language, expected: str) -> None:
    """A month is cited as a month, a year as a year, and an unknown date as unknown, as the style has it."""
    assert expected in cite(found(date=date), style, locale)


TWO, THREE = ("Faros Vivos", "Iglesias del Valle"), ("Faros Vivos", None, "Hijas del Mar, Inc.")


@pytest.mark.parametrize(
    ("issuers", "style", "locale", "expected"),
    [
        (TWO, "plain", "en", "— Faros Vivos; Iglesias del Valle, “Lamps,”"),
        (TWO, "markdown", "es", "— Faros Vivos; Iglesias del Valle, «Lamps»,"),
        (TWO, "mla", "en", "“Lamps.” Faros Vivos / Iglesias del Valle, 4 Mar."),
        (TWO, "mla", "es", "«Lamps». Faros Vivos / Iglesias del Valle, 4 de"),
        (
            TWO,
            "apa",
            "en",
            "(Faros Vivos & Iglesias del Valle, 2014, para. 1). Faros Vivos & Iglesias del Valle. (2014",
        ),
        (
            TWO,
            "apa",
            "es",
            "(Faros Vivos e Iglesias del Valle, 2014, párr. 1). Faros Vivos e Iglesias del Valle. (2014",
        ),
        (THREE, "plain", "en", "— Faros Vivos; [name missing in the source]; Hijas del Mar, Inc., “Lamps,”"),
        (THREE, "markdown", "en", r"— Faros Vivos; \[name missing in the source\]; Hijas del Mar, Inc., “Lamps,”"),
        (THREE, "markdown", "es", r"— Faros Vivos; \[falta el nombre en la fuente\]; Hijas del Mar, Inc., «Lamps»,"),
        (THREE, "mla", "en", "Faros Vivos / [name missing in the source] / Hijas del Mar, Inc., 4 Mar."),
        (THREE, "apa", "en", "(Faros Vivos et al., 2014, para. 1). Faros Vivos, [name missing in the source], & Hijas"),
        (THREE, "apa", "en", " & Hijas del Mar, Inc. (2014, March 4)."),
        (
            THREE,
            "apa",
            "es",
            "(Faros Vivos et al., 2014, párr. 1). Faros Vivos, [falta el nombre en la fuente] e Hijas",
        ),
        (("Faros", "Hierbas"), "apa", "es", "(Faros y Hierbas, 2014"),
        (("Faros", "Iowa Unida"), "apa", "es", "(Faros y Iowa Unida, 2014"),
        ((None,), "apa", "en", "([name missing in the source], 2014, para. 1). [name missing in the source]. (2014"),
        ((), "plain", "en", "” — “Lamps,” March 4, 2014 (record"),
        ((), "mla", "en", "(“Lamps,” par. 1). “Lamps.” 4 Mar. 2014. Record"),
        ((), "mla", "es", "(«Lamps», párr. 1). «Lamps». 4 de marzo de 2014. Registro"),
        ((), "apa", "en", "(“Lamps,” 2014, para. 1). Lamps (Record 2014-001). (2014, March 4)."),
        ((), "apa", "es", "(«Lamps», 2014, párr. 1). Lamps (Registro 2014-001). (2014, 4 de marzo)."),
    ],
)
def test_issuers(issuers: tuple[str | None, ...], style: CitationStyle, locale: Language, expected: str) -> None:
    """Every issuer is named as the style joins them; a lost name is shown as lost, and where none is known, none is."""
    assert expected in cite(found(issuers=issuers), style, locale)


def test_sentence_without_issuer_and_date_begins_large() -> None:
    """A sentence of a works-cited entry begins with a capital, also where it is only "n.d."."""
    assert "“Lamps.” N.d. Record" in cite(found(issuers=(), date=None), "mla", "en")
    assert "«Lamps». S. f. Registro" in cite(found(issuers=(), date=None), "mla", "es")


@pytest.mark.parametrize(
    ("speaker", "expected"),
    [
        ({}, "— Ana Ruelle. Harbor"),
        ({"title": "keeper"}, "— Ana Ruelle, keeper. Harbor"),
        ({"organization": "Night Boats"}, "— Ana Ruelle, Night Boats. Harbor"),
        ({"title": "keeper", "organization": LIGHTS}, "— Ana Ruelle, keeper. Harbor"),  # the issuer is named anyway
        ({"title": "keeper", "organization": "HLN"}, "— Ana Ruelle, keeper. Harbor"),
        (
            {"title": "Keeper of Night Boats", "organization": "Night Boats"},
            "— Ana Ruelle, Keeper of Night Boats. Harbor",
        ),
        ({"title": "Lic."}, "— Ana Ruelle, Lic. Harbor"),
    ],
)
def test_speaker_as_the_statement_prints_them(speaker: dict[str, str], expected: str) -> None:
    """Name, title and organization of who speaks; the organization only where nothing else says it."""
    who = Speaker(name="Ana Ruelle", printed="Ruelle", **speaker)

    assert expected in cite(found(speaker=who, short={"HLN": LIGHTS}), "plain", "en")


@pytest.mark.parametrize(("style", "locale"), PLAINEST)
def test_wrapper_is_not_credited_to_the_issuer(style: CitationStyle, locale: Language) -> None:
    """Somebody else's text around a release names no issuer, and says what it is."""
    shown = cite(found(kind="wrapper"), style, locale)

    assert LIGHTS not in shown
    assert {"en": "ot the organization’s words", "es": "o son palabras de la organización"}[locale] in shown


@pytest.mark.parametrize(("style", "locale"), PLAINEST)
def test_about_is_labelled(style: CitationStyle, locale: Language) -> None:
    """An organization's standing text on itself says so outside the quotation; the body has no label."""
    label = {"en": "he organization about itself", "es": "a organización sobre sí misma"}[locale]

    assert label in cite(found(kind="about"), style, locale)
    assert label not in cite(found(), style, locale)


def test_labels_in_apa_stand_in_brackets() -> None:
    """APA describes unusual material in brackets after the title."""
    shown = cite(found(kind="about"), "apa", "en")

    assert "Lamps (Record 2014-001) [The organization about itself]." in shown


@pytest.mark.parametrize(("style", "locale"), PLAINEST)
def test_mark_of_a_cut_stands_outside(style: CitationStyle, locale: Language) -> None:
    """What was cut says so outside the quotation: the mark is not the statement's."""
    quoted = f"“{WORDS}” …" if locale == "en" else f"«{WORDS}» …"

    assert cite(found(cut=True), style, locale).startswith(f"{quoted} ")


@pytest.mark.parametrize(
    ("title", "english", "spanish"),
    [
        ("Lamps", "(“Lamps,” par. 1). “Lamps.” Harbor", "(«Lamps», párr. 1). «Lamps». Harbor"),
        ("Who walks?", "(“Who walks?” par. 1). “Who walks?” Harbor", "(«Who walks?», párr. 1). «Who walks?». Harbor"),
        ("Lamps, and boats", "(“Lamps,” par. 1). “Lamps, and boats.” H", "(«Lamps», párr. 1). «Lamps, and boats». H"),
        ("Lamps – a letter", "(“Lamps,” par. 1). “Lamps – a letter.” H", "(«Lamps», párr. 1). «Lamps – a letter». H"),
        ("1,000 lamps", "(“1,000 lamps,” par. 1). “1,000 lamps.” H", "(«1,000 lamps», párr. 1). «1,000 lamps». H"),
        ("Lamps\n  of all", "(“Lamps of all,” par. 1). “Lamps of all.”", "(«Lamps of all», párr. 1). «Lamps of all»."),
    ],
)
def test_titles_in_mla(title: str, english: str, spanish: str) -> None:
    """In the text a title may end at its first mark; a mark goes inside the quotation marks in English only."""
    assert english in cite(found(title=title), "mla", "en")
    assert spanish in cite(found(title=title), "mla", "es")


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://ana@lights.example/", "https://lights.example/\u202e"])
def test_hostile_address_is_left_out(url: str, style: CitationStyle) -> None:
    """An address that should not be followed is not printed at all."""
    assert cite(found(url=url), style, "en") == cite(found(), style, "en")


@pytest.mark.parametrize("style", STYLES)
def test_address_cannot_end_its_own_link(style: CitationStyle) -> None:
    """White space and parentheses of an address are encoded in every style."""
    assert "https://lights.example/a_%28b%29%20c#:~:text=" in cite(
        found(url="https://lights.example/a_(b) c"), style, "en"
    )


@pytest.mark.parametrize("style", STYLES)
def test_markdown_file_is_cited_as_it_is_seen(style: CitationStyle) -> None:
    """The marks of a Markdown file are in no citation and no link; in a text file the same signs are its words."""
    text = "We keep **the lamps** lit."

    assert cite(found(text, file="lamps.md", url=URL), style, "en") == cite(found(url=URL), style, "en")
    assert "the%20lamps%2A%2A" in cite(found(text, file="lamps.txt", url=URL), style, "en")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("We *never* leave_them [alone](x).", r"We \*never\* leave\_them \[alone\](x)."),
        ("A `lamp` ~for~ ||all|| <@1> <@&2> <#3>.", r"A \`lamp\` \~for\~ \|\|all\|\| \<@1\> \<@&2\> \<#3\>."),
        ("Back\\slash & more &amp; &#64;", r"Back\\slash & more \&amp; \&#64;"),
        ("@everyone and @here", "@\u200beveryone and @\u200bhere"),
    ],
)
def test_markdown_is_escaped(text: str, shown: str) -> None:
    """Signs that Markdown would read, and what would call people, are broken in that style and left in the others."""
    assert f"“{shown}”" in cite(found(text), "markdown", "en")
    for style in ("plain", "mla", "apa"):
        assert f"“{text}”" in cite(found(text), style, "en")


def test_markdown_escapes_names_titles_and_addresses() -> None:
    """Titles, issuers, speakers and addresses cannot mark or call either."""
    odd = found(
        title="Lamps [1](x) *now*",
        issuers=("Lights_of_Harbor @here",),
        url="https://lights.example/@everyone",
        speaker=Speaker(name="Ana *R*", printed="R"),
    )
    shown = cite(odd, "markdown", "en")

    assert r"[Lamps \[1\](x) \*now\*](https://lights.example/%40everyone#:~:text=" in shown
    assert "Lights\\_of\\_Harbor @\u200bhere" in shown
    assert r"Ana \*R\*" in shown


def test_marks_inside_the_words_stay() -> None:
    """Quotation marks that the statement prints are not turned into single ones: the words are verbatim."""
    text = "“Lamps are 'lit',” said Ruelle, «sí»."

    assert f"“{text}”" in cite(found(text), "mla", "en")
    assert f"«{text}»" in cite(found(text), "mla", "es")


@pytest.mark.parametrize(("style", "locale"), PLAINEST)
def test_quotes_and_checked_words_are_cited_alike(style: CitationStyle, locale: Language) -> None:
    """The same words are cited the same way wherever they were found."""
    source = found(speaker=ANA, url=URL, kind="about")
    shared = source.model_dump(include={"text", "start", "end", "paragraph", "kind"})
    parts = {"speaker": ANA, "issuer": source.issuer, "statement": source.statement}
    expected = cite(source, style, locale)

    assert cite(FoundQuote(**shared, **parts, utterance=1, part=1, score=0.5), style, locale) == expected
    assert cite(FoundWords(**shared, **parts), style, locale) == expected


printed = st.text(min_size=1, max_size=80)


@pytest.mark.thorough
@given(printed, printed, printed, printed, st.sampled_from(STYLES), st.sampled_from(LOCALES))
def test_words_stand_in_one_line(
    text: str, title: str, name: str, url: str, style: CitationStyle, locale: Language
) -> None:
    """Whatever a statement prints, its citation is one line that holds the words as they are, white space aside."""
    speaker = Speaker(name=name, printed=name)
    shown = cite(found(text, title=title, issuers=(name, None), speaker=speaker, url=url), style, locale)

    words = " ".join(text.split())
    read = re.sub(r"\\(.)|(?<=@)\u200b(?=everyone|here)", r"\1", shown) if style == "markdown" else shown
    assert shown.splitlines() == [shown]
    assert read.startswith(f"“{words}”" if locale == "en" else f"«{words}»")


@given(st.text("@<>&#!1:aehnorvyt \\`*_[]()|~", max_size=60), st.sampled_from(LOCALES))
def test_markdown_calls_nobody(text: str, locale: Language) -> None:
    """No mention of anybody, of a role or of all is left in a Markdown citation."""
    speaker = Speaker(name=text, printed=text)
    shown = cite(found(text, title=text or "a", issuers=(text,), speaker=speaker, url=URL), "markdown", locale)

    assert not re.search(r"<(?:@[!&]?|#|/\w+:|a?:\w+:|t:)\d+>|@everyone|@here", shown)


@given(st.text(min_size=1, max_size=900))
def test_link_opens_at_words_of_the_text(text: str) -> None:
    """The link of a citation names words that stand in the text, in their order."""
    link = cite(found(text, url=URL), "apa", "en").rpartition(" ")[2]

    words, place = " ".join(text.split()), 0
    for term in filter(None, link.partition(":~:text=")[2].split(",")):
        assert unquote(term) in words[place:]
        place = words.index(unquote(term), place) + len(unquote(term))
