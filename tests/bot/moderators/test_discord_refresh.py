"""
`/corpus refresh` and `rollback` first show what would change, and do it when its button is pressed: real client, real
sockets, a stored corpus, real processes.
"""

from __future__ import annotations

import pytest
from discord_server.components import buttons
from discord_server.running import connected_bot
from discord_server.server import DiscordServer
from long_work import pressed, used
from moderating import ADDED, WELL, Record


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
async def test_unknown_generations_are_said(record: Record, server: DiscordServer) -> None:
    """
    A generation that there never was is said to be none.
    """
    shown = await used(server, "rollback", generation=9, reason="un error", locale="es-ES")

    assert shown.text == "No hay tal generación. /corpus cambios muestra cuáles hay."
