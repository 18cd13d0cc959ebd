"""
A question → what it asks about, and what narrows it.

Dates, names and quoted words are read out of the question; the words left over that name a topic become concepts,
one list for each partition of the index (`retrieval/expansion.py`).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from corpus.canonical import fold, fold_word
from corpus.errors import ReversedDatesError, UsageError
from corpus.language import guess_language
from corpus.models import Span
from retrieval import question_forms as forms
from retrieval.analyzer import Token, is_shouting, stop_words, tokens
from retrieval.dates import FIRST_DAY, LAST_DAY, DateWords, Range, find_dates, parse_date_option
from retrieval.models import AskRequest, Language, Note, Order
from retrieval.names import NameKind, NameMatch, Names

MAX_QUESTION_CHARS = 2000


class Question(NamedTuple):
    """
    A question taken apart.

    Attributes:
        text: As asked.
        language: Of the question; `None` when it cannot be told.
        content: Tokens that name the topic, stop words and asking words gone.
        soft: Tokens of the names it is filtered by: they help to rank, and prove nothing.
        phrases: Quoted words, to be found literally.
        speaker, organization: Names that narrow the search.
        mention: Somebody whose own words do not answer, so that what is said of them is searched.
        asks_words: It asks what somebody said, not how something is.
        unknown_source: The name of somebody asked for by name who neither speaks nor issues here.
        ranges: Inclusive days; empty for any date.
        wants: What kind of thing the question asks for.
        follows: It leans on an earlier question; `follows_person` by "she", `follows_thing` by "that" (a statement),
            `follows_topic` by "it".
    """

    text: str
    language: Language | None
    content: tuple[Token, ...]
    soft: tuple[Token, ...]
    phrases: tuple[str, ...]
    speaker: NameMatch | None
    organization: NameMatch | None
    unknown_source: str | None
    mention: NameMatch | None
    asks_words: bool
    ranges: tuple[Range, ...]
    order: Order
    wants: forms.Wants
    follows: bool
    follows_person: bool
    follows_thing: bool
    follows_topic: bool
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
    wants: forms.Wants = next((kind for kind, pattern in forms.WANTS if pattern.search(folded)), "anything")
    saying = next(filter(None, (pattern.search(plain) for pattern in forms.SOURCE)), None)
    source = Span(*saying.span("name")) if saying else None
    speaker = next((m for m in found.matches if m.kind == "speaker"), None)
    defined = _defined(plain, found.matches) if wants == "definition" else None
    organization = _organization(plain, [m for m in found.matches if m != defined], source)
    language = _language(plain, text)
    dates = find_dates(plain, today)
    order, order_words = _order(plain)
    filters = [m for m in found.matches if m in (speaker, organization) or set(m.keys) & _options(request, names)]
    unasked = [span for span in (dates and dates.span, order_words) if span]
    # A name that is only mentioned is no proof either, as long as something is asked beside it.
    verb = [Span(source.end, saying.end())] if saying and source else []
    beside = _words(text, language, [*verb, *(m.span for m in found.matches)], unasked)
    if defined:
        # "What is NAME trying to do?": what the statements say of the name itself is the best answer to the rest.
        rest = [Span(0, defined.span.start), Span(defined.span.end, len(text))]
        content, soft = _words(text, language, rest, unasked)
    else:
        content, soft = beside if beside[0] else _words(text, language, [*verb, *(m.span for m in filters)], unasked)
    if not filters and wants != "definition" and _is_name(text, content, found.matches):
        organization = found.matches[0]
        content, soft = (), (*content, *soft)
    if dates is None and not quoted and (dates := _bare_year(content)):
        content = ()
    return Question(
        text=text,
        language=language,
        content=content,
        soft=soft,
        phrases=tuple(text[span.start : span.end].strip() for span in quoted),
        speaker=speaker,
        organization=organization,
        mention=None,
        asks_words=source is not None,
        unknown_source=_unknown_source(plain, source, found.matches, names),
        ranges=_ranges(request) or (dates.ranges if dates else ()),
        order=order,
        wants=wants,
        follows=bool(request.previous) and (bool(forms.FOLLOWS.search(folded)) or not content),
        follows_person=bool(forms.PERSON_PRONOUN.search(folded)),
        follows_thing=bool(forms.THING_PRONOUN.search(folded)),
        follows_topic=bool(forms.TOPIC_PRONOUN.search(folded)),
        notes=tuple(
            Note(code="name_ambiguous", values={"name": name, "choices": ", ".join(choices)})
            for name, choices in found.ambiguous.items()
        ),
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
    # All in capitals, a short question holds no acronym that can be told from a word.
    text = text.lower() if text.isupper() and len(text.split()) > 1 and len(text.lower()) == len(text) else text
    kept = tokens(text, language or "en")
    if language is None:
        spanish = {token.start for token in tokens(text, "es")}
        kept = [token for token in kept if token.start in spanish]
    for token in kept:
        if _inside(token, unasked):
            continue
        if token.surface in forms.NEGATIONS or _inside(token, names):
            soft.append(token)
        elif token.surface not in asking_words():
            content.append(token)
    return tuple(content), tuple(soft)


def _language(plain: str, text: str) -> Language | None:
    """Of the asker's own words where they tell: quoted words may be in the other one."""
    guess = guess_language(plain)
    return guess if guess and stop_words(guess) & set(fold_word(plain).split()) else guess_language(text)


def _inside(token: Token, spans: Iterable[Span]) -> bool:
    return any(span.start <= token.start < span.end for span in spans)


def _order(text: str) -> tuple[Order, Span | None]:
    """Newest or oldest first, and the words that say so."""
    folded = fold(text)
    for order, pattern in forms.ORDERS:
        if match := pattern.search(folded.text):
            return order, Span(folded.offsets[match.start()], folded.offsets[match.end() - 1] + 1)
    return "relevance", None


def _options(request: AskRequest, names: Names) -> set[str]:
    """Keys of the names in explicit options: where the question repeats one, it is no topic."""
    typed: tuple[tuple[NameKind, str | None], ...] = (
        ("speaker", request.speaker),
        ("organization", request.organization),
    )
    return {key for kind, name in typed if name for key in names.resolve(kind, name)}


def _is_name(text: str, content: Sequence[Token], matches: Sequence[NameMatch]) -> bool:
    """Whether nothing but one name is asked about; a single word without a capital is a word like any other."""
    if len(matches) != 1 or not content:
        return False
    name = text[matches[0].span.start : matches[0].span.end]
    return (" " in name or not name.islower()) and all(_inside(token, [matches[0].span]) for token in content)


def _bare_year(content: Sequence[Token]) -> DateWords | None:
    """A year that is all there is ("and 2014?"); beside other words it may be part of a name."""
    if len(content) != 1 or not forms.YEAR.fullmatch(content[0].surface):
        return None
    return DateWords((parse_date_option(content[0].surface),), Span(content[0].start, content[0].end))


def _defined(text: str, matches: list[NameMatch]) -> NameMatch | None:
    """The organisation that a question wants to know what it is: its name comes right after "what is"."""
    opening = forms.WHAT_IS.match(text)
    named = (m for m in matches if m.kind == "organization" and opening and m.span.start == opening.end())
    return next((m for m in named if not _is_possessive(text, m)), None)


def _organization(text: str, matches: list[NameMatch], source: Span | None) -> NameMatch | None:
    """The organisation whose words are asked for, or all of several; one that is only mentioned is a topic."""
    asked = [m for m in matches if m.kind == "organization" and _is_asked(text, m, source)]
    if len(asked) < 2:
        return asked[0] if asked else None
    keys = tuple(dict.fromkeys(key for match in asked for key in match.keys))
    return NameMatch("organization", keys, ", ".join(dict.fromkeys(match.shown for match in asked)), asked[0].span)


def _is_asked(text: str, match: NameMatch, source: Span | None) -> bool:
    if source is not None and source.overlaps(match.span):
        return True
    return forms.BELONGS.search(text[: match.span.start]) is not None or _is_possessive(text, match)


def _is_possessive(text: str, match: NameMatch) -> bool:
    return text[match.span.end :][:1] in {"'", "’"} or text[match.span.end - 2 :][:2] in {"'s", "’s"}


def _unknown_source(text: str, source: Span | None, matches: list[NameMatch], names: Names) -> str | None:
    if source is None or is_shouting(text) or any(source.overlaps(match.span) for match in matches):
        return None
    name = re.sub(r"^(?:the|la|el|los|las)\s+", "", text[source.start : source.end].strip(), flags=re.IGNORECASE)
    if not name.split()[-1:] or name.split()[-1][:1].islower():
        # "the LA coalition" describes somebody; only a name can be looked for and not found.
        return None
    return name if re.match(r"[A-ZÁÉÍÓÚÑ]\w", name) and len(name) <= 60 and not names.resembles(name) else None


def _ranges(request: AskRequest) -> tuple[Range, ...]:
    if not (request.since or request.until):
        return ()
    since = parse_date_option(request.since)[0] if request.since else FIRST_DAY
    until = parse_date_option(request.until)[1] if request.until else LAST_DAY
    if since > until:
        raise ReversedDatesError(request.since or "", request.until or "")
    return ((since, until),)
