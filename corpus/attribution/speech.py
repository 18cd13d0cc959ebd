"""
Quotes in order: each stretch with its cue, its speaker, and the utterance it is a part of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.attribution.cues import Cue, cue_after, cue_before, rest_of_sentence
from corpus.attribution.marks import Stretch
from corpus.attribution.mentions import Mention, read_mention, read_people
from corpus.attribution.page import Page
from corpus.attribution.people import People, Person
from corpus.attribution.tokens import Token, Tokens, is_at
from corpus.attribution.turns import Turn, find_turns
from corpus.attribution.unspoken import reason_unspoken
from corpus.models import Quote, Span

_JOINING = frozenset("and or but as well also then y o pero e ni , ; – —".split())


@dataclass(slots=True)
class _Draft:
    """A quote that may still get its speaker from a later part of the same utterance."""

    start: int
    end: int
    block: int
    utterance: int
    part: int = 1
    person: Person | None = None
    printed: str = ""
    reason: str | None = "no_cue"
    is_open: bool = False
    issued: bool = False


def find_quotes(text: str, *, within: Sequence[Span] | None = None) -> list[Quote]:
    """
    The quotes of a statement in order, each a slice of it without its marks.

    A quote whose speaker cannot be named without guessing has none and says why in `reason`: `program_name`, `title`,
    `slogan`, `scare_quotes` (nobody speaks it), `not_a_person`, `unknown_person`, `ambiguous`, `no_cue`.

    Args:
        text: Canonical text.
        within: Spans that are not furniture; `None`: everything.
    """
    return _Reading(Page(text, within)).quotes()


class _Reading:
    """One pass over a page; drafts are finished when all of it is read, so that names are the fullest printed."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.text = page.text
        self.people = People()
        self.drafts: list[_Draft] = []
        self._trailing: Cue | None = None
        self._lines_used: set[int] = set()
        self._turns = find_turns(self.text, page.lines)
        self._introduce()

    def quotes(self) -> list[Quote]:
        """All quotes, in order; single marks that nobody speaks between were apostrophes and are left out."""
        turns = iter([*self._turns, None])
        turn = next(turns)
        spoken_until = -1
        for number, stretch in enumerate(self.page.stretches):
            while turn and turn.words.start <= stretch.start:
                spoken_until = turn.words.end
                self._take_turn(turn)
                turn = next(turns)
            if stretch.start >= spoken_until:
                self._take_stretch(number, stretch)
        while turn:
            self._take_turn(turn)
            turn = next(turns)
        return self._finish()

    def _introduce(self) -> None:
        """Everybody named outside quotes, so that later surnames and roles find them."""
        found: list[tuple[Mention, int]] = []
        first = 0
        for block in range(len(self.page.blocks)):
            gaps = [self.page.gap_after(first - 1, of=block)]
            while first < len(self.page.stretches) and self.page.stretches[first].block == block:
                gaps.append(self.page.gap_after(first))
                first += 1
            found += [(mention, block) for gap in gaps for mention in read_people(self.text, gap)]
        found += [(turn.mention, turn.block) for turn in self._turns if turn.mention and turn.mention.kind == "name"]
        self.people.know_organizations(mention for mention, _ in found)
        for mention, block in sorted(found, key=lambda entry: entry[0].where):
            self.people.note(mention, block)

    def _take_turn(self, turn: Turn) -> None:
        self._trailing = None
        if turn.continues and self.drafts:
            last = self.drafts[-1]
            self._add(turn.words, turn.block, joins=last)
        elif turn.mention:
            draft = self._add(turn.words, turn.block)
            self._name(draft, turn.mention)

    def _take_stretch(self, number: int, stretch: Stretch) -> None:
        quoted = self.text[stretch.start : stretch.end]
        before, after = self.page.gap_before(number), self.page.gap_after(number)
        last = self._last_in(stretch.block, number)
        floor = self._trailing.end if self._trailing and last else 0
        trailing = self._cue_after(stretch, after, quoted)
        unspoken = reason_unspoken(quoted, before[floor:], after)
        if unspoken and trailing and trailing.how == "named" and quoted[-1:] in {",", ".", "!", "?", "…"}:
            unspoken = None
        span = Span(stretch.start, stretch.end)
        if unspoken:
            self._add(span, stretch.block).reason = unspoken
        elif stretch.reopens and self.drafts:
            self._reopen(span, stretch, trailing)
        elif trailing:
            self._by_trailing(span, stretch, trailing, before, floor, last)
        else:
            self._by_context(span, number, stretch, before, floor, last)
        self.drafts[-1].is_open = stretch.is_open
        self._trailing = trailing

    def _last_in(self, block: int, number: int) -> _Draft | None:
        """The draft of the stretch just before, when it stands in the same block."""
        if not self.drafts or number == 0 or self.page.stretches[number - 1].block != block:
            return None
        return self.drafts[-1]

    def _cue_after(self, stretch: Stretch, after: Sequence[Token], quoted: str) -> Cue | None:
        if stretch.is_open:
            return None
        if after or quoted[-1:] != ",":
            return cue_after(self.text, after, 0, quoted)
        following = self.page.plain_block(stretch.block + 1)
        return cue_after(self.text, following, 0, quoted) if following and following[0].text.islower() else None

    def _reopen(self, span: Span, stretch: Stretch, trailing: Cue | None) -> None:
        last = self.drafts[-1]
        person, _ = self._person(trailing, stretch) if trailing else (None, None)
        if person and last.person and person is not last.person:
            self._name(self._add(span, stretch.block), trailing.mention if trailing else None)
            return
        self._add(span, stretch.block, joins=last)
        if person and not last.person:
            for draft in self.drafts:
                if draft.utterance == last.utterance:
                    draft.person, draft.reason = person, None
                    draft.printed = trailing.mention.printed if trailing and trailing.mention else ""

    def _by_trailing(
        self, span: Span, stretch: Stretch, cue: Cue, before: Tokens, floor: int, last: _Draft | None
    ) -> None:
        person, reason = self._person(cue, stretch)
        leading = cue_before(self.text, before, floor, self.text[span.start : span.end]) if before[floor:] else None
        if leading and leading.mention and person:
            other, _ = self.people.resolve(leading.mention, stretch.block)
            if other is not None and other is not person:
                person, reason = None, "ambiguous"
        joins = last if person and last and last.person is person and self._is_pure(before) else None
        draft = self._add(span, stretch.block, joins=joins)
        draft.person, draft.reason = person, None if person else (reason or cue.reason)
        if person:
            draft.printed = cue.mention.printed if cue.mention else self._last_printed(person)

    def _by_context(
        self, span: Span, number: int, stretch: Stretch, before: Tokens, floor: int, last: _Draft | None
    ) -> None:
        quoted = self.text[span.start : span.end]
        cue, issued = self._cue_before(number, stretch, before, floor, quoted)
        pure = self._is_pure(before)
        if cue and cue.how == "same":
            self._by_subject(span, stretch, before, cue, last)
        elif cue and not (pure and last and last.person and cue.how == "nobody"):
            person, reason = self._person(cue, stretch)
            joins = last if person and last and last.person is person and floor else None
            draft = self._add(span, stretch.block, joins=joins)
            draft.person, draft.reason, draft.issued = person, None if person else (reason or cue.reason), issued
            if person:
                draft.printed = cue.mention.printed if cue.mention else self._last_printed(person)
        elif last and last.person and (pure or self._only_joins(before)):
            self._add(span, stretch.block, joins=last)
        elif mention := self._line_beside(number, stretch):
            self._name(self._add(span, stretch.block), mention)
        elif self._goes_on_issued(stretch, before):
            self._add(span, stretch.block, joins=self.drafts[-1]).issued = True
        else:
            self._add(span, stretch.block)

    def _by_subject(self, span: Span, stretch: Stretch, before: Tokens, cue: Cue, last: _Draft | None) -> None:
        """“…,” said NAME, adding that “…”; or the only person whom the sentence names."""
        if last and last.person and self._trailing and rest_of_sentence(before, self._trailing) >= len(before):
            self._add(span, stretch.block, joins=last)
            return
        named = [m for m in read_people(self.text, before[: cue.start]) if m.end <= cue.start]
        draft = self._add(span, stretch.block)
        if len(named) == 1 and (named[0].start == 0 or before[named[0].start - 1].text in {".", ",", "\n"}):
            self._name(draft, named[0])

    def _cue_before(
        self, number: int, stretch: Stretch, before: Tokens, floor: int, quoted: str
    ) -> tuple[Cue | None, bool]:
        """The cue that leads to a stretch, and whether it ends the paragraph before."""
        own = [token for token in before[floor:] if token.text != "\n"]
        if own:
            return cue_before(self.text, before, floor, quoted), False
        if stretch.opened != self.page.blocks[stretch.block].start or not stretch.block:
            return None, False
        above = self.page.plain_block(stretch.block - 1)
        start = 0
        if not above and number and self.page.stretches[number - 1].block == stretch.block - 1:
            above = self.page.gap_after(number - 1)
            start = self._trailing.end if self._trailing else 0
        if not above or above[-1].text != ":":
            return None, False
        return cue_before(self.text, above, start, quoted), True

    def _goes_on_issued(self, stretch: Stretch, before: Tokens) -> bool:
        """Whether a wholly quoted paragraph goes on with a statement that was announced before the first one."""
        if not self.drafts or not self.drafts[-1].issued or before:
            return False
        whole = stretch.closed >= self.page.blocks[stretch.block].end
        return whole and self.drafts[-1].block == stretch.block - 1

    def _line_beside(self, number: int, stretch: Stretch) -> Mention | None:
        """“NAME, TITLE, ORG” on the line above, or below after a dash."""
        block = self.page.blocks[stretch.block]
        above = self.page.gap_before(number) or (
            self.page.plain_block(stretch.block - 1) if stretch.opened == block.start else []
        )
        mention = self._whole_line(above, dashed=False)
        if mention:
            return mention
        below = self.page.gap_after(number)
        if not below and stretch.closed >= block.end:
            below = self.page.plain_block(stretch.block + 1)
        elif not is_at(below, 0, "\n"):
            return None
        taken = number + 1 < len(self.page.stretches) and self.page.stretches[number + 1].block in {
            stretch.block,
            stretch.block + 2,
        }
        return self._whole_line(below, dashed=taken)

    def _whole_line(self, tokens: Tokens, *, dashed: bool) -> Mention | None:
        """The person that a line names and nothing else; with `dashed` only after a dash."""
        line = list(tokens)
        while line and line[0].text == "\n":
            line.pop(0)
        while line and line[-1].text in {"\n", ":"}:
            line.pop()
        has_dash = bool(line) and line[0].text in {"–", "—", "-", "―", "~"}
        line = line[has_dash:]
        if not line or (dashed and not has_dash) or line[0].start in self._lines_used or len(line) > 40:
            return None
        mention = read_mention(self.text, line, 0, lines=True)
        if mention is None or mention.kind != "name" or mention.end < len(line):
            return None
        if not (mention.title or mention.organization or has_dash):
            return None
        self._lines_used.add(line[0].start)
        return mention

    def _is_pure(self, gap: Tokens) -> bool:
        """Whether a gap holds nothing but the attribution of the stretch before it, and nobody else."""
        cue = self._trailing
        if cue is None or cue.how not in {"named", "subjectless"}:
            return False
        stop = len(gap)
        while stop and gap[stop - 1].text == "\n":
            stop -= 1
        return rest_of_sentence(gap[:stop], cue) >= stop and not read_people(self.text, gap[cue.end : stop])

    def _only_joins(self, gap: Tokens) -> bool:
        last = self.drafts[-1]
        return bool(gap) and len(gap) <= 4 and last.printed != "" and all(token.key in _JOINING for token in gap)

    def _person(self, cue: Cue, stretch: Stretch) -> tuple[Person | None, str | None]:
        if cue.how == "subjectless":
            return self._last_speaker(stretch)
        if cue.mention is None:
            return None, cue.reason or "not_a_person"
        return self._resolve(cue.mention, stretch.block)

    def _last_speaker(self, stretch: Stretch) -> tuple[Person | None, str | None]:
        last = self.drafts[-1] if self.drafts else None
        if last is None or last.person is None:
            return None, "unknown_person"
        others = [p for p in self.people.between(last.end, stretch.start) if p is not last.person]
        return (None, "ambiguous") if others else (last.person, None)

    def _resolve(self, mention: Mention, block: int) -> tuple[Person | None, str | None]:
        person, reason = self.people.resolve(mention, block)
        if person:
            person.speaks = True
            self.people.see(person, mention.where, block)
        return person, reason

    def _last_printed(self, person: Person) -> str:
        return next((draft.printed for draft in reversed(self.drafts[:-1]) if draft.person is person), person.names[0])

    def _name(self, draft: _Draft, mention: Mention | None) -> None:
        if mention is None:
            return
        draft.person, draft.reason = self._resolve(mention, draft.block)
        draft.printed = mention.printed

    def _add(self, span: Span, block: int, joins: _Draft | None = None) -> _Draft:
        if joins:
            draft = _Draft(
                *span, block, joins.utterance, joins.part + 1, joins.person, joins.printed, joins.reason, issued=joins.issued
            )
        else:
            draft = _Draft(*span, block, self.drafts[-1].utterance + 1 if self.drafts else 1)
        self.drafts.append(draft)
        return draft

    def _finish(self) -> list[Quote]:
        singles = {stretch.start for stretch in self.page.stretches if stretch.is_single}
        kept = [draft for draft in self.drafts if draft.person or draft.start not in singles]
        numbers = {utterance: n for n, utterance in enumerate(dict.fromkeys(d.utterance for d in kept), start=1)}
        return [
            Quote(
                text=self.text[draft.start : draft.end],
                start=draft.start,
                end=draft.end,
                utterance=numbers[draft.utterance],
                part=draft.part,
                speaker=draft.person.speaker(draft.printed) if draft.person else None,
                reason=None if draft.person else draft.reason,
            )
            for draft in kept
        ]
