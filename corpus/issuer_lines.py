"""
Lines that name the issuer and nothing else: banners at the head, the speaker's line of a speech, sign-offs at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.head import RELEASE_MARK
from corpus.issuer_evidence import NAMED, Evidence, named_evidence
from corpus.models import Span
from corpus.organization_names import is_acronym, is_bare_organization, reads_as_group

_PLACE_AFTER = re.compile(r"(?:,\s[A-ZÀ-Þ][\w. ]{1,30}){0,3}")
_SPEECH = re.compile(
    r"(?:remarks|testimony|speech|keynote|address|discurso|palabras|testimonio|ponencia)\s(?:of|by|from|de)\s"
    r"[^,\n]{3,60},\s[^,\n]{3,60}(?:,|\sof|\sfor|\sde|\sdel|\sde\sla)\s(?:(?:the|la|el)\s)?",
    re.IGNORECASE,
)
_CLOSES = re.compile(
    r"\W*(?:sincerely|respectfully|in solidarity|in struggle|signed(?: by)?|yours|atentamente|respetuosamente"
    r"|en solidaridad"
    r"|fraternalmente|firman?|suscriben?|signatories|sign-?ons?|firmantes)\W*",
    re.IGNORECASE,
)
# A person's name may hold "de" as well, but not these.
_OF = re.compile(r"\s(?:of|for|sin|without|para|por)\s")
_ABOUT_US = re.compile(r"[\W_]*(?:about(?: us)?|who we are|qui[eé]nes somos|sobre nosotr[oa]s)[\W_]*", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:The|La|El|Los|Las)\s")
_VERB = re.compile(r"\s[a-zà-ÿ]{2,}")


def banner_evidence(text: str, lines: Sequence[Span]) -> Iterator[Evidence]:
    """A head line that is only an organisation's name, beside a release mark or its place; a speaker's in a speech."""
    for place, line in enumerate(lines):
        words = text[line.start : line.end].strip("*_# ")
        if (speech := _SPEECH.match(words)) and (match := NAMED.match(words, speech.end())):
            yield named_evidence(match, line.start, "said", "speech", 3)
        parts = [part.strip() for part in re.split(r"\s+[|–—-]\s+|\s*[:|]\s*", words)]
        marked = any(RELEASE_MARK.fullmatch(part) for part in parts)
        above = text[lines[place - 1].start : lines[place - 1].end].strip("*_#: ") if place else ""
        for part in parts:
            match = NAMED.fullmatch(part)
            match = match or NAMED.match(part)
            if match is None or RELEASE_MARK.fullmatch(part) or not _PLACE_AFTER.fullmatch(part, match.end()):
                continue
            part = match.group()
            if is_bare_organization(part) or ((marked or RELEASE_MARK.fullmatch(above)) and is_acronym(part)):
                yield named_evidence(match, line.start, "said", "banner", 2 if len(parts) == 1 or marked else 1)


def sign_off_evidence(text: str, lines: Sequence[Span]) -> Iterator[Evidence]:
    """The names under "In solidarity," or "Firman:" at the end."""
    closing = next((n for n, line in enumerate(lines) if _CLOSES.fullmatch(text, line.start, line.end)), None)
    for line in lines[closing + 1 :] if closing is not None else []:
        words = text[line.start : line.end].strip("*_•·- ")
        match = NAMED.fullmatch(words)
        if match and (reads_as_group(words) or is_acronym(words) or _OF.search(words)):
            yield named_evidence(match, line.start, "own", "sign_off", 3)


def source_evidence(text: str) -> Iterator[Evidence]:
    """What a wire service prints under a release: "SOURCE NAME"."""
    for match in re.finditer(r"^(?:SOURCE:?|Source:|FUENTE:?)[^\S\n]+(?=\S)", text, re.MULTILINE):
        named = NAMED.match(text, match.end())
        if named and text[named.end() : named.end() + 1] in ("", "\n"):
            yield named_evidence(named, 0, "said", "source", 3)


def about_us_evidence(text: str, lines: Sequence[Span]) -> Iterator[Evidence]:
    """What opens the paragraph under "About us"."""
    for line, below in pairwise(lines):
        if _ABOUT_US.fullmatch(text, line.start, line.end):
            start = _ARTICLE.match(text, below.start, below.end)
            match = NAMED.match(text, start.end() if start else below.start, below.end)
            if match and _VERB.match(text, match.end()):
                yield named_evidence(match, 0, "own", "about_us", 3)
