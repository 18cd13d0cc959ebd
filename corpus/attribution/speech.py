"""
Quotes in order: each stretch with its cue, its speaker, and the utterance it is a part of.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus.attribution.continuing import answers_lead, is_pure, joins_on
from corpus.attribution.cues import cue_after
from corpus.attribution.drafts import Draft, Drafts
from corpus.attribution.interviews import find_answers
from corpus.attribution.introductions import introduce
from corpus.attribution.leads import announced, cue_before
from corpus.attribution.marks import Stretch
from corpus.attribution.mentions import Mention
from corpus.attribution.narration import narrated, nearest_subject, subject_of_clause
from corpus.attribution.openings import told
from corpus.attribution.page import Page
from corpus.attribution.people import People, Person
from corpus.attribution.predicates import Cue
from corpus.attribution.signatures import Signatures
from corpus.attribution.tokens import Token, Tokens, last_sentence, opens_sentence, sentence_end
from corpus.attribution.turns import Turn, find_turns
from corpus.attribution.unspoken import is_name_of_thing, reason_unspoken
from corpus.models import Quote, Span


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
        self.drafts = Drafts()
        self._trailing: Cue | None = None
        # Whom alone the sentence before the stretch is about.
        self._about: Mention | None = None
        self._signatures = Signatures(page)
        # Whoever spoke last, in marks or in the narrator's words, and where: a Spanish cue without a subject is theirs.
        self._speaking: tuple[Person | None, int] = (None, 0)
        self._heard = 0
        self._turns = sorted(
            [*find_turns(self.text, page.lines), *find_answers(self.text, page.lines)], key=lambda turn: turn.start
        )
        introduce(page, self.people, self._turns)

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
        singles = {stretch.start for stretch in self.page.stretches if stretch.is_single}
        return self.drafts.quotes(self.text, unless_spoken=singles)

    def _take_turn(self, turn: Turn) -> None:
        self._trailing = None
        if turn.continues and self.drafts:
            last = self.drafts[-1]
            self.drafts.add(turn.words, turn.block, joins=last)
        elif turn.mention:
            draft = self.drafts.add(turn.words, turn.block)
            self._name(draft, turn.mention)

    def _take_stretch(self, number: int, stretch: Stretch) -> None:
        quoted = self.text[stretch.start : stretch.end]
        self._listen(number)
        before, after = self.page.gap_before(number), self.page.gap_after(number)
        last = self._last_in(stretch.block, number)
        floor = self._trailing.end if self._trailing and last else 0
        trailing = self._cue_after(number, stretch, after, quoted)
        self._about = nearest_subject(self.text, before[floor:], self.people.knows)
        if trailing and answers_lead(self.text, trailing, quoted, before[floor:]):
            trailing = None
        unspoken = reason_unspoken(quoted, before[floor:], after)
        whole = quoted[-1:] in {",", ".", "!", "?", "…"} or opens_sentence(before, len(before))
        if trailing and not trailing.is_sure and is_name_of_thing(quoted):
            unspoken, trailing = unspoken or "program_name", None
        if unspoken and trailing and trailing.how == "named" and trailing.is_sure and whole:
            unspoken = None
        span = Span(stretch.start, stretch.end)
        if unspoken:
            self.drafts.add(span, stretch.block).reason = unspoken
        elif stretch.reopens and self.drafts:
            self._reopen(span, number, stretch, trailing)
        elif trailing:
            self._by_trailing(span, stretch, trailing, before, floor, last)
        else:
            self._by_context(span, number, stretch, before, floor, last)
        self._trailing = trailing
        if not unspoken:
            self._speaking = (self.drafts[-1].person, stretch.end)

    def _listen(self, number: int) -> None:
        """Who speaks, in the narrator's words, between the stretch before and this one."""
        block = self.page.stretches[number].block
        for between in range(self._heard, block + 1):
            own = number > 0 and self.page.stretches[number - 1].block == between
            gap = (
                self.page.gap_after(number - 1, of=between)
                if own or between == block
                else self.page.plain_block(between)
            )
            start = self._trailing.end if self._trailing and own else 0
            for cue in narrated(self.text, gap, start):
                person = self._resolve(cue.mention, between)[0] if cue.mention else None
                self._speaking = (person, gap[cue.end - 1].end)
        self._heard = block

    def _last_in(self, block: int, number: int) -> Draft | None:
        """The draft of the stretch just before, when it stands in the same block."""
        if not self.drafts or number == 0 or self.page.stretches[number - 1].block != block:
            return None
        return self.drafts[-1]

    def _cue_after(self, number: int, stretch: Stretch, after: Sequence[Token], quoted: str) -> Cue | None:
        if stretch.is_open:
            return None
        if after or quoted[-1:] != ",":
            stretches = self.page.stretches
            leads_on = number + 1 < len(stretches) and stretches[number + 1].block == stretch.block
            return cue_after(self.text, after, 0, quoted, leads_on=leads_on)
        following = self.page.plain_block(stretch.block + 1)
        return cue_after(self.text, following, 0, quoted) if following and following[0].text.islower() else None

    def _reopen(self, span: Span, number: int, stretch: Stretch, trailing: Cue | None) -> None:
        last = self.drafts[-1]
        person, _ = self._person(trailing, stretch) if trailing else (None, None)
        if person and last.person and person is not last.person:
            self._name(self.drafts.add(span, stretch.block), trailing.mention if trailing else None)
            return
        self.drafts.add(span, stretch.block, joins=last)
        signed = self._signatures.of(number) if person is None and last.person is None else None
        if signed:
            person = self._resolve(signed, stretch.block)[0]
        if person and not last.person:
            mention = signed or (trailing.mention if trailing else None)
            self.drafts.give_utterance(
                last.utterance, person, mention.printed if mention else self._last_printed(person)
            )

    def _by_trailing(
        self, span: Span, stretch: Stretch, cue: Cue, before: Tokens, floor: int, last: Draft | None
    ) -> None:
        person, reason = self._person(cue, stretch)
        own = before[floor:]
        open_clause = own and not (opens_sentence(before, len(before)) or own[-1].text == "\n")
        leading = cue_before(self.text, before, floor, self.text[span.start : span.end]) if open_clause else None
        if leading and leading.mention and person:
            other, _ = self.people.resolve(leading.mention, stretch.block)
            if other is not None and other is not person:
                person, reason = None, "ambiguous"
        same = person and last and last.person is person and is_pure(self.text, before, self._trailing)
        joins = last if same else None
        draft = self.drafts.add(span, stretch.block, joins=joins)
        draft.give(person, self._printed(cue, person), reason or cue.reason)

    def _by_context(
        self, span: Span, number: int, stretch: Stretch, before: Tokens, floor: int, last: Draft | None
    ) -> None:
        quoted = self.text[span.start : span.end]
        cue, issued = self._cue_before(number, stretch, before, floor, quoted)
        pure = is_pure(self.text, before, self._trailing)
        if cue and cue.how == "nobody" and (mention := self._signatures.of(number)):
            self._sign(span, number, mention)
        elif cue and cue.how == "same":
            self._by_subject(span, stretch, before, cue, last)
        elif cue and not (pure and last and last.person and cue.how == "nobody"):
            person, reason = self._person(cue, stretch)
            joins = last if person and last and last.person is person and floor else None
            draft = self.drafts.add(span, stretch.block, joins=joins)
            draft.give(person, self._printed(cue, person), reason or cue.reason)
            draft.issued = issued
        elif last and last.person and (pure or joins_on(self.text, before, span.start, last, self._trailing)):
            self.drafts.add(span, stretch.block, joins=last)
        elif mention := self._signatures.of(number):
            self._sign(span, number, mention)
        elif self._goes_on_issued(stretch, before):
            self.drafts.add(span, stretch.block, joins=self.drafts[-1]).issued = True
        else:
            self.drafts.add(span, stretch.block)

    def _sign(self, span: Span, number: int, mention: Mention) -> None:
        draft = self.drafts.add(span, self.page.stretches[number].block)
        self._name(draft, mention)
        draft.issued = self._signatures.leads(number)

    def _by_subject(self, span: Span, stretch: Stretch, before: Tokens, cue: Cue, last: Draft | None) -> None:
        """“…,” said NAME, adding that “…”; or the only person whom the sentence names."""
        attributed = self._trailing.end if self._trailing and self._trailing.how == "named" else 0
        anew = not attributed and before[0].is_capital and last is not None and self.text[last.end - 1] in ".!?"
        if last and last.person and not anew and sentence_end(before, attributed) >= len(before):
            self.drafts.add(span, stretch.block, joins=last)
            return
        draft = self.drafts.add(span, stretch.block)
        if subject := subject_of_clause(self.text, before, cue.start):
            self._name(draft, subject)

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
        if above and above[-1].text == ".":
            sentence = above[max(start, last_sentence(above)) :]
            spoke = None if self._signatures.of(number) else told(self.text, sentence, quoted)
            return announced(self.text, sentence) or spoke, True
        if not above or above[-1].text != ":":
            return None, False
        return cue_before(self.text, above, start, quoted), True

    def _goes_on_issued(self, stretch: Stretch, before: Tokens) -> bool:
        """Whether a wholly quoted paragraph goes on with a statement that was announced before the first one."""
        if not self.drafts or not self.drafts[-1].issued or before:
            return False
        whole = stretch.closed >= self.page.blocks[stretch.block].end
        return whole and self.drafts[-1].block == stretch.block - 1

    def _person(self, cue: Cue, stretch: Stretch) -> tuple[Person | None, str | None]:
        if cue.how == "subjectless":
            return self._last_speaker(stretch)
        if cue.mention is None:
            return None, cue.reason or "not_a_person"
        person, reason = self._resolve(cue.mention, stretch.block)
        if reason == "ambiguous" and cue.mention.kind == "pronoun" and self._about:
            about = self.people.resolve(self._about, stretch.block)[0]
            gender = (about.gender if about else None) or self._about.gender
            if about and gender == cue.mention.gender and (about.speaks or not about.holds_office):
                return self._resolve(self._about, stretch.block)
        return person, reason

    def _last_speaker(self, stretch: Stretch) -> tuple[Person | None, str | None]:
        person, since = self._speaking
        found, reason = self.people.goes_on(person, since, stretch.start, stretch.block)
        if found:
            found.speaks = True
        return found, reason

    def _resolve(self, mention: Mention, block: int) -> tuple[Person | None, str | None]:
        person, reason = self.people.resolve(mention, block)
        if person:
            person.speaks = True
            self.people.see(person, mention.where, block)
            if mention.kind == "name" or (mention.kind == "surname" and mention.organization):
                person.learn(mention)
        elif reason == "unknown_person" and mention.kind in {"surname", "role"}:
            self.people.stranger(mention, block)
        return person, reason

    def _printed(self, cue: Cue, person: Person | None) -> str:
        if cue.mention:
            return cue.mention.printed
        return self._last_printed(person) if person else ""

    def _last_printed(self, person: Person) -> str:
        return next((draft.printed for draft in reversed(self.drafts[:-1]) if draft.person is person), person.names[0])

    def _name(self, draft: Draft, mention: Mention | None) -> None:
        if mention is None:
            return
        person, reason = self._resolve(mention, draft.block)
        draft.give(person, mention.printed, reason)
