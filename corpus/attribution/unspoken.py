"""
Words between marks that nobody speaks: names of programmes, slogans, printed titles, scare quotes.
"""

from __future__ import annotations

from corpus.attribution import lexicon as lx
from corpus.attribution.tokens import Tokens, last_sentence

_SPEECH_END = frozenset(".!?…,—")


def reason_unspoken(quoted: str, before: Tokens, after: Tokens) -> str | None:
    """
    Why these quoted words look like nobody's speech, as a snake_case reason, or `None` when they may be spoken.

    Args:
        before: Tokens of the gap that leads to them.
        after: Tokens that follow their closing mark.
    """
    clause = before[last_sentence(before) :] if before else before
    led = bool(clause) and clause[-1].text == ":"
    near = clause[-3:] if led else clause[-9:]
    if any(token.key in lx.SLOGANS for token in [*near, *after[:3]]):
        return "slogan"
    words = quoted.split()
    ends = quoted[-1:] in _SPEECH_END
    titled = _is_title_case(words)
    # A sentence that ends before the quote names nothing by it: “…,” said X, author of the report. “We read it all.”
    goes_on = bool(clause) and clause[-1].text not in {":", "."}
    if any(token.key in lx.TITLES and not token.is_capital for token in clause[-4:]) and (titled or goes_on):
        return "title"
    if not led and _follows_naming(clause) and (titled or len(words) <= 4):
        return "program_name"
    if titled and not ends and not led and len(words) <= 9:
        return "program_name"
    follows = bool(after) and after[0].text[0].isalpha()
    if len(words) <= 2 and not led and not ends and follows:
        return "scare_quotes"
    return None


def is_name_of_thing(quoted: str) -> bool:
    """Whether the words may be a title, or are too few to be speech, where only their place speaks for a speaker."""
    words = quoted.split()
    return len(words) <= 2 or (len(words) <= 9 and _is_title_case(words))


def _is_title_case(words: list[str]) -> bool:
    content = [word.strip(".,;:!?…()“”'’\"‘-–") for word in words]
    content = [word for word in content if word and word.lower() not in lx.IN_TITLES]
    return bool(content) and all(word[0].isupper() or word[0].isdigit() for word in content) and words[0][:1].isupper()


def _follows_naming(clause: Tokens) -> bool:
    for length in (1, 2, 3):
        if length <= len(clause):
            tail = tuple(token.key for token in clause[-length:])
            if tail in lx.NAMING.get(tail[0], ()):
                return True
    return False
