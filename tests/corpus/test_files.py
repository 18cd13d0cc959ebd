"""Files and folders: what is found, under which name, and what is said where nothing is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from corpus.errors import UnreadableError
from corpus.models import Reading
from corpus.sources.files import MAX_BYTES, FoundFile, find_files, read_file, read_paths


def write(folder: Path, *files: str) -> Path:
    """Files that hold their own name."""
    for file in files:
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"This is {file}.")
    return folder


def read(data: bytes, file: str) -> Reading:
    """A reader that takes everything but the word "broken"."""
    if b"broken" in data:
        raise UnreadableError(file, "bad_format", f"{file} is broken.")
    return Reading(file=file, title=file, text=data.decode())


def names(*paths: Path) -> list[str]:
    """What is found, by the name under which it is shown."""
    return [found.file for found in find_files(paths)]


def test_folder_is_read_to_its_depth(tmp_path: Path) -> None:
    """
    In a folder every readable file counts, at any depth, sorted, named by its path below the folder.
    """
    write(tmp_path, "b.txt", "a.md", "2014/c.html", "2014/may/d.HTM", "e.markdown")

    assert names(tmp_path) == ["2014/c.html", "2014/may/d.HTM", "a.md", "b.txt", "e.markdown"]


@pytest.mark.parametrize(
    "file",
    [
        ".hidden.txt",  # hidden
        ".git/notes.txt",  # in a hidden folder
        "photo.jpg",  # of another format
        "notes",  # no suffix
        "README.md",  # about the folder
        "readme.txt",
        "letter.txt~",  # an editor's copy
    ],
)
def test_folder_leaves_out(tmp_path: Path, file: str) -> None:
    """
    Hidden files, other formats and a README are no statements of a folder.
    """
    write(tmp_path, "a.txt", file)

    assert names(tmp_path) == ["a.txt"]


def test_single_file_keeps_its_name(tmp_path: Path) -> None:
    """
    A file that is named itself is known by its name, without its folder; a README or hidden file too.
    """
    write(tmp_path, "2014/a.txt", "README.md", ".hidden.txt")

    found = find_files([tmp_path / "2014/a.txt", tmp_path / "README.md", tmp_path / ".hidden.txt"])

    assert found[0] == FoundFile(tmp_path.resolve() / "2014/a.txt", "a.txt")
    assert [file for _, file in found] == ["a.txt", "README.md", ".hidden.txt"]


def test_file_reached_twice_is_found_once(tmp_path: Path) -> None:
    """
    A file that is named, and lies in a folder that is named, is one file.
    """
    write(tmp_path, "a.txt", "b.txt")

    assert names(tmp_path, tmp_path / "a.txt", tmp_path / "../" / tmp_path.name) == ["a.txt", "b.txt"]


def test_links_lead_in_no_circle(tmp_path: Path) -> None:
    """
    Links to folders, to nothing and to themselves end nothing and repeat nothing; a linked file is a file.
    """
    write(tmp_path / "corpus", "2014/a.txt")
    write(tmp_path / "outside", "b.txt")
    (tmp_path / "corpus/2014/again").symlink_to(tmp_path / "corpus")
    (tmp_path / "corpus/gone.txt").symlink_to(tmp_path / "nowhere.txt")
    (tmp_path / "corpus/self.txt").symlink_to(tmp_path / "corpus/self.txt")
    (tmp_path / "corpus/b.txt").symlink_to(tmp_path / "outside/b.txt")

    assert names(tmp_path / "corpus") == ["2014/a.txt", "b.txt"]


def test_name_that_is_no_unicode(tmp_path: Path) -> None:
    """
    A file name in another encoding is shown with its odd bytes spelled out, and is still read.
    """
    (tmp_path / os.fsdecode(b"a\xf1o.txt")).write_text("This year.")

    [found] = find_files([tmp_path])

    assert found.file == "a\\xf1o.txt"
    assert read_file(found, read).text == "This year."


@pytest.mark.parametrize(
    ("path", "code", "message"),
    [
        ("missing.txt", "not_found", 'missing.txt" does not exist. Name a file or a folder.'),
        ("missing", "not_found", "does not exist"),
        ("photo.jpg", "bad_format", 'photo.jpg" is of no format that can be read. Readable: .txt, .md'),
        ("pipe.txt", "bad_format", "is of no format"),  # opening it would wait for ever
        ("x" * 5_000, "not_readable", "File name too long"),
        (os.fsdecode(b"a\xf1o.txt"), "not_found", 'a\\xf1o.txt" does not exist'),
        ("empty", "empty", 'empty" holds no statements'),
        ("pictures", "empty", "holds no statements"),
    ],
)
def test_path_without_statements(tmp_path: Path, path: str, code: str, message: str) -> None:
    """
    A path that holds no statements is answered in one line: which one, why, and what would do.
    """
    write(tmp_path, "photo.jpg", "pictures/photo.jpg", "empty/.hidden.txt")
    os.mkfifo(tmp_path / "pipe.txt")

    with pytest.raises(UnreadableError) as caught:
        find_files([tmp_path / path])

    assert caught.value.code == code
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_file_too_large(tmp_path: Path) -> None:
    """
    A file over the limit is refused before it is read into memory.
    """
    with (tmp_path / "large.txt").open("wb") as file:
        file.truncate(MAX_BYTES + 1)

    with pytest.raises(UnreadableError, match="larger than 64 MiB") as caught:
        read_file(find_files([tmp_path])[0], read)
    assert caught.value.code == "too_large"


def test_file_gone_meanwhile(tmp_path: Path) -> None:
    """
    A file that was found and is gone when it is read gives one line.
    """
    [found] = find_files([write(tmp_path, "a.txt")])
    found.path.unlink()

    with pytest.raises(UnreadableError, match=r"a\.txt cannot be read: No such file"):
        read_file(found, read)


def test_bad_file_does_not_stop_the_rest(tmp_path: Path) -> None:
    """
    Reading several files goes on after one that cannot be read, in order.
    """
    write(tmp_path, "a.txt", "broken.txt", "c.txt")

    outcomes = list(read_paths([tmp_path / "missing.txt", tmp_path], read))

    assert [type(outcome) for outcome in outcomes] == [UnreadableError, Reading, UnreadableError, Reading]
    assert [outcome.file for outcome in outcomes if isinstance(outcome, Reading)] == ["a.txt", "c.txt"]
