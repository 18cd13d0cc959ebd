"""
Lines that name who speaks the quote above or below them: NAME, TITLE, ORG, with or without dash, colon or bold marks.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from corpus.attribution import lexicon as lx
from corpus.attribution.everybody import is_place_alone
from corpus.attribution.mentions import Mention, read_mention
from corpus.attribution.page import Page
from corpus.attribution.tokens import Token, Tokens, is_at, phrase_end
from corpus.models import Span

_DASHES = frozenset("–—-―~")
_LONGEST_LINE = 60
_MOST_LINES = 3
_LONGEST_ASIDE = 12
_BEFORE_QUOTE = re.compile(r"[\s*_>•·▪●]*")
_AFTER_QUOTE = re.compile(r"[\s*_.]*")
_LINE_END = re.compile(r"[^\S\n]*[*_]*[^\S\n]*(?:\n|$)")


@dataclass(slots=True)
class _Line:
    """
    A line that is nothing but a person; `above` and `below` are the whole quotes next to it.

    `beside` is the one of them that stands in the same block: no empty line parts the two.
    """

    mention: Mention
    has_dash: bool
    has_colon: bool
    above: int | None = None
    below: int | None = None
    beside: int | None = None

    def owner(self, leads: bool) -> int | None:
        """Whose line it is: a dash signs what stands above, a colon leads, else as the first line of its list does."""
        if self.above is None or self.below is None:
            return self.below if self.above is None else self.above
        if self.beside is not None and not self.has_colon:
            return self.beside
        return self.below if self.has_colon or (leads and not self.has_dash) else self.above


class Signatures:
    """The person whom a line of its own names for a stretch, by the stretch's number."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._lines: dict[int, _Line] = {}
        self._found: dict[int, tuple[Mention, bool]] = {}
        numbers = [n for n, stretch in enumerate(page.stretches) if not stretch.is_single]
        for number in numbers:
            self._look(number)
        self._share_out()

    def of(self, number: int) -> Mention | None:
        """The person on the line above a stretch or below it."""
        return self._found[number][0] if number in self._found else None

    def leads(self, number: int) -> bool:
        """Whether the line stands above, so that further quoted paragraphs below go on with the same person."""
        return number in self._found and self._found[number][1]

    def _share_out(self) -> None:
        """Give every line to one quote; lists in which lines and quotes take turns read all of theirs in one way."""
        chain: list[_Line] = []
        for line in [*self._lines.values(), None]:
            if line and chain and line.above is not None and line.above == chain[-1].below:
                chain.append(line)
                continue
            leads = not chain or chain[0].above is None or chain[-1].below is not None
            for one in chain:
                owner = one.owner(leads)
                if owner is not None and owner not in self._found:
                    self._found[owner] = (one.mention, owner == one.below)
            chain = [line] if line else []

    def _look(self, number: int) -> None:
        page, stretch = self._page, self._page.stretches[number]
        block = page.blocks[stretch.block]
        line_end = page.text.find("\n", stretch.closed, block.end)
        line_end = block.end if line_end < 0 else line_end
        starts, ends = (
            self._starts_line(stretch.opened),
            bool(_AFTER_QUOTE.fullmatch(page.text, stretch.closed, line_end)),
        )
        if starts and (ends or stretch.is_open):
            inside = "\n" in page.text[block.start : stretch.opened]
            above = page.gap_before(number) if inside else self._block_above(number)
            self._note(above, number, from_end=True, beside=inside)
        if ends:
            below = page.gap_after(number) if line_end < block.end else self._block_below(number)
            below = below[is_at(below, 0, ".") :]
            self._note(below, number, from_end=False, beside=line_end < block.end)

    def _block_above(self, number: int) -> Tokens:
        page, block = self._page, self._page.stretches[number].block
        if block and number and page.stretches[number - 1].block == block - 1:
            return page.gap_after(number - 1)
        return self._adjoining(block - 1, -1)

    def _block_below(self, number: int) -> Tokens:
        page, block = self._page, self._page.stretches[number].block
        if block + 1 < len(page.blocks) and page.has_stretch(block + 1):
            return page.gap_after(number, of=block + 1)
        return self._adjoining(block + 1, 1)

    def _adjoining(self, block: int, step: int) -> Tokens:
        """The tokens of a block; where every line is a block of its own, those of the next lines too."""
        page, found = self._page, list(self._page.plain_block(block))
        for _ in range(_MOST_LINES - 1):
            following = block + step
            if not found or not 0 <= following < len(page.blocks):
                break
            first, second = sorted((block, following))
            gap = Span(page.blocks[first].end, page.blocks[second].start)
            more = page.plain_block(following) if page.text[gap.start : gap.end].strip(" ") == "\n" else []
            if not more:
                break
            end = [Token("\n", "\n", gap.start, gap.start + 1)]
            found = [*found, *end, *more] if step > 0 else [*more, *end, *found]
            block = following
        return found

    def _note(self, tokens: Tokens, number: int, *, from_end: bool, beside: bool) -> None:
        lines = _lines_of(tokens)
        for count in range(min(_MOST_LINES, len(lines)), 0, -1):
            chosen = lines[-count:] if from_end else lines[:count]
            start, end = chosen[0][0], chosen[-1][1]
            line = self._lines.get(tokens[start].start) or self._read(tokens[start:end])
            beyond = lines[-count - 1 : -count] if from_end else lines[count : count + 1]
            if line and any(self._read(tokens[first:last]) for first, last in beyond) and not line.has_dash:
                return  # one of a list of names
            ends = _LINE_END.match(self._page.text, tokens[end - 1].end)
            if line and ends and self._starts_line(tokens[start].start):
                self._lines[tokens[start].start] = line
                line.below, line.above = (number, line.above) if from_end else (line.below, number)
                if beside:
                    # Beside both, the line is parted from neither.
                    line.beside = number if line.beside in {None, number} else None
                return

    def _starts_line(self, start: int) -> bool:
        """Whether nothing but marks stands before this place on its line."""
        text = self._page.text
        return bool(_BEFORE_QUOTE.fullmatch(text, text.rfind("\n", 0, start) + 1, start))

    def _read(self, tokens: Tokens) -> _Line | None:
        has_dash, has_colon = tokens[0].text in _DASHES, tokens[-1].text == ":"
        words = tokens[has_dash : len(tokens) - has_colon]
        if not words or len(words) > _LONGEST_LINE:
            return None
        mention = read_mention(self._page.text, words, 0, lines=True)
        signs = mention and (
            mention.kind == "name" or (mention.kind == "surname" and mention.courtesy and mention.title)
        )
        if mention is None or not signs or not _closes(words[mention.end :], mention):
            return None
        given = words[0].key in lx.FEMALE or words[0].key in lx.MALE
        if not (mention.title or mention.organization or mention.courtesy or has_dash or given):
            return None
        return _Line(mention, has_dash, has_colon)


def _closes(rest: Tokens, mention: Mention) -> bool:
    """Whether a line holds nothing but its person, a town, or a few words on them (“, released from jail in May”)."""
    if is_place_alone(rest):
        return True
    goes_on = len(rest) > 1 and (rest[0].key in lx.PREPOSITIONS or (rest[0].text == "," and rest[1].text.islower()))
    plain = mention.title is not None and goes_on
    said = any(phrase_end(rest, at, lx.SAID) for at in range(len(rest)))
    return plain and len(rest) <= _LONGEST_ASIDE and not said and rest[-1].text not in {".", "!", "?", ","}


def _lines_of(tokens: Tokens) -> list[tuple[int, int]]:
    """The lines that hold anything, as ranges of tokens."""
    ends = [-1, *(at for at, token in enumerate(tokens) if token.text == "\n"), len(tokens)]
    return [(start + 1, end) for start, end in itertools.pairwise(ends) if end > start + 1]
