"""
`/corpus refresh`, `rollback` and `add`, the whole way: real client, real sockets, a stored corpus, real processes.
"""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from discord_server.components import buttons, shown_text
from discord_server.payloads import MODERATORS, Person
from discord_server.running import connected_bot, running_bot
from discord_server.server import DiscordServer
from discord_server.state import Interaction
from discord_server.uploads import Upload
from moderating import ADDED, BY_ID, BY_ROLE, Record

from bot.chat.client import OnRecordClient
from bot.chat.commands.adding import stored_name
from bot.chat.workshop import Workshop
from bot.messages import say

WELL = "A word about the well\n\nThe well belongs to the people of the valley.\n"
# Tells how far it has come, then waits to be ended.
STEP = '{"event":"reading","done":1,"total":3,"source":null}'
REPORT = '{"event":"report","generation":1,"applied":false,"refused":"dry_run"}'
# Loses a golden question unless that is accepted; what it was given stands in a file beside it.
LOST = '{"event":"report","generation":1,"applied":false,"refused":"golden_lost","lost":["well"]}'
LOSING = f"""import sys, pathlib
pathlib.Path(__file__).with_name("given").write_text("\\n".join(sys.argv[1:]))
print({REPORT!r} if "--accept-golden" in sys.argv else {LOST!r})
"""
SLOW = f"import sys\nprint({STEP!r}, flush=True)\nsys.stdin.read()"


@pytest.fixture
def record(tmp_path: Path) -> Record:
    """Three statements."""
    return Record(tmp_path)


@pytest.fixture
async def server(record: Record) -> AsyncIterator[DiscordServer]:
    """Discord with the bot."""
    async with running_bot(record.service(), settings=record.settings()) as server:
        yield server


async def ended(server: DiscordServer, used: Interaction) -> Interaction:
    """Wait until the message follows no process any more."""
    running = {say("button_stop", "en"), say("button_stop", "es")}
    await server.until(
        lambda: used.message and (len(buttons(used.message)) != 1 or not running & set(buttons(used.message))), 30
    )
    return used


async def used(server: DiscordServer, name: str, *, by: Person = BY_ROLE, **options: object) -> Interaction:
    """What a command has shown in the end."""
    return await ended(server, await server.use_command(f"corpus {name}", by=by, **options))  # type: ignore[arg-type]


async def pressed(server: DiscordServer, shown: Interaction, label: str) -> Interaction:
    """What a button has shown in the end."""
    return await ended(server, await server.finished(await server.press(shown, label)))


async def test_refresh_shows_then_applies(record: Record, server: DiscordServer) -> None:
    """
    A refresh first shows what would change, each with its reason; "Apply" does it and names generation and time.
    """
    record.write("new.txt", WELL)
    record.write("letter.txt", "A letter about the night bus\n\nWe ask for a tram at night.\n")

    shown = await used(server, "refresh")
    preview, labels = shown.text, buttons(shown.message or {})
    each = await server.finished(await server.press(shown, "See each"))
    assert record.curation.status().generation == 1
    done = await pressed(server, shown, "Apply 2 changes")

    assert shown.ephemeral
    assert preview.splitlines()[1] == "+1 new · ~1 changed · −0 missing · =2 same · !0 failed"
    assert labels == ["Apply 2 changes", "See each", "Cancel"]
    assert each.ephemeral
    assert "\\+ undated-002 · " in each.text
    assert "new.txt · new" in each.text
    assert "undated-001 · " in each.text
    assert "letter.txt · words changed · " in each.text
    assert done.text.startswith("Done: the record is at generation 2 since ")
    assert " UTC." in done.text
    assert record.actions()[0] == ("refresh", None, "", "discord:7100")
    assert record.curation.show("undated-002").title == "A word about the well"


@pytest.mark.thorough
async def test_buttons_of_a_refresh_outlive_a_restart(record: Record) -> None:
    """
    What was shown can be read and applied after the bot was ended and started again; in Spanish, too.
    """
    record.write("new.txt", WELL)
    async with DiscordServer() as server:
        async with connected_bot(server, record.service(), settings=record.settings()):
            shown = await used(server, "refresh", locale="es-419")
        async with connected_bot(server, record.service(), settings=record.settings()):
            each = await server.finished(await server.press(shown, "Ver cada uno"))
            done = await pressed(server, shown, "Aplicar 1 cambio")
    assert len(server.syncs) == 1
    assert "new.txt · nuevo" in each.text
    assert done.text.startswith("Listo: el archivo está en la generación 2")
    assert server.violations == []


@pytest.mark.thorough
async def test_cancelled_before_it_was_applied(record: Record, server: DiscordServer) -> None:
    """
    After "Cancel" nothing was changed.
    """
    record.write("new.txt", WELL)

    shown = await pressed(server, await used(server, "refresh"), "Cancel")

    assert shown.text == "Nothing was changed."
    assert record.curation.status().generation == 1


@pytest.mark.thorough
async def test_many_missing_asks_twice(record: Record, server: DiscordServer) -> None:
    """
    Where more than a tenth would go missing, a second question comes before it is applied.
    """
    (record.statements / "letter.txt").unlink()

    shown = await used(server, "refresh")
    preview = shown.text
    sure = await server.finished(await server.press(shown, "Apply 1 change"))
    question, generation = sure.text, record.curation.status().generation
    done = await pressed(server, sure, "Apply anyway")

    assert "1 statement is no longer at its source: more than a tenth" in preview
    assert question.startswith("Apply although 1 statement is no longer at its source?")
    assert generation == 1
    assert done.text.startswith("Done: the record is at generation 2")
    assert record.curation.status().missing == 1


GOLDEN = '{"id": "walk", "question": "What does Nadia Ferrol say about the orchard?", "statement": "2013-001"}\n'


@pytest.mark.thorough
async def test_lost_golden_questions_ask_twice(record: Record, server: DiscordServer) -> None:
    """
    Where a golden question would be lost the moderator reads its id, not its words, and may apply it anyway; also
    where too much is missing besides.
    """
    (record.data_dir / "golden.jsonl").write_text(GOLDEN)
    record.write("walk.txt", "The walk is over\n\nEverybody went home on the evening train.\n")
    (record.statements / "letter.txt").unlink()

    shown = await used(server, "refresh")
    missing = await server.finished(await server.press(shown, "Apply 2 changes"))
    lost = await pressed(server, missing, "Apply anyway")
    question, labels, generation = lost.text, buttons(lost.message or {}), record.curation.status().generation
    done = await pressed(server, lost, "Apply anyway")

    assert question == (
        "1 golden question would no longer be answered as it is now: walk. Nothing is changed yet. Apply it anyway?"
    )
    assert labels == ["Apply anyway", "Cancel"]
    assert generation == 1
    assert done.text.startswith("Done: the record is at generation 2")


@pytest.mark.thorough
async def test_rollback_that_loses_answers_keeps_its_reason(record: Record, server: DiscordServer) -> None:
    """
    The second question of a rollback goes back to the same generation, for the same reason.
    """
    record.write("new.txt", WELL)
    record.curation.refresh(when=ADDED, by="terminal")
    (record.data_dir / "golden.jsonl").write_text('{"id": "well", "question": "To whom does the well belong?"}\n')

    shown = await used(server, "rollback", generation=1, reason="página equivocada", locale="es-ES")
    lost = await pressed(server, shown, "Volver atrás")
    question = lost.text
    done = await pressed(server, lost, "Aplicar de todos modos")

    assert question.startswith("1 pregunta de control ya no se respondería como ahora: well.")
    assert question.endswith("Motivo: página equivocada")
    assert done.text.startswith("Listo: el archivo está en la generación 3")
    assert record.actions()[0] == ("rollback", None, "página equivocada", "discord:7100")


@pytest.mark.thorough
async def test_unreadable_golden_questions_are_said(record: Record, server: DiscordServer) -> None:
    """
    A bad file of golden questions is not taken for an empty record.
    """
    (record.data_dir / "golden.jsonl").write_text("{")

    shown = await used(server, "refresh")

    assert shown.text.startswith("The file of golden questions cannot be read, so nothing was changed.")


@pytest.mark.thorough
async def test_nothing_changed(record: Record, server: DiscordServer) -> None:
    """
    Where nothing changed there is nothing to apply, and the sources count as read by now.
    """
    before = record.curation.status().sources[0].last_success
    shown = await used(server, "refresh")

    assert str(record.curation.status().sources[0].last_success) > str(before)

    assert shown.text.endswith("There is nothing to change.")
    assert buttons(shown.message or {}) == []


@pytest.mark.thorough
async def test_failures_are_listed(record: Record, server: DiscordServer) -> None:
    """
    What cannot be read is counted and listed with its reason.
    """
    record.write("hollow.txt", " ")

    shown = await used(server, "refresh")
    each = await server.finished(await server.press(shown, "See each"))

    assert "!1 failed" in shown.text
    assert "! hollow.txt · empty" in each.text.replace("\\", "")


@asynccontextmanager
async def running_program(record: Record, code: str) -> AsyncIterator[tuple[DiscordServer, OnRecordClient]]:
    """Discord with the bot, which runs this as every long work."""
    program = record.data_dir / "program.py"
    program.write_text(code)
    async with (
        DiscordServer() as server,
        connected_bot(server, record.service(), settings=record.settings()) as client,
    ):
        client.desk.workshop = Workshop(record.settings(), (sys.executable, str(program)))
        yield server, client
    assert server.violations == []


@pytest.mark.thorough
async def test_one_at_a_time(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    While one moderator refreshes and reads how far it is, a second one reads who it is and since when; "Cancel" ends
    that process.
    """
    monkeypatch.setattr("bot.chat.commands.refreshing._EDIT_S", 0)
    async with running_program(record, SLOW) as (server, client):
        running = await server.use_command("corpus refresh", by=BY_ROLE)
        await server.until(lambda: "Reading: 1 of 3." in running.text)
        second = await server.answer_to("corpus refresh", by=BY_ID)
        other = await server.answer_to("corpus rollback", by=BY_ID, generation=1, reason="x")
        await server.press(running, "Cancel")
        cancelled = await ended(server, running)
        await client.desk.finish(20)
        assert client.desk.workshop.job is None
    for told in (second, other):
        assert told.ephemeral
        assert told.text.startswith("<@7100> is working on the record since ")
    assert cancelled.text == "Cancelled. The record is at generation 1."


async def test_stopping_the_bot_ends_the_work(record: Record) -> None:
    """
    When the bot is told to stop, long work ends at once, and the moderator reads that it did.
    """
    async with running_program(record, SLOW) as (server, client):
        running = await server.use_command("corpus refresh", by=BY_ROLE)
        await server.until(lambda: running.message)
        await client.desk.finish(20)
        text = running.text

    assert text == "Cancelled. The record is at generation 1."


@pytest.mark.thorough
async def test_progress_is_drawn_seldom(record: Record) -> None:
    """
    However many steps there are, the message is changed at most once in two seconds.
    """
    steps = f"for _ in range(500): print({STEP!r})\nprint({REPORT!r})"
    async with running_program(record, steps) as (server, _):
        shown = await used(server, "refresh")
        edits = [request for request in server.requests if request.method == "PATCH"]

    assert shown.text.endswith("There is nothing to change.")
    assert len(edits) <= 2


@pytest.mark.thorough
async def test_late_ends_reach_the_moderators(record: Record) -> None:
    """
    What ends when its reply cannot be changed any more is told in the moderators' channel.
    """
    async with running_program(record, SLOW) as (server, client):
        running = await server.use_command("corpus refresh", by=BY_ROLE)
        await server.until(lambda: running.message)
        running.offset_s = 901
        client.desk.workshop.cancel()
        told = server.channels[MODERATORS].messages
        await server.until(lambda: told)

    assert shown_text(told[-1]) == "Cancelled. The record is at generation 1."


@pytest.mark.thorough
async def test_failures_of_the_process_are_told(record: Record) -> None:
    """
    Where the process fails, the moderator reads which generation the record is at.
    """
    async with running_program(record, "raise SystemExit(1)") as (server, _):
        shown = await used(server, "refresh")

    assert shown.text.startswith("This failed, and nothing was half done: the record is at generation 1.")


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


@pytest.mark.thorough
async def test_rollback_shows_then_goes_back(record: Record, server: DiscordServer) -> None:
    """
    A rollback first shows what it would take out; its button goes back.
    """
    record.write("new.txt", WELL)
    await pressed(server, await used(server, "refresh"), "Apply 1 change")

    shown = await used(server, "rollback", generation=1, reason="a *wrong* page <@7400>")
    preview = shown.text
    each = await server.finished(await server.press(shown, "See each"))
    assert record.curation.status().statements == 4
    done = await pressed(server, shown, "Roll back")

    assert preview.startswith("This is what going back to generation 1 would change.")
    assert preview.splitlines()[1].replace("\\", "") == "Reason: a *wrong* page"
    assert "×1 taken out" in preview
    assert "undated-002" in each.text
    assert done.text.startswith("Done: the record is at generation 3")
    assert record.actions()[0] == ("rollback", None, "a *wrong* page", "discord:7100")
    assert record.curation.status().statements == 3


@pytest.mark.thorough
async def test_unknown_generations_are_said(record: Record, server: DiscordServer) -> None:
    """
    A generation that there never was is said to be none.
    """
    shown = await used(server, "rollback", generation=9, reason="un error", locale="es-ES")

    assert shown.text == "No hay tal generación. /corpus cambios muestra cuáles hay."


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
