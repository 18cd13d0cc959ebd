"""
What changed between two texts of a statement, word by word, short enough for one line of a report.
"""

from __future__ import annotations

from difflib import SequenceMatcher

from corpus.full_text import masked
from corpus.models import Reading, Span

# Beyond so many changed words the comparison is slow and tells nobody anything.
_MAX_WORDS = 2_000
_CONTEXT = 3


def word_changes(before: Reading, after: Reading, max_chars: int = 300) -> str:
    """
    The changes as `… we [−marched−] [+walked+] to the river …`, at most so many characters; later ones are counted.

    Only the statement's own words are compared; private numbers are masked in both.
    """
    old, new = _words(before), _words(after)
    start, end = _same_ends(old, new)
    old_part, new_part = old[start : len(old) - end], new[start : len(new) - end]
    if max(len(old_part), len(new_part)) > _MAX_WORDS:
        return f"{len(old_part)} words became {len(new_part)}"
    matcher = SequenceMatcher(None, old_part, new_part, autojunk=False)
    changed = [code for code in matcher.get_opcodes() if code[0] != "equal"]
    shown: list[str] = []
    length = 0
    for count, (_, a, b, c, d) in enumerate(changed):
        piece = _piece(old[max(0, start + a - _CONTEXT) : start + a], old_part[a:b], new_part[c:d], max_chars)
        length += len(piece) + 1
        if length > max_chars and shown:
            return f"{' '.join(shown)} … and {len(changed) - count} more"
        shown.append(piece)
    return " ".join(shown)


def _piece(context: list[str], old: list[str], new: list[str], max_chars: int) -> str:
    """One change after the words before it."""
    marked = [f"[−{_short(old, max_chars)}−]"] if old else []
    marked += [f"[+{_short(new, max_chars)}+]"] if new else []
    return " ".join(["…", *context, *marked])


def _short(words: list[str], max_chars: int) -> str:
    line = " ".join(words)
    return line if len(line) <= max_chars // 3 else f"{line[: max_chars // 3].rstrip()}…"


def _same_ends(old: list[str], new: list[str]) -> tuple[int, int]:
    """How many words at the beginning and at the end are the same."""
    shorter = min(len(old), len(new))
    start = next((place for place in range(shorter) if old[place] != new[place]), shorter)
    left = shorter - start
    end = next((place for place in range(left) if old[-1 - place] != new[-1 - place]), left)
    return start, end


def _words(reading: Reading) -> list[str]:
    own = sorted((*reading.body, *reading.about, *reading.wrapper)) or [Span(0, len(reading.text))]
    return [word for span in own for word in masked(reading, span).split()]
