"""
When there is less to say than was asked for: each state in words that people understand, in both languages.
"""

from __future__ import annotations

import datetime as dt

import pytest
from discord_server import payloads
from discord_server.components import buttons, shown_text
from discord_server.running import a_setting, running_bot
from factories import statement
from fakes_chat import FakeService, answer, excerpt

from bot.service import Service
from corpus.errors import BusyError, StaleIndexError, StoreError
from retrieval.models import Answer, AskRequest

STATEMENTS = [
    statement(
        "Night raids in the valley must end, writes the network. Nobody sleeps.", id="2012-001", date="2012-03-01"
    ),
    statement("The night raids go on, and the network asks for an answer.", id="2019-001", date="2019-05-02"),
]
REFERRALS = {"referral_en": "Call 1-800-555-0142.", "referral_es": "Llame al 1-800-555-0142."}


class Saying(FakeService):
    """Answers everything in one way."""

    def __init__(self, **said: object) -> None:
        super().__init__()
        self._said = said

    def ask(self, request: AskRequest, *, today: dt.date) -> Answer:
        """That answer, in the asker's language."""
        return answer(excerpt(), question=request.question, locale=request.locale or "en", **self._said)


@pytest.mark.parametrize(
    ("said", "locale", "words"),
    [
        ({"status": "related"}, "en-US", "Nothing answers this directly. The closest passages are below."),
        ({"status": "related"}, "es-419", "Nada responde directamente. Abajo están los pasajes más cercanos."),
        ({"corrected": {"raidds": "raids"}}, "en-US", "Read “raidds” as “raids”."),
        ({"corrected": {"redads": "redadas"}}, "es-419", "Se leyó «redads» como «redadas»."),
    ],
)
async def test_what_was_found_is_called_what_it_is(said: dict[str, object], locale: str, words: str) -> None:
    """
    Passages that are only close are called so, and a word that was read as another one is named.
    """
    async with running_bot(Saying(**said)) as server:
        shown = await server.answer_to("ask", locale=locale, question="raids")

    assert words in shown.text
    assert "Night raids must end." in shown.text


@pytest.mark.parametrize(
    ("question", "locale", "words"),
    [
        ("zeppelin tariffs and night raids", "en-US", ["The statements do not answer this.", "Not found: zeppelin"]),
        ("aranceles de zepelines", "es-ES", ["Los comunicados no responden a esto.", "No aparece: aranceles"]),
        ("night raids in 1998", "en-US", ["The statements run from March 1, 2012 to May 2, 2019."]),
        ("night raids en 1998", "es-ES", ["Los comunicados van de 1 de marzo de 2012 a 2 de mayo de 2019."]),
        ("Can I stay after the night raids?", "en-US", ["It cannot advise on a case.", "Call 1-800-555-0142."]),
        ("¿Puedo quedarme con mi permiso?", "es-ES", ["No puede aconsejar sobre un caso.", "Llame al 1-800-555-0142."]),
    ],
)
async def test_silence_is_explained(question: str, locale: str, words: list[str]) -> None:
    """
    Nothing found, dates outside of the record, a case of one's own: each is said, with what can be done.
    """
    async with running_bot(Service.of(STATEMENTS), settings=a_setting(**REFERRALS)) as server:
        shown = await server.answer_to("ask", locale=locale, question=question)

    for expected in words:
        assert expected in shown.text
    assert shown.ephemeral


@pytest.mark.parametrize("error", [StoreError("damaged"), StaleIndexError("another generation")])
@pytest.mark.parametrize(
    ("locale", "words"),
    [("en-US", "The record is being rebuilt."), ("es-419", "El archivo se está reconstruyendo.")],
)
async def test_rebuilding_is_said(error: Exception, locale: str, words: str) -> None:
    """
    While the record cannot be read members hear so, by command and below a mention.
    """
    async with running_bot(FakeService(error=error)) as server:
        shown = await server.answer_to("ask", locale=locale, question="raids")
        reply = await server.reply_to(await server.post(f"<@{payloads.BOT}> raids"))

    assert shown.text.startswith(words)
    assert shown_text(reply).startswith("The record is being rebuilt.")


async def test_somebody_else_is_named_as_the_reason() -> None:
    """
    A change that has to wait for another one says so, and not that anything is broken.
    """
    async with running_bot(FakeService(error=BusyError("Process 7 is writing."))) as server:
        shown = await server.answer_to("ask", question="raids")

    assert shown.text.startswith("Somebody else is changing the record right now.")


@pytest.mark.thorough
async def test_undated_statements_can_be_shown() -> None:
    """
    Where a date leaves out statements that have none, one press shows them.
    """
    undated = statement("Night raids are wrong, says a letter on the wall.", id="undated-001", date=None)
    async with running_bot(Service.of([*STATEMENTS, undated])) as server:
        shown = await server.answer_to("ask", question="night raids letter", from_="2018")
        said, labels = shown.text, buttons(shown.message or {})
        again = await server.finished(await server.press(shown, "Any date"))

    assert "1 statement on this carries no date" in said
    assert "Any date" in labels
    assert "undated-001" in again.text
