"""The words of answers: every sentence in both languages, with its plurals and its dates."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

from bot.messages import catalog, date_in_words, describe_silence, note, say, verdict_in_words
from retrieval.models import Language, Note

ROOT = Path(__file__).parents[2]
LOCALES: tuple[Language, ...] = ("en", "es")


@cache
def _nodes() -> tuple[ast.AST, ...]:
    """Everything in the code of `bot` and `retrieval`."""
    paths = [path for package in ("bot", "retrieval") for path in sorted((ROOT / package).rglob("*.py"))]
    return tuple(node for path in paths for node in ast.walk(ast.parse(path.read_text("utf-8"))))


def _patterns(node: ast.expr) -> Iterator[str]:
    """What a key may be, as regular expressions: `"a"`, `f"filter_{name}"`, `"a" if … else "b"`."""
    match node:
        case ast.Constant(value=str(key)):
            yield re.escape(key)
        case ast.JoinedStr(values=parts):
            yield "".join(re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"\w+" for part in parts)
        case ast.IfExp(body=body, orelse=otherwise):
            yield from (*_patterns(body), *_patterns(otherwise))


def _literal(node: ast.AST) -> Iterator[str]:
    """The patterns of a text in code that may be a key: a word, its beginning or its end."""
    if isinstance(node, ast.Constant | ast.JoinedStr):
        yield from (pattern for pattern in _patterns(node) if re.match(r"[a-z]+(?:_|$)|\\w\+_[a-z]+$", pattern))


def _said() -> list[str]:
    """Patterns of the keys that code says: `say(key, …)`, `notice(key, …)`, `Note(code=key)`."""
    found = []
    for call in (node for node in _nodes() if isinstance(node, ast.Call)):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if name in ("say", "notice") and call.args:
            found += _patterns(call.args[0])
        elif name == "Note":
            found += [p for keyword in call.keywords if keyword.arg == "code" for p in _patterns(keyword.value)]
    return found


def _placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


@pytest.mark.thorough
def test_every_key_exists() -> None:
    """
    Whatever key the code says has a sentence.
    """
    keys = set(catalog("en"))
    said = _said()

    assert len(said) > 30
    assert [pattern for pattern in said if not any(re.fullmatch(pattern, key) for key in keys)] == []


def test_no_sentence_is_dead() -> None:
    """
    Every sentence is said somewhere: as a key, by a key's pattern, or as the singular of one.
    """
    said = re.compile("|".join({pattern for node in _nodes() for pattern in _literal(node)}))

    assert {key for key in catalog("en") if not said.fullmatch(key.removesuffix("_one"))} == set()


def test_both_languages_say_the_same() -> None:
    """
    The catalogs have the same keys, and a sentence has the same placeholders in both.
    """
    english, spanish = catalog("en"), catalog("es")

    assert english.keys() == spanish.keys()
    assert {key for key in english if _placeholders(english[key]) != _placeholders(spanish[key])} == set()
    assert all(sentence.strip() == sentence != "" for sentence in (*english.values(), *spanish.values()))


def test_singulars_have_plurals() -> None:
    """
    A sentence for one belongs to a sentence for many that counts.
    """
    for key in catalog("en"):
        if key.endswith("_one"):
            assert "count" in _placeholders(catalog("en")[key.removesuffix("_one")])


@pytest.mark.parametrize(
    ("count", "locale", "sentence"),
    [
        (0, "en", "0 statements on this carry no date, so a date filter cannot include them."),
        (1, "en", "1 statement on this carries no date, so a date filter cannot include it."),
        (2, "en", "2 statements on this carry no date, so a date filter cannot include them."),
        (1, "es", "1 comunicado sobre esto no tiene fecha; un filtro de fechas no puede incluirlo."),
        (9, "es", "9 comunicados sobre esto no tienen fecha; un filtro de fechas no puede incluirlos."),
    ],
)
def test_counts(count: int, locale: Language, sentence: str) -> None:
    """
    One thing and several things are spoken of as people do.
    """
    assert note(Note(code="undated_left_out", values={"count": count}), locale) == sentence
    assert say("undated_left_out", locale, count=count) == sentence


def test_text_in_a_sentence_is_no_placeholder() -> None:
    """
    Braces in a name or in a typed word stay what they are.
    """
    assert say("speaker_unknown", "en", name="{0} {name!r} {") == (
        "Nobody called “{0} {name!r} {” is quoted in these statements."
    )


@pytest.mark.parametrize(
    ("date", "english", "spanish"),
    [
        (None, "undated", "sin fecha"),
        ("2012", "2012 (month and day not given)", "2012 (sin mes ni día)"),
        ("2012-11", "November 2012 (day not given)", "noviembre de 2012 (sin día)"),
        ("2012-11-08", "November 8, 2012", "8 de noviembre de 2012"),
        ("2009-01-01", "January 1, 2009", "1 de enero de 2009"),
        ("2025-12-31", "December 31, 2025", "31 de diciembre de 2025"),
    ],
)
def test_dates_in_words(date: str | None, english: str, spanish: str) -> None:
    """
    A date is said with its precision: what the statement does not give is not made up.
    """
    assert (date_in_words(date, "en"), date_in_words(date, "es")) == (english, spanish)


@pytest.mark.parametrize("locale", LOCALES)
def test_twelve_months(locale: Language) -> None:
    """
    Every month has a name of its own.
    """
    assert len({date_in_words(f"2012-{month:02}-01", locale) for month in range(1, 13)}) == 12


def test_dates_in_notes_are_words() -> None:
    """
    The first and last date of the record are said in words, in the reply's language.
    """
    values: dict[str, str | int] = {"first": "2009-02-03", "last": "2025-06"}

    assert note(Note(code="out_of_coverage", values=values), "en") == (
        "The statements run from February 3, 2009 to June 2025 (day not given)."
    )


@pytest.mark.parametrize(
    ("count", "first", "last", "expected"),
    [
        (
            212,
            "2004-03-01",
            "2025",
            "It holds 212 statements, 2004 to 2025; that does not show that it was never said.",
        ),
        (1, "2004", "2004", "It holds 1 statement, from 2004; that does not show that it was never said."),
        (3, None, None, "It holds 3 statements, none of them dated; that does not show that it was never said."),
    ],
)
def test_what_not_found_means(count: int, first: str | None, last: str | None, expected: str) -> None:
    """
    Beside "not in this record" stands how much the record holds, and that this shows no more than it does.
    """
    assert describe_silence(count, first, last, "en") == expected
    assert verdict_in_words("not_found", "es") == "No está en estos comunicados"
