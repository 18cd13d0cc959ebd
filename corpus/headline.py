"""
Title, subtitle, place and kind of a statement, from its head.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from corpus.canonical import fold_word
from corpus.datelines import find_datelines
from corpus.dating import Dated
from corpus.head import CONTACT, RELEASE_MARK, head_lines, is_covered, is_prose, prose_paragraphs
from corpus.header_dates import header_dates, is_date_line
from corpus.models import Furniture, Span, StatementKind
from corpus.organization_names import is_bare_organization, is_spoken_of
from corpus.sentences import lines, sentences

_MAX_TITLE = 300
_CUT_TITLE = 120
_TITLE_LINES = 150
_PROSE_CHARS = 20_000
_MASTHEAD_CHARS = 600
_SITE = re.compile(r"\s+[|»«•·–—-]\s+|\s*::\s*")
_MARKS = re.compile(r"(?:#{1,6}\s+|\*\*|__|>\s+|(?i:(?:re|subject|asunto|title|t[ií]tulo|headline|titular)\s*:\s*))+")
_CLOSING = re.compile(r"[\s*_#]+$")
_BYLINE = re.compile(
    r"(?:by|por|written by|escrito por)\s(?:\S+\s?){1,7}|(?:from|de|to|para|sent|cc|bcc|enviado)\s?:.*", re.IGNORECASE
)
_CHROME = re.compile(
    r"(?:image|graphic|photo|logo|picture|imagen|foto)\b.{0,20}|skip to .{1,30}|(?:home|inicio"
    r"|you are here)\b\W.*|[/»›>|].*"
    r"|(?:share|tweet|print|email|menu|search|donate|subscribe|comparte|compartir|imprimir|donar|buscar"
    r"|men[uú])\b.{0,20}"
    r"|page \d+.{0,10}|p[aá]gina \d+.{0,10}|(?:begin |[-\s]*)forwarded message.*|https?:\S+|www\.\S+|\W+|[\d\W]+"
    r"|(?:posted|filed|published|publicado|tags?|categor\w+)\b.{0,80}|(?:blog|news|noticias|media|prensa|press"
    r"|press room)",
    re.IGNORECASE,
)
_EVENT_LABEL = re.compile(
    r"(?:what|when|where|who|time|qu[eé]|cu[aá]ndo|d[oó]nde|qui[eé]n(?:es)?|hora|lugar)\s*:", re.IGNORECASE
)
_INTRODUCES = re.compile(r"(?:the following is|below is|see below|a continuaci[oó]n|lo siguiente es)\b", re.IGNORECASE)
_OPENS_TEXT = re.compile(
    _INTRODUCES.pattern + r"|(?:dear|estimad[oa]s?|querid[oa]s?|señor(?:a|es|as)?)\s.{1,80}[,:]$", re.IGNORECASE
)
_GOES_ON = re.compile(
    r"(?:and|or|of|the|a|an|to|in|on|for|with|by|at|from|as|that|after|before|amid|against|over|across|under"
    r"|without|until"
    r"|y|o|e|de|del|la|el|los|las|en|con|por|para|al|a|que|un|una|su|sus|sin|ante|contra|sobre|tras|entre|desde|hasta)",
    re.IGNORECASE,
)
_GENERIC = frozenset({"home", "untitled", "index", "blog", "news", "inicio", "document", "statement", "noticias"})
_SPEECH = re.compile(
    r"\b(?:remarks|speech|testimony|keynote|address|discurso|palabras|testimonio|ponencia)\s+(?:by|of|from|at|to"
    r"|before|as"
    r"|de|del|en|ante|por)\b",
    re.IGNORECASE,
)
_TRANSCRIPT = re.compile(r"\b(?:transcript|transcripci[oó]n|interview|entrevista)\b", re.IGNORECASE)
_TURN = re.compile(r"^\W{0,2}[^\W\d_][^\n:.!?]{1,40}:\s+\S.{20,}", re.MULTILINE)
_POSTED = re.compile(
    r"\b(?:posted (?:by|on|in)|leave a (?:comment|reply)|publicado por|deja un comentario)\b", re.IGNORECASE
)
_RELEASE_WORDS = re.compile(
    r"\b(?:joint )?(?:statement|declaration) (?:from|by|of|on)\b|\b(?:declaraci[oó]n|comunicado|pronunciamiento)\b"
    r"|\b(?:calls? on|condemns?|denounces?|applauds?|reacts? to|urges?|condenan?|exigen?|rechazan?|denuncian?"
    r"|exhortan?)\b",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(
    r"\b(?:issued|released) (?:the following|this|a joint)\b|\b(?:emiti|difundi)\w+ (?:el|la) siguiente\b",
    re.IGNORECASE,
)
# An attributed quotation; in a dated text without a dateline it is the mark of a release.
_SAID = re.compile(
    r"[”»\"],?\s(?:said|says|added|stated|explained|dijo|afirm[oó]|declar[oó]|agreg[oó]|record[oó]|sostuvo|pidi[oó])\b"
)
_POLICY = re.compile(
    r"\b(?:polic(?:y|ies)|platform|principles|agenda|priorities|position|pol[ií]ticas?|principios|plataforma"
    r"|prioridades"
    r"|postura)\b|\b(?:believes? that|cree(?:mos)? que|our position|we support|stand for|positions)\b",
    re.IGNORECASE,
)


class Headline(NamedTuple):
    """
    Title and subtitle of a statement.

    `title` is printed text, a line break in it shown as one space; it is empty where nothing can be a title. `span`
    is `None` for a title that only metadata gives.
    """

    title: str
    span: Span | None = None
    subtitle: Span | None = None


def find_title(text: str, *, furniture: Sequence[Furniture], hint: str | None, dated: Dated) -> Headline:
    """
    The title as printed, with the subtitle after it.

    Args:
        text: Canonical text.
        furniture: Never the title.
        hint: What the page or front matter declares; the site's name around it is left out.
        dated: From `find_date`; its line is no title.
    """
    found = [line for line in head_lines(text, furniture)[:_TITLE_LINES] if _may_be_title(text, line, dated)]
    # A line of nothing but marks has no words to be a title of.
    unmarked = [line for line in (_unmarked(text, line) for line in found) if line.start < line.end]
    titles = _without_navigation(text, unmarked)
    span = _hinted(text, hint, titles)
    if span is None and hint and not _is_generic(hint):
        return Headline(_clean_hint(hint))
    span = span or _first_title(text, _after_masthead(text, titles, dated))
    if span is None:
        return _from_prose(text, furniture, dated)
    later = (line for line in titles if line.start >= span.end and len(text[line.start : line.end].split()) >= 4)
    subtitle = next((line for line in later if not _INTRODUCES.match(text, line.start)), None)
    return Headline(_one_line(text, span), span, subtitle)


def find_place(text: str, *, furniture: Sequence[Furniture] = (), dated: Dated | None = None) -> str | None:
    """The place of the dateline as printed ("Chicago, IL"); `None` where the statement prints no dateline."""
    datelines = find_datelines(text, furniture)
    places = [item.place for item in datelines if item.place]
    if dated and dated.span and dated.evidence == "dateline":
        start, end = text.rfind("\n", 0, dated.span.start) + 1, text.find("\n", dated.span.end) % (len(text) + 1)
        closing = [item for item in find_datelines(text[start:end]) if item.place]
        places = [Span(item.place.start + start, item.place.end + start) for item in closing if item.place] + places
    return " ".join(text[places[0].start : places[0].end].split("\n")) if places else None


def find_kind(
    text: str, title: str, furniture: Sequence[Furniture], dated: Dated, wrapper: Sequence[Span]
) -> StatementKind:
    """
    What sort of document this is; `other` where nothing in it says so.

    A blogger's text around a release makes it a blog post; a dateline or a release mark makes it a press release.
    """
    head = head_lines(text, furniture)
    top = [title, *(text[line.start : line.end] for line in head)]
    if any(_TRANSCRIPT.search(line) for line in top) or len(set(_TURN.findall(text))) >= 6:
        return "transcript"
    if any(_SPEECH.search(line) for line in top):
        return "speech"
    if wrapper:
        return "blog_post"
    if find_datelines(text, furniture) or any(RELEASE_MARK.match(line) for line in top):
        return "press_release"
    if any(_POSTED.search(line) for line in top):
        return "blog_post"
    return _kind_by_words(text, top, furniture, dated)


def _kind_by_words(text: str, top: Sequence[str], furniture: Sequence[Furniture], dated: Dated) -> StatementKind:
    if any(_RELEASE_WORDS.search(line) for line in top) or (dated.date and _SAID.search(text)):
        return "press_release"
    if any(item.kind == "comments" for item in furniture):
        return "blog_post"
    opening = " ".join(text[span.start : span.end] for span in prose_paragraphs(text, furniture)[:1])
    if _FOLLOWING.search(opening):
        return "press_release"
    if dated.date is None and any(_POLICY.search(words) for words in [*top, opening]):
        return "policy_page"
    return "article" if any(re.match(r"(?:by|por)\s+[A-ZÀ-Þ]", line, re.IGNORECASE) for line in top) else "other"


def _may_be_title(text: str, line: Span, dated: Dated) -> bool:
    words = text[line.start : line.end]
    if len(words) > _MAX_TITLE or _CHROME.fullmatch(words) or _BYLINE.fullmatch(words) or CONTACT.search(words):
        return False
    if dated.span and line.overlaps(dated.span) and is_date_line(text, line):
        return False
    mark = RELEASE_MARK.match(words.strip("*_# "))
    if mark and not words.strip("*_# ")[mark.end() :].strip(" .:*_#–—-"):
        return False
    is_dateline = any(item.span.end >= len(words) for item in find_datelines(words))
    return not (is_date_line(text, line) or is_dateline or _EVENT_LABEL.match(words) or _OPENS_TEXT.match(words))


def _without_navigation(text: str, titles: list[Span]) -> list[Span]:
    """Without runs of very short lines, as menus print them, unless nothing else is left."""
    short = [len(text[line.start : line.end].split()) < 3 for line in titles]
    kept = [
        line
        for place, line in enumerate(titles)
        if not (short[place] and (any(short[max(0, place - 1) : place]) or any(short[place + 1 : place + 2])))
    ]
    return kept or titles


def _after_masthead(text: str, titles: list[Span], dated: Dated) -> list[Span]:
    """Blogs print their name, then weekday and day, then the title: without what stands before that date."""
    days = [item for item in header_dates(text, lines(text[:_MASTHEAD_CHARS])) if item.date.weekday is not None]
    if not days or days[0].strength != "bare":
        return titles
    before = [span for span in titles if span.end <= days[0].line.start]
    short = all(len(text[span.start : span.end].split()) <= 4 for span in before)
    return [span for span in titles if span not in before] or titles if short else titles


def _first_title(text: str, titles: Sequence[Span]) -> Span | None:
    headlines = [line for line in titles if not is_bare_organization(text[line.start : line.end])] or list(titles)
    if len(headlines) > 1 and is_spoken_of(text, headlines[0]) and not _is_short(text, headlines[1]):
        headlines = headlines[1:]
    return _joined(text, headlines[0], titles) if headlines else None


def _is_short(text: str, line: Span) -> bool:
    return len(text[line.start : line.end].split()) < 4


def _joined(text: str, first: Span, titles: Sequence[Span]) -> Span:
    """The title with the next lines that go on with it."""
    span, last = first, first
    for line in titles:
        if line.start <= last.start:
            continue
        if text.count("\n", last.end, line.start) != 1 or not _is_continued(text, last, line):
            break
        span, last = Span(span.start, line.end), line
        if span.end - span.start > _MAX_TITLE:
            return first
    return span


def _is_continued(text: str, line: Span, following: Span) -> bool:
    words, more = text[line.start : line.end], text[following.start : following.end]
    if words[-1] in ",-–—:&" or more[0].islower() or _GOES_ON.fullmatch(words.split()[-1]):
        return True
    capitals = words.isupper() and more.isupper()
    return capitals or (words[-1] not in ".!?" and bool(_GOES_ON.fullmatch(more.split()[0])))


def _hinted(text: str, hint: str | None, titles: Sequence[Span]) -> Span | None:
    """Where the declared title, or a part of it beside the site's name, is printed: the same letters, in any case."""
    if not hint or _is_generic(hint):
        return None
    parts = [part for part in _SITE.split(hint) if len(part.split()) > 1 and not is_bare_organization(part)]
    printed = {_letters(text[span.start : span.end]): span for span in reversed([*_runs(text, titles), *titles])}
    for wanted in [hint, *sorted(parts, key=len, reverse=True)]:
        if span := printed.get(_letters(wanted)):
            return span
    return None


def _runs(text: str, titles: Sequence[Span]) -> list[Span]:
    """Two neighbouring lines as one, for titles that are broken over both."""
    return [Span(a.start, b.end) for a, b in pairwise(titles) if text.count("\n", a.end, b.start) == 1]


def _letters(words: str) -> str:
    return "".join(letter for letter in fold_word(words) if letter.isalnum())


def _clean_hint(hint: str) -> str:
    parts = [part.strip() for part in _SITE.split(" ".join(hint.split()))]
    own = [part for part in parts if part and not is_bare_organization(part) and not _is_generic(part)]
    return own[0] if len(parts) > 1 and own and len(own[0].split()) >= 3 else " ".join(hint.split())


def _is_generic(hint: str) -> bool:
    return not hint.strip() or fold_word(hint) in _GENERIC


def _from_prose(text: str, furniture: Sequence[Furniture], dated: Dated) -> Headline:
    """The first sentence, cut at white space, where no line can be a title."""
    taken = sorted(item.span for item in furniture)
    openings = [item.span for item in find_datelines(text, furniture)]
    for sentence in sentences(text, Span(0, min(len(text), _PROSE_CHARS))):
        start = next((item.end for item in openings if item.start == sentence.start), sentence.start)
        words = text[start : sentence.end]
        if start >= sentence.end or is_covered(sentence, taken) or not (is_prose(words) or len(words.split()) >= 4):
            continue
        if words[0].islower() or CONTACT.search(words) or _INTRODUCES.match(words) or is_date_line(text, sentence):
            continue
        end = sentence.end if len(words) <= _CUT_TITLE else start + max(words.rfind(" ", 0, _CUT_TITLE), 40)
        span = Span(start, start + len(text[start:end].rstrip()))
        return Headline(_one_line(text, span), span)
    return Headline("")


def _unmarked(text: str, line: Span) -> Span:
    """The line without Markdown marks and labels around it."""
    lead = _MARKS.match(text, line.start, line.end)
    start = lead.end() if lead and lead.end() < line.end else line.start
    closing = _CLOSING.search(text[start : line.end])
    return Span(start, start + closing.start() if closing else line.end)


def _one_line(text: str, span: Span) -> str:
    return " ".join(part.strip(" \t") for part in text[span.start : span.end].split("\n"))
