"""
Words of a title → the statements that are called so. No title is the nearest one: it is meant, or it is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpus.language import guess_language
from retrieval.catalog import Catalog
from retrieval.directory import folded_form, holding, holds, typed_words
from retrieval.excerpts import cited
from retrieval.models import KnownTitle, Note, StatementList, StatementsRequest


def list_statements(request: StatementsRequest, catalog: Catalog, titles: Sequence[KnownTitle]) -> StatementList:
    """
    The statements that are meant by a record number, a title or words of one.

    A record number means its statement; a whole title all that bear it; else every typed word begins a word of the
    title, whatever its case and accents.

    Args:
        request: What is typed.
        catalog: Of the statements.
        titles: Theirs, newest first (`Directory.titles`).
    """
    typed = request.title.strip()
    words = typed_words(typed)
    found = _of_number(typed, catalog) or _of_title(typed, words, titles)
    missing = () if found else tuple(_missing(typed, titles))
    return StatementList(
        statements=tuple(cited(catalog[id]) for id in found[: request.limit]),
        total=len(found),
        locale=request.locale or guess_language(typed) or "en",
        missing=missing,
        notes=() if found or not words else (_why_none(missing),),
    )


def _of_number(typed: str, catalog: Catalog) -> list[str]:
    return [id for id in (typed, typed.lower()) if id in catalog.statements][:1]


def _of_title(typed: str, words: Sequence[str], titles: Sequence[KnownTitle]) -> list[str]:
    if not words and typed:
        # Marks alone are in every title and in none.
        return []
    whole, held = folded_form(typed), holding(titles, words)
    return [one.id for one in held if one.form == whole] or [one.id for one in held]


def _missing(typed: str, titles: Sequence[KnownTitle]) -> Iterable[str]:
    """The words as typed that are in no title."""
    for word in dict.fromkeys(typed.split()):
        if (beginnings := typed_words(word)) and not any(holds(one, beginnings) for one in titles):
            yield word


def _why_none(missing: Sequence[str]) -> Note:
    if missing:
        return Note(code="title_words_missing", values={"words": ", ".join(missing)})
    return Note(code="title_words_apart")
