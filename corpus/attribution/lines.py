"""
Lines that name a person and nothing else, above a quote or below it after a dash.
"""

from __future__ import annotations

from corpus.attribution.mentions import Mention, read_mention
from corpus.attribution.page import Page
from corpus.attribution.tokens import Tokens, is_at

_DASHES = frozenset("–—-―~")
_LONGEST_LINE = 40


class NameLines:
    """“NAME, TITLE, ORG” lines; each belongs to one quote only."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._used: set[int] = set()

    def beside(self, number: int) -> Mention | None:
        """The person on the line above a stretch or below it, without a dash only where no other quote follows."""
        stretch = self._page.stretches[number]
        block = self._page.blocks[stretch.block]
        above = self._page.gap_before(number)
        if not above and stretch.opened == block.start:
            above = self._page.plain_block(stretch.block - 1)
        return self._whole_line(above, dashed=False) or self._below(number)

    def _below(self, number: int) -> Mention | None:
        stretches = self._page.stretches
        stretch = stretches[number]
        below = self._page.gap_after(number)
        if not below and stretch.closed >= self._page.blocks[stretch.block].end:
            below = self._page.plain_block(stretch.block + 1)
        elif not is_at(below, 0, "\n"):
            return None
        another = number + 1 < len(stretches) and stretches[number + 1].block in {stretch.block, stretch.block + 2}
        return self._whole_line(below, dashed=another)

    def _whole_line(self, tokens: Tokens, *, dashed: bool) -> Mention | None:
        """The person that a line names and nothing else; with `dashed` only after a dash."""
        start, end = 0, len(tokens)
        while start < end and tokens[start].text == "\n":
            start += 1
        while end > start and tokens[end - 1].text in {"\n", ":"}:
            end -= 1
        has_dash = start < end and tokens[start].text in _DASHES
        line = tokens[start + has_dash : end]
        if not line or (dashed and not has_dash) or line[0].start in self._used or len(line) > _LONGEST_LINE:
            return None
        mention = read_mention(self._page.text, line, 0, lines=True)
        if mention is None or mention.kind != "name" or not _is_place_alone(line[mention.end :]):
            return None
        if not (mention.title or mention.organization or has_dash):
            return None
        self._used.add(line[0].start)
        return mention


def _is_place_alone(rest: Tokens) -> bool:
    """Whether a line ends with its person, or with nothing but a town after a comma."""
    words = [token for token in rest if token.text not in {",", "."}]
    return not words or (rest[0].text == "," and len(words) <= 3 and all(token.is_capital for token in words))
