"""
`Verifier`: a claimed quotation → what the statements show about it.

Shingles find the places, words decide: similarity only chooses between places where the words differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from corpus.errors import UsageError
from corpus.language import guess_language
from corpus.models import Span
from corpus.sentences import paragraph_number, paragraphs, trim
from retrieval.catalog import Catalog
from retrieval.citations import cite
from retrieval.excerpts import cited
from retrieval.models import CitationStyle, FoundWords, Language, Note, Verdict, VerifyRequest
from retrieval.names import KINDS
from retrieval.passages import kind_of
from retrieval.shingles import Shared, ShingleIndex
from retrieval.verification.alignment import Pairs, align, align_loosely, align_parts, find_run
from retrieval.verification.assessing import LEAST_STRETCH, Assessment, assess
from retrieval.verification.claims import Claim, read_claim
from retrieval.verification.pages import Page
from retrieval.verification.signatures import Signature
from retrieval.wording import SIZE, words_of

MAX_CHARS = 2000
_ORDER = ("exact", "partial", "misattributed", "altered", "not_found")
# Statements read word by word, of those that share most with the claim.
_MOST_READ, _MOST_SHARING, _MOST_LOOSE = 12, 64, 4
# A statement is likely that has one in so many of the claim's runs.
_LIKELY = 4
# A statement with less of the claim than this share of the best one is not read.
_HOPE = 0.6
_LEAST_SHOWN = 0.5
# So much of what stands around marks is nowhere, if it is no part of the quotation.
_AROUND = (2, 3)
_CACHED = 64
_JOINED = frozenset({"verify_joined_statements", "verify_other_order"})


class Verifier:
    """Checks claimed quotations against one generation; safe to share between threads."""

    def __init__(self, catalog: Catalog, shingles: ShingleIndex) -> None:
        self._catalog = catalog
        self._shingles = shingles
        self._page = lru_cache(maxsize=_CACHED)(lambda id: Page(catalog[id]))

    def verify(self, request: VerifyRequest) -> Verdict:
        """
        Check a quotation as somebody pasted it.

        Raises:
            UsageError: It has fewer than 3 words, or more than 2,000 characters.
        """
        _check_length(request.text)
        first, other = read_claim(request.text, self._catalog.names)
        verdict, best = self._checked(first, request)
        if other and len(other.words) >= SIZE and self._may_be_wrapped(first, other, verdict, best):
            again, _ = self._checked(other, request)
            if best is None or _worth(again) > _worth(verdict):
                return again
        return verdict

    def _may_be_wrapped(self, first: Claim, other: Claim, verdict: Verdict, best: Assessment | None) -> bool:
        """Whether what stands around the words in the paste may be no part of the quotation."""
        if best is None or verdict.verdict == "not_found":
            return True
        if best.verdict != "altered" or any(note.code in _JOINED for note in verdict.notes):
            return False
        names, speaker = self._catalog.names, other.signature.speaker
        if not first.in_marks and speaker and any(names.resolve(kind, speaker) for kind in KINDS):
            return True
        # Where words around it are found, they are a part of the quotation: "TITLE: SUBTITLE" names nobody.
        around = len(first.outside & set(best.unmatched))
        return around * _AROUND[1] >= len(first.outside) * _AROUND[0]

    def _checked(self, claim: Claim, request: VerifyRequest) -> tuple[Verdict, Assessment | None]:
        signature = Signature(request.speaker or claim.signature.speaker, claim.signature.date)
        assessments = self._assessments(claim, signature)
        best = min(assessments, key=lambda one: self._rank(one, signature), default=None)
        locale: Language = request.locale or guess_language(claim.text) or "en"
        made = Verdict(
            verdict="not_found",
            similarity=0.0,
            claimed=claim.text,
            claimed_speaker=signature.speaker,
            claimed_date=signature.date,
            locale=locale,
        )
        if best is None:
            return made, None
        joined = self._joined(claim, best) if best.unmatched else ()
        verdict = "altered" if joined else best.verdict
        notes = (
            [*joined, *best.notes, *self._record_notes(best, signature, assessments)] if verdict != "not_found" else []
        )
        shown = verdict != "not_found" or best.similarity >= _LEAST_SHOWN
        update = {
            "verdict": verdict,
            "similarity": best.similarity,
            "found": self._found(best, request.cite, locale) if shown else None,
            "differences": best.differences,
            "notes": tuple(notes),
        }
        return made.model_copy(update=update), best

    def _found(self, one: Assessment, style: CitationStyle | None, locale: Language) -> FoundWords:
        """The published words, with their citation where one was asked for."""
        found = _found(one)
        if style is None:
            return found
        return found.model_copy(update={"citation": cite(found, style, locale, self._catalog.public_url)})

    def _assessments(self, claim: Claim, signature: Signature) -> list[Assessment]:
        sharing = self._shingles.sharing(claim.numbers, limit=_MOST_SHARING)
        likely = bool(sharing) and _LIKELY * sharing[0].weight >= len(claim.words) - SIZE + 1
        pages = map(self._page, self._likely(sharing, signature) if likely else ())
        found = [self._assess(claim, page, pairs, signature) for page in pages for pairs in align(claim, page)]
        if any(one and one.verdict != "not_found" for one in found):
            return [one for one in found if one]
        # Where few runs are the same, only a statement that has most of the words can hold the claim.
        for shared in self._shingles.holding(claim.numbers, limit=_MOST_LOOSE):
            page = self._page(shared.statement_id)
            ways = [*align(claim, page), align_parts(claim, page), align_loosely(claim, page)]
            enough = [pairs for pairs in ways if len(pairs) >= _LEAST_SHOWN * len(claim.words)]
            found += [self._assess(claim, page, pairs, signature) for pairs in enough]
        return [one for one in found if one]

    def _assess(self, claim: Claim, page: Page, pairs: Pairs, signature: Signature) -> Assessment | None:
        return assess(claim, page, pairs, signature.speaker, self._catalog.names)

    def _likely(self, sharing: Sequence[Shared], signature: Signature) -> list[str]:
        """The statements to read: those that share most, of many alike those of the claimed speaker and date."""
        worth = [shared for shared in sharing if shared.weight >= _HOPE * sharing[0].weight]
        theirs = self._statements_of(signature.speaker)

        def order(shared: Shared) -> tuple[float, bool, bool]:
            id = shared.statement_id
            return -shared.weight, id not in theirs, _date_differs(self._catalog[id].date, signature.date)

        return [shared.statement_id for shared in sorted(worth, key=order)[:_MOST_READ]]

    def _statements_of(self, speaker: str | None) -> frozenset[str]:
        if not speaker:
            return frozenset()
        names = self._catalog.names
        keys = [(kind, key) for kind in KINDS for key in names.resolve(kind, speaker)]
        return frozenset(id for kind, key in keys for id in names.statements[kind][key])

    def _rank(self, one: Assessment, signature: Signature) -> tuple[object, ...]:
        statement = one.page.statement
        differs = _date_differs(statement.date, signature.date)
        return (
            _ORDER.index(one.verdict),
            -one.similarity,
            one.heard.is_wrapper,
            differs,
            statement.date or "9999",
            statement.id,
            one.span.start,
        )

    def _joined(self, claim: Claim, best: Assessment) -> tuple[Note, ...]:
        """Whether what is missing in one place stands word for word in others: then the claim was put together."""
        solid = {number for first, last in best.solid for number in range(first, last)}
        loose = [number for number in range(len(claim.words)) if number not in solid]
        ways = (_sentences(claim, best.unmatched), _stretches(best.unmatched), _stretches(loose))
        elsewhere = next((found for way in ways if (found := self._elsewhere(claim, way)) is not None), None)
        if elsewhere is None:
            return ()
        others = sorted(elsewhere - {best.page.statement.id})
        if not others:
            return (Note(code="verify_other_order"),)
        return (Note(code="verify_joined_statements", values={"ids": ", ".join([best.page.statement.id, *others])}),)

    def _elsewhere(self, claim: Claim, stretches: Sequence[tuple[int, int]]) -> set[str] | None:
        """The statements in which some parts of a claim stand word for word; `None` where one stands in none."""
        elsewhere = set()
        for first, last in stretches:
            if last - first < LEAST_STRETCH:
                return None
            sharing = self._shingles.sharing(claim.numbers[first:last], limit=_MOST_READ)
            ids = (shared.statement_id for shared in sharing if shared.weight == sharing[0].weight)
            place = next((id for id in ids if find_run(claim, self._page(id), first, last) is not None), None)
            if place is None:
                return None
            elsewhere.add(place)
        return elsewhere

    def _record_notes(
        self, best: Assessment, signature: Signature, assessments: Sequence[Assessment]
    ) -> Iterator[Note]:
        """What the record knows beside the words: the claimed name, the date, where else they stand."""
        names, statement = self._catalog.names, best.page.statement
        if signature.speaker and best.fit not in ("fits", "officer", "speech"):
            known = any(names.resolve(kind, signature.speaker) for kind in KINDS)
            if not known and not names.find(signature.speaker).matches:
                yield Note(code="source_unknown", values={"name": signature.speaker})
        if signature.date and statement.date is None:
            yield Note(code="verify_undated", values={"claimed_date": signature.date})
        elif signature.date and statement.date and _date_differs(statement.date, signature.date):
            yield Note(code="verify_date", values={"dated": statement.date, "claimed_date": signature.date})
        if best.is_verbatim:
            others = sorted({one.page.statement.id for one in assessments if one.is_verbatim} - {statement.id})
            if others:
                yield Note(code="verify_elsewhere", values={"count": len(others), "ids": ", ".join(others)})


def _check_length(text: str) -> None:
    if len(text) > MAX_CHARS:
        raise UsageError(f"The quotation has {len(text):,} characters; at most {MAX_CHARS:,} are checked. Cut it.")
    count = len(words_of(text))
    if count < SIZE:
        some = {0: "no words", 1: "only 1 word"}.get(count, f"only {count} words")
        raise UsageError(f"The quotation has {some}; give at least {SIZE}.")


def _worth(verdict: Verdict) -> tuple[int, float]:
    return -_ORDER.index(verdict.verdict), verdict.similarity


def _date_differs(date: str | None, claimed: str | None) -> bool:
    if not claimed:
        return False
    return date is None or not (date.startswith(claimed) or claimed.startswith(date))


def _sentences(claim: Claim, unmatched: Sequence[int]) -> list[tuple[int, int]]:
    """The sentences of a claim that hold unmatched words."""
    edges = sorted({0, len(claim.words), *claim.breaks})
    return [(a, b) for a, b in pairwise(edges) if any(a <= number < b for number in unmatched)]


def _stretches(numbers: Sequence[int]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and found[-1][1] == number:
            found[-1] = (found[-1][0], number + 1)
        else:
            found.append((number, number + 1))
    return found


def _found(one: Assessment) -> FoundWords:
    statement = one.page.statement
    span = _public(statement.text, one.span, statement.private)
    return FoundWords(
        text=statement.text[span.start : span.end],
        start=span.start,
        end=span.end,
        paragraph=paragraph_number(paragraphs(statement.text), span.start),
        speaker=one.heard.speaker,
        gaps=tuple(gap for gap in one.gaps if span.holds(gap)),
        kind=kind_of(statement, span),
        issuer=() if one.heard.is_wrapper else statement.organizations,
        statement=cited(statement),
    )


def _public(text: str, span: Span, private: Sequence[Span]) -> Span:
    """The longest part of a span that holds no private number."""
    pieces, start = [], span.start
    for hole in sorted(private):
        if hole.start < span.end and start < hole.end:
            pieces.append(Span(start, max(start, hole.start)))
            start = hole.end
    pieces.append(Span(start, max(start, span.end)))
    longest = max(pieces, key=lambda piece: piece.end - piece.start)
    return trim(text, *longest)
