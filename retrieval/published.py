"""
Published text → its terms, many times as fast as the analyzer reads a question.

What stands between white space is analyzed once and then remembered, so no question may be given to what is here.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from functools import cache

from retrieval.analyzer import (
    MAX_TERM_CHARS,
    SPACED,
    Lines,
    Partition,
    Token,
    folded_words,
    is_plain,
    is_shouting,
    stem,
    stop_words,
    terms,
    tokens,
)

_MAX_CHUNKS = 1 << 16
_SEVERAL = "\n"  # no term
# What may stand behind a word that is read as it is.
_STOPS = ".,;:!?"


def find_terms(text: str, language: Partition, wanted: Set[str]) -> list[Token]:
    """
    The tokens of a published text whose term is wanted: what `tokens` gives, less the others.

    Most chunks have one term or none, and these are passed over without looking at their tokens.
    """
    if SPACED.search(text):
        return [token for token in tokens(text, language) if token.term in wanted]
    remembered, lines = _remembered(language), Lines(text)
    looked_at = {*wanted, _SEVERAL}
    found, end = [], 0
    for chunk in [chunk for chunk in text.split() if remembered[chunk] in looked_at]:
        quiet, loud = remembered.tokens[chunk]
        if not any(token.term in wanted for token in (*quiet, *(loud or ()))):
            continue
        # None that has the same letters was left out, so it stands at the first place behind the one before.
        start = _place_of(chunk, text, end)
        end = start + len(chunk)
        for token in quiet if loud is None or not lines.shout_at(start) else loud:
            if token.term in wanted:
                found.append(Token(token.term, token.surface, start + token.start, start + token.end))
    return found


def _place_of(chunk: str, text: str, start: int) -> int:
    """Where a chunk first stands between white space, from `start` on; it does."""
    place = text.find(chunk, start)
    while not (_is_edge(text, place - 1) and _is_edge(text, place + len(chunk))):
        place = text.find(chunk, place + 1)
    return place


def _is_edge(text: str, place: int) -> bool:
    return not 0 <= place < len(text) or text[place].isspace()


def published_terms(text: str, language: Partition) -> list[str]:
    """The terms of a published text in order: what `terms` gives."""
    remembered = _remembered(language)
    chunks = text.split()
    found = [remembered[chunk] for chunk in chunks]
    if _SEVERAL not in found:
        return list(filter(None, found))
    if "\n" in text or SPACED.search(text):
        return terms(text, language)
    shouts = is_shouting(text)
    read = [remembered.tokens[chunk] for chunk in chunks]
    return [token.term for quiet, loud in read for token in (loud if shouts and loud is not None else quiet)]


class _Chunks(dict[str, str]):
    """
    Chunk of text → its only term, "" for none; `_SEVERAL` where it has more, or another in a line that shouts.

    Attributes:
        tokens: Chunk of text → its tokens, and those of a line that shouts where these are others.
    """

    def __init__(self, language: Partition) -> None:
        super().__init__()
        self.tokens = _Tokens(language)

    def __missing__(self, chunk: str) -> str:
        word = chunk.rstrip(_STOPS)
        if is_plain(word):
            # Of most words no token is ever looked at.
            surface = word.lower()[:MAX_TERM_CHARS]
            term = "" if surface in self.tokens.stops else stem(surface, self.tokens.language)
        else:
            quiet, loud = self.tokens[chunk]
            term = _SEVERAL if len(quiet) > 1 or loud is not None else quiet[0].term if quiet else ""
        self[chunk] = term
        return term


class _Tokens(dict[str, tuple[tuple[Token, ...], tuple[Token, ...] | None]]):
    """Chunk of text → its tokens, and those of a line that shouts where these are others."""

    def __init__(self, language: Partition) -> None:
        super().__init__()
        self.language = language
        self.stops = stop_words(language)

    def __missing__(self, chunk: str) -> tuple[tuple[Token, ...], tuple[Token, ...] | None]:
        word, loud = chunk.rstrip(_STOPS), None
        if is_plain(word):
            quiet = self._of([(word.lower()[:MAX_TERM_CHARS], 0, len(word))])
        else:
            quiet = self._of(folded_words(chunk, shouting=False))
            if not all(token.surface == token.surface.lower() for token in quiet):
                loud = self._of(folded_words(chunk, shouting=True))
        found = self[chunk] = quiet, None if quiet == loud else loud
        return found

    def _of(self, words: Iterable[tuple[str, int, int]]) -> tuple[Token, ...]:
        return tuple(
            [
                Token(stem(surface, self.language), surface, start, end)
                for surface, start, end in words
                if surface not in self.stops
            ]
        )


_chunks = cache(_Chunks)


def _remembered(language: Partition) -> _Chunks:
    """The chunks of a language that were read before, or none again where these are too many."""
    chunks = _chunks(language)
    if len(chunks) > _MAX_CHUNKS:
        chunks.clear()
        chunks.tokens.clear()
    return chunks
