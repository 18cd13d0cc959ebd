"""Furniture that only its neighbours show: menus over several lines, reader comments, lists of other posts."""

from __future__ import annotations

import re
from collections import Counter

from corpus.canonical import fold_word
from corpus.furniture.rows import Row, is_menu_word
from corpus.models import FurnitureKind

Marks = dict[int, FurnitureKind]

_NUMBERED = re.compile(r"^(?:#\s?)?(\d{1,3})[.)]?\s+\S")
_READER = re.compile(
    r"\b(?:i|i'm|i've|i'd|my|me|thanks|thank you|great (?:post|article|job|work)|nice|interesting|"
    r"your (?:comment|post|blog|article|site)|this (?:post|blog|article)|the blog|gracias por|felicidades|saludos|"
    r"excelente|me parece|mi|yo|su (?:blog|articulo|comentario)|este (?:blog|articulo))\b"
)
_SAYS = re.compile(
    r"^.{2,60}\b(?:says|said|wrote|dice|dijo|escribio)\s?(?::|…|\.{3})?$|"
    r"^(?:comment|comentario) (?:by|from|de|por) .{2,60}$"
)
_STAMP = re.compile(
    r"\bat \d{1,2}:\d{2}|\b\d{4},? \d{1,2}:\d{2}|\ba las? \d{1,2}:\d{2}|"
    r"\d{1,2}:\d{2}\s?(?:am|pm|a\. ?m|p\. ?m)|\b(?:ago|hace \d)\b"
)
_THREAD = re.compile(
    r"^(?:\(?(?:\d{1,5}|one|two|three|un|dos|tres) (?:comments?|responses?|thoughts?|repl(?:y|ies)|comentarios?|"
    r"respuestas?)\b|comments?(?: \(\d+\))?$|comentarios?(?: \(\d+\))?$|readers? comments?)"
)
_OTHER_POSTS = re.compile(
    r"^(?:(?:related|recent|popular|latest|more|other|recommended) (?:posts?|articles?|news|stories|content|comments|"
    r"for you)|"
    r"(?:more (?:in|from)|mas (?:en|de)) .{2,30}|related links|"
    r"you (?:may|might) also (?:like|enjoy)|(?:articulos|entradas|noticias|notas) (?:relacionad[oa]s|recientes)|"
    r"(?:tambien )?te puede interesar|(?:ultimas|mas|otras) noticias|mas leido|archives|archivos|categories|"
    r"categorias|blogroll)$"
)
_SUBJECT = re.compile(r"(?:subject|re|asunto):")
_MAIL_FIELD = re.compile(r"^(?:from|to|cc|bcc|reply-to|message-id|date|sent|subject|de|para|fecha|enviado|asunto): ?\S")
_HOMES = ("home", "inicio", "portada")
_LATE = 0.4  # of the text; comments stand behind this


def menus(rows: list[Row], title: str | None) -> Marks:
    """Runs of short lines, at least three of them words of menus and half of all; and menus that come again."""
    heading = fold_word(title or "")
    short = [row.words <= 5 and not row.ends and len(row.raw) <= 45 and row.folded != heading for row in rows]
    hits = [n for n, row in enumerate(rows) if short[n] and is_menu_word(row)]
    marks: Marks = {}
    run: list[int] = []
    for n in [*hits, len(rows) * 2]:
        if run and (n - run[-1] > 3 or not all(short[run[-1] : n])):
            covered = range(run[0], run[-1] + 1)
            # "Home" opens a menu, so that fewer known words are needed below it.
            needed = 2 if rows[run[0]].plain in _HOMES else 3
            if len(covered) >= 3 and len(run) >= needed and len(run) * 2 >= len(covered):
                marks |= dict.fromkeys(covered, "navigation")
            run = []
        run.append(n)
    if short[:1] == [True] and 1 in marks and 0 not in marks and _goes_on_to_headline(rows, marks):
        marks[0] = "navigation"
    return marks | _repeated(rows, short, set(hits))


def _goes_on_to_headline(rows: list[Row], marks: Marks) -> bool:
    """Whether below the menu that opens a page, after the site's name, there is a headline of its own."""
    first = next((row for n, row in enumerate(rows) if n and n not in marks), None)
    return first is not None and not first.ends and 4 <= first.words <= 25


def _repeated(rows: list[Row], short: list[bool], hits: set[int]) -> Marks:
    """Three different short lines that stand together again: twice with a menu word among them, or three times."""
    windows: dict[int, tuple[str, ...]] = {}
    for n in range(len(rows) - 2):
        window = tuple(row.folded for row in rows[n : n + 3])
        quiet = not any(row.raw[-1] in ",;:!?—–" for row in rows[n : n + 3])
        if all(short[n : n + 3]) and len(set(window)) == 3 and quiet:
            windows[n] = window
    seen = Counter(windows.values())
    marks: Marks = {}
    for n, window in windows.items():
        if seen[window] >= 3 or (seen[window] == 2 and hits & {n, n + 1, n + 2}):
            marks |= dict.fromkeys(range(n, n + 3), "navigation")
    return marks


def other_posts(rows: list[Row]) -> Marks:
    """The headlines under "Related posts" and the like."""
    marks: Marks = {}
    for n, row in enumerate(rows):
        if not _OTHER_POSTS.match(row.plain):
            continue
        for step, following in enumerate(rows[n + 1 : n + 21], start=n + 1):
            if following.ends or not 1 <= following.words <= 20 or _starts_section(following):
                break
            marks |= {n: "navigation", step: "navigation"}
    return marks


def mail_headers(rows: list[Row]) -> Marks:
    """The fields of a forwarded message where three stand together; its subject stays, it may be the title."""
    marks: Marks = {}
    run: list[int] = []
    for n, row in enumerate([*rows[:60], None]):
        if row and _MAIL_FIELD.match(row.folded):
            run.append(n)
        else:
            if len(run) >= 3:
                marks |= {place: "mailing" for place in run if not _SUBJECT.match(rows[place].folded)}
            run = []
    return marks


def _starts_section(row: Row) -> bool:
    return bool(re.match(r"(?:about|sobre|acerca|contact|for immediate|para publicacion|media)\b", row.folded))


def reader_comments(rows: list[Row], length: int, marks: Marks) -> Marks:
    """Everything from the first reader's comment to the end, where the end is a thread of comments."""
    first = min(
        filter(None, (_said(rows, length), _threaded(rows, length), _numbered(rows, length, marks))), default=None
    )
    return dict.fromkeys(range(first, len(rows)), "comments") if first else {}


def _said(rows: list[Row], length: int) -> int | None:
    """ "NAME says:" with a time of day beside it."""
    for n, row in enumerate(rows):
        late = row.span.start > length * _LATE
        near = " ".join(other.folded for other in rows[n : n + 2])
        if late and row.words <= 8 and _SAYS.match(row.folded) and _STAMP.search(near):
            return n
    return None


def _threaded(rows: list[Row], length: int) -> int | None:
    """A heading such as "3 comments", when what follows looks like readers writing."""
    for n, row in enumerate(rows):
        if row.span.start > length * _LATE and row.words <= 25 and _THREAD.match(row.plain) and not row.ends:
            following = rows[n + 1 :]
            stamped = any(_STAMP.search(other.folded) and other.words <= 14 for other in following[:4])
            if stamped or (following and _NUMBERED.match(following[0].raw) and _READER.search(following[0].folded)):
                return n
    return None


def _numbered(rows: list[Row], length: int, marks: Marks) -> int | None:
    """A list counted from 1 that ends the page, below its footer or in readers' voices: no list of demands."""
    starts = [n for n, row in enumerate(rows) if (number := _NUMBERED.match(row.raw)) and number[1] == "1"]
    if not starts or starts[-1] == 0 or rows[starts[-1]].span.start < length * _LATE:
        return None
    first = starts[-1]
    items = [n for n in range(first, len(rows)) if _NUMBERED.match(rows[n].raw)]
    counted = [int(match[1]) for n in items if (match := _NUMBERED.match(rows[n].raw))]
    before = rows[first - 1]
    if counted != list(range(1, len(counted) + 1)) or before.raw.endswith(":"):
        return None
    voices = sum(bool(_READER.search(rows[n].folded)) for n in items)
    above = marks.get(first - 1)
    below_footer = above in ("copyright", "comments")
    after_chrome = above in ("mailing", "share", "navigation") and voices * 2 >= len(items)
    return first if below_footer or after_chrome or (voices == len(items) and above is not None) else None
