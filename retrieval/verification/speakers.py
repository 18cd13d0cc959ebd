"""
Whose words they are, and whether that is the claimed speaker.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Literal, NamedTuple

from corpus.canonical import fold_word
from corpus.models import Quote, Speaker, Statement
from retrieval.name_forms import alias_of, partial_names
from retrieval.names import Names
from retrieval.verification.comparing import Compared
from retrieval.verification.cuts import Cut
from retrieval.verification.pages import Page

Fit = Literal["fits", "officer", "speech", "other", "part", "own", "wrapper", "unnamed"]
RIGHT: frozenset[Fit] = frozenset({"fits", "officer", "speech"})

# Whoever holds one of these, with no other organisation printed beside it, speaks for the only issuer of a statement.
_OFFICERS = frozenset(
    """director directora president presidenta presidente chair chairman chairwoman chairperson co-chair co-director
    codirector codirectora coordinator coordinador coordinadora spokesperson spokeswoman spokesman vocero vocera
    portavoz founder cofounder co-founder fundador fundadora ceo secretary secretario secretaria treasurer manager
    gerente""".split()
)
# A speech names its speaker in its first lines.
_HEAD = 400


class Heard(NamedTuple):
    """
    Attributes:
        quotes: An utterance each of those whose words the claim holds, in order.
        is_own: Whether words of the statement's own text are among them.
        is_wrapper: Whether words of a text around a release are.
        is_joined: Whether words of two speakers stand together as if one said them.
    """

    quotes: tuple[Quote, ...]
    is_own: bool
    is_wrapper: bool
    is_joined: bool

    @property
    def speaker(self) -> Speaker | None:
        """The one person who says the words."""
        named = {quote.speaker.name: quote.speaker for quote in self.quotes if quote.speaker}
        return next(iter(named.values())) if len(named) == 1 and all(q.speaker for q in self.quotes) else None


def hear(page: Page, compared: Compared, cuts: list[Cut]) -> Heard:
    """Who says the words that the claim shares with the page."""
    quotes = {found: page.quote(found) for _, found in compared.matched}
    apart = {cut.change.end for cut in cuts if cut.change and cut.kind in ("open", "silent")}
    wrapped = [bool(page.statement.wrapper) and page.in_wrapper(word) for word in quotes]
    voices = [_voice(quote) for quote in quotes.values()]
    changing = [words for words, (a, b) in zip(pairwise(quotes), pairwise(voices), strict=True) if a != b]
    # Own words of the same sentence say who speaks; those of another one are another voice.
    joined = any(
        all(map(quotes.get, words)) or (words[1] in apart and page.sentence(words[0]) != page.sentence(words[1]))
        for words in changing
    )
    spoken = {_voice(quote): quote for quote in quotes.values() if quote}
    return Heard(tuple(spoken.values()), None in voices, any(wrapped), joined or len(set(wrapped)) > 1)


def fit_of(claimed: str, page: Page, heard: Heard, compared: Compared, names: Names) -> Fit:
    """Whether the words may be claimed for this person or organisation; what cannot be shown is not."""
    statement = page.statement
    issues = _is_issuer(claimed, statement, names)
    if heard.quotes:
        if heard.speaker is None:
            return "unnamed" if any(quote.speaker is None for quote in heard.quotes) else "other"
        if is_person(claimed, heard.speaker, names):
            return "fits" if not heard.is_own or _only_attribution(page, compared) else "part"
        return "officer" if issues and _is_officer(heard.speaker, claimed, statement, names) else "other"
    if heard.is_wrapper:
        return "wrapper"
    if issues:
        return "fits"
    alias = alias_of(claimed)
    if (
        statement.kind == "speech"
        and len(alias.split()) > 1
        and f" {alias} " in f" {alias_of(statement.text[:_HEAD])} "
    ):
        return "speech"
    return "own"


def is_person(claimed: str, speaker: Speaker, names: Names) -> bool:
    """Whether a name as typed may be this person: full name, a part of it, initials, with or without a title."""
    typed, full = alias_of(claimed), alias_of(speaker.name)
    if not typed or not full:
        return False
    key = fold_word(speaker.name)
    if typed == full or typed in set(partial_names(full)) or key in names.resolve("speaker", claimed):
        return True
    if len(full.split()) > 1 and set(full.split()) <= set(typed.split()):
        return True
    if any(match.kind == "speaker" and key in match.keys for match in names.find(claimed).matches):
        return True
    return _by_initials(typed.split(), full.split()) or _by_office(typed, speaker)


def _by_initials(typed: list[str], full: list[str]) -> bool:
    if len(typed) < 2 or len(typed) > len(full) or typed[-1] != full[-1]:
        return False
    return all(
        name == word or (len(word) == 1 and name.startswith(word)) for word, name in zip(typed, full, strict=False)
    )


def _by_office(typed: str, speaker: Speaker) -> bool:
    """Whether title and organisation are given, as printed, instead of a name."""
    if not speaker.title or not speaker.organization:
        return False
    return all(f" {alias_of(part)} " in f" {typed} " for part in (speaker.title, speaker.organization))


def _is_issuer(claimed: str, statement: Statement, names: Names) -> bool:
    keys = _organization_keys(claimed, names)
    issuers = [name for name in statement.organizations if name]
    shorts = {alias_of(short) for short, full in statement.short.items() if full in issuers}
    typed = alias_of(claimed).removeprefix("the ")
    return typed in shorts or any(fold_word(name) in keys or alias_of(name) == typed for name in issuers)


def _is_officer(speaker: Speaker, claimed: str, statement: Statement, names: Names) -> bool:
    if speaker.organization is None:
        words = set(fold_word(speaker.title or "").replace(",", " ").split())
        return len(statement.organizations) == 1 and bool(words & _OFFICERS)
    mine, theirs = _organization_keys(speaker.organization, names), _organization_keys(claimed, names)
    return bool(mine & theirs) or alias_of(speaker.organization) == alias_of(claimed).removeprefix("the ")


def _organization_keys(typed: str, names: Names) -> frozenset[str]:
    alias = alias_of(typed)
    return frozenset(names.resolve("organization", typed) or names.resolve("organization", alias.removeprefix("the ")))


def _voice(quote: Quote | None) -> str | int | None:
    if quote is None:
        return None
    return quote.speaker.name if quote.speaker else quote.utterance


def _only_attribution(page: Page, compared: Compared) -> bool:
    """Whether the words nobody speaks stand in sentences that also hold spoken ones."""
    return all(
        page.quote(word) is not None
        or ((sentence := page.sentence(word)) is not None and any(page.quote(n) for n in range(*sentence)))
        for _, word in compared.matched
    )
