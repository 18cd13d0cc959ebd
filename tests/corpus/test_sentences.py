"""
Sentences are found where a reader would end them, and never change a character.
"""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.models import Span
from corpus.sentences import blocks, lines, paragraph_number, paragraphs, sentences

PIECES = [*"aAzZ5.!?…,:;-–•“”\"'()¿¡ \n\u00a0\u00ad", "No. ", "Sra. ", "U.S. ", "\n\n", "\n1. ", "\n- ", " J. A. "]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Lantern thanked Mrs. Quill and Dr. Ash.",
        "Sen. Marrow and Rep. Vale voted with Gov. Thorn.",
        "La Sra. Quispe y el Lic. Robles hablaron con la Dra. Peñón.",
        "El Ing. Luna, la Mtra. Sol y el Gob. Ríos firmaron.",
        "The hearing of Quill v. Marrow goes on.",
        "J. A. Lantern and María E. O. Quispe spoke.",
        "Harriet B. Quill spoke to the crowd.",
        "U.S. – Members of the network have waited.",
        "MESA, Ariz. -- The members of the network have waited.",  # two hyphens for a dash
        "WASHINGTON, D.C. – Members marched.",
        "The U.S. Senate heard the U.S. Border Patrol.",
        "En EE.UU. Congreso y Senado callan.",
        "En EE. UU. Congreso y Senado callan.",
        "Come at 11 a.m. Tuesday or at 5 p.m. Wednesday.",
        "It is Room No. 5 and Art. 14 of the code.",
        "Es el núm. 5 y la pág. 12 del informe.",
        "On Sept. 10 and Oct. 5 they wait.",
        "El 5 de dic. 2014 salió libre.",
        "Harbor Inc. Chair Quill left.",
        "It costs 1.5 million a year.",
        "See example.org for more.",
        "“Why now?” she asked.",
        "“We will not stop!” shouted the crowd.",
        "They waited… and waited ... and waited.",
        "the U.S. “Open Harbor” plan",
        "Lantern Jr. Association members met.",
        "Visit 79 E. Harbor St. Building C.",
        "Title X. Families wait.",  # an initial may be part of a name: joining two sentences misleads nobody
    ],
)
def test_abbreviations_end_no_sentence(text: str) -> None:
    """
    A title, an initial, a number's abbreviation or a country's does not cut a sentence in two.
    """
    assert [text] == split(text)


@pytest.mark.parametrize(
    "text",
    [
        "We waited.| Nobody came.",
        "They live in the U.S.| They pay taxes.",
        "Viven en EE.UU.| La ley no los ve.",
        "Viven en EE. UU.| Los visitamos.",
        "It starts at 11 a.m.| The march ends at noon.",
        "Our answer is no.| Families stay.",
        "Cruzaron el mar.| Nadie los vio.",
        "They came ten years ago.| Now they vote.",
        "They came ten years ago.| 300 families came with them.",
        "Raise the cap.| Now.",
        "It began with art.| Murals came later.",
        "Plan B.| The rest is known.",
        "Harbor Inc.| It closed.",
        "Quedó en manos de Uds.| Nosotros seguimos.",
        "“We are here.”| They said it twice.",
        "“We are here.”| “We stay.”",
        "‘We are here.’| Then they left.",
        "«Aquí estamos».| «No nos vamos».",
        "(They had waited.)| Then they left.",
        "¿Quién nos oye?| ¡Nadie!| Seguimos.",
        "¡Basta!| ¿Hasta cuándo?",
        "Basta.| ¡Ni una más!",
        "What now?| We wait.",
        "They stopped...| Nobody knows why.",
        "They stopped…| Nobody knows why.",
        "**We stay.**| We work.",
        "It was 2014.| In 2015 they won.",
        "He lives in the U.S.| “We will stay,” he said.",
        "It is Section 5.| Five more follow.",
        "We ask for three things.| • End raids.| • Reopen the office.",
        "Stop.\u00a0| Listen.",
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str) -> None:
    """
    Full stops, questions, exclamations and ellipses end a sentence, with the marks that close it.
    """
    expected = [part.strip(" \u00a0•") for part in text.split("|")]

    assert expected == split(text.replace("|", ""))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("• Stop raids\n• Reopen the office", ["Stop raids", "Reopen the office"]),
        ("  •  Stop raids.\n\n  •  Reopen.", ["Stop raids.", "Reopen."]),
        ("•Stop raids\n•Reopen", ["Stop raids", "Reopen"]),
        ("- stop raids\n- reopen", ["stop raids", "reopen"]),
        ("1. Stop raids.\n2. Reopen.", ["Stop raids.", "Reopen."]),
        ("1) Stop raids\n2) Reopen", ["Stop raids", "Reopen"]),
        ("1. Stop raids. 2. Reopen the office.", ["Stop raids.", "Reopen the office."]),
        ("(a) Stop raids\n(b) Reopen", ["Stop raids", "Reopen"]),
        ("# Our demands\n\nStop raids.", ["Our demands", "Stop raids."]),
        ("> We stay.\n> We work.", ["We stay.", "We work."]),
        ("We call for\n• an end to raids\n• a new office", ["We call for", "an end to raids", "a new office"]),
        ("We ask:\nStop raids\nReopen", ["We ask:", "Stop raids", "Reopen"]),
        ("***\n\nWe stay.\n\n—", ["We stay."]),  # rules and dashes are no sentences
        ("", []),
        (" \n\t\n ", []),
    ],
)
def test_list_items_are_sentences_without_their_marks(text: str, expected: list[str]) -> None:
    """
    Each item of a list stands for itself, and its bullet or number is not part of it.
    """
    assert expected == split(text)


WRAPPED = """The Harbor Lights Network asked the county on Tuesday to reopen the old
office at the pier, which has been closed since the flood of last
November. Families have waited for eleven months, and since March
12. Nobody has told them why. They will go on asking until the Board
of Harbor County answers them."""

LISTED = """The network named three things that the county has promised since March
1. Reopen the office at the pier before the end of the month of May
2. Tell every family in writing what happened to the letters it sent
3. Pay the interpreters"""


def test_wrapped_lines_are_one_sentence() -> None:
    """
    Lines that a program wrapped at 72 columns are read on, and a date at their end is not taken for a list.
    """
    found = split(WRAPPED)

    assert len(found) == 4
    assert found[0].endswith("last\nNovember.")
    assert found[1].endswith("since March\n12.")
    assert found[3].endswith("the Board\nof Harbor County answers them.")


def test_numbered_lines_are_items() -> None:
    """
    Numbered lines of a list stay apart although they are as long as wrapped ones.
    """
    assert split(LISTED.replace(" since March", ""))[3:] == ["Pay the interpreters"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Common Ground and\nOpen Harbors", 1),  # a small word at the end
        ("Harbor Lights Honored\nfor a decade of work", 1),  # lower case goes on
        ("Harbor Lights Network,\nRiver Town", 1),
        ("HARBOR LIGHTS OPENS A SECOND OFFICE FOR FAMILIES\nMarch 2, 2019", 2),
        ("Harbor Lights Opens Second Office For Newly Arrived Families\nBy Staff", 2),
        ("Our Demands\nWe ask the county to reopen the office that it closed.", 2),
        ("Maribel Quill\nHarbor Lights Network\n12 Pier Street", 3),
    ],
)
def test_headings_over_two_lines(text: str, expected: int) -> None:
    """
    A heading goes on over a line end only where its words show it.
    """
    assert expected == len(split(text))


def test_one_long_line_among_wrapped_ones() -> None:
    """
    A web address longer than the other lines does not break the wrapped sentences around it.
    """
    address = "Address: https://example.org/" + "a" * 100
    text = f"The network thanks the families who came to the hearing in\nHarbor County and who spoke there.\n{address}"

    assert len(split(text)) == 2


def test_only_the_part_asked_for() -> None:
    """
    Sentences within a span are those of that text alone, in offsets of the whole.
    """
    text = "We stay. We work. We vote."
    found = sentences(text, Span(9, 26))

    assert [text[start:end] for start, end in found] == ["We work.", "We vote."]


@given(TEXTS | st.text())
def test_sentences_are_slices_in_order(text: str) -> None:
    """
    Sentences are trimmed, hold a letter or a digit, follow each other without overlap and never cross a blank line.
    """
    found = sentences(text)

    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    for span in found:
        words = text[span.start : span.end]
        assert words == words.strip()
        assert any(map(str.isalnum, words))
        assert any(block.holds(span) for block in blocks(text))


@given(TEXTS | st.text())
def test_no_word_is_lost(text: str) -> None:
    """
    Every letter belongs to a sentence; only bullets and list numbers are left outside.
    """
    inside = {place for span in sentences(text) for place in range(span.start, span.end)}
    outside = [place for place, character in enumerate(text) if character.isalpha() and place not in inside]

    assert all(text[place - 1 : place] == "(" and text[place + 1 : place + 2] == ")" for place in outside)


@given(TEXTS | st.text())
def test_blocks_lines_and_paragraphs_are_trimmed_slices(text: str) -> None:
    """
    Blocks, lines and paragraphs are in order, without white space at their ends, and none is empty.
    """
    for found in (blocks(text), lines(text), paragraphs(text)):
        assert all(a.end <= b.start for a, b in itertools.pairwise(found))
        assert all(text[start:end].strip() == text[start:end] != "" for start, end in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one\ntwo\n\nthree", ["one\ntwo", "three"]),
        ("one\ntwo\nthree", ["one", "two", "three"]),  # no blank line: every line
        ("\n\none\ntwo\n\n", ["one", "two"]),  # blank lines at the ends count for nothing
        ("one\n \t\ntwo", ["one", "two"]),
        ("one\n\n\n\ntwo", ["one", "two"]),
        ("", []),
    ],
)
def test_paragraphs_stand_between_blank_lines(text: str, expected: list[str]) -> None:
    """
    Paragraphs are the blocks between blank lines, or the lines where there are none.
    """
    assert expected == [text[start:end] for start, end in paragraphs(text)]


def test_paragraph_numbers_start_at_one() -> None:
    """
    A place belongs to the paragraph it stands in, or to the one before it.
    """
    spans = paragraphs("one\n\ntwo\n\nthree")

    assert [paragraph_number(spans, offset) for offset in (0, 4, 5, 12)] == [1, 1, 2, 3]
    assert paragraph_number([], 0) == 1


@pytest.mark.thorough
@pytest.mark.parametrize(
    "text",
    [
        "word " * 20_000,
        "word" * 25_000,
        "." * 100_000,
        ". " * 50_000,
        '."' * 50_000,
        "A. " * 33_000,
        "- " * 50_000,
        "1. " * 33_000,
        ".\n" * 50_000,
        "\n  " * 33_000,
        "“" * 100_000,
        "•" * 100_000,
        "a" * 50_000 + ". " + "b" * 50_000,
    ],
)
def test_any_text_is_split_quickly(text: str) -> None:
    """
    A hundred thousand characters of anything are quick; the limit allows for a busy machine.
    """
    started = time.process_time()
    sentences(text)

    assert time.process_time() - started < 4


def test_long_text_without_punctuation_is_fast() -> None:
    """
    Nineteen thousand characters without a full stop are one sentence, found at once.
    """
    text = ("families keep waiting for an answer " * 530)[:19_000].strip()
    started = time.process_time()

    assert [Span(0, len(text))] == sentences(text)
    assert time.process_time() - started < 2
