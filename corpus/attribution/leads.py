"""
The cue that leads up to a quote: Ana Ruiz said: “…”; according to Ana Ruiz, “…”; Ana Ruiz: “…”.
"""

from __future__ import annotations

from corpus.attribution import lexicon as lx
from corpus.attribution.everybody import is_place_alone, mentions_of
from corpus.attribution.hints import answered, spoke
from corpus.attribution.mentions import Mention, read_mention
from corpus.attribution.openings import dismissed, in_view, is_of_another, opening_end, told
from corpus.attribution.predicates import Cue, named, stands_alone, subject_after
from corpus.attribution.tokens import Tokens, is_adverb, is_at, is_key, last_sentence, phrase_end

_LONGEST_LEAD = 90
# Words between a cue and a quote that it still leads to.
_FAR = 14
_BULLETS = frozenset("•·▪►●○■-–—")


def cue_before(text: str, tokens: Tokens, floor: int, quoted: str) -> Cue | None:
    """
    The attribution that leads up to the quote at the end of `tokens`.

    Args:
        floor: Tokens before this one belong to the attribution of an earlier quote.
    """
    stop = len(tokens)
    while stop > floor and tokens[stop - 1].text == "\n":
        stop -= 1
    start = max(
        floor,
        stop - _LONGEST_LEAD,
        last_sentence(tokens[max(0, stop - _LONGEST_LEAD) : stop]) + max(0, stop - _LONGEST_LEAD),
    )
    while start < stop and (tokens[start].text in _BULLETS):
        start += 1
    clause = tokens[start:stop]
    if not clause:
        return None
    found = (
        _according(text, clause)
        or _label(text, clause, quoted)
        or in_view(text, clause, quoted)
        or _participle(text, clause)
        or told(text, clause, quoted)
        or _verb_before(text, clause, quoted)
        or _issued(text, clause)
        or answered(text, clause)
        or spoke(text, clause, quoted)
    )
    return found._replace(start=found.start + start, end=stop) if found else None


def _according(text: str, clause: Tokens) -> Cue | None:
    """“According to Ana Ruiz, …”, also where the sentence goes on before the quote."""
    for at in range(len(clause)):
        end = phrase_end(clause, at, lx.ACCORDING)
        if end is None or (at > 0 and clause[at].key in {"for", "para"}):
            continue
        mention = read_mention(text, clause, end)
        after = mention.end + is_at(clause, mention.end, ",", ":") if mention else end
        others = [m for m in mentions_of(text, clause[after:]) if m.kind == "name"]
        verb = any(phrase_end(clause, i, lx.SAID) for i in range(after, len(clause)))
        goes_on = after > (mention.end if mention else end) and len(clause) - after <= 14 and not others and not verb
        if mention and (after >= len(clause) or (goes_on and mention.kind in {"name", "surname"})):
            return named(text, clause, mention, at, len(clause))
        return Cue("nobody", None, at, len(clause), "not_a_person") if clause[at].key not in {"for", "para"} else None
    return None


def _label(text: str, clause: Tokens, quoted: str) -> Cue | None:
    """“Ana Ruiz, poet: “…””, “Ana Ruiz, on the ruling: “…””, “Ana Ruiz, director of Casa Sur, “…””."""
    if clause[-1].text == ":" and clause[0].key in lx.OPENERS and len(clause) > 2:
        clause = clause[1:]  # “And Ana Ruiz: “…””
    mention = read_mention(text, clause, 0, lines=True)
    if mention is None or mention.kind not in {"name", "surname"}:
        return None
    if clause[-1].text != ":":
        if clause[-1].key in lx.PREPOSITIONS:
            return None
        named_so = mention.title or mention.organization if mention.kind == "name" else mention.courtesy
        described = named_so and quoted[0].isupper() and clause[-1].text == ","
        described = described or (mention.kind == "name" and mention.title and quoted[0].isupper())
        alone = described and is_place_alone(clause[mention.end :])
        return named(text, clause, mention, 0, len(clause)) if alone else None
    at = mention.end + is_at(clause, mention.end, ",")
    if is_place_alone(clause[mention.end : -1]) or (
        at < len(clause) and clause[at].key in {"on", "about", "sobre", "ante"}
    ):
        return named(text, clause, mention, 0, len(clause))
    return None


def _participle(text: str, clause: Tokens) -> Cue | None:
    for at in range(len(clause) - 1, max(-1, len(clause) - 14), -1):
        if not phrase_end(clause, at, lx.PARTICIPLE) or not clause[at].text.islower():
            continue
        if clause[at].key in {"who", "quien"}:
            mentions = mentions_of(text, clause[:at])
            if mentions and mentions[-1].end in {at, at - 1} and mentions[-1].kind != "pronoun":
                return named(text, clause, mentions[-1], mentions[-1].start, len(clause))
        joined = at == 0 or clause[at].key in {"and", "y", "who", "quien", "al"} or not clause[at - 1].is_word
        if joined or clause[at - 1].key in lx.STATEMENT | lx.OCCASIONS or is_adverb(clause[at - 1]):
            return Cue("same", None, at, len(clause))
        return Cue("nobody", None, at, len(clause), "ambiguous")
    return None


def _verb_before(text: str, clause: Tokens, quoted: str) -> Cue | None:
    mentions = mentions_of(text, clause)
    led = clause[-1].text in {":", ","} or clause[-1].key in {"that", "que", "how", "como"}
    for at in range(len(clause) - 1, -1, -1):
        end = phrase_end(clause, at, lx.SAID)
        naming = None if end else phrase_end(clause, at, lx.NAMING_VERBS)
        if not (end or naming) or not (clause[at].text.islower() or at == 0):
            continue
        if naming and (len(quoted.split(maxsplit=3)) < 3 or at == 0):
            continue
        cue = subject_of(text, clause, mentions, at, end or naming or at, led=led)
        if cue and clause[-1].text == "." and is_of_another(clause[end or at :], quoted):
            return cue._replace(how="nobody", mention=None, reason="ambiguous")
        if cue:
            return cue
        if end and not (at and (clause[at - 1].key in lx.BEFORE_NOUN or clause[at - 1].key in lx.PASSIVE)):
            return Cue("nobody", None, at, len(clause), "not_a_person")
    return None


def subject_of(text: str, clause: Tokens, mentions: list[Mention], at: int, end: int, *, led: bool) -> Cue | None:
    """The cue at `clause[at:end]` with its subject before or after it, if it leads to the quote."""
    before = at
    while before and is_adverb(clause[before - 1]):
        before -= 1
    subject = _subject_before(clause, mentions, before)
    if subject:
        told = clause[end - 1].key in lx.TELLING
        somebody_else = any(m.start >= end + told and m.kind == "name" for m in mentions)
        listened = max((m.end for m in mentions if told and m.start == end), default=end)
        if somebody_else or not (led or len(clause) - listened <= _FAR):
            return None
        if _is_joined(clause, mentions, subject) or _is_object(clause, subject):
            return Cue("nobody", None, at, len(clause), "ambiguous")
        return named(text, clause, subject, subject.start, len(clause))
    inverted = None if clause[end - 1].key in lx.TELLING else subject_after(text, clause, end)
    if inverted and len(clause) - inverted.end <= (_FAR if led and clause[-1].text == ":" else 2):
        return named(text, clause, inverted, at, len(clause))
    linked = all(is_adverb(token) or token.key in lx.LINKING for token in clause[:before])
    linked = linked or opening_end(text, clause) == before
    alone = stands_alone(clause, end) or dismissed(clause, end)
    if linked and clause[end - 1].key in lx.SUBJECTLESS and alone:
        return Cue("subjectless", None, at, len(clause))
    return None


def _subject_before(clause: Tokens, mentions: list[Mention], before: int) -> Mention | None:
    comma = before > 0 and clause[before - 1].text == ","
    if is_key(clause, before - 1, "who", "quien"):
        return next((m for m in mentions if m.end in {before - 1, before - 2} and m.kind != "pronoun"), None)
    for mention in mentions:
        if (
            comma
            and mention.end < before - 1
            and is_at(clause, mention.end, ",")
            and is_key(clause, mention.end + 1, *lx.RELATIVES)
        ):
            return mention  # whoever else its clause names: “Ana Ruiz, who lives with Luis Paz, said”
    for mention in mentions:
        if mention.end == before or (comma and mention.end == before - 1):
            return mention
    joined = before > 0 and clause[before - 1].key in {"and", "y", "e"}
    earlier = [m for m in mentions if m.kind == "name" and m.start < before and _opens_clause(clause, m)]
    return earlier[0] if (comma or joined) and len(earlier) == 1 else None


def _is_joined(clause: Tokens, mentions: list[Mention], subject: Mention) -> bool:
    """Whether the subject is the second of two people: “Ana Ruiz and Luis Paz said”."""
    at = subject.start - 1
    while at > 0 and clause[at].key in lx.BEFORE_NOUN and clause[at].key not in {"and", "y"}:
        at -= 1
    return at > 0 and clause[at].key in {"and", "y", "e"} and any(m.end in {at, at - 1} for m in mentions)


def _is_object(clause: Tokens, subject: Mention) -> bool:
    """Whether the words before a person make them no subject: “a letter to Ana Ruiz said”, “quoting Ana Ruiz, said”."""
    if subject.start == 0 or clause[subject.start - 1].key in lx.SUBORDINATING:
        return False
    before = clause[subject.start - 1]
    return before.key in lx.PREPOSITIONS or (before.text.islower() and before.key.endswith(("ing", "ndo")))


def _opens_clause(clause: Tokens, mention: Mention) -> bool:
    """Whether a mention stands where a sentence has its subject: at the start, or after a first comma."""
    if mention.start == 0 or clause[mention.start - 1].key in lx.SUBORDINATING:
        return True
    return clause[mention.start - 1].text == "," and not is_at(clause, mention.end, "'s")


def announced(text: str, sentence: Tokens) -> Cue | None:
    """“The following is a statement from Ana Ruiz, director of Casa Sur.”, though no colon ends it."""
    keys = {token.key for token in sentence}
    if not keys & {"following", "below", "siguiente", "siguientes"} or not keys & lx.STATEMENT:
        return None
    people = [m for m in mentions_of(text, sentence) if m.kind == "name"]
    return named(text, sentence, people[0], people[0].start, len(sentence)) if len(people) == 1 else None


def _issued(text: str, clause: Tokens) -> Cue | None:
    """“Ana Ruiz, director, issued the following statement:”, “Statement from Ana Ruiz:”."""
    if clause[-1].text != ":":
        return None
    words = [i for i, token in enumerate(clause) if token.key in lx.STATEMENT]
    if not words:
        return None
    for mention in mentions_of(text, clause):
        if mention.kind != "name":
            continue
        at = mention.end + is_at(clause, mention.end, ",")
        verb = at < len(clause) and phrase_end(clause, at, lx.ISSUING)
        if verb and any(word >= verb for word in words) and _opens_clause(clause, mention):
            return named(text, clause, mention, mention.start, len(clause))
        by = mention.start and clause[mention.start - 1].key in {"from", "by", "of", "de", "to", "a"}
        if by and mention.end == len(clause) - 1 and any(word < mention.start for word in words):
            return named(text, clause, mention, mention.start, len(clause))
    return None
