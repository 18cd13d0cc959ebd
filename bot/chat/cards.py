"""
An answer as a Discord message: the only place that knows Discord's size limits and its Markdown.

A card is blocks of text, one below the other. All of them together fit one message of text displays (Components V2).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from bot import messages
from bot.chat.markdown import block_quote, escape, shorten
from bot.messages import date_in_words, say
from bot.views import view_of
from retrieval.models import Answer, Excerpt, Filters, Language, Note

MAX_CARD = 4000  # characters of all text displays of a message together
MAX_QUESTION = 300  # characters of a question asked by a command; it is shown whole
MAX_MESSAGE = 2000  # characters of a question asked in a message

_MAX_NAME = 80
_MAX_TITLE = 120
_MAX_NAMES = 3
_MAX_WORDS = 100  # characters of a list of words
_MAX_NOTES = 300  # characters of all notes together


class Card(NamedTuple):
    """One message: blocks of Discord Markdown from top to bottom; `private` when only the asker is to see it."""

    blocks: tuple[str, ...]
    private: bool = False


def answer_card(answer: Answer, *, private: bool) -> Card:
    """
    The message that shows an answer: never over `MAX_CARD`, never a passage that is cut to fit.

    Passages that do not fit are left out from the last on. Where even the first does not fit beside the question and
    the notes, these give way; a passage that is too long by itself is named with its record number.

    Args:
        answer: What the service found. The words around the passages are in its locale.
        private: The reply is shown to the asker alone, so it repeats the question and says that nobody else sees it.
    """
    passages = [_passage(excerpt, answer.locale) for excerpt in answer.excerpts]
    head, foot = _head(answer, private), _foot(answer, private)
    shown = _fitting(passages, MAX_CARD - _size([*head, *foot]))
    if passages and not shown:
        head, foot = _status(answer, len(passages)), _footer(answer, private)
        shown = _fitting(passages, MAX_CARD - _size([*head, *foot]))
    if passages and not shown:
        where = _where(answer.excerpts[0], answer.locale)
        shown = [f"{say('passage_too_long', answer.locale)}\n{where}"]
    if len(shown) < len(passages):
        head = [_shown_of(answer, len(shown)) if line == _shown_of(answer, len(passages)) else line for line in head]
    return Card(tuple(block for block in ("\n".join(head), *shown, "\n".join(foot)) if block), private)


def notice(key: str, locale: Language, *, private: bool = False, **values: str | int) -> Card:
    """A message of one sentence of the catalog. Words of people among `values` are shown as they are."""
    shown = {name: escape(value) if isinstance(value, str) else value for name, value in values.items()}
    return Card((messages.note(Note(code=key, values=shown), locale),), private)


def size(text: str) -> int:
    """Length as Discord may count it at most: UTF-16 units, which is never less than code points."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _size(lines: Iterable[str]) -> int:
    return sum(size(line) + 1 for line in lines)


def _fitting(passages: Sequence[str], room: int) -> list[str]:
    """As many of the first passages as fit."""
    shown: list[str] = []
    for passage in passages:
        room -= size(passage) + 1
        if room < 0:
            break
        shown.append(passage)
    return shown


def _head(answer: Answer, private: bool) -> list[str]:
    asked = escape(shorten(answer.question, MAX_QUESTION)[0])
    echo = [say("you_asked", answer.locale, question=asked)] if private and asked else []
    return [*echo, *_status(answer, len(answer.excerpts))]


def _status(answer: Answer, shown: int) -> list[str]:
    """How the question was answered, which of its words are in the statements, and what narrowed the search."""
    locale = answer.locale
    counted = "".join(shorten(messages.describe_counts(answer), _MAX_NOTES))
    after = [_filters(answer.filters, locale), *([counted] if counted else [])]
    if answer.status == "answered":
        return [_shown_of(answer, shown), *after]
    lines = [say("status_related" if answer.status == "related" else "status_none", locale)]
    for key, words in (("found_words", answer.coverage.found), ("missing_words", answer.coverage.missing)):
        if words:
            lines.append(say(key, locale, words=escape("".join(shorten(", ".join(words), _MAX_WORDS)))))
    return [*lines, *after]


def _shown_of(answer: Answer, shown: int) -> str:
    count = max(answer.total, len(answer.excerpts))
    return messages.note(Note(code="on_record", values={"shown": shown, "count": count}), answer.locale)


def _filters(filters: Filters, locale: Language) -> str:
    named = {"speaker": filters.speaker, "organization": filters.organization}
    parts = [say(f"filter_{name}", locale, value=_name(value, locale)) for name, value in named.items() if value]
    for key, day in (("since", filters.since), ("until", filters.until)):
        if day is not None:
            parts.append(say(f"filter_{key}", locale, value=date_in_words(day.isoformat(), locale)))
    parts.append(say(f"filter_language_{filters.language}", locale))
    if filters.order != "relevance":
        parts.append(say(f"filter_{filters.order}", locale))
    return say("filters", locale, filters=" · ".join(parts))


def _passage(excerpt: Excerpt, locale: Language) -> str:
    lines = [say(f"{excerpt.kind}_label", locale)] if excerpt.kind != "body" else []
    view = view_of(excerpt)
    lines.append(block_quote(view.text, view.highlights))
    if excerpt.cut:
        lines.append(say("cut_mark", locale))
    return "\n".join([*lines, *_attribution(excerpt, locale), _where(excerpt, locale)])


def _attribution(excerpt: Excerpt, locale: Language) -> list[str]:
    """Whose words these are: the speaker and where it was said, or the organisations that issued them."""
    speaker, statement = excerpt.speaker, excerpt.statement
    if speaker is not None:
        parts = [f"**{_name(speaker.name, locale)}**"]
        parts += [_name(part, locale) for part in (speaker.title, speaker.organization) if part]
        issued = [] if statement.organizations == (speaker.organization,) else statement.organizations
        return [", ".join(parts), *([say("statement_of", locale, names=_names(issued, locale))] if issued else [])]
    if excerpt.kind == "wrapper":
        return []
    return [f"**{_names(excerpt.issuer, locale)}**" if excerpt.issuer else say("issuer_unknown", locale)]


def _where(excerpt: Excerpt, locale: Language) -> str:
    """Date with its precision, language, record number and paragraph, title: what lets a reader check the words."""
    statement = excerpt.statement
    language = statement.language if statement.language in ("en", "es") else "other"
    title, mark = shorten(statement.title, _MAX_TITLE)
    number = escape("".join(shorten(statement.id, _MAX_NAME)))
    return " · ".join(
        [
            date_in_words(statement.date, locale),
            say(f"language_{language}", locale),
            f"{number} ¶{excerpt.paragraph}",
            say("quoted_title", locale, title=escape(title), mark=mark),
        ]
    )


def _foot(answer: Answer, private: bool) -> list[str]:
    locale = answer.locale
    lines = [
        say("read_as", locale, typed=escape(typed), meant=escape(meant)) for typed, meant in answer.corrected.items()
    ]
    if answer.bridged:
        pairs = "; ".join(f"{word} → {', '.join(found)}" for word, found in answer.bridged.items())
        lines.append(say("found_through", locale, pairs=escape("".join(shorten(pairs, _MAX_WORDS)))))
    lines += [escape(messages.note(note, locale)) for note in answer.notes]
    lines += [escape("".join(shorten(line, _MAX_WORDS))) for line in _retries(answer)]
    fitting = _fitting(list(dict.fromkeys(lines)), 2 * _MAX_NOTES)
    return [*fitting, *_footer(answer, private)]


def _retries(answer: Answer) -> Iterator[str]:
    """What to leave out for a better answer, with the options of the command as Discord shows them."""
    options = {
        "dates": f"{say('option_from', answer.locale)}, {say('option_to', answer.locale)}",
        "speaker": say("option_speaker", answer.locale),
        "organization": say("option_organization", answer.locale),
        "language": f"{say('option_language', answer.locale)}: {say('choice_both', answer.locale)}",
    }
    return (messages.describe_retry(retry, answer.locale, options) for retry in answer.retry)


def _footer(answer: Answer, private: bool) -> list[str]:
    """Where the words come from, and who sees them."""
    keys = (["footer"] if answer.excerpts else []) + (["footer_private"] if private else [])
    return [" ".join(say(key, answer.locale) for key in keys)] if keys else []


def _name(name: str | None, locale: Language) -> str:
    """A name as printed; one that was lost in the source is said to be missing."""
    return say("name_missing", locale) if name is None else escape("".join(shorten(name, _MAX_NAME)))


def _names(names: Sequence[str | None], locale: Language) -> str:
    shown = [_name(name, locale) for name in names[:_MAX_NAMES]]
    more = len(names) - len(shown)
    return "; ".join([*shown, *([say("and_more", locale, count=more)] if more else [])])
