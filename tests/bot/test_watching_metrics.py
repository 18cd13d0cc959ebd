"""What the running bot counts, as /metrics tells it over real sockets, and that no word of anybody is in it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import discord
import pytest
from discord.app_commands import Group
from discord_server import payloads
from discord_server.running import a_setting, connected_bot
from discord_server.server import DiscordServer
from discord_server.state import Interaction
from fakes_chat import answer, excerpt
from moderating import ADDED, ADMINISTRATOR, BY_ROLE, Record
from prometheus_client.parser import text_string_to_metric_families
from watched import Watched, WatchedService, numbers_in, somebody, watched_bot

from bot.chat.client import OnRecordClient, Patience
from bot.chat.watching.metrics import WORKS, Metrics
from bot.chat.watching.tally import OUTCOMES, VERBS, verb_of
from bot.chat.workshop import Outcome
from bot.curation import Report
from bot.curation.reports import ReportItem
from corpus.errors import BadDateError
from retrieval.models import (
    Answer,
    AskRequest,
    QuoteReply,
    QuoteRequest,
    Timeline,
    TimelineRequest,
    Verdict,
    VerifyRequest,
)

MARKER = "zqxmarkerzqx"
# Every label there is, and all that may stand in it.
LABELS = {
    "verb": set(VERBS),
    "outcome": {*OUTCOMES, "done", "refused", "failed", "cancelled", "ok", "limited", "dropped"},
    "work": set(WORKS),
    "state": {"running", "waiting"},
}


def line(verb: str, outcome: str = "answered") -> str:
    """The number of such interactions."""
    return f"onrecord_interactions_total outcome={outcome} verb={verb}"


async def in_public(bot: Watched) -> None:
    """Somebody mentions the bot."""
    await bot.server.reply_to(await bot.server.post(f"<@{payloads.BOT}> raids", author=somebody()))


async def press(bot: Watched, label: str, custom_id: str | None = None) -> Interaction:
    """A button below an answer."""
    shown = await bot.server.answer_to("ask", question="raids", by=somebody())
    return await bot.server.finished(await bot.server.press(shown, None if custom_id else label, custom_id=custom_id))


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("ask", {"question": "raids"}),
        ("quote", {"about": "raids"}),
        ("verify", {"text": "Night raids must end."}),
        ("timeline", {"about": "raids"}),
        ("statement", {}),
        ("help", {}),
    ],
)
async def test_commands_are_counted(command: str, options: dict[str, str]) -> None:
    """
    Each command is counted once with what became of it, and how long acknowledgement and answer took.
    """
    async with watched_bot() as bot:
        await bot.server.answer_to(command, **options)
        numbers = await bot.counted(line(command))

    assert {key for key in numbers if key.startswith("onrecord_interactions_total")} == {line(command)}
    for what in ("acknowledged", "finished"):
        assert numbers[f"onrecord_{what}_seconds_count verb={command}"] == 1
        assert 0 < numbers[f"onrecord_{what}_seconds_sum verb={command}"] < 60


@pytest.mark.parametrize(("label", "verb"), [("In context", "context"), ("Cite", "cite"), ("Share here", "share")])
async def test_buttons_are_counted(label: str, verb: str) -> None:
    """
    A button counts as what it is for.
    """
    async with watched_bot() as bot:
        await press(bot, label)
        await bot.counted(line(verb))


async def test_forms_are_counted() -> None:
    """
    A button that opens a form has answered with it.
    """
    async with watched_bot(moderator_channel_id=int(payloads.MODERATORS)) as bot:
        await press(bot, "Report")
        await bot.counted(line("report"))


async def test_menus_are_counted() -> None:
    """
    A menu on a message counts as the command that does the same.
    """
    async with watched_bot() as bot:
        message = await bot.server.post("Night raids must end.")
        for menu, verb in (("Verify this quote", "verify"), ("Find in the statements", "ask")):
            await bot.server.finished(await bot.server.use_menu(menu, message, by=somebody()))
            await bot.counted(line(verb))


async def test_messages_are_counted() -> None:
    """
    A mention is counted; what members write to each other is not.
    """
    async with watched_bot() as bot:
        await bot.server.post("raids?")
        await in_public(bot)
        numbers = await bot.counted(line("message"))

    assert sum(value for key, value in numbers.items() if key.startswith("onrecord_interactions_total")) == 1


class Finding(WatchedService):
    """Finds what the record would have: nothing, or only what is close."""

    def __init__(self, status: str, error: Exception | None = None) -> None:
        super().__init__(error=error)
        self._status = status

    def ask(self, request: AskRequest, **more: Any) -> Answer:
        """With that status."""
        if self._error:
            raise self._error
        found = [] if self._status == "none" else [excerpt()]
        return answer(*found, status=self._status, question=request.question, locale="en")

    def quote(self, request: QuoteRequest, **more: Any) -> QuoteReply:
        """Two people of that name, or nobody."""
        found = super().quote(request, **more)
        choices = () if self._status == "none" else ("Marta Quiroga", "Marta Quirós")
        return found.model_copy(update={"quotes": (), "total": 0, "choices": choices})

    def verify(self, request: VerifyRequest) -> Verdict:
        """Not in the record."""
        return Verdict(verdict="not_found", similarity=0.0, claimed=request.text, locale="en")

    def timeline(self, request: TimelineRequest, **more: Any) -> Timeline:
        """Nothing on it."""
        return super().timeline(request, **more).model_copy(update={"excerpts": (), "years": {}, "total": 0})


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("service", "command", "options", "outcome"),
    [
        (Finding("related"), "ask", {"question": "raids"}, "related"),
        (Finding("none"), "ask", {"question": "raids"}, "none"),
        (Finding("none"), "quote", {"about": "raids"}, "none"),
        (Finding("related"), "quote", {"speaker": "Marta"}, "related"),
        (Finding("none"), "verify", {"text": "Night raids must end."}, "none"),
        (Finding("none"), "timeline", {"about": "raids"}, "none"),
        (Finding("none"), "person", {"name_": "Marta Quiroga"}, "none"),
        (Finding("none"), "verify", {"text": "Raids"}, "refused"),  # too few words
        (Finding("none", BadDateError("soon")), "ask", {"question": "raids"}, "refused"),
        (Finding("none", ValueError("broken")), "ask", {"question": "raids"}, "failed"),
        (Finding("none", TimeoutError()), "ask", {"question": "raids"}, "too_slow"),
    ],
)
async def test_outcomes(service: Finding, command: str, options: dict[str, str], outcome: str) -> None:
    """
    What became of a command is counted as what the member read.
    """
    async with watched_bot(service) as bot:
        await bot.server.answer_to(command, **options)
        await bot.counted(line(command, outcome))


async def test_too_fast_is_counted() -> None:
    """
    Who has to wait a moment is counted apart from who is refused.
    """
    async with watched_bot() as bot:
        for _ in range(6):
            await bot.server.answer_to("ask", question="raids")
        await bot.counted(line("ask", "too_fast"))
        await bot.counted(line("ask"), 5)


async def test_refused_moderators_are_counted(tmp_path: Path) -> None:
    """
    Who may not moderate here is refused.
    """
    async with watched_bot(server_ids=payloads.GUILD, data_dir=tmp_path) as bot:
        await bot.server.finished(await bot.server.use_command("corpus status", by=ADMINISTRATOR))
        await bot.counted(line("status", "refused"))


@pytest.mark.thorough
async def test_given_up_search_keeps_its_outcome() -> None:
    """
    A search that was given up stays too slow, whatever it finds afterwards.
    """
    gate = threading.Event()
    async with DiscordServer() as server:
        patience = Patience(0.01, 0.01)
        async with connected_bot(server, WatchedService(gate=gate), patience=patience) as client:
            await server.answer_to("ask", question="slow raids")
            gate.set()
            numbers = await when_counted(client, line("ask", "too_slow"))

    assert line("ask") not in numbers


async def test_searches_are_counted() -> None:
    """
    How many searches run and wait is told while they do, and none are left in the end.
    """
    gate, announced = threading.Event(), asyncio.Event()
    running, waiting = ("onrecord_searches state=running", "onrecord_searches state=waiting")

    async def announce() -> None:
        announced.set()

    async with OnRecordClient(a_setting(), WatchedService(), patience=Patience(0.05, 30)) as client:
        tasks = [asyncio.create_task(client.run_blocking(gate.wait, when_slow=announce)) for _ in range(20)]
        await announced.wait()
        during = numbers_in(client.metrics.text().decode())
        # One that never ran.
        tasks.pop().cancel()
        await asyncio.sleep(0)
        gate.set()
        await asyncio.gather(*tasks)
        after = numbers_in(client.metrics.text().decode())

    assert (during[running], during[waiting]) == (16, 4)
    assert (after[running], after[waiting]) == (0, 0)


@pytest.mark.thorough
async def test_requests_are_counted() -> None:
    """
    Requests to Discord that fail, that have to wait and whose connection drops are told apart from those that succeed.
    """
    async with watched_bot() as bot:
        for kind in ("502", "429", "reset_before"):
            bot.server.faults.plan(kind, path="/callback")
        await bot.server.answer_to("ask", question="raids")
        numbers = await bot.numbers()

    counted = {kind: numbers[f"onrecord_discord_requests_total outcome={kind}"] for kind in ("failed", "limited")}
    assert counted == {"failed": 1, "limited": 1}
    # aiohttp may try a connection that was kept open once more by itself.
    assert numbers["onrecord_discord_requests_total outcome=dropped"] >= 1
    assert numbers["onrecord_discord_requests_total outcome=ok"] > 1


async def test_gateway_is_counted() -> None:
    """
    Sessions that were begun and taken up again are told.
    """
    async with watched_bot() as bot:
        await bot.server.drop_gateway()
        await bot.server.until(lambda: bot.server.resumed)
        numbers = await bot.counted("onrecord_gateway_resumed_total")

    assert (numbers["onrecord_gateway_identified_total"], numbers["onrecord_gateway_connected"]) == (1, 1)


ITEM = ReportItem(source="/valley", locator="a.txt", code="new")


@pytest.mark.parametrize(
    ("arguments", "outcome", "work", "ending"),
    [
        (["refresh"], Outcome(Report(generation=2, applied=True, added=(ITEM,)), False, False), "refresh", "done"),
        (["refresh"], Outcome(Report(generation=2, applied=False, failed=(ITEM,)), False, False), "refresh", "failed"),
        (["refresh"], Outcome(Report(generation=2, applied=True, failed=(ITEM,)), False, False), "refresh", "done"),
        (
            ["refresh"],
            Outcome(Report(generation=1, applied=False, refused="too_many_missing"), False, False),
            "refresh",
            "refused",
        ),
        (
            ["refresh", "--dry-run"],
            Outcome(Report(generation=1, applied=False, refused="dry_run"), False, False),
            "preview",
            "done",
        ),
        (["add", f"https://{MARKER}.example"], Outcome(None, False, True), "add", "refused"),
        (["rollback", "3"], Outcome(None, True, False), "rollback", "cancelled"),
        (["refresh"], Outcome(None, False, False), "refresh", "failed"),
        (["refresh"], None, "refresh", "failed"),  # no process could be started
        ([MARKER], None, "other", "failed"),
    ],
)
def test_work_is_counted(arguments: list[str], outcome: Outcome | None, work: str, ending: str) -> None:
    """
    Long work on the record is counted by how it ended, with its seconds.
    """
    metrics = Metrics()
    metrics.count_work(arguments, outcome, 12.0)
    numbers = numbers_in(metrics.text().decode())

    assert numbers[f"onrecord_work_total outcome={ending} work={work}"] == 1
    assert numbers[f"onrecord_work_seconds_sum work={work}"] == 12
    assert MARKER not in metrics.text().decode()


@pytest.mark.thorough
async def test_refresh_is_counted(tmp_path: Path) -> None:
    """
    A moderator's refresh is counted when its process has ended.
    """
    record = Record(tmp_path)
    async with DiscordServer() as server:
        settings = record.settings()
        async with connected_bot(server, record.service(), settings=settings) as client:
            await server.use_command("corpus refresh", by=BY_ROLE)
            numbers = await when_counted(client, "onrecord_work_seconds_count work=preview")

    assert numbers["onrecord_work_total outcome=done work=preview"] == 1


async def when_counted(client: OnRecordClient, line: str) -> dict[str, float]:
    """All numbers as soon as this one is there."""
    async with asyncio.timeout(60):
        while True:
            numbers = numbers_in(client.metrics.text().decode())
            if numbers.get(line):
                return numbers
            await asyncio.sleep(0.02)


@pytest.mark.thorough
async def test_failing_sources_are_counted(tmp_path: Path) -> None:
    """
    Sources that could not be read the last time are told.
    """
    record = Record(tmp_path)
    async with watched_bot(data_dir=record.data_dir) as bot:
        before = (await bot.numbers())["onrecord_record_sources_failing"]
        record.statements.rename(tmp_path / "elsewhere")
        record.curation.refresh(when=ADDED, by="test")
        after = (await bot.numbers())["onrecord_record_sources_failing"]

    assert (before, after) == (0, 1)


async def test_labels_are_from_lists() -> None:
    """
    Whatever is typed, pressed and fails, every label is one of ours and every value one of its list.
    """
    async with watched_bot(Finding("none", ValueError(MARKER)), server_ids=payloads.GUILD) as bot:
        shown = await bot.server.answer_to("ask", question=MARKER, speaker=MARKER, by=somebody())
        await bot.server.answer_to("person", name_=MARKER, by=somebody())
        await in_public(bot)
        await bot.server.finished(await bot.server.use_command("corpus hide", number=MARKER, reason=MARKER))
        await bot.counted(line("ask", "failed"))
        await bot.counted(line("hide", "refused"))
        _, text = await bot.get("/metrics")

    assert shown.text
    assert MARKER not in text
    for name, value in labels_in(text):
        assert value in LABELS[name], f"{name}={value}"


def labels_in(text: str) -> Iterator[tuple[str, str]]:
    """Every label and value, but for the bounds of histograms."""
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            yield from ((name, value) for name, value in sample.labels.items() if name != "le")


async def test_every_command_has_its_verb() -> None:
    """
    No command and no menu is counted as something else.
    """
    async with watched_bot() as bot:
        tree = bot.client.tree
        usable = [*tree.walk_commands(), *tree.walk_commands(type=discord.AppCommandType.message)]
    verbs = {command.qualified_name: verb_of(used(command)) for command in usable if not isinstance(command, Group)}

    assert len(verbs) > 10
    assert [name for name, verb in verbs.items() if verb == "other"] == []


def used(command: Any) -> Any:
    """An interaction as far as its verb is told by it."""
    return SimpleNamespace(type=discord.InteractionType.application_command, data={}, command=command)
