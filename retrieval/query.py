"""
A question → what it asks about, and what narrows it.

Dates, names and quoted words are read out of the question; the words left over that name a topic become concepts,
one list for each partition of the index (`retrieval/expansion.py`).
"""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from corpus.canonical import fold_word
from corpus.errors import UsageError
from corpus.language import guess_language
from corpus.models import Span
from retrieval.analyzer import Token, is_shouting, tokens
from retrieval.dates import FIRST_DAY, LAST_DAY, Range, find_dates, parse_date_option
from retrieval.models import AskRequest, Language, Note, Order
from retrieval.names import NameMatch, Names

MAX_QUESTION_CHARS = 2000
# "Why was it not passed?" is answered as well by "it failed": a negation helps to choose and proves nothing.
NEGATIONS = frozenset(
    """not no nor never none without wont dont doesnt didnt isnt arent wasnt werent cant couldnt shouldnt wouldnt hasnt
    havent hadnt nunca ni sin jamas tampoco""".split()
)
Wants = Literal["person", "time", "place", "number", "definition", "change", "anything"]

_QUOTED = re.compile(r'["“”„«](?P<words>[^"“”„«»]{2,300})["“”»]')
_NEWEST = re.compile(
    r"\b(?:latest|newest|most recent|now|currently|current|ahora|actualmente|actual|last (?:statement|release|word|thing|post|comment)|ultim[oa]s?|mas recientes?|mas nuev[oa]s?)\b"
)
_OLDEST = re.compile(
    r"\b(?:earliest|oldest|first (?:statement|release|time|mention|post|comment)|primer(?:a|o)? (?:comunicado|declaracion|vez|mencion))\b"
)
_WANTS: tuple[tuple[Wants, re.Pattern[str]], ...] = (
    ("change", re.compile(r"\b(?:chang(?:e|ed|es|ing)|evolv\w+|shift(?:ed)?|cambi(?:o|ado|a|aron)|evolucion\w*)\b")),
    ("definition", re.compile(r"^\W*(?:what(?:'?s| is| are)|who are|que (?:es|son)|quienes son|define)\b")),
    ("person", re.compile(r"^\W*(?:who|whos|whose|quien|quienes)\b|\b(?:by whom|de quien|por quien)\b")),
    ("number", re.compile(r"\b(?:how (?:many|much)|number|cuant[oa]s?|numero|cifra)\b")),
    ("time", re.compile(r"^\W*(?:when|whens|what (?:day|date|time|year)|cuando|que (?:dia|fecha|ano)|a que hora)\b")),
    ("place", re.compile(r"^\W*(?:where|wheres|donde|adonde|en que (?:lugar|ciudad))\b")),
)
# "What did X say", "according to X": whose words are asked for. X ends where the topic begins.
_ABOUT = r"(?=\s+(?:about|on|regarding|in|to|when|after|before|since|sobre|acerca|respecto|de la|del|en|contra|a|cuando|que)\b|[?,.;!]|\s*$)"
_SOURCE = (
    re.compile(
        r"\b(?:did|does|do|has|have|had)\s+(?P<name>.{1,80}?)\s+(?:say|said|think|thought|demand|call|ask|tell|told|want|propose|"
        r"promise|respond|react|claim|announce|state|argue|warn|write|feel)\b",
        re.IGNORECASE,
    ),
    re.compile(rf"\b(?:according to|per|said by|words of|statements? (?:by|of|from)|quotes? (?:by|of|from))\s+(?P<name>.{{1,80}}?){_ABOUT}", re.IGNORECASE),
    re.compile(
        r"\b(?:dijo|dice|dijeron|dicen|opin[aoó]|piensan?|pid(?:e|en|i[oó]|ieron)|exig(?:e|en|i[oó]|ieron)|propuso|respondi[oó]|declar[oó]|"
        rf"anunci[oó]|afirm[oó])\s+(?P<name>.{{1,80}}?){_ABOUT}",
        re.IGNORECASE,
    ),
    re.compile(rf"\b(?:seg[uú]n|palabras de|declaraci[oó]n(?:es)? de|comunicados? de|frases? de)\s+(?P<name>.{{1,80}}?){_ABOUT}", re.IGNORECASE),
)
_BELONGS = re.compile(r"(?:\b(?:by|from|of|de|del|por|per|for|to|segun|según)\s+(?:the\s+|la\s+|el\s+|los\s+|las\s+)?)$", re.IGNORECASE)
_FOLLOWS = re.compile(
    r"^\W*(?:and|but|what about|how about|also|y|e|pero|tambien|que tal)\b"
    r"|\b(?:she|he|her|his|him|they|them|their|it|its|ella|ellos|ellas|eso|esto|lo mismo)\b"
)
_PERSON_PRONOUN = re.compile(r"\b(?:she|he|her|his|him|ella|dijo el)\b")
_THING_PRONOUN = re.compile(r"\b(?:it|its|that|this)\b|^\W*(?:when was|cuando (?:se )?(?:publico|fue|salio))")


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
        unknown_source: The name of somebody asked for by name who neither speaks nor issues here.
        ranges: Inclusive days; empty for any date.
        wants: What kind of thing the question asks for.
        follows: It leans on an earlier question.
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
    ranges: tuple[Range, ...]
    order: Order
    wants: Wants
    follows: bool
    follows_person: bool
    follows_thing: bool
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
        UsageError: Longer than 2,000 characters, or dates the wrong way round.
    """
    text = request.question
    if len(text) > MAX_QUESTION_CHARS:
        raise UsageError(f"The question has {len(text):,} characters; up to {MAX_QUESTION_CHARS:,} are read. Shorten it.")
    folded = fold_word(text)
    quoted = [Span(*m.span("words")) for m in _QUOTED.finditer(text)]
    dates = None if request.since or request.until else find_dates(text, today)
    found = names.find(text)
    wants = next((kind for kind, pattern in _WANTS if pattern.search(folded)), "anything")
    source = next((Span(*m.span("name")) for p in _SOURCE for m in [p.search(text)] if m), None)
    speaker = next((m for m in found.matches if m.kind == "speaker"), None)
    organization = _organization(text, found.matches, source, wants)
    language = guess_language(text)
    read_out = [m.span for m in (speaker, organization) if m]
    content, soft = _words(text, language, read_out, dates.span if dates else None)
    if organization is None and speaker is None and not content and found.matches:
        # Nothing but a name was asked: it narrows.
        organization = next((m for m in found.matches if m.kind == "organization"), None)
    return Question(
        text=text,
        language=language,
        content=content,
        soft=soft,
        phrases=tuple(text[span.start : span.end].strip() for span in quoted),
        speaker=speaker,
        organization=organization,
        mention=None,
        unknown_source=_unknown_source(text, source, found.matches),
        ranges=_ranges(request) or (dates.ranges if dates else ()),
        order="newest" if _NEWEST.search(folded) else "oldest" if _OLDEST.search(folded) else "relevance",
        wants=wants,
        follows=bool(request.previous) and (bool(_FOLLOWS.search(folded)) or not content),
        follows_person=bool(_PERSON_PRONOUN.search(folded)),
        follows_thing=bool(_THING_PRONOUN.search(folded)),
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
    text: str, language: Language | None, names: list[Span], dates: Span | None
) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    """Content tokens, and soft ones: of names that were read out, and negations; words of a date are neither."""
    content, soft = [], []
    kept = tokens(text, language or "en")
    if language is None:
        spanish = {token.start for token in tokens(text, "es")}
        kept = [token for token in kept if token.start in spanish]
    for token in kept:
        if dates and dates.start <= token.start < dates.end:
            continue
        if token.surface in NEGATIONS or any(span.start <= token.start < span.end for span in names):
            soft.append(token)
        elif token.surface not in asking_words():
            content.append(token)
    return tuple(content), tuple(soft)


def _organization(text: str, matches: list[NameMatch], source: Span | None, wants: Wants) -> NameMatch | None:
    """The organisation whose words are asked for; one that is only mentioned is a topic."""
    for match in matches:
        if match.kind != "organization":
            continue
        asked = source is not None and source.overlaps(match.span)
        if wants == "definition" and not asked:
            continue
        belongs = _BELONGS.search(text[: match.span.start]) or re.match(r"['’]", text[match.span.end : match.span.end + 1])
        if asked or belongs or text[match.span.end - 2 : match.span.end] in {"'s", "’s"}:
            return match
    return None


def _unknown_source(text: str, source: Span | None, matches: list[NameMatch]) -> str | None:
    if source is None or is_shouting(text) or any(source.overlaps(match.span) for match in matches):
        return None
    name = re.sub(r"^(?:the|la|el|los|las)\s+", "", text[source.start : source.end].strip(), flags=re.IGNORECASE)
    return name if re.match(r"[A-ZÁÉÍÓÚÑ]\w", name) and len(name) <= 60 else None


def _ranges(request: AskRequest) -> tuple[Range, ...]:
    if not (request.since or request.until):
        return ()
    since = parse_date_option(request.since)[0] if request.since else FIRST_DAY
    until = parse_date_option(request.until)[1] if request.until else LAST_DAY
    if since > until:
        raise UsageError(f"The dates are the wrong way round: from {request.since} until {request.until}.")
    return ((since, until),)
