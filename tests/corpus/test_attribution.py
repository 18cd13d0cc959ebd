"""
Who says what: quotes, their parts and their speakers, on invented excerpts and on the real statements where they are.
"""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from real import SHARED, needs_real
from trying import share

from corpus.attribution import find_quotes
from corpus.canonical import canonical_text
from corpus.models import Quote, Span

HERE = Path(__file__).parent
EXCERPTS = [json.loads(line) for line in (HERE / "attribution_excerpts.jsonl").read_text(encoding="utf-8").splitlines()]


def spoken(quotes: list[Quote]) -> list[tuple[str, str]]:
    """(text, speaker's name) of the quotes that have a speaker."""
    return [(quote.text, quote.speaker.name) for quote in quotes if quote.speaker]


def expected(row: dict[str, Any]) -> dict[tuple[str, str], tuple[str | None, str | None]]:
    """(text, speaker) → (title, organisation) of a row of the table."""
    return {(q["text"], q["speaker"]): (q["title"], q["organization"]) for q in row["quotes"] if q["speaker"]}


@pytest.mark.parametrize("row", EXCERPTS, ids=lambda row: f"{row['id']} {row['form']}")
def test_speakers_as_the_excerpt_prints_them(row: dict[str, Any]) -> None:
    """
    Every quote has the speaker, title and organisation that its excerpt prints, and nobody else's.
    """
    found = find_quotes(row["text"])

    details = {(q.text, q.speaker.name): (q.speaker.title, q.speaker.organization) for q in found if q.speaker}
    assert expected(row) == details


@pytest.mark.thorough
def test_table_precision_and_recall() -> None:
    """
    On the whole table at least .97 of the (text, speaker) pairs found are right, and .95 of those there are found.
    """
    wanted = {(row["id"], *pair) for row in EXCERPTS for pair in expected(row)}
    found = {(row["id"], *pair) for row in EXCERPTS for pair in spoken(find_quotes(row["text"]))}
    right = len(wanted & found)

    assert right / len(found) >= 0.97
    assert right / len(wanted) >= 0.95


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("The so called “Clean Ledger” program began in March.", "program_name"),
        ("Marchers chanted “Water is not for sale” all day.", "slogan"),
        ("The report, “Ten Years of Dust: Who Pays?” was printed in June.", "title"),
        ("They sort “good” migrants from others.", "scare_quotes"),
        ("“The river is a relative,” said the Sauce River Network.", "not_a_person"),
        ("“The file was lost,” Brandt said.", "unknown_person"),
        ("Rosa Linde and Teresa Vance spoke. “We have waited long enough,” she said.", "ambiguous"),
        ("It rained. “We have waited long enough for the rain.” It stopped.", "no_cue"),
    ],
)
def test_no_speaker_says_why(text: str, reason: str) -> None:
    """
    A quote that nobody can be named for without guessing has no speaker and a reason for moderators.
    """
    (quote,) = find_quotes(text)

    assert quote.speaker is None
    assert reason == quote.reason


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("“One word,” said Ana Ferreiro. “Two words.”", [(1, 1), (1, 2)]),
        ("“One word,” said Ana Ferreiro. “Two words,” she added.", [(1, 1), (1, 2)]),
        ("“One word,” said Ana Ferreiro.\n\n“Two words,” added Ferreiro.", [(1, 1), (2, 1)]),
        ("“One word here.\n\n“Two words there,” said Ana Ferreiro.", [(1, 1), (1, 2)]),
        ("“One word,” said Ana Ferreiro. “Two words.\n\n“Three words now.”", [(1, 1), (1, 2), (1, 3)]),
        ("“One word,” said Ana Ferreiro.\n\n“Two words,” said Luis Baltar.", [(1, 1), (2, 1)]),
    ],
)
def test_parts_share_their_utterance(text: str, numbers: list[tuple[int, int]]) -> None:
    """
    Parts around an attribution and reopened paragraphs are one utterance; a paragraph attributed anew is another.
    """
    assert numbers == [(quote.utterance, quote.part) for quote in find_quotes(text)]


def test_printed_form_is_the_one_at_the_quote() -> None:
    """
    A speaker keeps the fullest name of the statement and shows how this very quote prints it.
    """
    text = "“One word,” said Ana Ferreiro, a nurse. “Two words,” added Ferreiro.\n\n“Three words,” she concluded."

    assert [q.speaker.printed for q in find_quotes(text) if q.speaker] == ["Ana Ferreiro", "Ferreiro", "she"]


def test_missing_mark_never_swallows_the_next_speaker() -> None:
    """
    A quote without its closing mark ends at its attribution, so that the next one keeps its own words and speaker.
    """
    text = "“They took the tools, said Iván Ruelas, a carpenter. “They took the ladder,” said Mina Toledo."

    assert spoken(find_quotes(text)) == [
        ("They took the tools,", "Iván Ruelas"),
        ("They took the ladder,", "Mina Toledo"),
    ]


def test_furniture_is_not_read() -> None:
    """
    Quotes outside the spans that are the statement are left out, and nobody is introduced there.
    """
    text = "Ana Ferreiro, a nurse, commented.\n\n“One word here,” said Ferreiro.\n\n“Two words,” said Luis Baltar."
    statement = Span(text.index("“One"), text.index("“Two"))

    (quote,) = find_quotes(text, within=[statement])

    assert quote.text == "One word here,"
    assert quote.speaker is None


MARKS = [
    "<<",
    ">>",
    "“",
    "”",
    '"',
    "«",
    "»",
    "‘",
    "’",
    "'",
    "''",
    "\n",
    "\n\n",
    " ",
    ", ",
    ". ",
    ": ",
    "—",
    "(",
    ")",
    "\u00a0",
]
WORDS = ["said ", "dijo ", "she ", "Ana Ruiz", "Ruiz ", "director of ", "the ", "and ", "Casa Sur", "word "]
LINES = ["RUIZ: ", "**Ana Ruiz:** ", "Q: ", "A: ", "• Ana Ruiz: ", "Meet Ana Ruiz. ", "\n—Word —dijo Ana—. Word.\n"]
PIECES = st.sampled_from([*MARKS, *WORDS, *LINES, "\nAna Ruiz, director, Casa Sur\n"])


@pytest.mark.thorough
@settings(max_examples=share(150), deadline=None)
@given(text=st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=60).map("".join)))
@example(text="“")
@example(text="“A —said Ana Ruiz— ”")
@example(text="“—said Ana Ruiz")
def test_every_quote_is_a_slice(text: str) -> None:
    """
    Whatever the text, quotes are its own characters, in order, without overlap, and each has a speaker or a reason.
    """
    place = 0
    for quote in find_quotes(text):
        assert quote.text == text[quote.start : quote.end]
        assert place <= quote.start < quote.end <= len(text)
        assert (quote.speaker is None) == (quote.reason is not None)
        place = quote.end


@settings(max_examples=share(60), deadline=None)
@given(text=st.lists(PIECES, max_size=60).map("".join), cuts=st.lists(st.integers(0, 400), max_size=6))
def test_quotes_stay_within(text: str, cuts: list[int]) -> None:
    """
    No quote reaches out of the spans it was looked for in.
    """
    edges = sorted({min(cut, len(text)) for cut in cuts})
    spans = [Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=False)]

    assert all(any(span.holds(quote.span) for span in spans) for quote in find_quotes(text, within=spans))


@pytest.mark.thorough
@pytest.mark.parametrize(
    "piece",
    [
        "“The county has to answer,” said Dalia Orozco, President of the Sauce River Network. “We wait.”\n\n",
        "Ana Ruiz, director of Casa Sur and ",
        '" ',
        "“A b c,” she said. ",
        "director of ",
        "Executive Director ",
        "RUIZ: Hello.\n",
        "—dijo ",
        "“A”\n",
        "president of the Tucson chapter of the ",
        "director of Policy, Research, ",
        "her client, Mr. Paz, ",
        "Ana Ruiz, Casa Sur\n“A b c.”\n",
        "Q: A?\nA: B.\n",
        "—We came —dijo Ana Ruiz—. Yes.\n",
        "“A, said Ana Ruiz. “B. ",
        "Ana y Rosa Ruiz ",
        "“A.\n\nB.\n\nC.”\n\n",
    ],
)
def test_long_text_of_any_form(piece: str) -> None:
    """
    Tens of thousands of characters of one form over and over are read like any other text.
    """
    text = (piece * (20_000 // len(piece) + 1))[:20_000]

    assert all(quote.text == text[quote.start : quote.end] for quote in find_quotes(text))


def real_statement(name: str) -> str:
    """Canonical text of one of the real statements."""
    return canonical_text((SHARED / "statements" / name).read_bytes())[0]


def seeds() -> list[dict[str, Any]]:
    """Rows of the annotations on the real statements, none where they are not."""
    path = SHARED / "evals" / "seeds-quotes-001-004.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


@needs_real
@pytest.mark.parametrize("row", seeds(), ids=lambda row: row.get("id", row.get("text", "quote")))
def test_real_annotations(row: dict[str, Any]) -> None:
    """
    Quotes of the real statements have the parts, speaker, title and organisation that people annotated.
    """
    found = find_quotes(real_statement(row["file"]))

    if not row["utterance"]:
        assert all(q.speaker is None for q in found if q.text in row["text"] or row["text"][1:-1] in q.text)
        return
    quotes = [q for q in found if q.text in row["parts"]]
    assert row["parts"] == [q.text for q in quotes]
    assert {(row["speaker"], row["title"], row["organisation"])} == {
        (q.speaker.name, q.speaker.title, q.speaker.organization) for q in quotes if q.speaker
    }
    assert [(quotes[0].utterance, n) for n in range(1, len(quotes) + 1)] == [(q.utterance, q.part) for q in quotes]


@needs_real
def test_real_surnames_and_pronouns() -> None:
    """
    In 000 surnames and a pronoun lead back to the two people whom the statement introduced in full.
    """
    quotes = find_quotes(real_statement("000_d10c9e3d33e479ed.txt"))

    people = [(q.speaker.name, q.speaker.title, q.speaker.organization, q.speaker.printed) for q in quotes if q.speaker]
    lucero, chacon = ("Claudia Lucero", "President", "NALACC"), ("Oscar Chacón", "Executive Director", "NALACC")
    assert people == [
        *((*lucero, printed) for printed in ("Claudia Lucero", "Lucero", "Lucero", "she")),
        *((*chacon, printed) for printed in ("Oscar Chacón", "Chacón")),
    ]


@needs_real
@pytest.mark.parametrize("name", ["001_79f1b799e8efe7e0.txt", "002_ab4fecf6c85c2977.txt", "003_06525dfc95b37924.txt"])
def test_real_statements_that_nobody_speaks_in(name: str) -> None:
    """
    Statements that quote names, titles and the issuer's own slogan have no speaker anywhere.
    """
    assert spoken(find_quotes(real_statement(name))) == []


# Found by fuzzing, each longer than a second: read from every article to the end of a page of them.
@pytest.mark.thorough
@pytest.mark.parametrize("mark", ["the ", "El "])
def test_time_grows_with_the_length(mark: str) -> None:
    """
    Eight times as much of the same is read in about eight times the time, not in its square.
    """
    find_quotes(mark * 20)
    took = []
    for times in (1000, 8000):
        started = time.process_time()
        find_quotes(mark * times)
        took.append(time.process_time() - started)

    assert took[1] < 24 * took[0] + 0.1
