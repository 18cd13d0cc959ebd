"""`onrecord corpus add URL…`, `refresh`, `status` over a real server: JSON, one line for people, exit status."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Iterator

import pytest
from documents import column, mail, pdf, word
from loopback import Site
from terminal import Terminal
from warm.starting import COLD

from corpus.sources.web.policy import Clock

PAGE = (
    "<!doctype html><html><body><h1>The well is open</h1><p>Cedar Lane Workers opened the well of the orchard on"
    " Monday, and families came with buckets.</p></body></html>"
)


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site whose address the settings allow."""
    with Site() as running:
        running.answers["/well"] = PAGE
        monkeypatch.setenv("ONRECORD_ALLOWED_HOSTS", f"127.0.0.1:{running.port}")
        monkeypatch.setenv("ONRECORD_HOST_DELAY", "0.2")
        # Seconds pass before a server that is busy is asked again.
        monkeypatch.setattr(Clock, "sleep", lambda _, seconds: time.sleep(seconds / 20))
        yield running


@pytest.mark.thorough
def test_added_refreshed_and_reported(terminal: Terminal, site: Site) -> None:
    """
    An address is added beside a folder, refreshed, and reported with its last success and failure.
    """
    url = site.url("/well", "127.0.0.1")

    added = terminal.run("corpus", "add", url, terminal.statements, "--json")
    site.answers["/well"] = 503
    site.answers["/robots.txt"] = 503
    refreshed = terminal.run("corpus", "refresh", "--json")
    status = terminal.run("corpus", "status", "--json").document

    assert (added.status, added.err, len(added.document["added"])) == (0, "", 4)
    assert added.document["added"][-1] | {"detail": ""} == {
        **{"id": "undated-002", "source": url, "locator": url, "code": "new", "detail": ""},
    }
    assert (refreshed.status, refreshed.document["applied"], refreshed.document["same"]) == (0, True, 3)
    assert [one["code"] for one in refreshed.document["failed"]] == ["robots_unavailable"]
    assert refreshed.err.count("\n") == 1
    page = status["sources"][-1]
    assert (page["kind"], page["locator"], page["code"]) == ("page", url, "robots_unavailable")
    assert page["last_success"]
    assert page["last_failure"]
    assert "(robots_unavailable)" in terminal.run("corpus", "status").out


@pytest.mark.thorough
def test_nothing_but_failures_is_status_1(terminal: Terminal, site: Site) -> None:
    """
    Where every address fails, the status is 1, each failure is one line, and nothing is stored.
    """
    printed = terminal.run("corpus", "add", site.url("/none", "127.0.0.1"), "http://127.0.0.1:9/a", "--json")

    assert (printed.status, printed.document["applied"]) == (1, False)
    assert [one["code"] for one in printed.document["failed"]] == ["http_404", "address_refused"]
    assert printed.err.count("\n") == 2
    assert not (terminal.folder / "data").exists()


LINES = ("Cedar Lane Workers opened the well of the orchard on Monday,", "and families came with buckets.")
DOCUMENTS = {
    "well.pdf": pdf(column(*LINES)),
    "well.docx": word(lambda document: document.add_paragraph(" ".join(LINES)) and None),
    "well.eml": mail("\n".join(LINES), Subject="The well is open"),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents_are_inspected(terminal: Terminal, name: str) -> None:
    """
    `inspect` reads PDF, DOCX and e-mail as it reads text: one document with passages that are slices of its text.
    """
    printed = terminal.run("corpus", "inspect", terminal.file(name, DOCUMENTS[name]), "--json")

    read = printed.document
    assert (printed.status, printed.err, read["file"]) == (0, "", name)
    assert [" ".join(read["text"][start:end].split()) for start, end in read["passages"]] == [" ".join(LINES)]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_damaged_documents_are_one_line(terminal: Terminal, name: str) -> None:
    """
    A damaged document is refused in one line that names it; nothing else is printed.
    """
    printed = terminal.run("corpus", "inspect", terminal.file(name, b"\x00" + DOCUMENTS[name][40:90]))

    assert (printed.status, printed.out, printed.err.count("\n")) == (2, "", 1)
    assert printed.err.startswith(f"{name}: ")


@pytest.mark.thorough
def test_documents_are_read_from_folders_and_from_the_web(terminal: Terminal, site: Site) -> None:
    """
    A folder finds documents of every format, and an address may lead to one; the same words are one statement.
    """
    for name, content in DOCUMENTS.items():
        terminal.file(f"papers/{name}", content)
    site.answers["/paper"] = (200, {"Content-Type": "application/pdf"}, DOCUMENTS["well.pdf"])

    report = terminal.run("corpus", "add", "papers", site.url("/paper", "127.0.0.1"), "--json").document

    assert [item["code"] for item in report["added"]] == ["new", *["duplicate_of"] * 3]
    assert report["failed"] == []


@pytest.mark.thorough
def test_files_need_nothing_of_the_web(terminal: Terminal) -> None:
    """
    Adding files and asking load neither what fetches pages nor what reads feeds, PDF and DOCX.
    """
    code = (
        "import sys; from bot.cli.main import main\n"
        "try: main(['corpus', 'add', 'statements'])\n"
        "except SystemExit: pass\n"
        "print([name for name in ('httpcore', 'feedparser', 'pypdf', 'docx') if name in sys.modules])"
    )
    done = subprocess.run(
        [COLD, "-c", code], cwd=terminal.folder, env=terminal.environment(), capture_output=True, check=True
    )

    assert json.loads(done.stdout.splitlines()[-1]) == []
