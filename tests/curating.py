"""
A desk to try the moderators' verbs at: a folder of small statements, a data directory, and what readers see of it.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from bot.corpora import StoredRecord
from bot.curation import Curation, Report
from bot.service import Service
from corpus.errors import UnreadableError
from corpus.models import Quote, Reading, Speaker
from corpus.sentences import blocks
from corpus.store import Decision, Store
from retrieval.models import AskRequest

TODAY = dt.date(2024, 5, 1)
DECISION = Decision("tester", TODAY, "asked by mail")


def read(data: bytes, file: str) -> Reading:
    """
    A reader for tests: a first line that is a year is the date, what follows "--" is furniture, a paragraph in
    quotation marks is spoken by Nadia Ferrol.
    """
    text = data.decode()
    if not text.strip():
        raise UnreadableError(file, "empty", f"{file} is empty.")
    year = text[:4] if text[:4].isdigit() else None
    spans = tuple(blocks(text.split("--")[0]))
    who = Speaker(name="Nadia Ferrol", printed="Ferrol")
    quotes = tuple(
        Quote(text=text[s.start + 1 : s.end - 1], start=s.start + 1, end=s.end - 1, utterance=n, part=1, speaker=who)
        for n, s in enumerate(spans, start=1)
        if text[s.start] == "“"
    )
    return Reading(
        file=file,
        title=file.removesuffix(".txt"),
        text=text,
        date=year,
        date_precision="year" if year else "none",
        date_evidence="header" if year else "none",
        language="en",
        body=spans,
        passages=spans,
        quotes=quotes,
    )


class Desk:
    """Files in `folder`, the corpus in `data_dir`."""

    def __init__(self, tmp_path: Path) -> None:
        self.folder = tmp_path / "statements"
        self.data_dir = tmp_path / "data"
        self.curation = Curation(self.data_dir, read=read)

    def write(self, **files: str | None) -> None:
        """Write these text files; `None` takes one away."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            path = self.folder / f"{name}.txt"
            if text is None:
                path.unlink()
            else:
                path.write_text(text)

    def add(self, **files: str | None) -> Report:
        """Write files and add the folder."""
        self.write(**files)
        return self.curation.add([self.folder], when=TODAY, by="tester")

    def refresh(self, *, accept_missing: bool = True, dry_run: bool = False) -> Report:
        """Read all sources again."""
        return self.curation.refresh(when=TODAY, by="tester", dry_run=dry_run, accept_missing=accept_missing)

    def texts(self) -> dict[str, str]:
        """Id → text of what readers can see, after a look whether the index holds just that."""
        assert self.curation.check().problems == ()
        return {one.id: one.text for one in self.curation.list_statements()}

    def open(self) -> Service:
        """What a process that is running holds."""
        return Service(StoredRecord(self.data_dir))

    def store(self) -> Store:
        """The store, to look into."""
        return Store.open(self.data_dir)


def codes(report: Report) -> list[tuple[str, str | None, str]]:
    """What a report lists: code, id and file name."""
    listed = (*report.added, *report.changed, *report.missing, *report.removed, *report.failed)
    return [(item.code, item.id, Path(item.locator).name) for item in listed]


def found(service: Service, question: str) -> list[str]:
    """Ids of the statements that answer."""
    answer = service.ask(AskRequest(question=question), today=TODAY)
    return list(dict.fromkeys(excerpt.statement.id for excerpt in answer.excerpts))
