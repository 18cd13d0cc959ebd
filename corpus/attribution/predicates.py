"""
What a cue is, and the subject of its verb.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from corpus.attribution import lexicon as lx
from corpus.attribution.mentions import Mention, read_mention
from corpus.attribution.tokens import Tokens, is_adverb, is_at, phrase_end, sentence_end

How = Literal["named", "subjectless", "same", "nobody"]

CLOSED = frozenset(".,;:!?…\n")
DASHES = frozenset("–—-―~")
REACH = 9


class Cue(NamedTuple):
    """
    An attribution as printed; who the mention is gets decided later.

    Attributes:
        how: `named` with a mention, `subjectless` (the last speaker), `same` (whom the sentence is about), `nobody`.
        start, end: Its tokens.
        reason: Why nobody, where that is known.
        is_sure: The cue is one that the lists hold, not only a word that stands and ends like one.
    """

    how: How
    mention: Mention | None
    start: int
    end: int
    reason: str | None = None
    is_sure: bool = True


def named(text: str, tokens: Tokens, mention: Mention, start: int, end: int) -> Cue:
    """The cue of one person; two joined by "and" are nobody in particular."""
    after = mention.end + is_at(tokens, mention.end, ",")
    if after < len(tokens) and tokens[after].key in {"and", "y", "e", "&"}:
        other = read_mention(text, tokens, after + 1)
        if other and other.kind in {"name", "surname"}:
            return Cue("nobody", None, start, max(end, other.end), "ambiguous")
    return Cue("named", mention, start, end)


def stands_alone(tokens: Tokens, end: int) -> bool:
    """Whether a cue that ends here has no subject after it (”, agregó. ”, dijo en la plaza)."""
    if end >= len(tokens):
        return True
    return tokens[end].text in CLOSED | DASHES or tokens[end].key in lx.AFTER_SUBJECTLESS or is_adverb(tokens[end])


def subject_after(text: str, tokens: Tokens, end: int) -> Mention | None:
    """The person after a cue; further on only a full name, over words that say when, where and to whom."""
    at = end
    while at < len(tokens) and at < end + 2 and is_adverb(tokens[at]):
        at += 1
    at = _past_listener(text, tokens, at)
    mention = read_mention(text, tokens, at)
    if mention:
        return mention
    for place in range(at, min(len(tokens), at + REACH)):
        token = tokens[place]
        mention = read_mention(text, tokens, place)
        bare = place > at and mention is not None and mention.where == token.start
        given = mention is not None and mention.kind == "surname" and mention.courtesy
        if (
            mention
            and (mention.kind == "name" or given)
            and not (bare and tokens[place - 1].key in lx.NOT_BEFORE_SUBJECT)
        ):
            return mention
        if token.text in {".", ":", ";", "\n"} or token.key in lx.ENDS_SEARCH:
            return None
        listener = place > at and tokens[place - 1].key in {"a", "to", "con", "with"}
        if mention and mention.kind == "name":
            return None
        if token.is_capital and token.is_word and not listener:
            return None
    return None


def _past_listener(text: str, tokens: Tokens, at: int) -> int:
    """Past a paper or a station that was told, to the article of a title: “comentó a La Prensa Sur el director …”."""
    if at >= len(tokens) or tokens[at].key not in {"a", "al", "to"}:
        return at
    end = at + 1
    while end < len(tokens) and end < at + REACH and (tokens[end].is_capital or tokens[end].key in {"de", "del"}):
        end += 1
    titled = end < len(tokens) and end > at + 1 and tokens[end].text in {"el", "la"}
    return end if titled and read_mention(text, tokens, end) else at


def is_relative(rest: Tokens) -> bool:
    """Whether the rest of a sentence only says more of its person (“, whose husband, Luis Paz, …”)."""
    if len(rest) < 2 or rest[0].text != "," or rest[1].key not in lx.RELATIVES:
        return False
    return not any(phrase_end(rest, at, lx.SAID) for at in range(2, len(rest)))


def rest_of_sentence(tokens: Tokens, cue: Cue) -> int:
    """Where the sentence of a cue ends: what stands after that in a gap is somebody else's."""
    return sentence_end(tokens, cue.end) if cue.end < len(tokens) else len(tokens)
