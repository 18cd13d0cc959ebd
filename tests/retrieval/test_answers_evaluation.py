"""`onrecord evaluate answers`: a file of questions is counted right, and what it reads is checked independently."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from factories import statement

from corpus.errors import UnreadableError
from corpus.models import Quote, Speaker, Statement
from retrieval.catalog import Catalog
from retrieval.evaluation.answers import Figures, independent_text, read_rows, score_answers
from retrieval.excerpts import select_excerpt
from retrieval.models import Answer, AskRequest, Excerpt, Filters, Status
from retrieval.shingles import ShingleIndex
from retrieval.verification import Verifier
from retrieval.windows import Window, opening_window

LAMPS = "“We keep the lamps lit,” said Ana Ruelle. The pier is closed on Monday."
TOLLS = "The toll doubled in one night. Nobody was asked."
ANA = Speaker(name="Ana Ruelle", printed="Ana Ruelle")
SPOKEN = Quote(text="We keep the lamps lit,", start=1, end=23, utterance=1, part=1, speaker=ANA)
RECORD = {
    "lamps.txt": statement(LAMPS, id="lamps", date="2014-03-04", quotes=(SPOKEN,)),
    "tolls.txt": statement(TOLLS, id="tolls", date=None),
}


def excerpt(one: Statement) -> Excerpt:
    window = opening_window(one.text)
    assert isinstance(window, Window)
    shown = select_excerpt(one, 0, window, rank=1, kind="body", score=1.0)
    assert shown is not None
    return shown


def answer(status: Status, *excerpts: Excerpt) -> Answer:
    return Answer(question="", status=status, confidence=0.5, locale="en", filters=Filters(), excerpts=excerpts)


GOLD_LAMPS = [{"file": "lamps.txt", "text": "The pier is closed on Monday."}]
ROWS: list[dict[str, Any]] = [
    # Right in everything: words, status, date, speaker.
    {
        "id": "A1",
        "kind": "answerable",
        "question": "lamps",
        "gold_sentences": [{"file": "lamps.txt", "text": "“We keep the lamps lit,” said Ana Ruelle."}],
        "gold_speaker": "Ana  RUELLE",
        "gold_publication_date": {"lamps.txt": "2014-03-04"},
        "contract_status": ["answered"],
    },
    # The second excerpt is the right one; the first carries a date that the row denies.
    {
        "id": "A2",
        "kind": "answerable",
        "question": "tolls, then lamps",
        "gold_sentences": GOLD_LAMPS,
        "gold_issuer": "Harbor Lights Network",
        "gold_publication_date": {"tolls.txt": "2015", "lamps.txt": "2014-03"},
        "date_accept": {"lamps.txt": ["2014-03-04"]},
    },
    # Not found, which the row takes for an honest answer.
    {
        "id": "A3",
        "kind": "answerable",
        "question": "nothing",
        "expect": "answer_or_abstain",
        "gold_sentences": GOLD_LAMPS,
        "contract_status": ["answered", "none"],
    },
    # Silent, as it should be.
    {"id": "U1", "kind": "unanswerable", "question": "nothing", "group": "off_topic", "contract_status": ["none"]},
    # Talks where it should be silent.
    {"id": "U2", "kind": "unanswerable", "question": "lamps", "group": "near_topic"},
]
ANSWERS = {
    "lamps": answer("answered", excerpt(RECORD["lamps.txt"])),
    "tolls, then lamps": answer("related", excerpt(RECORD["tolls.txt"]), excerpt(RECORD["lamps.txt"])),
    "nothing": answer("none"),
}


def score(rows: list[dict[str, Any]], answers: dict[str, Answer] = ANSWERS) -> Figures:
    return score_answers(rows, lambda r: answers[r.question], lambda file: RECORD[file].text.encode())


def test_five_rows_are_counted() -> None:
    """Each measure counts how many were right, of how many it applies to."""
    assert score(ROWS).counts == {
        "hit@1": (1, 3),
        "hit@3": (2, 3),
        "acceptable": (2, 3),
        "status": (2, 3),
        "speakers": (1, 1),
        "no wrong speaker": (1, 1),
        "dates": (2, 3),
        "verbatim": (4, 4),
        "silence": (1, 2),
        "silence off_topic": (1, 1),
        "silence near_topic": (0, 1),
        "unanswerable status": (1, 2),
    }


def test_mean_length_is_of_first_excerpts() -> None:
    """The mean length is that of the first excerpts of answerable rows that got one."""
    lengths = [len(ANSWERS[question].excerpts[0].text) for question in ("lamps", "tolls, then lamps")]

    assert score(ROWS).mean_chars == sum(lengths) / 2


def test_misses_name_row_and_measure() -> None:
    """Every shortfall is named by row and measure, with what was shown instead."""
    misses = {(miss.id, miss.measure) for miss in score(ROWS).misses}

    assert ("A2", "hit@1") in misses
    assert ("U2", "silence") in misses
    assert not any(id in {"A1", "U1"} for id, _ in misses)


def test_checks_of_quotations_are_passed_over() -> None:
    """Rows that ask to verify a quotation are no questions; without a checker they are left out."""
    assert score([{"id": "V1", "kind": "verify", "quote": "We keep the lamps lit"}]) == Figures({}, 0.0, ())


@pytest.mark.parametrize(
    ("gold", "speakers", "wrong"),
    [
        ({"gold_speaker": "Ana Ruelle"}, (1, 1), (1, 1)),
        ({"gold_speaker": "Bruno Castle"}, (0, 1), (0, 1)),
        ({"gold_issuer": "Harbor Lights Network"}, None, (0, 1)),  # its own words, yet somebody is said to speak
        ({"gold_speaker": "Bruno Castle", "speaker_optional": True}, None, None),
        ({}, None, None),
    ],
)
def test_wrong_speaker_counts_twice(
    gold: dict[str, Any], speakers: tuple[int, int] | None, wrong: tuple[int, int] | None
) -> None:
    """A wrong speaker is a loss of both measures; where the row takes either, of none."""
    row = {key: value for key, value in ROWS[0].items() if not key.startswith("gold_speaker")} | gold
    counts = score([row]).counts

    assert (counts.get("speakers"), counts.get("no wrong speaker")) == (speakers, wrong)


def test_missing_speaker_is_no_wrong_one() -> None:
    """Where no speaker is shown, one is missing and none is wrong."""
    unnamed = answer("answered", ANSWERS["lamps"].excerpts[0].model_copy(update={"speaker": None}))
    counts = score(ROWS[:1], {"lamps": unnamed}).counts

    assert (counts["speakers"], counts["no wrong speaker"]) == ((0, 1), (1, 1))


@pytest.mark.parametrize("change", [("lit", "bright"), ("We", "We all"), ("“We", '"We')])
def test_changed_words_are_not_verbatim(change: tuple[str, str]) -> None:
    """A word or a mark that is not in the file's own bytes is no verbatim text."""
    real = ANSWERS["lamps"].excerpts[0]
    fake = real.model_copy(update={"text": real.text.replace(*change)})

    assert score(ROWS[:1], {"lamps": answer("answered", fake)}).counts["verbatim"] == (0, 1)


@pytest.mark.parametrize(
    ("data", "file", "expected"),
    [
        ("Lámparas".encode(), "a.txt", "Lámparas"),
        ("Lámparas".encode("latin-1"), "a.txt", "Lámparas"),
        ("“Lamps” – now".encode("cp1252"), "a.txt", "“Lamps” – now"),
        (b"\xef\xbb\xbfLamps\r\nand\rpiers", "a.txt", "Lamps\nand\npiers"),
        ("La\u0301mparas".encode(), "a.md", "Lámparas"),
        (b"<p>Lamps <b>are</b>\n lit</p><p>Now</p>", "a.html", "Lamps are lit Now"),
        (b"<style>p{}</style><script>x()</script><p>Lit</p>", "a.HTM", "Lit"),
        (b"<p>&ldquo;Lit&rdquo; &amp; &#233;</p>", "a.html", "“Lit” & é"),
        (b"<p>&amp;#8220;Lit&amp;#8221;</p>", "a.html", "“Lit”"),
        ("<p>Lámparas</p>".encode("latin-1"), "a.html", "Lámparas"),
    ],
)
def test_bytes_are_read_independently(data: bytes, file: str, expected: str) -> None:
    """The file's own text is read without the reader it checks: encodings, line ends, HTML, entities escaped twice."""
    assert independent_text(data, file) == expected


PAGES = {
    "page.html": (
        b"<p>The toll <b>doubled</b>\nin one night &amp; a day.</p>",
        "The toll doubled in one night & a day.",
    ),
    "latin.txt": ("El peaje subió. Nadie opinó.".encode("latin-1"), "El peaje subió. Nadie opinó."),
    "twice.html": (b"<p>&amp;#8220;Toll&amp;#8221; road</p>", "“Toll” road"),
}


@pytest.mark.parametrize("file", PAGES)
def test_pages_are_verbatim(file: str) -> None:
    """A true excerpt of an HTML or a Latin-1 file is verbatim, a changed one is not."""
    data, text = PAGES[file]
    true = excerpt(statement(text, file=file))
    row = {"id": "A", "kind": "answerable", "question": "toll", "gold_sentences": []}
    for shown, right in ((true, 1), (true.model_copy(update={"text": text.replace("o", "0")}), 0)):
        figures = score_answers([row], lambda _, shown=shown: answer("answered", shown), lambda _: data)  # type: ignore[misc]
        assert figures.counts["verbatim"] == (right, 1)


def test_earlier_questions_are_asked_with_it() -> None:
    """A row's earlier questions of the conversation go with its question."""
    asked: list[AskRequest] = []

    def ask(request: AskRequest) -> Answer:
        asked.append(request)
        return answer("none")

    score_answers([{**ROWS[3], "previous": ["lamps"]}], ask, lambda _: b"")

    assert [(request.question, request.previous) for request in asked] == [("nothing", ("lamps",))]


def test_file_is_read(tmp_path: Path) -> None:
    """A questions file is read row by row; empty lines, a byte-order mark and odd separators in texts do no harm."""
    rows = [*ROWS, {"id": "V1", "kind": "verify", "quote": "We keep"}, {**ROWS[3], "question": "a\u2028b\u0085c"}]
    text = "\ufeff" + "\n\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\r\n"
    path = tmp_path / "questions.jsonl"
    path.write_bytes(text.encode())

    assert read_rows(path) == rows


@pytest.mark.parametrize(
    "bad",
    [
        "not json",
        "[]",
        '"text"',
        "{}",
        '{"id": "A", "kind": "answerable"}',
        '{"id": "A", "kind": "answerable", "question": 5, "gold_sentences": []}',
        '{"id": "A", "kind": "answerable", "question": "no gold"}',
        '{"id": "A", "question": "no kind"}',
        '{"kind": "unanswerable", "question": "no id"}',
        '{"id": "A", "kind": "verify", "question": "no quote"}',
        '{"id": "A", "kind": "other", "question": "?"}',
        "[" * 5000,
    ],
)
def test_bad_row_is_named_by_its_line(tmp_path: Path, bad: str) -> None:
    """A line that is no question stops the evaluation, and the message names the file and the line."""
    path = tmp_path / "questions.jsonl"
    path.write_text(f"{json.dumps(ROWS[0])}\n\n{bad}\n", "utf-8")

    with pytest.raises(UnreadableError, match=r"questions\.jsonl, line 3"):
        read_rows(path)


def test_missing_file_is_named(tmp_path: Path) -> None:
    """A file that is not there, or is no text, is a usage error that names it."""
    (tmp_path / "binary.jsonl").write_bytes(b"\xff\xfe\x00")

    for name in ("absent.jsonl", "binary.jsonl"):
        with pytest.raises(UnreadableError, match=name):
            read_rows(tmp_path / name)


def test_quotations_are_checked() -> None:
    """A verdict counts as right where the row lists it, and what was found is looked for in the file's bytes."""
    verifier = Verifier(Catalog(RECORD.values()), ShingleIndex.build(RECORD.values()))
    rows = [
        {"id": "V1", "kind": "verify", "quote": "We keep the lamps lit", "contract_verdict": ["exact"]},
        {"id": "V2", "kind": "verify", "quote": "We keep the lamps out", "contract_verdict": ["exact", "partial"]},
        {
            "id": "V3",
            "kind": "verify",
            "quote": "We keep the lamps lit",
            "claimed_speaker": "Somebody Else",
            "contract_verdict": ["misattributed"],
        },
    ]

    figures = score_answers(rows, lambda _: answer("none"), lambda file: RECORD[file].text.encode(), verifier.verify)

    assert figures.counts == {"verify": (2, 3), "verbatim": (3, 3)}
    assert [(miss.id, miss.shown) for miss in figures.misses] == [("V2", "altered")]
