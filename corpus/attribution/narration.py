"""
Who speaks in the narrator's own words: “La coordinadora señaló que …”, with nothing between marks.
"""

from __future__ import annotations

from collections.abc import Callable

from corpus.attribution import lexicon as lx
from corpus.attribution.everybody import mentions_of
from corpus.attribution.leads import subject_of
from corpus.attribution.mentions import Mention, read_mention
from corpus.attribution.predicates import Cue
from corpus.attribution.tokens import (
    Tokens,
    ends_sentence,
    is_at,
    last_sentence,
    opens_sentence,
    phrase_end,
    sentence_end,
)

_LONGEST_SENTENCE = 120
_LONGEST_NAME = 9


def narrated(text: str, tokens: Tokens, start: int) -> list[Cue]:
    """
    One cue for each sentence from `start` on in which somebody speaks: `named`, or `nobody` where who is not said.

    A Spanish sentence without a subject goes on with the same speaker and gives none.
    """
    found = []
    while start < len(tokens):
        end = max(sentence_end(tokens, start), start + 1)
        cue = _cue_of(text, tokens[start : min(end, start + _LONGEST_SENTENCE)])
        if cue and cue.how != "subjectless":
            found.append(cue._replace(start=start, end=min(end, start + _LONGEST_SENTENCE)))
        start = end
    return found


def _cue_of(text: str, sentence: Tokens) -> Cue | None:
    for at, token in enumerate(sentence):
        end = phrase_end(sentence, at, lx.SAID)
        if end is None or not (token.text.islower() or at == 0) or (at and sentence[at - 1].key in lx.BEFORE_NOUN):
            continue
        aside = is_at(sentence, at - 1, ",") and is_at(sentence, end, ",", ".")
        if aside and sentence[at].key in lx.SUBJECTLESS:
            return Cue("subjectless", None, at, end)  # “Ya no hay leche, explicó, …”
        plain = token.key in lx.SUBJECTLESS and end < len(sentence) and sentence[end].key in lx.PREPOSITIONS | {"en"}
        if plain and any(earlier.key == "que" for earlier in sentence[:at]):
            continue  # “la casa que sostiene con otras dos”
        before = [m for m in mentions_of(text, sentence[: end + 24]) if m.start < at or m.start <= end + 1]
        return subject_of(text, sentence, before, at, end, led=True) or Cue("nobody", None, at, end)
    return None


def subject_of_clause(text: str, tokens: Tokens, stop: int) -> Mention | None:
    """The one person named in the last clause before `stop`, where they stand as its subject."""
    clause = tokens[last_sentence(tokens[:stop]) : stop]
    named = [m for m in mentions_of(text, clause) if m.kind == "name" or (m.kind == "surname" and m.title)]
    if len(named) == 1 and (named[0].start == 0 or clause[named[0].start - 1].text == ","):
        return named[0]
    return None


def nearest_subject(text: str, tokens: Tokens, is_known: Callable[[Mention], bool]) -> Mention | None:
    """
    Whom alone the last whole sentence before a quote is about: the one a pronoun behind the quote then means.

    Args:
        is_known: Whether a surname is somebody's, and not a place's.
    """
    opening = last_sentence(tokens)
    pronoun = read_mention(text, tokens, opening) if opening else None
    goes_on = pronoun is not None and pronoun.kind == "pronoun" and not ends_sentence(tokens)
    tokens = tokens[:opening] if goes_on else tokens  # “Habló Ana Ruiz. Ella dijo “…””
    if not tokens or not ends_sentence(tokens):
        return None
    start = last_sentence(tokens)
    everybody = [*mentions_of(text, tokens[start:]), *([pronoun] if goes_on and pronoun else [])]
    people = [m for m in everybody if m.kind != "pronoun" and (m.kind != "surname" or is_known(m))]
    if len(people) != 1 or people[0].kind not in {"name", "surname"}:
        return None
    sentence = tokens[start:]
    ranked = all(token.key in lx.MODIFIERS for token in sentence[: people[0].start])  # “State Sen. Ana Ruiz”
    if not (ranked or _has_floor(sentence, people[0].start)):
        return None
    if not (start or tokens[0].is_capital):
        return None
    taken = {m.gender for m in everybody if m.kind == "pronoun"}
    return people[0]._replace(gender=people[0].gender or (taken.pop() if len(taken) == 1 else None))


def acts(tokens: Tokens, place: int) -> bool:
    """Whether a name stands where prose has a person: at the head of a sentence, or as in “her client, Ana Ruiz”."""
    if opens_sentence(tokens, place) or tokens[place - 1].key in lx.SUBORDINATING:
        return True
    return _is_second(tokens, place) or _has_floor(tokens, place) or _is_client(tokens, place)


def _is_second(tokens: Tokens, place: int) -> bool:
    """Whether a name is the second of two that open a sentence: “Ana Ruiz and Luis Paz marched”."""
    first = place - 1
    if first < 1 or tokens[first].key not in {"and", "y", "e"}:
        return False
    while (
        first > place - _LONGEST_NAME
        and first
        and (tokens[first - 1].is_capital or tokens[first - 1].key in lx.PARTICLES)
    ):
        first -= 1
    return first < place - 2 and opens_sentence(tokens, first)


def _has_floor(tokens: Tokens, place: int) -> bool:
    """Whether the verb before a name says that the person spoke: “También dio su testimonio Ana Ruiz”."""
    return any(place >= n and phrase_end(tokens, place - n, lx.FLOOR) == place for n in (1, 2, 3, 4))


def _is_client(tokens: Tokens, place: int) -> bool:
    """“her client, Ana Ruiz”."""
    return place > 2 and tokens[place - 1].text == "," and tokens[place - 3].key in lx.ARTICLES | lx.ROLE_ARTICLES
