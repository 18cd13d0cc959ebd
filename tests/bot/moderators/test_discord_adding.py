"""
`/corpus add` takes an address or a file, says what it cannot add, and asks before an answer is lost.
"""

from __future__ import annotations

import os

import pytest
from discord_server.server import DiscordServer
from discord_server.uploads import Upload
from long_work import REPORT, pressed, running_program, used
from moderating import WELL, Record

from bot.chat.commands.adding import stored_name

# Loses a golden question unless that is accepted; what it was given stands in a file beside it.
LOST = '{"event":"report","generation":1,"applied":false,"refused":"golden_lost","lost":["well"]}'
LOSING = f"""import sys, pathlib
pathlib.Path(__file__).with_name("given").write_text("\\n".join(sys.argv[1:]))
print({REPORT!r} if "--accept-golden" in sys.argv else {LOST!r})
"""


@pytest.mark.thorough
async def test_addresses_are_read_by_the_rules(server: DiscordServer) -> None:
    """
    An address of a machine that is not public is refused, with the reason, and nothing is added.
    """
    shown = await used(server, "add", address="http://127.0.0.1:9/feed")

    each = await server.finished(await server.press(shown, "See each"))
    assert "!1 failed" in shown.text
    assert "127.0.0.1" in each.text


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({}, "Please give one thing: a file or an address."),
        ({"address": "ftp://a.example/x"}, "This is no address that can be read."),
        ({"address": "--json"}, "This is no address that can be read."),
    ],
)
async def test_what_cannot_be_added_is_said(server: DiscordServer, options: dict[str, str], said: str) -> None:
    """
    Nothing to add, or what is no address, is said at once.
    """
    shown = await used(server, "add", **options)

    assert shown.text.startswith(said)


@pytest.mark.thorough
async def test_files_are_added(record: Record, server: DiscordServer) -> None:
    """
    An attached file is kept beside the record, read, and read again by every later refresh.
    """
    shown = await used(server, "add", file=Upload("El.pozo.TXT", WELL.encode()))

    assert shown.text.startswith("Done: the record is at generation 2")
    assert record.curation.show("undated-002").title == "A word about the well"
    assert [path.name for path in (record.data_dir / "uploads").iterdir()] == ["El-pozo.txt"]
    assert record.actions()[0] == ("add", None, "", "discord:7100")


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("letter.txt", "letter.txt"),
        ("../../etc/letter.TXT", "etc-letter.txt"),
        ("Año nuevo.html", "Ano-nuevo.html"),
        ("-rf.txt", "rf.txt"),
        (".txt", "file.txt"),
        ("a\0b\n.md", "a-b.md"),
        ("letter", "letter"),
        ("x" * 300 + ".txt", "x" * 80 + ".txt"),
    ],
)
def test_stored_names(name: str, stored: str) -> None:
    """
    Whatever a file is called, it is stored in the folder of uploads, under a name that is no option and no path.
    """
    assert stored_name(name) == stored


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("file", "said"),
    [
        (Upload("photo.png", b"x"), "This kind of file is not read."),
        (Upload("large.txt", b"x" * (10 * 2**20 + 1)), "A file may have at most 10 MB."),
        (Upload("empty.txt", b" "), "Nothing was changed."),
    ],
)
async def test_files_that_are_not_added(record: Record, server: DiscordServer, file: Upload, said: str) -> None:
    """
    A file that cannot be a statement is said to be none, and is not kept.
    """
    shown = await used(server, "add", file=file)

    assert shown.text.startswith(said)
    assert record.curation.status().generation == 1
    assert list(record.data_dir.glob("uploads/*")) == []


@pytest.mark.thorough
async def test_addresses_that_lose_answers_are_asked_twice(record: Record) -> None:
    """
    The second question of an addition reads the address back from its own message.
    """
    address = "https://valley.example/__news__/of_all?page=1&x=_y_"
    async with running_program(record, LOSING) as (server, _):
        lost = await used(server, "add", address=address)
        question = lost.text
        await pressed(server, lost, "Apply anyway")

    assert question.startswith("1 golden question would no longer be answered as it is now: well.")
    assert (record.data_dir / "given").read_text().split("\n")[:4] == ["add", address, "--events", "--accept-golden"]


@pytest.mark.thorough
async def test_files_that_lose_answers_wait_a_day(record: Record) -> None:
    """
    A file waits for the second answer, and is gone when another one comes a day later without one.
    """
    uploads = record.data_dir / "uploads"
    async with running_program(record, LOSING) as (server, _):
        lost = await used(server, "add", file=Upload("el_pozo.txt", WELL.encode()), locale="es-ES")
        waiting = [path.name for path in uploads.iterdir()]
        await pressed(server, lost, "Aplicar de todos modos")
        given = (record.data_dir / "given").read_text().split("\n")
        await used(server, "add", file=Upload("late.txt", WELL.encode()))
        os.utime(uploads / "late.txt", (0, 0))
        later = await used(server, "add", file=Upload("next.txt", WELL.encode()))
        kept = [path.name for path in uploads.iterdir()]
        (uploads / "next.txt").unlink()
        gone = await server.finished(await server.press(later, "Apply anyway"))

    assert waiting == ["el_pozo.txt"]
    assert given[:4] == ["add", str(uploads / "el_pozo.txt"), "--events", "--accept-golden"]
    assert kept == ["next.txt"]
    assert gone.text == "This file is no longer kept. Please attach it again."
