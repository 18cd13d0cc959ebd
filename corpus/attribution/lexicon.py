"""
The words the grammar knows, read once from `words.toml`, as folded sets.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files

from corpus.canonical import fold_word

Phrases = dict[str, tuple[tuple[str, ...], ...]]

_RAW = tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=65536)
def key(word: str) -> str:
    """A word as the lists spell it: lower case, accents off, plain apostrophes."""
    return fold_word(word)


def _entries(section: str, name: str) -> list[str]:
    return [" ".join(entry.split()) for line in _RAW[section][name].splitlines() for entry in line.split("|")]


def _words(section: str, name: str) -> frozenset[str]:
    return frozenset(key(entry) for entry in _entries(section, name) if entry)


def _phrases(section: str, name: str) -> Phrases:
    """Phrases by their first word, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for entry in sorted(_entries(section, name), key=len, reverse=True):
        if words := tuple(key(entry).split()):
            found.setdefault(words[0], []).append(words)
    return {first: tuple(rest) for first, rest in found.items()}


SAID = _phrases("cues", "said") | _phrases("cues", "said_spanish")
FLOOR = _phrases("cues", "floor")
SPEAKS = _words("cues", "speaks")
IN_VIEW = _phrases("cues", "in_view")
MYSELF = _words("cues", "myself")
INDEFINITE = _words("small", "indefinite")
OPENING_PREPOSITIONS = _words("small", "opening_prepositions")
SUBJECTLESS = _words("cues", "said_spanish")
PARTICIPLE = _phrases("cues", "participle")
NAMING_VERBS = _phrases("cues", "naming")
ACCORDING = _phrases("cues", "according")
ANSWER = _words("cues", "answer")
NOT_SPOKEN = _words("cues", "not_spoken")
ISSUING = _phrases("cues", "issuing")
STATEMENT = _words("cues", "statement")
ADVERBS = _words("cues", "adverb")

HEADS = _words("people", "heads")
MODIFIERS = _words("people", "modifiers")
RANK = _words("people", "rank")
DEPARTMENTS = _words("people", "departments")
BODIES = _words("people", "bodies")
OFFICES = _words("people", "offices")
KIN = _words("people", "kin")
CALLINGS: dict[str, str] = _RAW["callings"]
HONORIFICS_F = _words("people", "honorifics_f")
HONORIFICS_M = _words("people", "honorifics_m")
HONORIFICS = _words("people", "honorifics") | HONORIFICS_F | HONORIFICS_M
TITLES_BEFORE = _words("people", "titles_before")
OFFICE_PREFIXES = _words("people", "office_prefixes")
SPELT_OUT = _words("people", "spelt_out")
CREDENTIALS = _words("people", "credentials")
# "él" is told from the article "el" by its accent alone, so pronouns are compared in lower case with accents.
PRONOUNS_F = frozenset(_entries("people", "pronouns_f"))
PRONOUNS_M = frozenset(_entries("people", "pronouns_m"))
NOBODY = _words("people", "nobody")

FEMININE = _words("people", "feminine")
MASCULINE = _words("people", "masculine")

PARTICLES = _words("names", "particles")
SUFFIXES = _words("names", "suffixes")
SURNAMES = _words("names", "surnames")
NEVER_FIRST = _words("names", "never_first")
NEVER_IN = _words("names", "never_in")
ORGANIZATIONS = _words("names", "organizations")
FEMALE = _words("names", "female")
MALE = _words("names", "male")

NAMING = _phrases("contexts", "naming")
SLOGANS = _words("contexts", "slogans")
TITLES = _words("contexts", "titles")

RELATIVES = _words("small", "relatives")
BEFORE_HONORIFIC = _words("small", "before_honorific")
ARTICLES = _words("small", "articles")
DIVISIONS = _words("small", "divisions")
EPITHETS = _words("people", "epithets")
SIGHTED = EPITHETS | _words("people", "sighted")
KINDS = _words("small", "kinds")
NOT_IN_TITLE = _words("small", "not_in_title")
DIRECTS = _phrases("people", "directs")
FOR = _phrases("people", "for_whom")
CLERGY = _words("people", "clergy")
PASSIVE = _words("small", "passive")
TELLING = _words("cues", "telling")
PREPOSITIONS = _words("small", "prepositions")
OCCASIONS = _words("small", "occasions")
ROLE_ARTICLES = _words("small", "role_articles")
DEFINITE = _words("small", "definite")
NOT_BEFORE_SUBJECT = _words("small", "not_before_subject")
ENDS_SEARCH = _words("small", "ends_search")
FUNCTION = _words("small", "function")
LINKS = _words("small", "links")
JOINERS = _words("small", "joiners")
WEAK_JOINERS = _words("small", "weak_joiners")
MOTTO_JOINERS = _words("small", "motto_joiners")
UNITS = _words("small", "units")
GOES_BY = _words("people", "goes_by")
BEFORE_NOUN = _words("small", "before_noun")
LINKING = _words("small", "linking")
AFTER_SUBJECTLESS = _words("small", "after_subjectless")
AFTER_CALLING = _words("small", "after_calling")
TIMES = _words("small", "times")
JOINING = _words("small", "joining")
RESUMING = _words("small", "resuming")
IN_TITLES = _words("small", "in_titles")
ABBREVIATIONS = _words("small", "abbreviations")
SUBORDINATING = _words("small", "subordinating")
SAINTS = _words("names", "saints")
OPENERS = _words("small", "openers")
OWN = _words("small", "own")
SIBLINGS = _words("small", "siblings")
INTRODUCING = _phrases("small", "introducing")
LIVING = _phrases("small", "living")
YOUNGEST = _phrases("small", "youngest")
INTERVIEWED = _phrases("small", "interviewed")
