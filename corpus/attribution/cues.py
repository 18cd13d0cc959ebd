"""
Who the words beside a quote say that it is by: cues after it, before it, and nobody's.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from corpus.attribution import lexicon as lx
from corpus.attribution.mentions import Mention, read_mention
from corpus.attribution.tokens import Tokens, is_adverb, is_at, last_sentence, phrase_end, sentence_end

How = Literal["named", "subjectless", "same", "nobody"]

_DASHES = frozenset("–—-―~")
_CLOSED = frozenset(".,;:!?…\n")
_SOFT_END = frozenset(",!?…—–-")
_SPANISH_OBJECT = frozenset("que al en y durante tras ante sobre a con por para ayer hoy mientras".split())
_NOUN_BEFORE = frozenset(
    "the a an his her their our its these those this to of such el la los las un una su sus de y and".split()
)
_ARTICLES = frozenset({"the", "la", "el", "los", "las"})
# "Asimismo,", "Por su parte,": what may stand before a Spanish cue without a subject.
_LINKING = frozenset("por su parte otro lado en ese este sentido al respecto y e a la vez de igual forma manera ,".split())
_REACH = 9
_LONGEST_LEAD = 90


class Cue(NamedTuple):
    """
    An attribution as printed; who the mention is gets decided later.

    Attributes:
        how: `named` with a mention, `subjectless` (the last speaker), `same` (whom the sentence is about), `nobody`.
        start, end: Its tokens.
        reason: Why nobody, where that is known.
    """

    how: How
    mention: Mention | None
    start: int
    end: int
    reason: str | None = None


def cue_after(text: str, tokens: Tokens, place: int, quoted: str) -> Cue | None:
    """
    The attribution that starts at `place`, right after a quote.

    Args:
        quoted: The quote's own words; whether they end in a comma or a full stop tells what follows.
    """
    at, comma, dash = place, False, False
    while at < len(tokens) and at < place + 3 and (tokens[at].text == "," or tokens[at].text in _DASHES):
        comma, dash, at = comma or tokens[at].text == ",", dash or tokens[at].text in _DASHES, at + 1
    if at >= len(tokens) or tokens[at].text in _CLOSED:
        return None
    soft = comma or quoted[-1:] in _SOFT_END or quoted[-1:].isalnum()
    start = at
    while at < len(tokens) and at < start + 2 and tokens[at].key in {"as", "so", "como", "asi", "lo"}:
        at += 1
    if is_at(tokens, at, "("):
        return _bracketed(text, tokens, at)
    if (end := phrase_end(tokens, at, lx.ACCORDING)) and tokens[at].key != "para":
        return _by_mention(text, tokens, at, end)
    return _verb_first(text, tokens, at) or _subject_first(text, tokens, at, soft=soft, dash=dash, quoted=quoted)


def _bracketed(text: str, tokens: Tokens, at: int) -> Cue | None:
    mention = read_mention(text, tokens, at + 1)
    if mention and mention.kind == "name" and is_at(tokens, mention.end, ")"):
        return Cue("named", mention, at, mention.end + 1)
    return None


def _by_mention(text: str, tokens: Tokens, start: int, at: int) -> Cue:
    mention = read_mention(text, tokens, at)
    return _named(text, tokens, mention, start, mention.end) if mention else Cue("nobody", None, start, at, "not_a_person")


def _verb_first(text: str, tokens: Tokens, start: int) -> Cue | None:
    """“said Ana Ruiz”, “señaló por su parte Ana Ruiz”, “agregó.”"""
    at = start
    while at < len(tokens) and at < start + 3 and is_adverb(tokens[at]) and not phrase_end(tokens, at, lx.SAID):
        at += 1
    end = phrase_end(tokens, at, lx.SAID)
    if end is None or not tokens[at].text.islower():
        return None
    mention = _subject_after(text, tokens, end)
    if mention:
        return _named(text, tokens, mention, start, mention.end)
    if tokens[end - 1].key in lx.SUBJECTLESS and _stands_alone(tokens, end):
        return Cue("subjectless", None, start, end)
    return Cue("nobody", None, start, end, "not_a_person")


def _stands_alone(tokens: Tokens, end: int) -> bool:
    if end >= len(tokens):
        return True
    return tokens[end].text in _CLOSED or tokens[end].key in _SPANISH_OBJECT or is_adverb(tokens[end])


def _subject_after(text: str, tokens: Tokens, end: int) -> Mention | None:
    """The person after a cue; further on only a full name, over words that say when, where and to whom."""
    at = end
    while at < len(tokens) and at < end + 2 and is_adverb(tokens[at]):
        at += 1
    mention = read_mention(text, tokens, at)
    if mention:
        return mention
    for place in range(at, min(len(tokens), at + _REACH)):
        token = tokens[place]
        mention = read_mention(text, tokens, place)
        if mention and mention.kind == "name":
            return None if place > at and tokens[place - 1].key in _ARTICLES and mention.where == token.start else mention
        if token.text in {".", ":", ";", "\n"} or token.key in {"that", "que", "who", "quien", "and", "y", "of"}:
            return None
        if token.is_capital and token.is_word:
            return None
    return None


def _subject_first(text: str, tokens: Tokens, at: int, *, soft: bool, dash: bool, quoted: str) -> Cue | None:
    """“Ana Ruiz, director of Casa Sur, said”, “she concluded”, “– Ana Ruiz, poet”."""
    mention = read_mention(text, tokens, at)
    if mention is None:
        return None
    if dash and mention.kind == "name" and (mention.end >= len(tokens) or tokens[mention.end].text in {"\n", "."}):
        return Cue("named", mention, at, mention.end)
    verb = _verb_of(tokens, mention)
    if verb is None:
        return None
    end = phrase_end(tokens, verb, lx.SAID) or verb
    if is_at(tokens, end, ":") and quoted[-1:] != ",":
        return None
    closes = end >= len(tokens) or tokens[end].text in {".", "\n"}
    if not soft and not closes:
        return None
    return _named(text, tokens, mention, at, end)


def _verb_of(tokens: Tokens, mention: Mention) -> int | None:
    """Where the cue of a subject stands: beside it, or after a clause between commas."""
    at = mention.end + is_at(tokens, mention.end, ",")
    while at < len(tokens) and at < mention.end + 4 and is_adverb(tokens[at]) and not phrase_end(tokens, at, lx.SAID):
        at += 1
    if phrase_end(tokens, at, lx.SAID) and tokens[at].text.islower():
        return at
    if mention.kind != "name" or not is_at(tokens, mention.end, ",", "and", "y"):
        return None
    for place in range(mention.end + 1, min(len(tokens), mention.end + 30)):
        if tokens[place].text in {".", ":", ";", "\n"}:
            return None
        if tokens[place].text == "," and phrase_end(tokens, place + 1, lx.SAID) and tokens[place + 1].text.islower():
            return place + 1
    return None


def _named(text: str, tokens: Tokens, mention: Mention, start: int, end: int) -> Cue:
    """The cue of one person; two joined by "and" are nobody in particular."""
    after = mention.end + is_at(tokens, mention.end, ",")
    if after < len(tokens) and tokens[after].key in {"and", "y", "e", "&"}:
        other = read_mention(text, tokens, after + 1)
        if other and other.kind in {"name", "surname"}:
            return Cue("nobody", None, start, max(end, other.end), "ambiguous")
    return Cue("named", mention, start, end)


def cue_before(text: str, tokens: Tokens, floor: int, quoted: str) -> Cue | None:
    """
    The attribution that leads up to the quote at the end of `tokens`.

    Args:
        floor: Tokens before this one belong to the attribution of an earlier quote.
    """
    stop = len(tokens)
    while stop > floor and tokens[stop - 1].text == "\n":
        stop -= 1
    start = max(floor, stop - _LONGEST_LEAD, last_sentence(tokens[max(0, stop - _LONGEST_LEAD) : stop]) + max(0, stop - _LONGEST_LEAD))
    clause = tokens[start:stop]
    if not clause:
        return None
    found = _according(text, clause) or _label(text, clause) or _participle(clause) or _verb_before(text, clause, quoted)
    found = found or _issued(text, clause)
    return found._replace(start=found.start + start, end=stop) if found else None


def _according(text: str, clause: Tokens) -> Cue | None:
    """“According to Ana Ruiz, …”, also where the sentence goes on before the quote."""
    for at in range(len(clause)):
        end = phrase_end(clause, at, lx.ACCORDING)
        if end is None or (at > 0 and clause[at].key == "para"):
            continue
        mention = read_mention(text, clause, end)
        after = mention.end + is_at(clause, mention.end, ",", ":") if mention else end
        others = [m for m in _mentions(text, clause[after:]) if m.kind == "name"]
        verb = any(phrase_end(clause, i, lx.SAID) for i in range(after, len(clause)))
        goes_on = after > (mention.end if mention else end) and len(clause) - after <= 14 and not others and not verb
        if mention and (after >= len(clause) or (goes_on and mention.kind == "name")):
            return _named(text, clause, mention, at, len(clause))
        return Cue("nobody", None, at, len(clause), "not_a_person") if clause[at].key != "para" else None
    return None


def _label(text: str, clause: Tokens) -> Cue | None:
    """“Ana Ruiz, poet: “…””, “Ana Ruiz, on the ruling: “…””."""
    if clause[-1].text != ":":
        return None
    mention = read_mention(text, clause, 0)
    if mention is None or mention.kind not in {"name", "surname"}:
        return None
    at = mention.end + is_at(clause, mention.end, ",")
    if mention.end == len(clause) - 1 or (at < len(clause) and clause[at].key in {"on", "about", "sobre", "ante"}):
        return _named(text, clause, mention, 0, len(clause))
    return None


def _participle(clause: Tokens) -> Cue | None:
    for at in range(len(clause) - 1, max(-1, len(clause) - 14), -1):
        if phrase_end(clause, at, lx.PARTICIPLE) and clause[at].text.islower():
            return Cue("same", None, at, len(clause))
    return None


def _verb_before(text: str, clause: Tokens, quoted: str) -> Cue | None:
    mentions = _mentions(text, clause)
    led = clause[-1].text in {":", ","} or clause[-1].key in {"that", "que", "how", "como"}
    for at in range(len(clause) - 1, -1, -1):
        end = phrase_end(clause, at, lx.SAID)
        naming = None if end else phrase_end(clause, at, lx.NAMING_VERBS)
        if not (end or naming) or not (clause[at].text.islower() or at == 0):
            continue
        if naming and (len(quoted.split(maxsplit=3)) < 3 or at == 0):
            continue
        cue = _subject_of(text, clause, mentions, at, end or naming or at, led=led)
        if cue:
            return cue
        if end and not (at and clause[at - 1].key in _NOUN_BEFORE):
            return Cue("nobody", None, at, len(clause), "not_a_person")
    return None


def _subject_of(text: str, clause: Tokens, mentions: list[Mention], at: int, end: int, *, led: bool) -> Cue | None:
    """The cue at `clause[at:end]` with its subject before or after it, if it leads to the quote."""
    others = [m for m in mentions if m.start >= end and m.kind == "name"]
    reach = len(clause) - end
    before = at
    while before and is_adverb(clause[before - 1]):
        before -= 1
    subject = next((m for m in mentions if m.end == before or (m.end == before - 1 and clause[before - 1].text == ",")), None)
    if subject is None and before and clause[before - 1].text == ",":
        named = [m for m in mentions if m.kind == "name" and m.start < at]
        subject = named[0] if named and _opens_clause(clause, named[0]) and len(named) == 1 else None
    if subject and not others and (led or reach <= 14):
        joint = subject.start >= 2 and clause[subject.start - 1].key in {"and", "y", "e"}
        if joint and any(m.end == subject.start - 1 or m.end == subject.start - 2 for m in mentions):
            return Cue("nobody", None, at, len(clause), "ambiguous")
        return _named(text, clause, subject, subject.start, len(clause))
    if subject is None:
        inverted = _subject_after(text, clause, end)
        if inverted and len(clause) - inverted.end <= 2 + 12 * led * (clause[-1].text == ":"):
            return _named(text, clause, inverted, at, len(clause))
        if all(is_adverb(token) or token.key in _LINKING for token in clause[:before]) and clause[end - 1].key in lx.SUBJECTLESS and _stands_alone(clause, end):
            return Cue("subjectless", None, at, len(clause))
    return None


def _opens_clause(clause: Tokens, mention: Mention) -> bool:
    """Whether a mention stands where a sentence has its subject: at the start, or after a first comma."""
    if mention.start == 0:
        return True
    return clause[mention.start - 1].text == "," and not is_at(clause, mention.end, "'s")


def _mentions(text: str, clause: Tokens) -> list[Mention]:
    found, at = [], 0
    while at < len(clause):
        mention = read_mention(text, clause, at)
        if mention:
            found.append(mention)
        at = max(at + 1, mention.end if mention else 0)
    return found


def _issued(text: str, clause: Tokens) -> Cue | None:
    """“Ana Ruiz, director, issued the following statement:”, “Statement from Ana Ruiz:”."""
    if clause[-1].text != ":":
        return None
    words = [i for i, token in enumerate(clause) if token.key in lx.STATEMENT]
    if not words:
        return None
    for mention in _mentions(text, clause):
        if mention.kind != "name":
            continue
        at = mention.end + is_at(clause, mention.end, ",")
        verb = at < len(clause) and phrase_end(clause, at, lx.ISSUING)
        if verb and any(word >= verb for word in words) and _opens_clause(clause, mention):
            return _named(text, clause, mention, mention.start, len(clause))
        by = mention.start and clause[mention.start - 1].key in {"from", "by", "of", "de", "to", "a"}
        if by and mention.end == len(clause) - 1 and any(word < mention.start for word in words):
            return _named(text, clause, mention, mention.start, len(clause))
    return None


def rest_of_sentence(tokens: Tokens, cue: Cue) -> int:
    """Where the sentence of a cue ends: what stands after that in a gap is somebody else's."""
    return sentence_end(tokens, cue.end) if cue.end < len(tokens) else len(tokens)
