"""`onrecord ask --batch`: a line for each row, in order, whatever the rows hold."""

from __future__ import annotations

import json

import pytest
from terminal import Terminal

ENGLISH = "What did Nadia Ferrol say about the orchard?"


def test_batch_answers_in_order(terminal: Terminal) -> None:
    """
    Each row gives one compact line, in order, with its id and the answer that the question alone gets.
    """
    rows = [{"id": "b", "question": ENGLISH}, {"id": "a", "question": "night bus"}, {"id": "c", "question": " "}]

    printed = terminal.batch("\n".join(map(json.dumps, rows)))

    assert (printed.status, printed.err) == (0, "")
    assert [row["id"] for row in printed.rows] == ["b", "a", "c"]
    assert printed.out.startswith('{"id":"b","question":"What did')
    assert printed.rows[2]["status"] == "none"
    alone = terminal.ask("night bus", "--json").document
    assert {**printed.rows[1], "took_ms": 0} == {"id": "a", **alone, "took_ms": 0}


def test_ids_are_carried(terminal: Terminal) -> None:
    """
    An id may be any JSON value and comes back as it was.
    """
    ids = ["q", "", "“é”", 7, -1.5, 10**30, True, None, [1, [2]], {"a": {"b": None}}, "\ud800", "a\u2028b\nc"]

    rows = terminal.batch("\n".join(json.dumps({"id": id, "question": "bus"}) for id in ids)).rows

    assert [row["id"] for row in rows] == ids


# A row and the id that is carried over; none that cannot be read has one.
BAD_ROWS: list[tuple[str, int | None]] = [
    ("no JSON", None),
    ('{"id": 1, "question": "cut o', None),
    ("[1, 2]", None),
    ('"bus"', None),
    ("7", None),
    ("null", None),
    ("[" * 100_000, None),  # nested too deep
    ("1" * 10_000, None),  # a number too long to read
    ('{"id": NaN, "question": "bus"}', None),  # no JSON, though Python reads it
    ('{"id": 1e999, "question": "bus"}', None),
    ("{}", None),
    ('{"id": 1}', 1),
    ('{"id": 2, "question": null}', 2),
    ('{"id": 3, "question": 5}', 3),
    ('{"id": 4, "question": ["bus"]}', 4),
    ('{"id": 5, "question": "bus", "previous": "bus"}', 5),
    ('{"id": 6, "question": "bus", "previous": [5]}', 6),
    (json.dumps({"id": 7, "question": "bus " * 501}), 7),  # 2,004 characters
]


def test_bad_rows_say_what_is_wrong(terminal: Terminal) -> None:
    """
    A bad row gives its id, the status none and an error that repeats none of its words, and the rest go on.
    """
    good = '{"id": "good", "question": "bus"}'

    printed = terminal.batch("".join(f"{row}\n{good}\n" for row, _ in BAD_ROWS))

    assert (printed.status, printed.err) == (0, "")
    bad, others = printed.rows[::2], printed.rows[1::2]
    assert [(row["id"], row["status"]) for row in bad] == [(id, "none") for _, id in BAD_ROWS]
    assert all(row.keys() == {"id", "status", "error"} and "bus" not in row["error"] for row in bad)
    assert all(row["id"] == "good" and row["excerpts"] for row in others)


@pytest.mark.thorough
def test_batch_reads_standard_input(terminal: Terminal) -> None:
    """
    `--batch -` reads standard input as UTF-8 whatever the terminal speaks.
    """
    rows = '\ufeff{"id": "é", "question": "bus"}\r\n\r\n{"id": 2, "question": "¿pozo?", "previous": null}'.encode()

    printed = terminal.process(
        "ask", "--corpus", "statements", "--batch", "-", given=rows, more={"PYTHONIOENCODING": "latin-1"}
    )

    assert printed.status == 0
    assert [row["id"] for row in printed.rows] == ["é", 2]


def test_batch_keeps_options(terminal: Terminal) -> None:
    """
    Options hold for every row; a row's own earlier questions win over those of the command.
    """
    rows = [
        {"question": "orchard"},
        {"question": "and in 2013?", "previous": ["What did Nadia Ferrol say?"]},
        {"question": "and in 2013?"},
    ]

    found = terminal.batch("\n".join(map(json.dumps, rows)), "--language", "en", "--previous", "night bus").rows

    assert {row["filters"]["language"] for row in found} == {"en"}
    assert [row["filters"]["speaker"] for row in found] == [None, "Nadia Ferrol", None]


def test_batch_of_nothing(terminal: Terminal) -> None:
    """
    A file without rows gives no lines, and that is no error.
    """
    assert terminal.batch("\n \n") == (0, "", "")
