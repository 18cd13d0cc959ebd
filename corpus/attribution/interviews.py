"""
Interviews in which only “A:” stands before an answer: they are the words of whom the text above introduces.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.attribution import lexicon as lx
from corpus.attribution.everybody import read_people
from corpus.attribution.mentions import Mention
from corpus.attribution.tokens import phrase_end, sentence_end, tokenise
from corpus.attribution.turns import Turn, goes_on
from corpus.models import Span
from corpus.sentences import trim

_ASKED = re.compile(r"[*_]{0,3}(?:Q|P|Question|Pregunta)[*_]{0,3}\s?[:.)–—-][*_]{0,3}\s*(?=\S)", re.IGNORECASE)
_ANSWERED = re.compile(r"[*_]{0,3}(?:A|R|Answer|Respuesta)[*_]{0,3}\s?[:.)–—-][*_]{0,3}\s*(?=\S)", re.IGNORECASE)
# Whoever asked or wrote it down: “Interview by Ana Ruiz”.
_WROTE = frozenset({"by", "por"})


def find_answers(text: str, lines: Sequence[tuple[Span, int]]) -> list[Turn]:
    """
    The answers of an interview in order, none where nobody, or two people, were talked to.

    Args:
        lines: Spans of the hard lines with the number of their block.
    """
    asked = [place for place, (line, _) in enumerate(lines) if _ASKED.match(text, line.start, line.end)]
    answered = [place for place, (line, _) in enumerate(lines) if _ANSWERED.match(text, line.start, line.end)]
    if not asked or not answered or len(asked) + len(answered) < 3 or asked[0] > answered[0]:
        return []
    guest = _guest(text, lines[asked[0]][0].start)
    if guest is None:
        return []
    turns: list[Turn] = []
    speaks = False
    for place, (line, block) in enumerate(lines[asked[0] :], start=asked[0]):
        if label := _ANSWERED.match(text, line.start, line.end):
            turns.append(Turn(guest, trim(text, label.end(), line.end), line.start, block))
            speaks = True
        elif _ASKED.match(text, line.start, line.end):
            speaks = False
        elif speaks and place < asked[-1] and goes_on(text, line):
            turns.append(Turn(guest, line, line.start, block, continues=True))
    return turns


def _guest(text: str, stop: int) -> Mention | None:
    """The one person above the first question whom somebody “sat down with”: a page of questions has none."""
    tokens = tokenise(text, 0, stop, frozenset(match.start() for match in re.finditer("\n", text[:stop])))
    people = [m for m in read_people(text, tokens) if m.kind == "name"]
    people = [m for m in people if m.start == 0 or tokens[m.start - 1].key not in _WROTE]
    hosted = [m for m in people if any(phrase_end(tokens, m.start - n, lx.INTERVIEWED) == m.start for n in (1, 2, 3))]
    if len({m.printed.casefold() for m in hosted}) != 1:
        return None
    last = hosted[-1]
    sentence = sentence_end(tokens, last.end)
    return None if any(last.end <= m.start < sentence and m not in hosted for m in people) else last
