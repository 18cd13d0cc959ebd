"""
Name and date around a quotation: `“…” – NAME, TITLE, 2014`, `NAME said: “…”`, `(NAME, March 2014)`.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from corpus.attribution import lexicon
from corpus.calendar_words import MONTHS, WEEKDAYS, cut_iso, printed_dates
from corpus.canonical import fold_word
from corpus.models import Span
from retrieval.analyzer import stop_words
from retrieval.names import Names

Where = Literal["lead", "middle", "tail"]

_DASHED = re.compile(r"\s*(?:[–—―~•|]|-{1,3}\s?|\(|\[)")
_YEAR = re.compile(r"(?<![\w/.-])(?:19|20)\d\d(?!\w)")
_TOKEN = re.compile(r"[^\W\d_][\w’'.-]*")
_SMALL = frozenset("of the and for de del la las los y e von van der da do di du al el en to at in on".split())
_ACCORDING = (
    "according to",
    "segun",
    "de acuerdo con",
    "in the words of",
    "en palabras de",
    "per ",
    "source",
    "fuente",
)
_MOST_WORDS = 24
_LEAD_WORDS = 15
_NO_NAMES = stop_words("en") | stop_words("es") | lexicon.PRONOUNS_F | lexicon.PRONOUNS_M | lexicon.NEVER_FIRST


class Signature(NamedTuple):
    """Whose words they are said to be, as typed, and an ISO date cut to its precision; `None` for what is not said."""

    speaker: str | None
    date: str | None


def is_signature(piece: str, where: Where) -> bool:
    """Whether words beside a quotation say who said it or when, and are no words of the quotation."""
    words = [fold_word(word) for word in piece.split()]
    if not any(any(map(str.isalnum, word)) for word in words):
        return True
    if len(words) > _MOST_WORDS:
        return False
    told = has_cue(piece) or any(phrase in f"{' '.join(words)} " for phrase in _ACCORDING)
    if where == "lead":
        # Behind a full stop the quotation has already begun: its first sentence stands without marks.
        leads = piece.rstrip(" ").endswith((":", "–", "—", "\n", "…"))
        return (leads and len(words) <= _LEAD_WORDS) or (told and not piece.rstrip().endswith((".", "!", "?")))
    if told:
        return True
    return where == "tail" and bool(_DASHED.match(piece) or piece.lstrip(" ").startswith("\n") or is_listed(piece))


def is_listed(piece: str) -> bool:
    """Whether the words are names, titles and dates only, as in a signature."""
    tokens = [match.group() for match in _TOKEN.finditer(piece)]
    small = [token for token in tokens if not token[0].isupper() and not _is_small(token)]
    return bool(tokens or date_of(piece)) and not small and len(tokens) <= _LEAD_WORDS


def is_label(piece: str) -> bool:
    """Whether words before a colon name a speaker: names and titles, perhaps with a verb of saying."""
    words = piece.split()
    return is_listed(piece) or (has_cue(piece) and is_listed(" ".join(w for w in words if not has_cue(w))))


def _is_small(token: str) -> bool:
    key = fold_word(token).strip(".")
    titles = (lexicon.HEADS, lexicon.MODIFIERS, lexicon.DEPARTMENTS, lexicon.TITLES_BEFORE, lexicon.HONORIFICS)
    return key in _SMALL or key in MONTHS or key in WEEKDAYS or any(key in words for words in titles)


def has_cue(piece: str) -> bool:
    """Whether a verb of saying stands in these words."""
    words = [fold_word(word).strip(".,:;!?\"'()") for word in piece.split()]
    return any(
        tuple(words[place : place + len(phrase)]) == phrase
        for place, word in enumerate(words)
        for phrase in lexicon.SAID.get(word, ())
    )


def read_signature(pieces: list[str], names: Names, *, known: bool = False) -> Signature:
    """Speaker and date out of the words around a quotation, the first of each; only `known` names from running text."""
    read = _known_name if known else _speaker
    speakers = (name for piece in pieces if (name := read(piece, names)))
    dates = (date for piece in pieces if (date := date_of(piece)))
    return Signature(next(speakers, None), next(dates, None))


def date_of(piece: str) -> str | None:
    """The first date with a year in these words, in ISO, cut to what is sure."""
    for date in printed_dates(piece):
        sure = len(date.readings) == 1
        return cut_iso(date.day, date.precision) if sure else str(date.day.year)
    year = _YEAR.search(piece)
    return year.group() if year else None


def _known_name(piece: str, names: Names) -> str | None:
    matches = sorted(names.find(piece).matches, key=lambda match: match.kind != "speaker")
    return next((_plain(piece[match.span.start : match.span.end]) for match in matches), None)


def _speaker(piece: str, names: Names) -> str | None:
    found = names.find(piece)
    for match in found.matches:
        if match.kind == "speaker":
            return _plain(piece[match.span.start : match.span.end])
    organizations = [match.span for match in found.matches]
    persons = [run for run in _runs(piece, organizations) if len(run) > 1]
    if persons and not (organizations and organizations[0].start < persons[0][0].start()):
        return _typed(piece, persons[0])
    for typed in found.ambiguous:
        return typed
    if organizations:
        close = [run for run in persons if _stands_after(piece, organizations[0], run)]
        return _typed(piece, close[0]) if close else _plain(piece[organizations[0].start : organizations[0].end])
    return next((_typed(piece, run) for run in _runs(piece, [])), None)


def _runs(piece: str, taken: list[Span]) -> list[list[re.Match[str]]]:
    """Capitalised words side by side that may be a name, without titles before them."""
    runs: list[list[re.Match[str]]] = []
    last = -1
    for match in _TOKEN.finditer(piece):
        word, key = match.group(), fold_word(match.group()).strip(".")
        inside = any(span.start <= match.start() < span.end for span in taken)
        small = bool(runs and runs[-1]) and key in _SMALL and word.islower()
        fits = (word[0].isupper() or small) and not inside and not _is_no_name(key, started=bool(runs and runs[-1]))
        if fits and runs and runs[-1] and piece[last : match.start()].strip() == "":
            runs[-1].append(match)
        elif fits and not small:
            runs.append([match])
        elif runs and runs[-1]:
            runs.append([])
        last = match.end()
    return [trimmed for run in runs if (trimmed := _without_small_end(run))]


def _is_no_name(key: str, *, started: bool) -> bool:
    if key in MONTHS or key in WEEKDAYS or key in lexicon.SAID:
        return True
    titles = (
        key in lexicon.HEADS or key in lexicon.MODIFIERS or key in lexicon.HONORIFICS or key in lexicon.TITLES_BEFORE
    )
    return not started and (titles or key in _NO_NAMES)


def _without_small_end(run: list[re.Match[str]]) -> list[re.Match[str]]:
    while run and run[-1].group().islower():
        run = run[:-1]
    return run


def _stands_after(piece: str, organization: Span, run: list[re.Match[str]]) -> bool:
    """Whether only a title or a possessive stands between an organisation and the name of a person."""
    between = piece[organization.end : run[0].start()]
    return run[0].start() >= organization.end and not re.search(r"[,;:()–—\n]", between)


def _typed(piece: str, run: list[re.Match[str]]) -> str:
    return _plain(piece[run[0].start() : run[-1].end()])


def _plain(name: str) -> str:
    return " ".join(re.sub(r"['’]s?$", "", name.strip(" .,;:")).split())
