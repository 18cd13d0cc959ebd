"""The folder of a site: switched in one step, and nothing that is not ours is ever deleted."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from terminal import files_below

from bot.site.folder import MARKER, replacing
from corpus.errors import BusyError, StoreError, UsageError


def put(out: Path, **files: str) -> None:
    """Write a site of these files, their names without `.html`."""
    with replacing(out) as draft:
        for name, text in files.items():
            draft.write(f"en/{name}.html", text)


def pages(out: Path) -> dict[str, bytes]:
    """The files of a site, its marker aside."""
    return {name: content for name, content in files_below(out).items() if name != MARKER}


@pytest.fixture(params=[True, False], ids=["exchanged", "renamed"])
def out(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where a site is written, with and without a step that exchanges two names; nothing is left beside it."""
    if not request.param:
        monkeypatch.setattr(ctypes, "CDLL", lambda name: object())
    yield tmp_path / "sites" / "public"
    assert [one.name for one in (tmp_path / "sites").glob(".*")] == []


def test_a_new_site_takes_the_place_of_the_old_one(out: Path) -> None:
    """
    A folder that is missing is made; the next site replaces it, and no page of the old one is left.
    """
    put(out, lamps="old", pier="old")
    put(out, lamps="new")

    assert pages(out) == {"en/lamps.html": b"new"}


def test_an_empty_folder_is_used(out: Path) -> None:
    """
    A folder that is there and empty, folders in it included, is as good as none.
    """
    (out / "en").mkdir(parents=True)
    put(out, lamps="new")

    assert pages(out) == {"en/lamps.html": b"new"}


def test_a_failure_leaves_the_old_site(out: Path) -> None:
    """
    Where writing stops half-way, the old site stands as it was and nothing half-made is left.
    """
    put(out, lamps="old")
    before = files_below(out)

    def stop_half_way() -> None:
        with replacing(out) as draft:
            draft.write("en/lamps.html", "new")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        stop_half_way()

    assert files_below(out) == before


def test_the_old_site_stands_until_the_new_one_is_whole(out: Path) -> None:
    """
    While pages are written, readers see the old ones.
    """
    put(out, lamps="old")
    with replacing(out) as draft:
        draft.write("en/lamps.html", "new")
        seen = pages(out)

    assert seen == {"en/lamps.html": b"old"}


@pytest.mark.parametrize("foreign", ["letter.txt", "en/photo.html", ".hidden", "link"])
def test_files_of_others_are_never_touched(out: Path, foreign: str) -> None:
    """
    A folder in which anything stands that we did not write is left as it is, also where we wrote the rest.
    """
    put(out, lamps="old")
    if foreign == "link":
        (out / foreign).symlink_to(out.parent, target_is_directory=True)
    else:
        (out / foreign).write_text("mine")
    before = files_below(out)

    with pytest.raises(UsageError, match=f"public holds {foreign}, which onrecord site did not write"):
        put(out, lamps="new")

    assert files_below(out) == before


def test_a_folder_that_was_never_ours_is_refused(out: Path) -> None:
    """
    Without our marker everything in a folder is somebody else's.
    """
    out.mkdir(parents=True)
    (out / "thesis.txt").write_text("mine")

    with pytest.raises(UsageError, match=r"public holds thesis\.txt"):
        put(out, lamps="new")

    assert files_below(out) == {"thesis.txt": b"mine"}


def test_a_file_that_comes_while_we_write_is_kept(out: Path) -> None:
    """
    What somebody puts into the old site while the new one is written keeps it from being replaced.
    """
    put(out, lamps="old")

    with pytest.raises(UsageError, match=r"holds letter\.txt"), replacing(out):
        (out / "letter.txt").write_text("mine")

    assert pages(out) == {"en/lamps.html": b"old", "letter.txt": b"mine"}


def test_a_marker_names_nothing_outside(out: Path) -> None:
    """
    A marker that somebody filled with other places deletes nothing there.
    """
    put(out, lamps="old")
    (out.parent / "letter.txt").write_text("mine")
    with (out / MARKER).open("a") as marker:
        marker.write("../letter.txt\n")

    put(out, lamps="new")

    assert (out.parent / "letter.txt").read_text() == "mine"
    assert pages(out) == {"en/lamps.html": b"new"}


def test_a_file_is_no_folder(out: Path) -> None:
    """
    A file is not replaced by a folder.
    """
    out.parent.mkdir()
    out.write_text("mine")

    with pytest.raises(UsageError, match="public is a file"):
        put(out, lamps="new")

    assert out.read_text() == "mine"


def test_a_link_to_a_folder_stays_a_link(out: Path) -> None:
    """
    Where the name is a link, the site is written where it leads.
    """
    real = out.parent / "real"
    put(real, lamps="old")
    out.symlink_to(real, target_is_directory=True)
    put(out, lamps="new")

    assert out.is_symlink()
    assert pages(real) == {"en/lamps.html": b"new"}


def test_one_at_a_time(out: Path) -> None:
    """
    While one process writes a site, another one is told so and changes nothing.
    """
    with replacing(out) as draft:
        draft.write("en/lamps.html", "new")
        with pytest.raises(BusyError, match="Another process is writing a site into"):
            put(out, lamps="other")

    assert pages(out) == {"en/lamps.html": b"new"}


@pytest.mark.thorough
@pytest.mark.parametrize("is_renamed", [False, True])
def test_what_a_killed_process_left_is_tidied(tmp_path: Path, is_renamed: bool) -> None:
    """
    After a process was killed, between two renames too, the next one finds the old site and leaves no half of one.
    """
    out = tmp_path / "public"
    put(out, lamps="old")
    code = (
        "import os, sys; from pathlib import Path; from bot.site.folder import replacing\n"
        "with replacing(Path(sys.argv[1])) as draft: draft.write('en/pier.html', 'half'); os._exit(9)\n"
    )
    ended = subprocess.run([sys.executable, "-c", code, out], check=False)
    assert ended.returncode == 9
    assert pages(out.with_name(".public.partial")) == {"en/pier.html": b"half"}
    if is_renamed:
        out.rename(out.with_name(".public.before"))

    with pytest.raises(ZeroDivisionError), replacing(out):
        raise ZeroDivisionError

    assert files_below(tmp_path).keys() == {"public/en/lamps.html", f"public/{MARKER}"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written(out: Path) -> None:
    """
    Where nothing may be written the error is one line with the folder and the reason.
    """
    out.parent.mkdir(mode=0o500)

    with pytest.raises(StoreError, match=r"public cannot be written \(Permission denied\)\. Nothing was changed\."):
        put(out, lamps="new")


def test_a_full_disk_changes_nothing(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Where the disk is full the error says so, and the old site stands.
    """
    put(out, lamps="old")

    with pytest.raises(StoreError, match=r"public cannot be written \(No space left on device\)\."), replacing(out):
        raise OSError(28, "No space left on device")

    assert pages(out) == {"en/lamps.html": b"old"}
