"""
The names of a question → whose words it asks for, whom it compares, and who is only mentioned.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.models import Span
from retrieval import conversation_forms as conversation
from retrieval import question_forms as forms
from retrieval.analyzer import Token, is_shouting
from retrieval.models import AskRequest
from retrieval.names import NameKind, NameMatch, Names


def options(request: AskRequest, names: Names) -> set[str]:
    """Keys of the names in explicit options: where the question repeats one, it is no topic."""
    typed: tuple[tuple[NameKind, str | None], ...] = (
        ("speaker", request.speaker),
        ("organization", request.organization),
    )
    return {key for kind, name in typed if name for key in names.resolve(kind, name)}


def with_description(text: str, match: NameMatch) -> Span:
    """Where a name stands, with the word that only says what it is: "the ALMA network", "la red ALMA"."""
    if match.kind != "organization":
        return match.span
    before = forms.DESCRIBED_BEFORE.search(text[: match.span.start])
    after = forms.DESCRIBED_AFTER.match(text, match.span.end)
    return Span(before.start() if before else match.span.start, after.end() if after else match.span.end)


def is_name(text: str, content: Sequence[Token], matches: Sequence[NameMatch]) -> bool:
    """Whether nothing but one name is asked about; a single word without a capital is a word like any other."""
    if len(matches) != 1 or not content:
        return False
    name = text[matches[0].span.start : matches[0].span.end]
    within = all(matches[0].span.start <= token.start < matches[0].span.end for token in content)
    return within and (" " in name or not name.islower())


def defined(text: str, matches: list[NameMatch]) -> NameMatch | None:
    """The organisation that a question wants to know what it is: its name comes right after "what is"."""
    opening = forms.WHAT_IS.match(text)
    named = (m for m in matches if m.kind == "organization" and opening and m.span.start == opening.end())
    return next((m for m in named if not _is_possessive(text, m)), None)


def organization(text: str, matches: list[NameMatch], source: Span | None) -> NameMatch | None:
    """The organisation whose words are asked for, or all of several; one that is only mentioned is a topic."""
    asked = [m for m in matches if m.kind == "organization" and _is_asked(text, m, source)]
    if len(asked) < 2:
        return asked[0] if asked else None
    keys = tuple(dict.fromkeys(key for match in asked for key in match.keys))
    return NameMatch("organization", keys, ", ".join(dict.fromkeys(match.shown for match in asked)), asked[0].span)


def compared(text: str, folded: str, matches: Sequence[NameMatch], source: Span | None) -> tuple[NameMatch, ...]:
    """
    The names whose words are set side by side, in the order of the question; none where there are not two.

    "What did A and B say" and "compare A with B"; "what did A of B say" names one.
    """
    if conversation.COMPARES.search(folded):
        chain = [m for m in matches if not _is_of(text, m, matches)]
    else:
        chain = _side_by_side(text, [m for m in matches if source and source.overlaps(m.span)])
    distinct = {(m.kind, m.keys): m for m in chain}
    return tuple(distinct.values()) if len(distinct) > 1 else ()


def _is_of(text: str, match: NameMatch, matches: Sequence[NameMatch]) -> bool:
    """Whether an organisation only says where the speaker named before it is from."""
    before = next((m for m in reversed(matches) if m.span.end <= match.span.start), None)
    if before is None or before.kind != "speaker" or match.kind != "organization":
        return False
    return forms.BELONGS.fullmatch(text[before.span.end : match.span.start].lstrip(" ,")) is not None


def _side_by_side(text: str, matches: Sequence[NameMatch]) -> list[NameMatch]:
    chain = list(matches[:1])
    for match in matches[1:]:
        if conversation.JOINS_NAMES.fullmatch(text[chain[-1].span.end : match.span.start] if chain else ""):
            chain.append(match)
    return chain


def _is_asked(text: str, match: NameMatch, source: Span | None) -> bool:
    if source is not None and source.overlaps(match.span):
        return True
    return forms.BELONGS.search(text[: match.span.start]) is not None or _is_possessive(text, match)


def _is_possessive(text: str, match: NameMatch) -> bool:
    """ "Network's", "Workers'": the apostrophe may count as the end of the name, or stand behind it."""
    end = match.span.end
    return text[end - 2 : end] in {"'s", "’s"} or bool({"'", "’"} & set(text[end - 1 : end + 1]))


def unknown_source(text: str, source: Span | None, matches: list[NameMatch], names: Names) -> str | None:
    """The name of somebody asked for who neither speaks nor issues here."""
    if source is None or is_shouting(text) or any(source.overlaps(match.span) for match in matches):
        return None
    name = re.sub(r"^(?:the|la|el|los|las)\s+", "", text[source.start : source.end].strip(), flags=re.IGNORECASE)
    if not name.split()[-1:] or name.split()[-1][:1].islower():
        # "the LA coalition" describes somebody; only a name can be looked for and not found.
        return None
    return name if re.match(r"[A-ZÁÉÍÓÚÑ]\w", name) and len(name) <= 60 and not names.resembles(name) else None
