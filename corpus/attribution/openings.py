"""
Sentences before a quote that say whose words follow, though no verb of saying stands beside the person.
"""

from __future__ import annotations

from corpus.attribution import lexicon as lx
from corpus.attribution.everybody import mentions_of
from corpus.attribution.mentions import Gender, Mention, read_mention
from corpus.attribution.predicates import Cue, named
from corpus.attribution.titles import is_head
from corpus.attribution.tokens import Tokens, is_adverb, is_at, is_key, phrase_end

_LONGEST_OPENING = 9
_LONGEST_TELLING = 45
# A quote of fewer words may be a name or a term.
_FEWEST = 4
_NEAR = 8
_GENDERED: dict[str, Gender] = {"her": "f", "his": "m"}


def opening_end(text: str, clause: Tokens) -> int:
    """Where “Entre lágrimas,”, “For her part,” and the like end, after their comma; 0 where none opens the clause."""
    if not clause or clause[0].key not in lx.OPENING_PREPOSITIONS:
        return 0
    comma = next((at for at in range(1, min(_LONGEST_OPENING, len(clause))) if clause[at].text == ","), 0)
    inside = comma and any(m.kind != "surname" for m in mentions_of(text, clause[:comma]))
    said = any(phrase_end(clause, at, lx.SAID) for at in range(comma))
    return 0 if not comma or inside or said else comma + 1


def dismissed(clause: Tokens, at: int) -> bool:
    """Whether a Spanish verb without a subject leads over its object to a colon: “descartó un regreso masivo:”."""
    if clause[-1].text != ":" or not is_key(clause, at, *lx.INDEFINITE):
        return False
    rest = clause[at:]
    return not any(is_head(token) or token.is_capital or token.key in lx.NOT_SPOKEN for token in rest)


def in_view(text: str, clause: Tokens, quoted: str) -> Cue | None:
    """“A su juicio, la escuela «…»”, “In her view, the school “…””."""
    end = phrase_end(clause, 0, lx.IN_VIEW)
    if end is None or len(quoted.split(maxsplit=_FEWEST)) < _FEWEST - 1:
        return None
    if any(m.kind in {"name", "surname", "pronoun"} for m in mentions_of(text, clause[end:])):
        return None
    if any(phrase_end(clause, at, lx.SAID) for at in range(end, len(clause))):
        return None
    owner = next((token for token in clause[:end] if token.key in _GENDERED), None)
    if owner is None:
        return Cue("subjectless", None, 0, len(clause))
    gender = _GENDERED[owner.key]
    pronoun = Mention("pronoun", "she" if gender == "f" else "he", None, None, gender, 0, end, owner.start)
    return Cue("named", pronoun, 0, len(clause))


def told(text: str, clause: Tokens, quoted: str) -> Cue | None:
    """“Ana Ruiz told us about the flood. “…””, “Cerró el acto Ana Ruiz. “…””: a whole sentence of speaking."""
    if clause[-1].text not in {".", ":"} or len(clause) > _LONGEST_TELLING:
        return None
    if len(quoted.split(maxsplit=_FEWEST)) < _FEWEST or not (quoted[0].isupper() or quoted[0] in "¿¡"):
        return None
    start = opening_end(text, clause)
    while start < len(clause) and (is_adverb(clause[start]) or clause[start].key in lx.OPENERS):
        start += 1
    subject, end = _who_takes_the_floor(text, clause, start)
    if subject is None or end is None or subject.kind not in {"name", "surname"}:
        return None
    rest = clause[max(end, subject.end) :]
    if _names_another(text, rest) or is_of_another(rest, quoted):
        return None
    return named(text, clause, subject, start, len(clause))


def _who_takes_the_floor(text: str, clause: Tokens, start: int) -> tuple[Mention | None, int | None]:
    """The subject of a verb of speaking before or behind it, and where the verb ends."""
    end = phrase_end(clause, start, lx.FLOOR)
    if end is None:
        subject = read_mention(text, clause, start)
        return subject, _floor_after(clause, subject) if subject else None
    at = end
    while at < len(clause) and at < end + 4 and clause[at].text.islower() and not read_mention(text, clause, at):
        at += 1
    return read_mention(text, clause, at), end


def _names_another(text: str, rest: Tokens) -> bool:
    """Whether the rest of the sentence holds a second person, a second voice or something written."""
    others = (m for m in mentions_of(text, rest) if m.kind != "role")
    if any(not (m.kind == "surname" and is_key(rest, m.start - 1, *lx.PREPOSITIONS)) for m in others):
        return True
    return any(token.key in lx.NOT_SPOKEN | lx.SPEAKS for token in rest)


def _floor_after(clause: Tokens, subject: Mention) -> int | None:
    """Where the verb of speaking ends that stands behind a subject and what is said of it between commas."""
    at = subject.end
    if is_at(clause, at, ","):
        at = next((n for n in range(at + 1, len(clause)) if clause[n].text == ","), len(clause)) + 1
        if at > len(clause):
            return None
    while at < len(clause) and is_adverb(clause[at]):
        at += 1
    return phrase_end(clause, at, lx.FLOOR)


def is_of_another(rest: Tokens, quoted: str) -> bool:
    """Whether words in the first person may be those of somebody whom the sentence before tells of."""
    who = any(token.key in lx.RELATIVES or (is_head(token) and token.text.islower()) for token in rest)
    first = {word.strip(",.;").casefold() for word in quoted.split(maxsplit=_NEAR)[:_NEAR]}
    return who and bool(first & lx.MYSELF)
