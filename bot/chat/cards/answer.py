"""
An answer as a message: never over what Discord takes, never a passage that is cut to fit.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot import messages
from bot.chat.card import MAX_TEXT, Block, Button, Card, button, fitting, size_of
from bot.chat.cards.parts import filter_words, footer, passage_block, sample_line, where
from bot.chat.markdown import escape, shorten
from bot.chat.presses import SearchPress, write_press
from bot.chat.scene import Scene
from bot.messages import say
from retrieval.models import Answer, AskRequest, Filters, Language, Note
from retrieval.names import NameKind

MAX_QUESTION = 300  # characters of a question asked by a command; it is shown whole
PAGE = 3  # passages of one message
MOST = 50  # passages that can be paged through

_ADVICE = "legal_help"  # the note that stands above everything else
_MAX_WORDS = 100  # characters of a list of words
_MAX_NOTES = 300  # characters of all notes together


def answer_card(answer: Answer, request: AskRequest, scene: Scene, press: SearchPress | None = None) -> Card:
    """
    The message that shows an answer.

    Passages that do not fit are left out from the last on. Where even the first does not fit beside the question and
    the notes, these give way; a passage that is too long by itself is named with its record number.

    Args:
        answer: What the service found, with all passages from the first on. The words around them are in its locale.
        request: What was asked, private numbers left out.
        scene: Where the message will stand.
        press: The search that was made, for the buttons below; `None` where the question cannot be read back.
    """
    locale, offset = answer.locale, press.offset if press else 0
    passages = [passage_block(excerpt, locale, scene) for excerpt in answer.excerpts[offset : offset + PAGE]]
    head, foot = _head(answer, request, scene), _foot(answer, scene, offer=press is None)
    # The line of how many are shown only gets shorter.
    counted = _counted(answer, offset, len(passages))
    shown = fitting(passages, MAX_TEXT - size_of([*head, counted, *_status(answer, request), *foot]))
    if passages and not shown:
        head, foot = [], footer(locale, scene, quoted=True)
        shown = fitting(passages, MAX_TEXT - size_of([*_status(answer, request), counted, *foot]))
    if passages and not shown:
        first = answer.excerpts[offset]
        shown = [Block(f"{say('passage_too_long', locale)}\n{where(first, locale)}", passages[0].buttons)]
    counted = _counted(answer, offset, len(shown))
    top = [*head, *([counted] if shown and (offset or answer.status == "answered") else []), *_status(answer, request)]
    rows = _rows(answer, press, len(shown)) if press else ()
    blocks = (Block("\n".join(top)), *shown, Block("\n".join(foot)), *(Block("", row) for row in rows))
    return Card(tuple(block for block in blocks if any(block)), scene.private)


def _head(answer: Answer, request: AskRequest, scene: Scene) -> list[str]:
    """The question, for the asker alone, where it is short enough to be repeated whole."""
    asked = " ".join(request.question.split())
    shown = scene.private and 0 < len(asked) <= MAX_QUESTION
    echo = [say("you_asked", answer.locale, question=escape(asked))] if shown else []
    advice = [note for note in answer.notes if note.code == _ADVICE]
    helped = [messages.note(note, answer.locale) for note in advice]
    referral = [escape(scene.referral(answer.locale))] if advice and scene.referral(answer.locale) else []
    return [*echo, *sample_line(answer.locale, scene), *helped, *referral]


def _status(answer: Answer, request: AskRequest) -> list[str]:
    """How the question was answered, which of its words are in the statements, and what narrowed the search."""
    locale = answer.locale
    lines = []
    if answer.status != "answered":
        lines.append(say("status_related" if answer.status == "related" else "status_none", locale))
        for key, words in (("found_words", answer.coverage.found), ("missing_words", answer.coverage.missing)):
            if words:
                lines.append(say(key, locale, words=escape("".join(shorten(", ".join(words), _MAX_WORDS)))))
    counted = "".join(shorten(messages.describe_counts(answer), _MAX_NOTES))
    return [*lines, _filters(answer.filters, request, locale), *([counted] if counted else [])]


def _counted(answer: Answer, offset: int, shown: int) -> str:
    count = max(answer.total, len(answer.excerpts))
    if offset:
        return say("on_record_from", answer.locale, count=count, first=offset + 1, last=offset + shown)
    return say("on_record", answer.locale, count=count, shown=shown)


def _filters(filters: Filters, request: AskRequest, locale: Language) -> str:
    parts = list(filter_words(filters, locale))
    parts += [say(f"filter_any_{dropped}", locale) for dropped in sorted(request.dropped)]
    if request.without:
        parts.append(say("filter_without", locale, words=escape("".join(shorten(request.without, _MAX_WORDS)))))
    if request.exact:
        parts.append(say("filter_exact", locale))
    if filters.order != "relevance":
        parts.append(say(f"filter_{filters.order}", locale))
    return say("filters", locale, filters=" · ".join(parts))


def _foot(answer: Answer, scene: Scene, *, offer: bool) -> list[str]:
    """What was read into the question, and what can be left out of it; `offer`: in words, as no button does it."""
    locale = answer.locale
    lines = [
        say("read_as", locale, typed=escape(typed), meant=escape(meant)) for typed, meant in answer.corrected.items()
    ]
    if answer.bridged:
        pairs = "; ".join(f"{word} → {', '.join(found)}" for word, found in answer.bridged.items())
        lines.append(say("found_through", locale, pairs=escape("".join(shorten(pairs, _MAX_WORDS)))))
    lines += [escape(_noted(note, locale)) for note in answer.notes if note.code != _ADVICE]
    lines += [escape("".join(shorten(line, _MAX_WORDS))) for line in _retries(answer)] if offer else []
    fitting_lines = [block.text for block in fitting([Block(line) for line in dict.fromkeys(lines)], 2 * _MAX_NOTES)]
    # Where to get help stands above already.
    scene = scene._replace(referrals=()) if any(note.code == _ADVICE for note in answer.notes) else scene
    return [*fitting_lines, *footer(locale, scene, quoted=bool(answer.excerpts))]


def _noted(note: Note, locale: Language) -> str:
    """The sentence of a note; here an earlier question may have been asked, and be forgotten by now."""
    return messages.note(Note(code="conversation_gone") if note.code == "followup_missing" else note, locale)


def _retries(answer: Answer) -> Iterator[str]:
    """What to leave out for a better answer, with the options of the command as Discord shows them."""
    options = {
        "dates": f"{say('option_from', answer.locale)}, {say('option_to', answer.locale)}",
        "speaker": say("option_speaker", answer.locale),
        "organization": say("option_organization", answer.locale),
        "language": f"{say('option_language', answer.locale)}: {say('choice_both', answer.locale)}",
    }
    return (messages.describe_retry(retry, answer.locale, options) for retry in answer.retry)


def _rows(answer: Answer, press: SearchPress, shown: int) -> tuple[tuple[Button, ...], ...]:
    """The same question again: other passages, another order, other words, less narrow."""
    return tuple(_around(answer, press, shown)), tuple(_looser(answer, press))


def _around(answer: Answer, press: SearchPress, shown: int) -> Iterator[Button]:
    locale, after = answer.locale, press.offset + shown
    first = press._replace(offset=0)
    if press.offset:
        yield from _search(say("button_first", locale), first)
    if shown and after < min(max(answer.total, len(answer.excerpts)), MOST):
        yield from _search(say("button_more", locale), press._replace(offset=after))
    newest = answer.filters.order == "newest"
    if max(answer.total, len(answer.excerpts)) > 1:
        label = say("button_best" if newest else "button_newest", locale)
        yield from _search(label, first._replace(order="relevance" if newest else "newest"))
    if press.exact or answer.status != "none":
        label = say("button_similar" if press.exact else "button_exact", locale)
        yield from _search(label, first._replace(exact=not press.exact))


def _looser(answer: Answer, press: SearchPress) -> Iterator[Button]:
    """What the answer says would bring more if it were left out."""
    locale, first = answer.locale, press._replace(offset=0)
    dropped = {retry["drop"] for retry in answer.retry if "drop" in retry}
    if any(note.code in ("undated_left_out", "imprecise_left_out") for note in answer.notes):
        dropped.add("dates")
    for words in (retry["without"] for retry in answer.retry if "without" in retry):
        yield from _search(say("button_without", locale, words=words), first._replace(without=True))
    if "dates" in dropped:
        looser = first._replace(since="", until="", dropped=press.dropped | {"dates"})
        yield from _search(say("button_any_dates", locale), looser)
    names: tuple[NameKind, ...] = ("speaker", "organization")
    for kind in names:
        if kind in dropped:
            looser = first._replace(**{kind: ""}, dropped=press.dropped | {kind})  # type: ignore[arg-type]
            yield from _search(say(f"button_any_{kind}", locale), looser)
    if "language" in dropped:
        yield from _search(say("button_any_language", locale), first._replace(language="both"))


def _search(label: str, press: SearchPress) -> tuple[Button, ...]:
    return button(label, press=write_press(press))
