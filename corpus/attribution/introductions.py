"""
Everybody a page names outside its quotes, introduced before the first quote is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.attribution.everybody import come_up, introduced, read_people, relatives, subjects
from corpus.attribution.mentions import Mention
from corpus.attribution.narration import acts
from corpus.attribution.page import Page
from corpus.attribution.people import People
from corpus.attribution.tokens import Token, ends_sentence
from corpus.attribution.turns import Turn


def introduce(page: Page, people: People, turns: Sequence[Turn]) -> None:
    """Let surnames and roles find everybody named outside quotes; then remember whom sentences are about."""
    gaps = list(_gaps(page))
    found: list[tuple[Mention, int, bool]] = []
    for gap, block, prose in gaps:
        found += [(m, block, prose and acts(gap, m.start)) for m in read_people(page.text, gap)]
        found += [(m, block, True) for m in introduced(page.text, gap) if prose]
        for mention in relatives(gap):
            people.share(mention)
        for role, where in come_up(gap):
            people.come_up(role, where)
    found += [(turn.mention, turn.block, True) for turn in turns if turn.mention and turn.mention.kind == "name"]
    people.know_organizations(mention for mention, _, _ in found)
    for mention, block, active in sorted(found, key=lambda entry: entry[0].where):
        if mention.kind == "name":
            people.note(mention, block, acts=active)
        elif active or mention.gender:
            people.meet(mention, block)
    for gap, block, prose in gaps:
        for mention in subjects(page.text, gap) if prose else ():
            people.sight(mention, block)


def _gaps(page: Page) -> Iterator[tuple[list[Token], int, bool]]:
    """The tokens outside quotes, with their block and whether they are prose."""
    first = 0
    for block in range(len(page.blocks)):
        gaps = [page.gap_after(first - 1, of=block)]
        while first < len(page.stretches) and page.stretches[first].block == block:
            gaps.append(page.gap_after(first))
            first += 1
        prose = len(gaps) > 1 or ends_sentence(gaps[0])
        yield from ((gap, block, prose) for gap in gaps)
