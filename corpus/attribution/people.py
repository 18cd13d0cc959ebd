"""
The people of one statement: who a surname, a pronoun or a role means, and the fullest forms printed of each.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field

from corpus.attribution import lexicon as lx
from corpus.attribution.forms import agree, ends_with, is_epithet, is_form_of, name_words, stems
from corpus.attribution.lexicon import key
from corpus.attribution.mentions import Gender, Mention
from corpus.models import Speaker

_PARAGRAPHS_BACK = 4
# More people than this share a name or a title: nobody is told apart by it any more.
_CROWD = 40


@dataclass(eq=False, slots=True)
class Person:
    """
    Everything one statement prints of one person.

    Attributes:
        words: The name folded, without particles and initials.
        first: Where it is printed first.
        pronoun: What a pronoun that meant nobody else has shown; it only rules the other one out.
        speaks: A quote has been attributed to the person.
        acts: A sentence begins with the name: in prose that is somebody who does something.
        is_nameless: Somebody of whom only a role is printed (“one mother”): known to be there, never a speaker.
    """

    words: tuple[str, ...]
    first: int
    names: list[str] = field(default_factory=list)
    descriptions: list[tuple[str | None, str | None]] = field(default_factory=list)
    gender: Gender | None = None
    pronoun: Gender | None = None
    speaks: bool = False
    acts: bool = False
    is_nameless: bool = False

    @property
    def is_known(self) -> bool:
        """Whether more than capitals says that this is a person."""
        return (
            self.speaks
            or self.acts
            or bool(self.descriptions)
            or self.words[0] in lx.FEMALE
            or self.words[0] in lx.MALE
        )

    @property
    def holds_office(self) -> bool:
        """Whether a title is a public office: releases speak of such people more often than for them."""
        words = {key(word).rstrip(".") for title, _ in self.descriptions for word in (title or "").split()}
        return bool(words & (lx.OFFICES | lx.OFFICE_PREFIXES))

    def learn(self, mention: Mention) -> None:
        """Add what a mention prints."""
        if mention.printed not in self.names:
            self.names.append(mention.printed)
        described = (mention.title, mention.organization)
        if any(described) and described not in self.descriptions:
            self.descriptions.append(described)
        self.gender = self.gender or mention.gender

    def speaker(self, printed: str) -> Speaker:
        """The person in the fullest forms printed, a mixed-case name before one in capitals."""
        name = max(self.names, key=lambda name: (not name.isupper(), len(name.split()), len(name)))
        pairs = sorted(self.descriptions, key=lambda pair: -len(f"{pair[0] or ''}{pair[1] or ''}"))
        best = next((pair for pair in pairs if all(pair)), pairs[0] if pairs else (None, None))
        title = best[0] or next((pair[0] for pair in pairs if pair[0]), None)
        longest = [
            pair[1] for pair in pairs if pair[1] and (best[1] is None or key(pair[0] or "") == key(best[0] or ""))
        ]
        organization = max(longest, key=len) if longest else best[1]
        return Speaker(name=name, title=title, organization=organization, printed=printed)


class People:
    """People in the order in which they are introduced."""

    def __init__(self) -> None:
        self._by_words: dict[tuple[str, ...], Person] = {}
        self._by_word: dict[str, list[Person]] = {}
        self._by_stem: dict[str, list[Person]] = {}
        self._seen: list[tuple[int, int, Person]] = []
        self._unnamed: dict[str, list[int]] = {}
        self._organizations: set[str] = set()

    def know_organizations(self, mentions: Iterable[Mention]) -> None:
        """Names that somebody works for are never taken for a person's."""
        self._organizations |= {key(mention.organization) for mention in mentions if mention.organization}

    def note(self, mention: Mention, block: int, *, acts: bool) -> None:
        """Make or complete the person of a full name, unless it may be short for two."""
        close = self._close(mention)
        if len(close) > 1:
            return
        person = close[0] if close else self._new(mention)
        person.acts |= acts
        person.is_nameless = False
        person.learn(mention)
        for stem in [*stems(mention.title or ""), *mention.callings]:
            holders = self._by_stem.setdefault(stem, [])
            if len(holders) < _CROWD and person not in holders:
                holders.append(person)
        self.see(person, mention.where, block)

    def meet(self, mention: Mention, block: int) -> None:
        """Somebody who acts under a surname with courtesy (“Mr. Paz”): the one it means, or a person of their own."""
        if person := self._by_surname(mention)[0]:
            person.acts = True
            person.gender = person.gender or mention.gender
            self.see(person, mention.where, block)

    def sight(self, mention: Mention, block: int) -> None:
        """A sentence is about whomever a surname, first name or role means, or else about somebody without a name."""
        person, _ = self.resolve(mention._replace(courtesy=False), block)
        if person is None and mention.kind == "role" and is_epithet(mention.title or "", lx.SIGHTED):
            person, _ = self._by_epithet(mention, block)
        if person:
            self.see(person, mention.where, block)
        elif mention.kind == "role":
            self.stranger(mention, block)

    def stranger(self, mention: Mention, block: int) -> None:
        """Somebody speaks whom nothing introduces: no later pronoun passes over them to another."""
        gender = mention.gender or (
            "f" if (word := key(mention.printed)) in lx.FEMALE else "m" if word in lx.MALE else None
        )
        self.see(Person(("",), mention.where, gender=gender, acts=True, is_nameless=True), mention.where, block)

    def come_up(self, role: str, where: int) -> None:
        """Somebody of whom the text says only the role, as if for the first time: “a lawyer”, “su abogado”."""
        for stem in stems(role):
            self._unnamed.setdefault(stem, []).append(where)

    def share(self, mention: Mention) -> None:
        """Somebody whose surname only a relative's name prints: known to be there."""
        if not self._close(mention):
            self._new(mention).is_nameless = True

    def see(self, person: Person, where: int, block: int) -> None:
        """Remember that a person is spoken of at a place."""
        entry = (where, block, person)
        place = bisect_left(self._seen, where, key=lambda seen: seen[0])
        self._seen.insert(place, entry)

    def resolve(self, mention: Mention, block: int) -> tuple[Person | None, str | None]:
        """The one person a mention can mean, or `None` and why not."""
        if key(mention.printed) in self._organizations:
            return None, "not_a_person"
        if mention.kind == "name":
            close = self._close(mention)
            if len(close) > 1:
                return None, "ambiguous"
            return close[0] if close else self._new(mention), None
        if mention.kind == "pronoun":
            return self._by_pronoun(mention, block)
        if mention.kind == "role":
            person, reason = self._by_role(mention)
            if reason == "unknown_person" and not mention.organization and is_epithet(mention.title or ""):
                return self._by_epithet(mention, block)
            return person, reason
        return self._by_surname(mention)

    def knows(self, mention: Mention) -> bool:
        """Whether a surname is that of somebody introduced before it."""
        return self._by_surname(mention._replace(courtesy=False))[1] != "unknown_person"

    def goes_on(self, speaker: Person | None, since: int, until: int, block: int) -> tuple[Person | None, str | None]:
        """
        Whose a cue without a subject is: the one person whom its own paragraph has spoken of since the last speech,
        else the last speaker, when nobody else came up.
        """
        low = bisect_left(self._seen, since, key=lambda seen: seen[0])
        high = bisect_left(self._seen, until, key=lambda seen: seen[0])
        seen = [(number, person) for _, number, person in self._seen[low:high] if person.is_known]
        here = {id(person): person for number, person in seen if number == block}
        if len(here) > 1 or (not here and any(person is not speaker for _, person in seen)):
            return None, "ambiguous"
        found = next(iter(here.values()), speaker)
        if found is None or found.is_nameless:
            return None, "unknown_person"
        return found, None

    def _speaks_before(self, place: int, block: int, gender: Gender | None) -> bool:
        """Whether somebody known to take this pronoun has spoken in the paragraphs just before."""
        while place and self._seen[place - 1][1] >= block - _PARAGRAPHS_BACK:
            place -= 1
            if self._seen[place][2].speaks and self._seen[place][2].gender == gender:
                return True
        return False

    def _close(self, mention: Mention) -> list[Person]:
        """Whom a full name may mean: the one of just this name, else everybody of whose name it is a form."""
        words = name_words(mention.printed)
        if words in self._by_words:
            return [self._by_words[words]]
        near = {id(p): p for end in {*words[:1], *words[-1:]} for p in self._by_word.get(end, [])[:_CROWD]}.values()
        return [person for person in near if is_form_of(words, person.words)]

    def _new(self, mention: Mention) -> Person:
        person = Person(name_words(mention.printed), mention.where)
        person.names.append(mention.printed)
        self._by_words[person.words] = person
        for word in dict.fromkeys(person.words):
            self._by_word.setdefault(word, []).append(person)
        return person

    def _by_surname(self, mention: Mention) -> tuple[Person | None, str | None]:
        words = name_words(mention.printed)
        before = [p for p in self._by_word.get(words[0] if words else "", [])[:_CROWD] if p.first <= mention.where]
        fits = [p for p in before if ends_with(p.words, words)] or [p for p in before if p.words[:1] == words]
        fits = [p for p in fits if not (mention.gender and p.gender and p.gender != mention.gender)]
        if len(fits) == 1 and not fits[0].is_nameless:
            return fits[0], None
        if fits or not mention.courtesy:
            return None, "ambiguous" if fits else "unknown_person"
        person = self._new(mention)
        person.learn(mention)
        return person, None

    def _by_role(self, mention: Mention) -> tuple[Person | None, str | None]:
        words = stems(mention.title or "")
        before = [p for p in self._by_stem.get(words[-1] if words else "", [])[:_CROWD] if p.first < mention.where]
        if len(before) > 1 and len(words) > 1:
            before = [p for p in before if any(set(words) <= set(stems(title or "")) for title, _ in p.descriptions)]
        if mention.organization:
            wanted = key(mention.organization)
            before = [p for p in before if any(agree(wanted, key(of)) for _, of in p.descriptions if of)]
        before = [p for p in before if not (mention.gender and p.gender and p.gender != mention.gender)]
        if len(before) == 1 and not self._is_taken(words[-1], before[0].first, mention.where):
            return before[0], None
        return None, "ambiguous" if before else "unknown_person"

    def _is_taken(self, stem: str, since: int, until: int) -> bool:
        """Whether somebody without a name came up under a title after the one who holds it."""
        return any(since < where < until for where in self._unnamed.get(stem, ())[:_CROWD])

    def _by_epithet(self, mention: Mention, block: int) -> tuple[Person | None, str | None]:
        """“La dirigente”: whom a pronoun would mean, unless a leader without a name came up, or one of another kind."""
        words = stems(mention.title or "")
        person, reason = self._by_pronoun(mention, block)
        if person is None or not any(self._is_taken(word, person.first, mention.where) for word in words):
            return person, reason
        return None, "ambiguous"

    def _by_pronoun(self, mention: Mention, block: int) -> tuple[Person | None, str | None]:
        """The only one who fits in the nearest paragraph that speaks of anybody who fits."""
        place, passed = bisect_left(self._seen, mention.where, key=lambda seen: seen[0]), False
        while place:
            here = self._seen[place - 1][1]
            if here < block - _PARAGRAPHS_BACK:
                break
            start = place
            while start and self._seen[start - 1][1] == here and place - start < 60:
                start -= 1
            people = {id(p): p for _, _, p in self._seen[start:place] if p.is_known}.values()
            fits = [p for p in people if not mention.gender or (p.gender or p.pronoun) in {None, mention.gender}]
            if len(fits) > 1:
                return None, "ambiguous"
            # Past somebody of the other gender, only a person known to fit will do.
            if fits and fits[0].is_nameless:
                return None, "unknown_person"
            if fits and (not passed or fits[0].gender):
                rival = not fits[0].gender and not fits[0].speaks and self._speaks_before(start, block, mention.gender)
                if rival:
                    return None, "ambiguous"
                fits[0].pronoun = mention.gender or fits[0].pronoun
                return fits[0], None
            passed, place = passed or bool(people), start
        return None, "unknown_person"
