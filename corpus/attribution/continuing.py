"""
Whether a quote goes on with the one before it: “…,” said Ana Ruiz. “…”; said it was “cruel” and that it “hurts”.
"""

from __future__ import annotations

from corpus.attribution import lexicon as lx
from corpus.attribution.drafts import Draft
from corpus.attribution.everybody import read_people
from corpus.attribution.leads import cue_before
from corpus.attribution.predicates import Cue, is_relative, rest_of_sentence
from corpus.attribution.titles import is_head
from corpus.attribution.tokens import Tokens, is_key, phrase_end

_LONGEST_JOIN = 8
# Before a capitalised name behind an attribution: a place, not a second person.
_BEFORE_PLACE = ("in", "at", "on", "by", "from", "outside", "after", "before", "en", "a", "de", "por", "tras", "ante")
_WHERE = ("in", "at", "near", "outside", "of", "from", "en", "de", "desde", "ante")


def is_pure(text: str, gap: Tokens, trailing: Cue | None) -> bool:
    """Whether a gap holds nothing but the attribution of the stretch before it, and nobody else."""
    if trailing is None or trailing.how not in {"named", "subjectless"}:
        return False
    stop = len(gap)
    while stop and gap[stop - 1].text == "\n":
        stop -= 1
    if rest_of_sentence(gap[:stop], trailing) < stop:
        return False
    if stop < len(gap) and not any(phrase_end(gap, at, lx.SAID) for at in range(stop)):
        return False  # a line that signs the quote before it
    rest = gap[trailing.end : stop]
    named = [m for m in read_people(text, rest) if m.kind == "name"]
    placed = all(m.start and m.where == rest[m.start].start and _is_placed(rest, m.start) for m in named)
    return is_relative(rest) or placed


def _is_placed(rest: Tokens, at: int) -> bool:
    """Whether capitals behind an attribution are a place or a thing: “in Paso Alto”, “for a Path North”."""
    return is_key(rest, at - 1, *_WHERE) or (is_key(rest, at - 1, *lx.INDEFINITE, "a", "an") and at > 1)


def joins_on(text: str, gap: Tokens, start: int, last: Draft, trailing: Cue | None) -> bool:
    """Whether a quote that starts at `start` is one more part of the sentence, or the statement, of the last one."""
    between = text[last.end : start]
    if trailing is None and len(between) <= 4 and not any(c.isalnum() or c == "\n" for c in between):
        return True  # only white space parts them: paragraphs of one statement, run together
    if trailing and trailing.how in {"named", "subjectless"} and _resumes(gap[rest_of_sentence(gap, trailing) :]):
        return last.printed != ""
    if not gap or last.printed == "" or text[last.end - 1] in ".!?…":
        return False
    if len(gap) <= 4 and all(token.key in lx.JOINING for token in gap):
        return True
    plain = all(token.text.islower() or token.text == "," for token in gap)
    led = trailing is None and is_key(gap, 0, "and", "or", "but", "y", "o", "pero")
    speaks = any(phrase_end(gap, at, lx.SAID) for at in range(len(gap)))
    return led and plain and len(gap) <= _LONGEST_JOIN and not speaks


def _resumes(rest: Tokens) -> bool:
    """Whether a sentence says only when the same person went on: “And then, after a minute:”."""
    if len(rest) < 2 or rest[-1].text != ":" or len(rest) > _LONGEST_JOIN:
        return False
    if rest[0].key not in lx.RESUMING and rest[-2].key not in lx.RESUMING:
        return False
    plain = all(token.text.islower() or not token.is_word for token in rest[1:])
    other = any(
        is_head(token) or (token.key in lx.DEFINITE and not is_key(rest, at - 1, *_BEFORE_PLACE))
        for at, token in enumerate(rest)
    )  # “And then the guard:”
    return plain and not other and not any(phrase_end(rest, at, lx.SAID) for at in range(len(rest)))


def answers_lead(text: str, cue: Cue, quoted: str, own: Tokens) -> bool:
    """Whether “Ana Ruiz disagreed.” behind a whole quote that its own lead-in attributes says nothing of it."""
    subject_first = cue.mention is not None and cue.mention.start == cue.start
    ended = quoted.rstrip("’'”\"»")[-1:] in {".", "!", "?"}
    led = bool(own) and own[-1].text in {":", ","}
    return subject_first and ended and led and cue_before(text, own, 0, quoted) is not None
