"""
What members see: fits Discord, and the published words stay as they were published.

`REWRITE_GOLDEN=1 script/test tests/bot/test_cards.py` writes the golden cards anew; read the difference as prose.
"""

from __future__ import annotations

import datetime as dt
import time

import pytest
from card_reading import SCENES, check_fits, check_golden, nasty, short, texts, visible
from fakes_chat import answer, cited, excerpt
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.card import Card
from bot.chat.cards.answer import answer_card
from bot.chat.cards.notices import notice
from bot.chat.markdown import block_quote, escape, quoted_in
from bot.chat.presses import SearchPress
from corpus.models import Span, Speaker
from retrieval.models import Answer, AskRequest, Coverage, Excerpt, Filters, Note


def card_of(found: Answer, *, private: bool) -> Card:
    """The card of an answer; a private one with every button that there can be."""
    press = SearchPress("ask", found.locale) if private else None
    return answer_card(found, AskRequest(question=found.question), SCENES[private], press)


@st.composite
def _excerpts(draw: st.DrawFn) -> Excerpt:
    text = draw(nasty)
    ends = st.integers(0, len(text))
    spans = [Span(*sorted(pair)) for pair in draw(st.lists(st.tuples(ends, ends), max_size=4))]
    name = st.none() | short
    speaker = st.builds(Speaker, name=short, title=name, organization=name, printed=short)
    return excerpt(
        text,
        highlights=tuple(sorted(spans)),
        cut=draw(st.booleans()),
        kind=draw(st.sampled_from(["body", "about", "wrapper"])),
        issuer=tuple(draw(st.lists(name, max_size=5))),
        speaker=draw(st.none() | speaker),
        statement=cited(
            id=draw(short),
            title=draw(short),
            organizations=tuple(draw(st.lists(name, max_size=5))),
            language=draw(st.sampled_from(["en", "es", "und"])),
            date=draw(st.sampled_from([None, "2012", "2012-11", "2012-11-08"])),
        ),
    )


@st.composite
def _answers(draw: st.DrawFn) -> Answer:
    excerpts = draw(st.lists(_excerpts(), max_size=4))
    words = st.lists(short, max_size=4).map(tuple)
    return answer(
        *excerpts,
        question=draw(short),
        status=draw(st.sampled_from(["answered", "related"])) if excerpts else "none",
        locale=draw(st.sampled_from(["en", "es"])),
        total=draw(st.integers(0, 10**6)),
        filters=Filters(speaker=draw(st.none() | short), organization=draw(st.none() | short), order="newest"),
        coverage=Coverage(found=draw(words), missing=draw(words)),
        corrected=draw(st.dictionaries(short, short, max_size=2)),
        bridged=draw(st.dictionaries(short, words, max_size=2)),
        notes=tuple(Note(code="speaker_unknown", values={"name": name}) for name in draw(words)),
        years=draw(st.dictionaries(st.integers(1900, 2100).map(str), st.integers(0, 10**6), max_size=200)),
        undated=draw(st.integers(0, 10**6)),
        retry=tuple({"without": words} for words in draw(st.lists(short, max_size=2))),
    )


@pytest.mark.thorough
@given(nasty, st.lists(st.tuples(st.integers(0, 600), st.integers(0, 600)), max_size=5))
def test_quoted_words_stay_verbatim(text: str, pairs: list[tuple[int, int]]) -> None:
    """
    Whatever the published words are, what Discord shows of the block quote is exactly these words.
    """
    spans = [Span(*sorted(pair)) for pair in pairs]

    assert visible(block_quote(text, spans)) == text
    assert quoted_in(f"Above\n{block_quote(text, spans)}\nbelow") == text


@pytest.mark.thorough
@given(_answers(), st.booleans())
def test_every_card_fits(found: Answer, private: bool) -> None:
    """
    A card fits one message, shows at least one passage where there is one, and shows only whole passages.
    """
    card = card_of(found, private=private)

    check_fits(card)
    shown = texts(card)
    passages = shown[1:-1]
    assert bool(passages) == bool(found.excerpts)
    for text, one in zip(passages, found.excerpts, strict=False):
        assert block_quote(one.text, one.highlights) in text


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        ("We won’t go back.", "We won’t go back."),  # nothing to escape
        ("**Bold** and _thin_", r"\*\*Bold\*\* and \_thin\_"),
        ("Thanks @everyone <@123> <#4> <@&5>", r"Thanks \@everyone \<\@123\> \<\#4\> \<\@&5\>"),
        ("https://example.org/a_b", r"https\://example.org/a\_b"),  # as a link, Discord would show the backslash
        ("# Heading", r"\# Heading"),
        ("2014. A year", r"2014\. A year"),  # a list, which Discord would number anew
        ("- item\n+ item\n* item", "\\- item\n\\+ item\n\\* item"),
        ("well-known 3.5", "well-known 3.5"),
        ("She said: “No.” :smile:", r"She said: “No.” \:smile:"),
        ("[text](https://example.org)", r"\[text\](https\://example.org)"),
        ("||secret|| `code` ~~old~~", r"\|\|secret\|\| \`code\` \~\~old\~\~"),
        ("C:\\temp", r"C\:\\temp"),
    ],
)
def test_marks_are_escaped(published: str, shown: str) -> None:
    """
    What Discord would read as a mark, a mention, a link or an emoji gets a backslash; nothing else does.
    """
    assert escape(published) == shown


@pytest.mark.parametrize(
    ("text", "spans", "shown"),
    [
        ("raids must end", [(0, 5)], "> **raids** must end"),
        ("raids must end", [(0, 5), (5, 10)], "> **raids must** end"),  # two that touch would show their marks
        ("raids\nmust end", [(0, 10)], "> **raids**\n> **must** end"),  # bold does not cross a line
        ("raids\n\nend", [(3, 8)], "> rai**ds**\n> \n> **e**nd"),
        ("*raids*", [(0, 7)], r"> **\*raids\***"),
        ("raids", [(2, 2)], "> raids"),
    ],
)
def test_matched_words_are_bold(text: str, spans: list[tuple[int, int]], shown: str) -> None:
    """
    Matched words are bold, line by line, and no stray mark is seen.
    """
    assert block_quote(text, [Span(*span) for span in spans]) == shown


def _golden_cards() -> dict[str, Card]:
    speaker = Speaker(
        name="Marta Quiroga", title="Executive Director", organization="Puente Claro Network", printed="she"
    )
    spoken = excerpt("“Night raids must end,” she said. “Nobody sleeps.”", highlights=(Span(1, 12),), speaker=speaker)
    coalition = cited(
        missing_since="2024-05-01",
        id="undated-002",
        title="Carta abierta: ni una familia menos",
        organizations=("Alianza del Valle", None, "Casa Laurel", "Red Tecolote", "Foro Mesa"),
        language="es",
        date=None,
        date_precision="none",
    )
    letter = excerpt(
        "Pedimos *un alto* a las redadas.\n@everyone, escriban.",
        rank=2,
        paragraph=1,
        highlights=(Span(23, 31),),
        issuer=coalition.organizations,
        statement=coalition,
    )
    wrapped = excerpt("A reader sent us this release.", rank=3, kind="wrapper", issuer=(), paragraph=1)
    about = excerpt(
        "Puente Claro Network is a network of 12 groups",
        rank=1,
        kind="about",
        cut=True,
        statement=cited(date="2012-11", date_precision="month", title="On " + "many words " * 20),
    )
    filters = Filters(
        since=dt.date(2010, 1, 1),
        until=dt.date(2014, 12, 31),
        speaker="Marta Quiroga",
        organization="Puente Claro Network",
    )
    return {
        "answered_en": card_of(
            answer(
                spoken,
                letter,
                wrapped,
                question="What about raids @everyone?",
                total=11,
                filters=filters,
                corrected={"raidds": "raids"},
                bridged={"raids": ("redadas", "redada")},
            ),
            private=True,
        ),
        "related_es": card_of(
            answer(
                about,
                status="related",
                locale="es",
                question="¿Qué es la red?",
                filters=Filters(language="en", order="newest"),
                coverage=Coverage(found=("red",), missing=("lotería de visas",)),
                notes=(Note(code="undated_left_out", values={"count": 2}),),
            ),
            private=True,
        ),
        "none_en": card_of(
            answer(question="visa lottery in TPS", coverage=Coverage(found=("TPS",), missing=("visa", "lottery"))),
            private=False,
        ),
        "counted_es": card_of(
            answer(letter, locale="es", years={"2011": 3, "2012": 0, "2014": 1}, undated=1), private=False
        ),
        "retry_en": card_of(
            answer(
                retry=({"drop": "dates"}, {"drop": "speaker"}, {"drop": "language"}, {"without": "*visa* lottery"}),
                notes=(Note(code="followup_missing"), Note(code="side_empty", values={"name": "Casa *Laurel*"})),
            ),
            private=True,
        ),
        "retry_es": card_of(
            answer(about, status="related", locale="es", retry=({"drop": "organization"}, {"drop": "dates"})),
            private=False,
        ),
        "notices": Card(
            (
                *notice("too_fast", "en", count=8).blocks,
                *notice("too_fast", "es", count=1).blocks,
                *notice("bad_date", "en", words="*soon*").blocks,
                *notice("our_fault", "es", code="7F3A").blocks,
            )
        ),
    }


@pytest.mark.parametrize("name", sorted(_golden_cards()))
def test_cards_read_as_written(name: str) -> None:
    """
    The words and their order on a card are those of its golden file.
    """
    check_golden(name, _golden_cards()[name])


def test_fewer_passages_are_counted() -> None:
    """
    Where three long passages do not fit, two are shown whole and the first line says two.
    """
    long = "*" * 600

    card = card_of(answer(excerpt(long), excerpt(long), excerpt(long), total=9), private=True)

    shown = texts(card)
    assert len(shown) == 4
    assert "On the record: 2 of 9 passages" in shown[0]
    assert all(visible(text.split("\n**Puente")[0]) == long for text in shown[1:3])


def test_only_private_cards_repeat_the_question() -> None:
    """
    In a channel nobody reads what was asked, nor that only they can see the reply.
    """
    found = answer(excerpt(), question="What about raids?")

    private, public = (card_of(found, private=private).text for private in (True, False))

    assert "You asked: “What about raids?”" in private
    assert "Only you can see this." in private
    assert "You asked" not in public
    assert "Only you" not in public


@pytest.mark.parametrize("text", ["*" * 100_000, "\n" * 100_000, "1" * 100_000, "> " * 50_000, " " * 99_999 + "-"])
def test_long_texts_are_quick(text: str) -> None:
    """
    No text makes the card slow, however it is made.
    """
    started = time.perf_counter()

    block_quote(text, [Span(0, len(text))])

    assert time.perf_counter() - started < 5
