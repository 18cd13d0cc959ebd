"""`onrecord corpus add URL…`, `refresh`, `status` over a real server: JSON, one line for people, exit status."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator

import pytest
from loopback import Site
from terminal import Terminal

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
        yield running


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


def test_nothing_but_failures_is_status_1(terminal: Terminal, site: Site) -> None:
    """
    Where every address fails, the status is 1, each failure is one line, and nothing is stored.
    """
    printed = terminal.run("corpus", "add", site.url("/none", "127.0.0.1"), "http://127.0.0.1:9/a", "--json")

    assert (printed.status, printed.document["applied"]) == (1, False)
    assert [one["code"] for one in printed.document["failed"]] == ["http_404", "address_refused"]
    assert printed.err.count("\n") == 2
    assert not (terminal.folder / "data").exists()


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
        [sys.executable, "-c", code], cwd=terminal.folder, env=terminal.environment(), capture_output=True, check=True
    )

    assert json.loads(done.stdout.splitlines()[-1]) == []
