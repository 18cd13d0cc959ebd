"""
Who issued a statement: the organisations whose own words it is, as it prints their names.

Evidence is read off the forms of statements (`corpus/issuer_evidence.py`), never off a list of names. An organisation
that is only mentioned, an authority and a person are no issuers; a name that was lost with its link is `None`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from pydantic import Field

from corpus.canonical import fold
from corpus.head import FOREIGN, head_lines, is_covered, prose_paragraphs, visible_lines
from corpus.issuer_evidence import (
    Evidence,
    lead_evidence,
    own_evidence,
    statement_evidence,
    title_evidence,
)
from corpus.issuer_fallbacks import lost_in_lead, sole_group
from corpus.issuer_full_names import full_name
from corpus.issuer_lines import about_us_evidence, banner_evidence, sign_off_evidence, source_evidence
from corpus.issuer_references import act_evidence, officer_evidence, owner_evidence, taken_up_evidence
from corpus.joint_statements import joint_issuers, listed_actors
from corpus.models import Frozen, Furniture, Span
from corpus.organization_names import (
    can_issue,
    has_organization_noun,
    is_acronym,
    name_key,
    reads_as_group,
    short_forms,
    stated_forms,
)
from corpus.sentences import paragraphs, sentences

__all__ = ["Issuers", "find_issuers", "short_forms"]

_ENOUGH = 3
_LEAD_SENTENCES = 3
# A generic noun says "organisation" only where the form does not already.
_NOUN_COUNTS = frozenset({"title", "about", "banner", "sign_off", "statement_of"})


class Issuers(Frozen):
    """
    Who issued a statement.

    Attributes:
        organizations: Names in full as printed; `None` for one whose name was lost. Empty where nothing says who.
        short: Short form → full name of these organisations, both as printed.
    """

    organizations: tuple[str | None, ...] = ()
    short: dict[str, str] = Field(default_factory=dict)


def find_issuers(
    text: str,
    *,
    body: Sequence[Span],
    furniture: Sequence[Furniture],
    title: str,
    hint: str | None = None,
    wrapper: Sequence[Span] = (),
) -> Issuers:
    """
    The organisations whose statement this is, named as it names them.

    Args:
        text: Canonical text.
        body: The statement's own words; where empty, all of the text that is no furniture.
        furniture: Names in comments, copyright lines and navigation are no evidence.
        title: As `find_title` gives it.
        hint: What the site or the front matter declares; counts only where the text names nobody else.
        wrapper: Somebody else's text around the release: it may name the issuer, but does not speak for itself.
    """
    short = {**stated_forms(text), **short_forms(text)}
    visible = _Visible(text, furniture, body)
    joint = joint_issuers(text, visible.opening) or listed_actors(text, visible.lead)
    if joint:
        return _named(text, joint, short)
    found = [item for item in visible.evidence(title) if can_issue(item.name) and not _is_headline(text, title, item)]
    found = [item for item in found if item.source != "own" or not _lies_in(item.start, wrapper)]
    found = [item._replace(name=full_name(text, item.name)) for item in found]
    # Who speaks of itself and stands in the title is what the page is about.
    found += [i._replace(form="in_title", weight=1) for i in found if i.form == "does" and _is_in(title, i.name)]
    found += taken_up_evidence(text, [_in_full(item, short) for item in found])
    candidates = _tally(text, found, short)
    keys = _chosen(candidates)
    if not keys:
        return _named(text, _unpointed(text, visible, hint, candidates, wrapper), short)
    return _named(text, [_printed(text, candidates[key]) for key in keys], short)


class _Visible:
    """The parts of a statement that each form of evidence reads."""

    def __init__(self, text: str, furniture: Sequence[Furniture], body: Sequence[Span]) -> None:
        foreign = [item for item in furniture if item.kind in FOREIGN]
        self.text = text
        self.head = head_lines(text, foreign)
        self.lines = visible_lines(text, foreign)
        prose = prose_paragraphs(text, furniture)
        self.opening = [*self.head, *prose[:2]]
        self.lead = [s for span in prose[:3] for s in sentences(text, span)[:_LEAD_SENTENCES]]
        own = list(body) or [Span(0, len(text))]
        self.paragraphs = [one for one in paragraphs(text) if is_covered(one, own)] or self.lines

    def evidence(self, title: str) -> Iterator[Evidence]:
        """Everything that the forms find, in no order."""
        yield from title_evidence(self.text, title)
        yield from lead_evidence(self.text, self.lead)
        yield from statement_evidence(self.text, [*self.head, *self.lead])
        yield from banner_evidence(self.text, self.head)
        yield from own_evidence(self.text, self.paragraphs)
        yield from sign_off_evidence(self.text, self.lines[-40:])
        yield from source_evidence(self.text)
        yield from about_us_evidence(self.text, self.lines)
        yield from officer_evidence(self.text)
        yield from act_evidence(self.text)
        yield from owner_evidence(self.text)


class _Candidate:
    """One organisation under all its printed forms, with what speaks for it."""

    def __init__(self) -> None:
        self.printed: list[tuple[int, str]] = []
        self.weights: dict[str, int] = {}
        self.sources: dict[str, int] = defaultdict(int)

    def add(self, item: Evidence) -> None:
        bonus = int(item.form in _NOUN_COUNTS and (has_organization_noun(item.name) or is_acronym(item.name)))
        self.printed.append((item.start, item.name))
        self.sources[item.source] += 1
        self.weights[item.form] = max(self.weights.get(item.form, 0), item.weight + bonus)

    @property
    def score(self) -> int:
        offices = sum(weight for form, weight in self.weights.items() if form.startswith("officer"))
        forms = sum(weight for form, weight in self.weights.items() if not form.startswith("officer"))
        # A generic noun speaks for names that are only pointed to; the other forms have weighed it already.
        only_pointed_to = set(self.sources) == {"reference"}
        noun = int(only_pointed_to and any(has_organization_noun(name) for _, name in self.printed))
        return forms + min(offices, 2) + noun


def _tally(text: str, found: Iterable[Evidence], short: dict[str, str]) -> dict[str, _Candidate]:
    full = {name_key(abbreviation): name_key(name) for abbreviation, name in short.items()}
    candidates: dict[str, _Candidate] = defaultdict(_Candidate)
    for item in found:
        key = name_key(item.name)
        candidates[full.get(key, key)].add(item)
    for abbreviation, name in short.items():
        if name_key(name) in candidates:
            candidates[name_key(name)].printed.append((text.find(name), name))
            candidates[name_key(name)].printed.append((text.find(abbreviation), abbreviation))
    return candidates


def _chosen(candidates: dict[str, _Candidate]) -> list[str]:
    """The strongest kind of evidence decides: who acts, else who speaks of itself, else who is pointed to most."""
    enough = {key: item for key, item in candidates.items() if item.score >= _ENOUGH}
    for source in ("said", "own", "reference"):
        chosen = {key: item for key, item in enough.items() if item.sources[source]}
        if source == "reference" and chosen:
            most = max(item.score for item in chosen.values())
            chosen = {key: item for key, item in chosen.items() if item.score == most}
        if chosen:
            return sorted(chosen, key=lambda key: min(start for start, _ in enough[key].printed))
    return []


def _printed(text: str, candidate: _Candidate) -> str:
    """The fullest printed form, in its own case rather than in the capitals of a heading."""
    forms = sorted(candidate.printed)
    longest = max((name for _, name in forms), key=lambda name: (len(name_key(name)), -text.find(name)))
    if longest.isupper() and len(longest.split()) > 1:
        same = (text[start:end] for start, end in fold(text).find(longest))
        return next((name for name in same if not name.isupper()), longest)
    return longest


def _unpointed(
    text: str, visible: _Visible, hint: str | None, candidates: dict[str, _Candidate], wrapper: Sequence[Span]
) -> tuple[str | None, ...]:
    """Where nothing in the text is strong enough: what the site declares, a lost name, the one group that is "we"."""
    declared = _from_hint(text, hint, candidates, wrapper)
    if declared:
        return tuple(full_name(text, name) for name in declared)
    if lost_in_lead(text, visible.lead):
        return (None,)
    sole = sole_group(text, visible.paragraphs)
    return (full_name(text, sole),) if sole and not wrapper else ()


def _from_hint(
    text: str, hint: str | None, candidates: dict[str, _Candidate], wrapper: Sequence[Span]
) -> tuple[str, ...]:
    """The declared organisation, in its printed form where the text prints it; none where a blog wraps a release."""
    name = " ".join((hint or "").split())
    if not name or wrapper or not can_issue(name):
        return ()
    named = bool(candidates.get(name_key(name))) or has_organization_noun(name) or is_acronym(name)
    printed = [text[start:end] for start, end in fold(text).find(name)]
    return (printed[0] if printed else name,) if named or printed else ()


def _named(text: str, names: Sequence[str | None], short: dict[str, str]) -> Issuers:
    """Full names for short ones, line breaks as one space, with the short forms of these organisations."""
    keys = {name_key(abbreviation): full for abbreviation, full in short.items()}
    full_names = [keys.get(name_key(name), name) if name else None for name in names]
    one_line = [" ".join(part.strip() for part in name.split("\n")) if name else None for name in full_names]
    mine = {name_key(name) for name in one_line if name}
    return Issuers(
        organizations=tuple(dict.fromkeys(one_line)) if None not in one_line else tuple(one_line),
        short={abbreviation: full for abbreviation, full in short.items() if name_key(full) in mine},
    )


def _in_full(item: Evidence, short: dict[str, str]) -> Evidence:
    return item._replace(name=short.get(item.name, item.name))


def _is_headline(text: str, title: str, item: Evidence) -> bool:
    """Whether a form that reads lines found nothing but the headline, which `title_evidence` has weighed."""
    start = text.find(title.split("\n")[0]) if title else -1
    inside = 0 <= start <= item.start < start + len(title)
    return inside and (item.form == "acts" or (item.form == "banner" and item.name == title))


def _is_in(title: str, name: str) -> bool:
    """Whether a title holds this name; two plain words may be a person whom it honours."""
    return name in title and (len(name.split()) != 2 or reads_as_group(name))


def _lies_in(offset: int, spans: Sequence[Span]) -> bool:
    return any(span.start <= offset < span.end for span in spans)
