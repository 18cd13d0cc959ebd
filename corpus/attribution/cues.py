"""
The cue that stands after a quote: “…,” said Ana Ruiz.
"""

from __future__ import annotations

from typing import NamedTuple

from corpus.attribution import lexicon as lx
from corpus.attribution.everybody import is_place_alone
from corpus.attribution.mentions import Mention, read_mention
from corpus.attribution.predicates import CLOSED, DASHES, REACH, Cue, named, stands_alone, subject_after
from corpus.attribution.tokens import Tokens, is_adverb, is_at, is_key, is_verblike, phrase_end

_SOFT_END = frozenset(",!?…—–-")
# Behind a name and what the person is, they say more of it before the cue.
_MORE = ("and", "y", "who", "quien", "que", "from", "in", "of", "with", "at", "de", "en", "con")


class _End(NamedTuple):
    """
    How a quote ends.

    Attributes:
        words: The quote's own words, without marks at their end.
        comma, dash: Which of them stand behind its closing mark.
        leads_on: Another quote ends the tokens: a verb right before it leads to that one.
    """

    words: str
    comma: bool
    dash: bool
    leads_on: bool

    @property
    def is_soft(self) -> bool:
        """Whether the sentence may go on behind the quote."""
        return self.comma or self.words[-1:] in _SOFT_END or self.words[-1:].isalnum()

    @property
    def is_attributed(self) -> bool:
        """Whether a comma says that the sentence goes on."""
        return self.comma or self.words[-1:] == ","


def cue_after(text: str, tokens: Tokens, place: int, quoted: str, *, leads_on: bool = False) -> Cue | None:
    """
    The attribution that starts at `place`, right after a quote.

    Args:
        quoted: The quote's own words; whether they end in a comma or a full stop tells what follows.
        leads_on: Another quote ends the tokens: a verb right before it leads to that one.
    """
    at, comma, dash = place, False, False
    while at < len(tokens) and at < place + 3 and (tokens[at].text == "," or tokens[at].text in DASHES):
        comma, dash, at = comma or tokens[at].text == ",", dash or tokens[at].text in DASHES, at + 1
    if is_at(tokens, at, "."):
        return _so_said(text, tokens, at + 1) or _signed(text, tokens, at + 1)
    if is_at(tokens, at, ":"):
        return _headline(text, tokens, at + 1)
    if at >= len(tokens) or tokens[at].text in CLOSED:
        return None
    quote = _End(quoted.rstrip("’'”\"»*_ ") or quoted, comma, dash, leads_on)
    start = at
    while at < len(tokens) and at < start + 2 and tokens[at].key in {"as", "so", "como", "asi", "lo"}:
        at += 1
    if is_at(tokens, at, "("):
        return _bracketed(text, tokens, at)
    if (end := phrase_end(tokens, at, lx.ACCORDING)) and tokens[at].key not in {"for", "para"}:
        if not phrase_end(tokens, end, lx.SAID):  # “según explicó Ana Ruiz”
            return _by_mention(text, tokens, at, end)
        at = end
    return (
        _verb_first(text, tokens, at, quote)
        or _subject_first(text, tokens, at, quote)
        or _signed(text, tokens, at, comma=quote.is_attributed)
        or (_of_nobody(tokens, at) if quote.is_soft else None)
    )


def _of_nobody(tokens: Tokens, at: int) -> Cue | None:
    """“…,” they said; “…,” one volunteer added."""
    if at >= len(tokens):
        return None
    if tokens[at].key not in lx.NOBODY and tokens[at].key not in lx.ARTICLES and not tokens[at].is_capital:
        return None
    for place in range(at, min(at + REACH, len(tokens))):
        if place > at and tokens[place].text.islower() and (end := phrase_end(tokens, place, lx.SAID)):
            return Cue("nobody", None, at, end, "not_a_person")
        if not tokens[place].is_word:
            return None
    return None


def _so_said(text: str, tokens: Tokens, at: int) -> Cue | None:
    """”. Así lo expresó Ana Ruiz."""
    if not is_key(tokens, at, "asi") or not is_key(tokens, at + 1, "lo", "se"):
        return None
    end = phrase_end(tokens, at + 2, lx.SAID)
    mention = subject_after(text, tokens, end) if end else None
    return named(text, tokens, mention, at, mention.end) if mention else None


def _headline(text: str, tokens: Tokens, at: int) -> Cue | None:
    """A headline of the form “…”: Ana Ruiz."""
    mention = read_mention(text, tokens, at)
    if mention is None or mention.kind not in {"name", "surname"}:
        return None
    closes = (
        mention.end >= len(tokens) or tokens[mention.end].text == "\n" or is_key(tokens, mention.end, "sobre", "on")
    )
    return Cue("named", mention, at, mention.end) if closes else None


def _signed(text: str, tokens: Tokens, at: int, *, comma: bool = False) -> Cue | None:
    """“…” Ana Ruiz, director, Casa Sur: no verb, and nothing else on the line; after a comma the sentence may go on."""
    mention = read_mention(text, tokens, at)
    if mention is None or mention.kind != "name" or not (mention.title or mention.organization):
        return None
    end = mention.end + is_at(tokens, mention.end, ".")
    closes = end >= len(tokens) or tokens[end].text == "\n" or (comma and end > mention.end)
    return Cue("named", mention, at, end, is_sure=False) if closes else None


def _bracketed(text: str, tokens: Tokens, at: int) -> Cue | None:
    mention = read_mention(text, tokens, at + 1)
    if mention is None or mention.kind != "name":
        return None
    close = next((i for i in range(mention.end, min(mention.end + 4, len(tokens))) if tokens[i].text == ")"), None)
    alone = close is not None and is_place_alone(tokens[mention.end : close])
    return Cue("named", mention, at, close + 1) if close is not None and alone else None


def _by_mention(text: str, tokens: Tokens, start: int, at: int) -> Cue:
    mention = read_mention(text, tokens, at)
    return (
        named(text, tokens, mention, start, mention.end) if mention else Cue("nobody", None, start, at, "not_a_person")
    )


def _verb_first(text: str, tokens: Tokens, start: int, quote: _End) -> Cue | None:
    """“said Ana Ruiz”, “señaló por su parte Ana Ruiz”, “agregó.”"""
    at = start
    while at < len(tokens) and at < start + 3 and is_adverb(tokens[at]) and not phrase_end(tokens, at, lx.SAID):
        at += 1
    end = phrase_end(tokens, at, lx.SAID)
    if end is None and quote.is_attributed:
        return _open_verb(text, tokens, start, at)
    if end is None or not tokens[at].text.islower():
        return None
    mention = subject_after(text, tokens, end)
    if mention:
        return named(text, tokens, mention, start, mention.end)
    if tokens[end - 1].key in lx.SUBJECTLESS and stands_alone(tokens, end) and not _names_later(tokens, end):
        return Cue("subjectless", None, start, end)
    return Cue("nobody", None, start, end, "not_a_person")


def _names_later(tokens: Tokens, end: int) -> bool:
    """Whether a name of one word follows that no list knows: “contó entre lágrimas Yanira”."""
    for place in range(end + 1, min(end + REACH, len(tokens))):
        before = tokens[place - 1]
        if not (before.is_word and tokens[place].is_word):
            return False
        if tokens[place].is_capital:
            return before.key not in lx.PREPOSITIONS | lx.AFTER_SUBJECTLESS | lx.DEFINITE and before.text.islower()
    return False


def _open_verb(text: str, tokens: Tokens, start: int, at: int) -> Cue | None:
    """“…,” laughed Ana Ruiz; ”, presumió.: after the comma of an attribution, a verb that no list holds."""
    if not is_verblike(tokens, at):
        return None
    mention = read_mention(text, tokens, at + 1)
    if mention:
        return named(text, tokens, mention, start, mention.end)._replace(is_sure=False)
    spanish = not tokens[at].key.endswith(("ed", "s"))
    closes = at + 1 >= len(tokens) or tokens[at + 1].text in CLOSED
    return Cue("subjectless", None, start, at + 1, is_sure=False) if spanish and closes else None


def _subject_first(text: str, tokens: Tokens, at: int, quote: _End) -> Cue | None:
    """“Ana Ruiz, director of Casa Sur, said”, “she concluded”, “– Ana Ruiz, poet”."""
    mention = read_mention(text, tokens, at)
    if mention is None:
        return None
    signs = mention.kind == "name" or (mention.kind == "surname" and mention.courtesy and mention.title)
    if quote.dash and signs and (end := _signature_end(tokens, mention)) is not None:
        return Cue("named", mention, at, end)
    verb = _verb_of(tokens, mention)
    if verb is None and quote.is_attributed and is_verblike(tokens, mention.end):
        return named(text, tokens, mention, at, mention.end + 1)._replace(is_sure=False)
    if verb is None:
        return None
    end = phrase_end(tokens, verb, lx.SAID) or verb
    if is_at(tokens, end, ":") and quote.words[-1:] != ",":
        return None
    closes = not quote.leads_on if end >= len(tokens) else tokens[end].text in {".", "\n"}
    if not quote.is_soft and not closes:
        return None
    return named(text, tokens, mention, at, end)


def _signature_end(tokens: Tokens, mention: Mention) -> int | None:
    """Where the line of a person after a dash ends, if it says nothing but who the person is."""
    end = mention.end
    if is_at(tokens, end, ","):
        while end < len(tokens) and end < mention.end + REACH and tokens[end].text not in {"\n", "."}:
            if tokens[end].is_word and not tokens[end].is_capital and tokens[end].key not in lx.JOINERS:
                return None
            end += 1
    return end if end >= len(tokens) or tokens[end].text in {"\n", "."} else None


def _verb_of(tokens: Tokens, mention: Mention) -> int | None:
    """Where the cue of a subject stands: beside it, or after a clause between commas."""
    at = mention.end + is_at(tokens, mention.end, ",")
    while at < len(tokens) and at < mention.end + 4 and is_adverb(tokens[at]) and not phrase_end(tokens, at, lx.SAID):
        at += 1
    if phrase_end(tokens, at, lx.SAID) and tokens[at].text.islower():
        return at
    if mention.kind != "name" or not (is_at(tokens, mention.end, ",") or is_key(tokens, mention.end, *_MORE)):
        return None
    for place in range(mention.end + 1, min(len(tokens), mention.end + 30)):
        if tokens[place].text in {".", ":", ";", "\n"}:
            return None
        if tokens[place].text == "," and phrase_end(tokens, place + 1, lx.SAID) and tokens[place + 1].text.islower():
            return place + 1
    return None
