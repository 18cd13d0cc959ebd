"""
Issuers where no form names one: the name lost at the very head of the release, or the one group of a page of "we".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.canonical import fold_word
from corpus.datelines import find_datelines
from corpus.head import is_prose
from corpus.models import Span
from corpus.organization_names import ACTS, NAME, PEOPLE, can_issue, name_key, reads_as_group

_KIND = r"(?:network|coalition|alliance|organi[sz]ation|group|association|red|coalici[oó]n|organizaci[oó]n|alianza)"
_LOST = re.compile(rf"\s*(?:,\s(?:an?|the|una?|la)\s[^.,;:\n]{{0,100}}?\b{_KIND}\b|(?=[a-zà-ÿ]){ACTS.pattern})")
_OPENS = re.compile(
    rf"(?:^|(?<=[.!?]\s)|(?<=[.!?][\"”]\s))[*_• ]{{0,4}}(?:(?:At|En)\s)?(?:(?:The|La|El|Los|Las|the|la|el)\s)?"
    rf"(?P<name>{NAME})(?=,?\s[a-zà-ÿ])",
    re.MULTILINE,
)
_WE = re.compile(r"\b(?:we|our|ours|us|nosotr[oa]s|nuestr[oa]s?|[a-zà-ÿ]{2,14}(?:a|e|i)mos)\b", re.IGNORECASE)
_QUOTED = re.compile(r"[“\"«][^“”\"«»\n]{1,2000}[”\"»]")


def lost_in_lead(text: str, lead: Sequence[Span]) -> bool:
    """Whether the text proper begins where the name of who acts was: "MESA, May 2 – , a network of …"."""
    for sentence in lead:
        words = text[sentence.start : sentence.end]
        opening = find_datelines(words)
        if opening and _LOST.match(words, opening[0].span.end):
            return True
    return False


def sole_group(text: str, paragraphs: Sequence[Span]) -> str | None:
    """
    The only group that opens a sentence of a page which speaks as "we", in the longest form; `None` for none or two.

    What stands between quotation marks is somebody else's "we".
    """
    own = [text[span.start : span.end] for span in paragraphs]
    if not _WE.search(_QUOTED.sub("", "\n".join(own))):
        return None
    names: dict[str, str] = {}
    for match in _OPENS.finditer("\n".join(filter(is_prose, own))):
        name = match["name"]
        # "Families of the valley have waited" names nobody.
        people = fold_word(name.split()[0]) in PEOPLE
        if " " in name and reads_as_group(name) and can_issue(name) and not people:
            names.setdefault(name_key(name), name)
    fullest = [name for key, name in names.items() if not any(other != key and key in other for other in names)]
    return fullest[0] if len(fullest) == 1 else None
