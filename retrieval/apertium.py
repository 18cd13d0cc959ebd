"""
Apertium's Spanish-English dictionary → a table in the format of `lexicon/words.tsv`, in the user's own data directory.

The dictionary is the user's copy, from the Debian package apertium-eng-spa, and stays under its own licence (GPL-2):
nothing of it is part of this project. The package holds compiled dictionaries only, one for each direction; `lt-print`
(package lttoolbox-dev) writes one out as the arcs of its transducer, from which the pairs are read.
"""

from __future__ import annotations

import shutil
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile

from corpus.errors import UsageError
from retrieval.wordlist import MAX_TRANSLATIONS, Pair

DICTIONARIES = Path("/usr/share/apertium/apertium-eng-spa")
INSTALL = "sudo apt-get install apertium-eng-spa lttoolbox-dev"

_FROM_SPANISH, _FROM_ENGLISH = "spa-eng.autobil.bin", "eng-spa.autobil.bin"
_PRINTER = "lt-print"
_SPOKEN_FOR = {"@0@": "", "@_SPACE_@": " "}
# Nouns, adjectives, adverbs, verbs, names: the others are stop words.
_KINDS = frozenset({"<n>", "<adj>", "<adv>", "<vblex>", "<np>"})
_MAX_CHARS = 80
_HEADER = (
    "# Baked from the Apertium dictionary of this machine (package apertium-eng-spa, GPL-2); not part of On Record."
)

Arc = tuple[str, str, str]
Arcs = dict[str, list[Arc]]
# A way through the transducer so far: state, Spanish or English as read and whether it is complete, and the other side.
Way = tuple[str, str, bool, str, bool]


def bake(table: Path, dictionaries: Path = DICTIONARIES) -> int:
    """
    Write the table anew, all of it or nothing, and say how many Spanish words it holds.

    Raises:
        UsageError: The package or the tool that reads it is not installed.
    """
    printer = shutil.which(_PRINTER)
    missing = [name for name in (_FROM_SPANISH, _FROM_ENGLISH) if not (dictionaries / name).is_file()]
    if missing:
        raise UsageError(f"{dictionaries / missing[0]} is not there. Install Apertium's dictionary: {INSTALL}")
    if printer is None:
        raise UsageError(f"{_PRINTER} is not there, which reads Apertium's dictionary. Install it: {INSTALL}")
    from_spanish = read_pairs(_printed(printer, dictionaries / _FROM_SPANISH))
    from_english = read_pairs(_printed(printer, dictionaries / _FROM_ENGLISH))
    rows = ranked(from_spanish, ((es, en) for en, es in from_english))
    _replace(table, "".join(f"{line}\n" for line in (_HEADER, *rows)))
    return len(rows)


def _printed(printer: str, dictionary: Path) -> str:
    """The arcs of a compiled dictionary, one a line: state, next state, letter of each side, weight."""
    done = subprocess.run([printer, "-H", str(dictionary)], capture_output=True, check=False)  # noqa: S603 (no words of people)
    if done.returncode != 0 or not done.stdout:
        raise UsageError(f"{_PRINTER} could not read {dictionary}. Install both of one release: {INSTALL}")
    return done.stdout.decode("utf-8")


def read_pairs(printed: str) -> Iterator[Pair]:
    """
    What a printed transducer translates: one word of the first side and its translation, each pair once.

    Only the first section is a dictionary; those behind it are rules for numbers, dates and addresses.
    """
    arcs, ends = _arcs(printed.split("--\n", 1)[0])
    found: dict[Pair, None] = {}
    ways: list[Way] = [("0", "", False, "", False)]
    while ways:
        state, word, named, translation, complete = ways.pop()
        if state in ends and named and complete:
            found[word, translation.replace("#", "")] = None
        for following, letter, other in arcs.get(state, ()):
            if letter.startswith("<") and not named and letter not in _KINDS:
                continue
            named_now, complete_now = named or letter.startswith("<"), complete or other.startswith("<")
            longer = word if named_now else word + letter
            so_far = translation if complete_now else translation + other
            # A dictionary has no end where letters lead round in a circle.
            if " " not in longer and len(longer) + len(so_far) <= _MAX_CHARS:
                ways.append((following, longer, named_now, so_far, complete_now))
    yield from found


def _arcs(section: str) -> tuple[Arcs, set[str]]:
    """Arcs by the state they leave, and the states that end a word. Arcs of digits would lead round for ever."""
    arcs: Arcs = defaultdict(list)
    ends = set()
    for line in section.splitlines():
        fields = line.split("\t")
        if len(fields) < 4:
            ends.add(fields[0])
            continue
        letter, other = (_SPOKEN_FOR.get(one, one) for one in fields[2:4])
        if not letter.isdigit() and not other.isdigit():
            arcs[fields[0]].append((fields[1], letter, other))
    return arcs, ends


def ranked(from_spanish: Iterable[Pair], from_english: Iterable[Pair]) -> list[str]:
    """Lines of the table, sorted: for a word, the translations that hold both ways first, then those from Spanish."""
    one_way, other_way = set(from_spanish), set(from_english)
    rows: dict[str, list[tuple[bool, bool, str]]] = defaultdict(list)
    for es, en in one_way | other_way:
        if _is_worth_a_line(es, en):
            both = (es, en) in one_way and (es, en) in other_way
            rows[es].append((not both, (es, en) not in one_way, en))
    best = {es: [en for _, _, en in sorted(ones)[:MAX_TRANSLATIONS]] for es, ones in rows.items()}
    return [f"{es}\t{', '.join(best[es])}" for es in sorted(best)]


def _is_worth_a_line(es: str, en: str) -> bool:
    """Whether it is a word and its translation; names are mostly the same in both languages."""
    return (
        es.replace("-", "").isalpha() and len(es) > 1 and en.casefold() != es.casefold() and not set(en) & set(",\t\n_")
    )


def _replace(table: Path, text: str) -> None:
    table.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile("w", encoding="utf-8", dir=table.parent, prefix=".apertium-", delete=False) as written:
        temporary = Path(written.name)
        try:
            written.write(text)
            written.close()
            temporary.replace(table)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
