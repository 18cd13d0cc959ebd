"""
`onrecord corpus source`: what a moderator says about a source, and when it is read; and how sources are listed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.corpus.printing import AsJson, Reason, cell, curation_of, decision_of, print_json, print_line
from corpus.errors import UsageError

if TYPE_CHECKING:
    from bot.cli.main import Program
    from bot.curation.reports import SourceLine
    from corpus.labels import Label

Name = Annotated[str | None, typer.Option(help='What the source is called, or "none".', metavar="TEXT")]
Organization = Annotated[str | None, typer.Option(help='Whose source it is, or "none".', metavar="TEXT")]
Language = Annotated[str | None, typer.Option(help='en, es or "en, es", or "none".', metavar="CODES")]
Licence = Annotated[str | None, typer.Option(help='Under what terms its texts may be used, or "none".', metavar="TEXT")]
Every = Annotated[
    str | None, typer.Option(help='How often it is read: 6h, 7d, "never", or "none" for every day.', metavar="TIME")
]


def source(
    ctx: typer.Context,
    number: Annotated[int, typer.Argument(metavar="ID", help="Of the source, as in status.", show_default=False)],
    reason: Reason,
    name: Name = None,
    organization: Organization = None,
    language: Language = None,
    licence: Licence = None,
    every: Every = None,
    as_json: AsJson = False,
) -> None:
    """Say what a source is called, whose it is, and how often it is read."""
    program: Program = ctx.obj
    labels = labels_of(name=name, organization=organization, language=language, licence=licence, every=every)
    if not labels:
        raise UsageError("Nothing to say: name --name, --organization, --language, --licence or --every.")
    made = curation_of(program).label(number, labels, decision_of(program, reason))
    if as_json:
        print_json(made.model_dump(mode="json"))
        return
    if not made.applied:
        print_line(program.console, "Nothing was changed.")
    print_line(program.console, source_line(made.source))


def labels_of(**typed: str | None) -> dict[str, str | int | None]:
    """
    What was typed into the options of a source, as it is stored.

    Raises:
        UsageError: An option is not what it should be.
    """
    from corpus.labels import read_labels

    given: dict[Label, str] = {name: words for name, words in typed.items() if words is not None}  # type: ignore[misc]
    return read_labels(given)


def source_line(one: SourceLine) -> str:
    """A source in one line: number, kind, place, what is said of it, how it fares, when it is read."""
    read = f"read {one.last_success[:16]}" if one.last_success else "not read since it was added"
    parts = [f"  {one.id:>4}  {one.kind:<7}  {cell(one.locator, 200)}"]
    said = (one.name, one.organization, one.language, one.licence)
    parts += [", ".join(cell(words, 80) for words in said if words)] if any(said) else []
    parts.append(f"{read}, failed {(one.last_failure or '')[:16]} ({one.code})" if one.code else read)
    parts += [f"failing since {one.failing_since[:16]}"] if one.failing_since else []
    parts.append(f"{_schedule(one.every_h)}, next {one.next[:16]}" if one.next else _schedule(one.every_h))
    return "  ".join(parts)


def _schedule(hours: int | None) -> str:
    from bot.messages import every_in_words

    return every_in_words(hours, "en")
