"""
A question → what it asks about, and what narrows it.

Dates, names and quoted words are read out of the question; the words left over that name a topic become concepts,
one list for each partition of the index (`retrieval/expansion.py`).
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from corpus.canonical import Folded, fold, fold_word
from corpus.errors import ReversedDatesError, UsageError
from corpus.language import guess_language
from corpus.models import Span
from retrieval import asked_names as asked
from retrieval import conversation_forms as conversation
from retrieval import question_forms as forms
from retrieval.analyzer import Token, stop_words, tokens
from retrieval.dates import FIRST_DAY, LAST_DAY, DateWords, Range, find_dates, parse_date_option
from retrieval.leaning import Leaning, read_leaning
from retrieval.models import AskRequest, Language, Note, Order
from retrieval.names import NameMatch, Names
from retrieval.sides import Side, sides_in_time

MAX_QUESTION_CHARS = 2000
# Of one word, so many count.
_OFTEN = 2


class Question(NamedTuple):
    """
    A question taken apart.

    Attributes:
        text: As asked.
        language: Of the question; `None` when it cannot be told.
        written_in: Language of all its words as typed, quoted ones too, whatever it takes from an earlier question.
        content: Tokens that name the topic, stop words and asking words gone.
        soft: Tokens of the names it is filtered by: they help to rank, and prove nothing.
        phrases: Quoted words, to be found literally.
        speaker, organization: Names that narrow the search.
        mention: Somebody whose own words do not answer, so that what is said of them is searched.
        asks_words: It asks what somebody said, not how something is.
        unknown_source: The name of somebody asked for by name who neither speaks nor issues here.
        compared: Names whose words are set side by side; then `speaker` and `organization` are not among them.
        ranges: Inclusive days; empty for any date.
        sides: The times that are set side by side; none or at least two.
        wants: What kind of thing the question asks for.
        asks_speaker: It asks who said something.
        counts: It asks how often something is spoken of.
        leaning: What of an earlier question it needs.
    """

    text: str
    language: Language | None
    written_in: Language | None
    content: tuple[Token, ...]
    soft: tuple[Token, ...]
    phrases: tuple[str, ...]
    speaker: NameMatch | None
    organization: NameMatch | None
    unknown_source: str | None
    mention: NameMatch | None
    asks_words: bool
    compared: tuple[NameMatch, ...]
    ranges: tuple[Range, ...]
    sides: tuple[Side, ...]
    order: Order
    wants: forms.Wants
    asks_speaker: bool
    counts: bool
    leaning: Leaning
    notes: tuple[Note, ...]


def parse_question(request: AskRequest, names: Names, today: dt.date) -> Question:
    """
    Take a question apart.

    Args:
        request: The question and what was said beside it; explicit options win over the question's own words.
        names: Directory of the corpus.
        today: For "last year".

    Raises:
        BadDateError: A date option that is no date.
        ReversedDatesError: The first day is after the last.
        UsageError: Longer than 2,000 characters.
    """
    text = request.question
    if len(text) > MAX_QUESTION_CHARS:
        raise UsageError(
            f"The question has {len(text):,} characters; up to {MAX_QUESTION_CHARS:,} are read. Shorten it."
        )
    quoted = [Span(*m.span("words")) for m in forms.QUOTED.finditer(text)]
    # Quoted words are looked for as they stand: a year or a name in them narrows nothing.
    plain = forms.QUOTED.sub(lambda match: " " * len(match.group()), text)
    folded = fold_word(plain)
    found = names.find(plain)
    counts = bool(conversation.COUNTS.search(folded))
    wants: forms.Wants = next((kind for kind, pattern in forms.WANTS if pattern.search(folded)), "anything")
    wants = "anything" if counts and wants != "change" else wants
    saying = next(filter(None, (pattern.search(plain) for pattern in forms.SOURCE)), None)
    source = Span(*saying.span("name")) if saying else None
    compared = asked.compared(plain, folded, found.matches, source)
    speaker = next((m for m in found.matches if m.kind == "speaker"), None)
    defined = asked.defined(plain, found.matches) if wants == "definition" else None
    organization = asked.organization(plain, [m for m in found.matches if m != defined], source)
    if compared:
        speaker = organization = None
    written_in = guess_language(text)
    language = (_own_language(plain) if plain != text else None) or written_in
    dates = find_dates(plain, today)
    order, order_words = _order(plain, dates.spans if dates else ())
    given = asked.options(request, names)
    filters = [m for m in found.matches if m in (speaker, organization, *compared) or set(m.keys) & given]
    unasked = [*(dates.spans if dates else ()), *order_words, *_words_that_ask(plain, wants)]
    # A name that is only mentioned is no proof either, as long as something is asked beside it.
    verb = [Span(source.end, saying.end())] if saying and source else []
    beside = _words(text, language, [*verb, *(asked.with_description(plain, m) for m in found.matches)], unasked)
    if defined:
        # "What is NAME trying to do?": what the statements say of the name itself is the best answer to the rest.
        rest = [Span(0, defined.span.start), Span(defined.span.end, len(text))]
        content, soft = _words(text, language, rest, unasked)
    else:
        content, soft = (
            beside
            if beside[0]
            else _words(text, language, [*verb, *(asked.with_description(plain, m) for m in filters)], unasked)
        )
    if not filters and wants != "definition" and asked.is_name(text, content, found.matches):
        organization = found.matches[0]
        content, soft = (), (*content, *soft)
    if dates is None and not quoted and (dates := _bare_year(content)):
        content = ()
    unknown = asked.unknown_source(plain, source, found.matches, names)
    leaning = read_leaning(
        folded,
        earlier=bool(request.previous),
        topic=bool(content or quoted),
        named=bool(speaker or organization or compared or unknown),
        narrowed=bool(dates) or order != "relevance",
    )
    ranges = _ranges(request)
    sides = sides_in_time(dates, content, found.matches, change=wants == "change") if dates and not ranges else ()
    if sides and all(side.name for side in sides):
        compared, speaker, organization = tuple(side.name for side in sides if side.name), None, None
    return Question(
        text=text,
        language=language,
        written_in=written_in,
        content=content,
        soft=soft,
        phrases=tuple(text[span.start : span.end].strip() for span in quoted),
        speaker=speaker,
        organization=organization,
        mention=None,
        asks_words=source is not None,
        unknown_source=unknown,
        compared=() if request.speaker or request.organization else compared,
        ranges=ranges or _all_days(sides) or (dates.ranges if dates else ()),
        sides=sides,
        order=order,
        wants=wants,
        asks_speaker=bool(conversation.ASKS_SPEAKER.search(folded)),
        counts=counts,
        leaning=leaning,
        notes=tuple(
            Note(code="name_ambiguous", values={"name": name, "choices": ", ".join(choices)})
            for name, choices in found.ambiguous.items()
        )
        + ((Note(code="followup_missing"),) if leaning.missing else ()),
    )


@cache
def asking_words() -> frozenset[str]:
    """Folded words that ask rather than name a topic."""
    lines = (Path(__file__).parent / "stopwords" / "asking.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _words(
    text: str, language: Language | None, names: list[Span], unasked: list[Span]
) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    """Content tokens, and soft ones: of names that narrow, and negations; words of a date or an order are neither."""
    content, soft = [], []
    said: Counter[str] = Counter()
    # All in capitals, a short question holds no acronym that can be told from a word.
    text = text.lower() if text.isupper() and len(text.split()) > 1 and len(text.lower()) == len(text) else text
    kept = tokens(text, language or "en")
    if language is None:
        spanish = {token.start for token in tokens(text, "es")}
        kept = [token for token in kept if token.start in spanish]
    for token in kept:
        said[token.surface] += 1
        # A word that is said again and again asks for nothing more, and each time would be searched for.
        if _inside(token, unasked) or said[token.surface] > _OFTEN:
            continue
        if token.surface in forms.NEGATIONS or _inside(token, names):
            soft.append(token)
        elif token.surface not in asking_words():
            content.append(token)
    return tuple(content), tuple(soft)


def _own_language(plain: str) -> Language | None:
    """Of the asker's own words, `plain`, where they tell: quoted words may be in the other one."""
    guess = guess_language(plain)
    return guess if guess and not stop_words(guess).isdisjoint(fold_word(plain).split()) else None


def _inside(token: Token, spans: Iterable[Span]) -> bool:
    return any(span.start <= token.start < span.end for span in spans)


def _order(text: str, dates: Sequence[Span]) -> tuple[Order, list[Span]]:
    """Newest or oldest first, and the words that say so; "in the last ten years" says when, and no order."""
    for span in dates:
        text = text[: span.start] + "." * (span.end - span.start) + text[span.end :]
    folded = fold(text)
    for order, pattern in forms.ORDERS:
        if match := pattern.search(folded.text):
            return order, [_typed(folded, match)]
    return "relevance", []


def _words_that_ask(text: str, wants: forms.Wants) -> list[Span]:
    """Where the question leans, counts or compares: these words are no topic."""
    folded = fold(text)
    patterns = [conversation.LEADS, conversation.COUNTS, conversation.OTHER, conversation.TURNS, conversation.COMPARES]
    if wants == "change":
        patterns.append(conversation.CHANGED)
    return [_typed(folded, match) for pattern in patterns if (match := pattern.search(folded.text))]


def _typed(folded: Folded, match: re.Match[str]) -> Span:
    """Where the match stands in the text as typed."""
    return Span(folded.offsets[match.start()], folded.offsets[match.end() - 1] + 1)


def _all_days(sides: Sequence[Side]) -> tuple[Range, ...]:
    return tuple(sorted(one for side in sides for one in side.ranges))


def _bare_year(content: Sequence[Token]) -> DateWords | None:
    """A year that is all there is ("and 2014?"); beside other words it may be part of a name."""
    if len(content) != 1 or not forms.YEAR.fullmatch(content[0].surface):
        return None
    return DateWords((parse_date_option(content[0].surface),), Span(content[0].start, content[0].end))


def _ranges(request: AskRequest) -> tuple[Range, ...]:
    if not (request.since or request.until):
        return ()
    since = parse_date_option(request.since)[0] if request.since else FIRST_DAY
    until = parse_date_option(request.until)[1] if request.until else LAST_DAY
    if since > until:
        raise ReversedDatesError(request.since or "", request.until or "")
    return ((since, until),)
