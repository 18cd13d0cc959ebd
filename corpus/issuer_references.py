"""
Forms that only point to the issuer: its officers, "the coalition asks", the owner of the page.

None of them is enough alone; together they name an issuer where no stronger form does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.canonical import fold_word
from corpus.issuer_evidence import HOLDER, OFFICE, Evidence
from corpus.organization_names import ACTS, NAME, ORGANIZATION_NOUNS, has_organization_noun, is_acronym, name_key

_S = r"[^\S\n]"
_ARTICLE = r"(?:(?:the|la|el|las|los)\s)?"
# Begins with the letters that these words begin with, to which a search can jump.
_OFFICER_OF = re.compile(
    rf"[acdfilmopstvACDFILMOPSTV](?<=\b(?=(?i:{HOLDER})[,\s]).)[\w-]*"
    rf"(?i:(?:\s(?:ejecutiv[oa]|general|nacional|legal))?(?:,|\s(?:of|for|at|with|de la|del|de|en))\s{_ARTICLE})"
)
_ITS_OFFICER = rf"[’']s?{_S}(?i:{OFFICE})\b"
_OFFICER_ITS = re.compile(rf"(?P<name>{NAME}?){_ITS_OFFICER}")
_NAME = re.compile(NAME)
_OWNER = re.compile(r"(?:©|\(c\)|copyright)[\s©()\d,–-]*(?:by\s)?" + _ARTICLE, re.IGNORECASE)
_OPENS = re.compile(
    rf"(?:^|(?<=[.!?]\s)|(?<=[.!?][\"”]\s))[*_• ]{{0,4}}(?:(?:The|La|El|Los|Las)\s)?(?={NAME})", re.MULTILINE
)
_DEFINITE = re.compile(
    r"\b(?P<article>The|the|La|la|El|el|Our|our|Nuestra|nuestra|Nuestro|nuestro|del|al)\s(?P<noun>[^\W\d_]{3,15})\b(?!\s[A-ZÀ-Þ])"
)
_ANY_GROUP = frozenset({"organization", "organisation", "group", "organizacion", "grupo", "agrupacion"})
# Too common as ordinary nouns to point to a name.
_ORDINARY = frozenset(
    {
        "house",
        "casa",
        "church",
        "iglesia",
        "justice",
        "workers",
        "communities",
        "comunidades",
        "mesa",
        "union",
        "campaign",
    }
)


def officer_evidence(text: str) -> Iterator[Evidence]:
    """The organisations of people who hold an office in them: "President of NAME", "NAME’s Executive Director"."""
    for match in _OFFICER_OF.finditer(text):
        named = _NAME.match(text, match.end())
        # After a comma a person's name may follow as well: only a generic noun or capitals show an organisation.
        comma = text[: match.end()].rstrip().endswith(",") or "," in match.group()
        if named and (not comma or has_organization_noun(named.group()) or is_acronym(named.group())):
            yield Evidence(named.group(), named.start(), "reference", f"officer {match.start()}", 1)
    # Few texts have it, and what stands before it is looked for at every capital.
    for match in _OFFICER_ITS.finditer(text) if re.search(_ITS_OFFICER, text) else ():
        yield Evidence(match["name"], match.start(), "reference", f"officer {match.start()}", 1)


def owner_evidence(text: str) -> Iterator[Evidence]:
    """Whose page it is: "© 2009–2014 NAME"."""
    for match in _OWNER.finditer(text):
        if named := _NAME.match(text, match.end()):
            name = re.sub(r"\s\d{4}$", "", named.group())
            yield Evidence(name, named.start(), "reference", "owner", 2)


def act_evidence(text: str) -> Iterator[Evidence]:
    """A name that opens a sentence and acts as issuers do: "NAME asks the council …"."""
    for match in _OPENS.finditer(text):
        named = _NAME.match(text, match.end())
        single = named and " " not in named.group() and not is_acronym(named.group())
        if named and not single and ACTS.match(text, named.end() + 1):
            yield Evidence(named.group(), named.start(), "reference", "acts", 1)


def taken_up_evidence(text: str, found: Sequence[Evidence]) -> Iterator[Evidence]:
    """
    Names that the text takes up again by their generic noun: "the clinic", "La coalición pide …".

    "The organization" points to a name only where no other is found; a noun that two names share points to neither.
    """
    nouns: dict[str, int] = {}
    for match in _DEFINITE.finditer(text):
        noun = fold_word(match["noun"])
        nouns[noun] = max(nouns.get(noun, 0), 2 if match["article"][0].isupper() else 1)
    names = {name_key(item.name): item for item in found}
    for key, item in names.items():
        own = set(re.findall(r"\w+", key)) & ORGANIZATION_NOUNS - _ORDINARY
        shared = {noun for other in names if other != key for noun in re.findall(r"\w+", other)}
        pointing = (own - shared) | (_ANY_GROUP if len(names) == 1 else frozenset())
        weight = max((nouns.get(noun, 0) for noun in pointing), default=0)
        if weight:
            yield item._replace(source="reference", form="taken_up", weight=weight)
