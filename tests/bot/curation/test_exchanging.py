"""Export and import: there and back without a difference, and nothing changes where an export is not whole."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from curating import DECISION, TODAY, Desk, codes, read

from bot.curation import Curation
from corpus.corrections import read_date, read_title
from corpus.errors import StoreError, UsageError

LANTERNS = "2014\n\nThe ferry carries zinnia lanterns."


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Of everything something: revisions, a copy, a missing file, hidden, erased, corrected, rolled back."""
    desk = Desk(tmp_path)
    desk.add(a=LANTERNS, b="We stay.", c="2016\n\nWe vote.", d="We wait for oarlocks.", e="We stay.")
    desk.write(b="We do not stay.", c=None)
    desk.refresh()
    desk.curation.correct("2016-001", lambda _: [read_date("2016-05")], DECISION)
    desk.curation.correct("2014-001", lambda _: [read_title("Lanterns")], DECISION)
    desk.curation.hide("2014-001", DECISION)
    desk.curation.erase("undated-002", DECISION)
    desk.curation.roll_back(1, DECISION)
    return desk


def exported(curation: Curation, file: Path, *, with_hidden: bool = True) -> list[dict[str, Any]]:
    curation.export(file, with_hidden=with_hidden)
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


@pytest.mark.thorough
def test_there_and_back_without_a_difference(desk: Desk, tmp_path: Path) -> None:
    """
    What is exported with everything and imported into an empty folder exports the same bytes, and goes on as the first.
    """
    first = exported(desk.curation, tmp_path / "first.jsonl")
    other = Desk(tmp_path / "other")
    other.folder, other.curation = desk.folder, Curation(other.data_dir, read=read)

    made = other.curation.import_(tmp_path / "first.jsonl", DECISION)

    assert exported(other.curation, tmp_path / "second.jsonl") == first
    assert (tmp_path / "second.jsonl").read_bytes() == (tmp_path / "first.jsonl").read_bytes()
    assert other.texts() == desk.texts()
    assert (made.generation, made.statements, made.withheld) == (desk.curation.status().generation, 2, 2)
    assert other.curation.history().actions[0].what == "import"
    assert codes(other.refresh()) == codes(desk.refresh())
    assert other.curation.unhide("2014-001", DECISION).applied
    assert other.texts()["2014-001"] == LANTERNS


@pytest.mark.thorough
def test_public_export_has_no_hidden_text(desk: Desk, tmp_path: Path) -> None:
    """
    Without the hidden, an export names nobody and holds no hidden text, title or reason; where it is imported the text
    stays hidden.
    """
    exported(desk.curation, tmp_path / "public.jsonl", with_hidden=False)
    text = (tmp_path / "public.jsonl").read_text("utf-8")
    assert not [word for word in ("zinnia", "Lanterns", "tester", "asked by mail", "oarlocks") if word in text]

    other = Desk(tmp_path / "other")
    other.folder, other.curation = desk.folder, Curation(other.data_dir, read=read)
    other.curation.import_(tmp_path / "public.jsonl", DECISION)

    assert other.texts() == desk.texts()
    assert codes(other.refresh()) == codes(desk.refresh())
    desk.write(z=LANTERNS)
    assert codes(other.refresh()) == [("hidden_earlier", "2014-001", "z.txt")]
    with pytest.raises(UsageError, match="made --with-hidden"):
        other.curation.unhide("2014-001", DECISION)


@pytest.mark.thorough
def test_import_into_a_record_adds_what_is_new(desk: Desk, tmp_path: Path) -> None:
    """
    An import into a record that holds statements brings what is new and hides what is hidden there.
    """
    exported(desk.curation, tmp_path / "all.jsonl")
    other = Desk(tmp_path / "other")
    other.folder, other.curation = desk.folder, Curation(other.data_dir, read=read)
    other.curation.add([desk.folder / "a.txt"], when=TODAY, by="tester")
    assert other.texts() == {"2014-001": LANTERNS}

    other.curation.import_(tmp_path / "all.jsonl", DECISION)

    assert other.texts() == desk.texts()
    assert other.curation.status().generation == 2
    assert other.curation.show("2016-001").date == "2016-05"
    assert other.curation.unhide("2014-001", DECISION).applied
    other.curation.import_(tmp_path / "all.jsonl", DECISION)
    assert other.texts() == desk.texts()


@pytest.mark.thorough
def test_hidden_text_comes_later(desk: Desk, tmp_path: Path) -> None:
    """
    A hidden text that a public export lacked comes with a full one, hidden until it is shown.
    """
    exported(desk.curation, tmp_path / "public.jsonl", with_hidden=False)
    exported(desk.curation, tmp_path / "all.jsonl")
    other = Curation(tmp_path / "other", read=read)
    other.import_(tmp_path / "public.jsonl", DECISION)
    other.import_(tmp_path / "all.jsonl", DECISION)

    assert "2014-001" in other.withheld()
    assert other.unhide("2014-001", DECISION).applied
    assert other.show("2014-001").text == LANTERNS
    assert other.check().problems == ()


@pytest.mark.thorough
def test_other_text_under_a_number_is_refused(desk: Desk, tmp_path: Path) -> None:
    """
    Where a record number is another statement here, nothing is imported, and the numbers are named.
    """
    exported(desk.curation, tmp_path / "all.jsonl")
    other = Desk(tmp_path / "other")
    other.add(x="2014\n\nWe sing.")

    with pytest.raises(UsageError, match="2014-001@1 in the export are other texts"):
        other.curation.import_(tmp_path / "all.jsonl", DECISION)
    assert other.texts() == {"2014-001": "2014\n\nWe sing."}
    assert other.curation.history().actions[0].what == "add"


def changed(record: str, **fields: Any) -> Callable[[list[dict[str, Any]]], None]:
    """Change the first line of a kind."""
    return lambda lines: next(line for line in lines if line["record"] == record).update(fields)


def moved(field: str, value: list[Any]) -> Callable[[list[dict[str, Any]]], None]:
    """Change where something stands in the first statement."""
    return lambda lines: next(line for line in lines if line["record"] == "revision")["reading"].update({field: value})


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda lines: lines.pop(), "cut off after line"),
        (lambda lines: lines.pop(5), "cut off"),  # one line less than it says
        (lambda lines: lines.pop(0), "first line does not say so"),
        (lambda lines: lines[0].update(format=3), "newer version"),
        (lambda lines: lines.insert(3, {"record": "gift"}), "Line 4 .* is no record"),
        (lambda lines: lines.append({"record": "source"}), "is no record"),  # after the end
        (changed("revision", text_hash="0" * 64), "was changed"),
        (changed("revision", reading={"file": "a.txt"}), "holds no statement"),
        (changed("revision", revision="1"), '"revision" is not what it should be'),
        (changed("place", is_copy=None), '"is_copy" is not what it should be'),
        (changed("place", source_id=77), "refers to what is not in it"),
        (changed("content", generation=77), "refers to what is not in it"),
        (changed("counter", more=1), "has other fields"),
        (changed("withheld", kind="gone"), "says again, or otherwise"),
        (lambda lines: lines.insert(1, dict(lines[1])), "says again"),
        (moved("body", [[0, 10**6]]), "is not in its text"),
        (moved("passages", [[-3, 2]]), "is not in its text"),
        (
            moved("quotes", [{"text": "never said", "start": 0, "end": 10, "utterance": 1, "part": 1}]),
            "not in its text",
        ),
        # Found by fuzzing: each was an error that nobody had written a sentence for.
        (lambda lines: lines.insert(3, {"record": ["source"]}), "Line 4 .* is no record"),
        (changed("counter", last=10**20), "what no record can hold"),
        (changed("counter", series="\ud800"), "what no record can hold"),
        (changed("correction", value="\ud800"), "what no record can hold"),
    ],
)
def test_bad_export_changes_nothing(
    desk: Desk, tmp_path: Path, spoil: Callable[[list[dict[str, Any]]], object], said: str
) -> None:
    """
    An export that is cut off, changed or none at all is refused with its line, before anything is changed.
    """
    lines = exported(desk.curation, tmp_path / "all.jsonl")
    spoil(lines)
    (tmp_path / "bad.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
    before = desk.texts(), desk.curation.history()

    for curation in (desk.curation, Curation(tmp_path / "new", read=read)):
        with pytest.raises(UsageError, match=said):
            curation.import_(tmp_path / "bad.jsonl", DECISION)
    assert (desk.texts(), desk.curation.history()) == before
    assert not (tmp_path / "new").exists()


@pytest.mark.thorough
@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n", b"[]\n", b"{}\n", b"not JSON\n", b"[" * 100_000])
def test_no_export_at_all(desk: Desk, tmp_path: Path, content: bytes) -> None:
    """
    A file that is something else is refused in one line.
    """
    (tmp_path / "picture").write_bytes(content)
    with pytest.raises(UsageError) as caught:
        desk.curation.import_(tmp_path / "picture", DECISION)
    assert "\n" not in str(caught.value)
    with pytest.raises(UsageError, match="cannot be read"):
        desk.curation.import_(tmp_path / "missing", DECISION)


def test_export_is_whole_or_not_there(desk: Desk, tmp_path: Path) -> None:
    """
    An export that cannot be written says so and leaves nothing behind; one that can replaces the earlier file.
    """
    with pytest.raises(StoreError, match="cannot be written"):
        desk.curation.export(tmp_path / "no folder" / "export.jsonl")
    (tmp_path / "export.jsonl").write_text("old")
    desk.curation.export(tmp_path / "export.jsonl")

    assert (tmp_path / "export.jsonl").read_text("utf-8").startswith('{"record":"export"')
    assert list(tmp_path.glob("*.partial")) == []
