"""
From an answer to the public site: the links in Discord and in the terminal lead to the very paragraph.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from discord_server.components import links
from discord_server.running import a_setting, running_bot
from sites import PUBLIC_URL, paragraphs, parse, words_of
from terminal import Terminal

from bot.answering import ServiceProcess
from bot.curation import Curation
from bot.settings import Settings
from bot.site import open_record, write_site

SAID = "Night ferries must run until the last shift ends"
STATEMENTS = {
    "ferries.txt": f"""\
Harbor Lights Network on the night ferries

PORT ALDER, 10 September 2014 – Harbor Lights Network spoke about the ferries of Port Alder today.

“{SAID},” said Marta Quiroga, Executive Director of Harbor Lights Network.

The network asks the county for a new timetable.
""",
    "bridge.html": """\
<html><head><title>Harbor Lights Network on the bridge</title>
<link rel="canonical" href="https://lights.example/bridge"></head><body><article>
<h1>Harbor Lights Network on the bridge</h1>
<p>PORT ALDER, 3 May 2016 – Harbor Lights Network spoke about the bridge of Port Alder today.</p>
<p>“The drawbridge must open for fishermen at dawn,” said Marta Quiroga, director of Harbor Lights Network.</p>
</article></body></html>
""",
}
QUESTION = "What did Quiroga say about night ferries?"
ADDRESS = re.compile(re.escape(PUBLIC_URL) + r"/[\w./-]+#p\d+")


class Published(NamedTuple):
    """A record and where its site was written."""

    settings: Settings
    site: Path

    def paragraph(self, address: str) -> str:
        """The paragraph that an address of the public site leads to."""
        path, _, anchor = address.removeprefix(f"{PUBLIC_URL}/").partition("#")
        return paragraphs(parse((self.site / path).read_bytes()))[anchor]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """Two invented statements, stored; one has an address of its own."""
    folder: Path = tmp_path_factory.mktemp("published")
    (folder / "statements").mkdir()
    for name, text in STATEMENTS.items():
        (folder / "statements" / name).write_text(text, "utf-8")
    settings = a_setting(data_dir=folder / "data", public_url=f"{PUBLIC_URL}/")
    Curation(settings.data_dir).add([folder / "statements"], when=dt.date(2024, 5, 1), by="tester")
    write_site(open_record(settings), folder / "site", settings.public_url)
    return Published(settings, folder / "site")


@pytest.fixture(scope="module")
def service(published: Published) -> Iterator[ServiceProcess]:
    """The record as the running bot holds it."""
    with ServiceProcess(published.settings) as service:
        yield service


@pytest.mark.thorough
@pytest.mark.parametrize(("locale", "folder"), [("en-US", "en"), ("es-419", "es")])
async def test_the_source_button_leads_to_the_paragraph(
    published: Published, service: ServiceProcess, locale: str, folder: str
) -> None:
    """
    The button below an answer opens the page of the statement in the reader's language, at the paragraph that holds
    the words that were shown.
    """
    async with running_bot(service, settings=published.settings) as server:
        answer = await server.answer_to("ask", locale=locale, question=QUESTION)
        (address,) = links(answer.message or {}).values()

    assert address == f"{PUBLIC_URL}/{folder}/s/2014-001.html#p3"
    assert SAID in answer.text.replace("**", "")
    assert f"“{SAID},” said Marta Quiroga" in published.paragraph(address)


@pytest.mark.thorough
async def test_citations_lead_to_the_paragraph(published: Published, service: ServiceProcess) -> None:
    """
    Every form of a citation in Discord holds the address of the paragraph, which holds the words.
    """
    async with running_bot(service, settings=published.settings) as server:
        cited = await server.finished(await server.press(await server.answer_to("ask", question=QUESTION), "Cite"))

    addresses = ADDRESS.findall(cited.text)
    assert len(addresses) == 4
    assert all(SAID in published.paragraph(address) for address in addresses)


async def test_a_whole_statement_leads_to_its_page(published: Published, service: ServiceProcess) -> None:
    """
    Below a statement in Discord the same button opens its page.
    """
    async with running_bot(service, settings=published.settings) as server:
        shown = await server.answer_to("statement", title="2014-001")

    assert links(shown.message or {}) == {"Source": f"{PUBLIC_URL}/en/s/2014-001.html"}


async def test_an_address_of_its_own_is_kept(published: Published, service: ServiceProcess) -> None:
    """
    A statement that stands on the web is linked there, at the very words, and not to its copy.
    """
    async with running_bot(service, settings=published.settings) as server:
        answer = await server.answer_to("ask", question="What did Quiroga say about the drawbridge?")

    (address,) = links(answer.message or {}).values()
    assert address.startswith("https://lights.example/bridge#:~:text=")


async def test_without_a_site_there_is_no_button(published: Published, service: ServiceProcess) -> None:
    """
    Where no public site is set, words without an address have no button that opens one.
    """
    settings = a_setting(data_dir=published.settings.data_dir)
    async with running_bot(service, settings=settings) as server:
        answer = await server.answer_to("ask", question=QUESTION)

    assert links(answer.message or {}) == {}


@pytest.mark.parametrize(
    ("arguments", "count"),
    [
        (("ask", "--cite", "mla", QUESTION), 2),
        (("quote", "--about", "night ferries", "--cite", "apa"), 2),
        (("verify", SAID), 1),
        (("timeline", "night ferries", "--cite", "plain"), 4),  # two passages
        (("person", "Quiroga", "-n", "2"), 1),  # the other one has an address of its own
    ],
)
def test_the_terminal_prints_the_address(
    published: Published, terminal: Terminal, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], count: int
) -> None:
    """
    Every command that shows words prints where they can be read, and cites it; the words stand there.
    """
    monkeypatch.setenv("ONRECORD_DATA_DIR", str(published.settings.data_dir))
    monkeypatch.setenv("ONRECORD_PUBLIC_URL", PUBLIC_URL)
    printed = terminal.run(*arguments).out

    addresses = ADDRESS.findall(printed)
    assert len(addresses) == count
    assert all("ight ferries" in published.paragraph(address) for address in addresses)


def test_json_keeps_its_keys(published: Published, terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    In JSON the address of a statement stays the one it was published at, `null` without one.
    """
    monkeypatch.setenv("ONRECORD_DATA_DIR", str(published.settings.data_dir))
    monkeypatch.setenv("ONRECORD_PUBLIC_URL", PUBLIC_URL)

    (excerpt,) = terminal.run("ask", "--json", QUESTION).document["excerpts"]
    assert excerpt["statement"]["url"] is None
    whole = terminal.run("statement", "2014-001")
    assert f"{PUBLIC_URL}/en/s/2014-001.html\n" in whole.out


def test_the_page_says_where_the_original_stands(published: Published) -> None:
    """
    The page of a statement that has an address of its own links to it.
    """
    page = parse((published.site / "en" / "s" / "2016-001.html").read_bytes())

    assert [words_of(one) for one in page.xpath("//a[@class='out']")] == ["lights.example ↗"]
