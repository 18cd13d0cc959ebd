"""
Lead-ins without a verb of saying: “Ana Ruiz’s answer: “…””, “Ana Ruiz was less amused: “…””.
"""

from __future__ import annotations

from corpus.attribution import lexicon as lx
from corpus.attribution.everybody import mentions_of
from corpus.attribution.mentions import Mention, read_mention
from corpus.attribution.openings import opening_end
from corpus.attribution.predicates import Cue, named
from corpus.attribution.tokens import Token, Tokens, is_adverb, is_key, phrase_end

_LONGEST_OPENING = 40


def answered(text: str, clause: Tokens) -> Cue | None:
    """“Ana Ruiz’s answer: “…””, “la respuesta de Ana Ruiz: “…””, with “was short” or the like between."""
    if clause[-1].text != ":":
        return None
    for at, token in enumerate(clause):
        if token.key not in lx.ANSWER:
            continue
        if at and clause[at - 1].is_possessive and (owner := _owner(text, clause, at)):
            return named(text, clause, owner, 0, len(clause))
        if is_key(clause, at + 1, "of", "from", "de", "del"):
            mention = read_mention(text, clause, at + 2)
            if mention and mention.kind in {"name", "surname"} and len(clause) - mention.end <= 4:
                return named(text, clause, mention, at, len(clause))
    return None


def _owner(text: str, clause: Tokens, at: int) -> Mention | None:
    """The person whose possessive ends right before `at`."""
    last = clause[at - 1]
    bare = Token(last.text.removesuffix("'s").removesuffix("’s"), last.owner, last.start, last.end)
    start = at - 1
    while start and (clause[start - 1].is_capital or clause[start - 1].key in lx.PARTICLES):
        start -= 1
    owned = [*clause[start : at - 1], bare]
    mention = read_mention(text, owned, 0)
    if mention is None or mention.kind not in {"name", "surname"} or mention.end < len(owned):
        return None
    printed = mention.printed.removesuffix("'s").removesuffix("’s")
    return mention._replace(printed=printed, start=start, end=at)


def spoke(text: str, clause: Tokens, quoted: str) -> Cue | None:
    """A colon after a sentence about one person, who holds, reads and hears nothing in it."""
    if clause[-1].text != ":" or not (quoted[0].isupper() or quoted[0] in "¿¡"):
        return None
    opening = start = opening_end(text, clause)
    while start < min(opening + 3, len(clause)) and (
        is_adverb(clause[start]) or clause[start].key in {"but", "pero", "y", "and"}
    ):
        start += 1
    subject = read_mention(text, clause, start)
    if subject is None or subject.kind == "role" or len(clause) - subject.end > _LONGEST_OPENING:
        return None
    rest = clause[subject.end :]
    if any(m.kind in {"name", "surname"} for m in mentions_of(text, rest)):
        return None
    silent = any(token.key in lx.NOT_SPOKEN or phrase_end(rest, at, lx.NAMING_VERBS) for at, token in enumerate(rest))
    acts = any(token.text.islower() for token in rest)
    return named(text, clause, subject, start, len(clause)) if acts and not silent else None
