"""Many files at once: the same record and report as one after the other."""

from __future__ import annotations

from pathlib import Path

import pytest
from curating import TODAY, Desk, codes

from bot.curation import Curation, Report
from corpus.models import Reading
from corpus.reader import read_statement
from corpus.sources.side_by_side import FEW

STATEMENT = """The ferry sails again

MILLBROOK, May {day}, 2014 – The Otter Creek Ferry Committee opened the landing today with {count} neighbors.

“We waited {count} weeks for this,” said Una Okafor, chair of the committee.
"""


@pytest.mark.thorough
def test_many_files_make_the_same_record(tmp_path: Path) -> None:
    """
    A folder that several processes read gives the report and the statements that one process gives.
    """
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(FEW + 4):
        (folder / f"{number:02}.txt").write_text(STATEMENT.format(day=1 + number, count=number + 40))
    (folder / "11.txt").write_text("")

    def added(curation: Curation) -> tuple[Report, list[object]]:
        report = curation.add([folder, folder / "03.txt"], when=TODAY, by="tester")
        return report, list(curation.list_statements())

    several = added(Curation(tmp_path / "several"))
    one = added(Curation(tmp_path / "one", read=lambda data, file: read_statement(data, file)))

    assert several == one
    assert [item.code for item in several[0].failed] == ["empty"]
    assert len(several[1]) == FEW + 3


def test_unforeseen_error_is_one_failed_file(tmp_path: Path) -> None:
    """
    A file on which the reader itself fails is listed with its code, and the others are stored; later it is tried again.
    """
    desk = Desk(tmp_path)

    def read(data: bytes, file: str) -> Reading:
        if data.startswith(b"odd"):
            raise ZeroDivisionError
        return Reading(file=file, title=file, text=data.decode(), body=((0, len(data)),), passages=((0, len(data)),))

    desk.curation = Curation(desk.data_dir, read=read)
    assert codes(desk.add(a="We row.", b="odd")) == [("new", "undated-001", "a.txt"), ("reader_failed", None, "b.txt")]

    desk.write(b="We sail.")
    assert codes(desk.refresh()) == [("new", "undated-002", "b.txt")]
