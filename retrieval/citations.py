"""
Published words → a citation to paste, in one line: plain, Markdown, MLA or APA, in English or Spanish.

Nothing is filled in: an unknown date is "n.d." or "s. f.", an unknown issuer is left out, a lost name is shown as lost.
What each style decides is in `retrieval/README.md`, *Decisions*.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from retrieval.citation_words import WORDS, date_day_first, date_in_words, date_year_first, join_authors
from retrieval.links import link_to_words
from retrieval.marks import without_marks
from retrieval.models import CitationStyle, Excerpt, FoundQuote, FoundWords, Language

Citable = Excerpt | FoundQuote | FoundWords

_FINAL = tuple(".!?…")
# Where a title may be shortened: at its first punctuation mark.
_TITLE_BREAK = re.compile(r"[,:;]\s|\s[–—-]\s")
_MARKDOWN = re.compile(r"[\\`*_~|<>\[\]]|&(?=#?\w+;)")


class _Parts(NamedTuple):
    """
    What every style prints, in one line each, ready for it.

    Attributes:
        quoted: The words between their marks.
        speaker: Name, title and organization, "" where nobody speaks.
        issuers: Names in full, a lost one shown as lost.
        record, paragraph: Their numbers.
        label: That these are not the issuer's own words on a topic; "" for the body.
        link: Opens at the words, or at their paragraph; "" where there is nothing to open.
    """

    locale: Language
    quoted: str
    speaker: str
    issuers: tuple[str, ...]
    title: str
    date: str | None
    record: str
    paragraph: int
    label: str
    link: str


def cite(found: Citable, style: CitationStyle, locale: Language, public_url: str = "") -> str:
    """
    The citation of these words in this style.

    Args:
        found: Words with their statement.
        style: Only Markdown is escaped; the others are plain text, without italics.
        locale: Of the citation's own words; the quoted ones stay as they are.
        public_url: Where the public site of the record stands, for a statement without an address of its own.

    Returns:
        One line. The words stand in it as people see them: as printed, white space and Markdown's marks aside.
    """
    return _STYLES[style](_parts(found, locale, _escaped if style == "markdown" else _in_one_line, public_url))


def _plain(parts: _Parts) -> str:
    return " ".join(part for part in (_credited(parts, _titled(parts, ",")), parts.link) if part)


def _markdown(parts: _Parts) -> str:
    linked = f"[{parts.title}]({parts.link.replace('@', '%40')})" if parts.link else parts.title
    return _credited(parts, _titled(parts._replace(title=linked), ","))


def _credited(parts: _Parts, title: str) -> str:
    """The words, who says them, whose statement it is, when and where: a sentence each."""
    words = WORDS[parts.locale]
    date = date_in_words(parts.date, parts.locale) or words["undated"]
    place = f"{words['record']} {parts.record}, {words['para']} {parts.paragraph}"
    source = ", ".join(part for part in ("; ".join(parts.issuers), f"{title} {date}") if part)
    noted = f"{place}; {parts.label}" if parts.label else place
    return " ".join(part for part in (parts.quoted, "—", _stopped(parts.speaker), f"{source} ({noted}).") if part)


def _mla(parts: _Parts) -> str:
    """A title comes first, as an organization that publishes its own work is named as its publisher only."""
    words, locale = WORDS[parts.locale], parts.locale
    short = _titled(parts._replace(title=_shortened(parts.title)), ",")
    within = f"{parts.speaker}, {words['quoted_in']} {short}" if parts.speaker else short
    date = date_day_first(parts.date, locale) or words["no_date"]
    published = ", ".join(part for part in (" / ".join(parts.issuers), date, parts.link) if part)
    record = f"{words['record']} {parts.record}"
    noted = f"{record}; {parts.label}" if parts.label else record
    cited = f"{parts.quoted} ({within} {words['par']} {parts.paragraph})."
    return f"{cited} {_titled(parts, '.')} {_stopped(_capitalized(published))} {_capitalized(noted)}."


def _apa(parts: _Parts) -> str:
    """The issuer is the author; who speaks in its statement is cited as quoted there."""
    words, locale = WORDS[parts.locale], parts.locale
    year = parts.date[:4] if parts.date else words["no_date"]
    author = join_authors(parts.issuers, locale, shorten=True)
    named = f"{author}," if author else _titled(parts._replace(title=_shortened(parts.title)), ",")
    within = f"{parts.speaker}, {words['cited_in']} {named}" if parts.speaker else named
    noted = f" [{_capitalized(parts.label)}]" if parts.label else ""
    title = f"{parts.title} ({_capitalized(words['record'])} {parts.record}){noted}."
    date = f"({date_year_first(parts.date, locale) or words['no_date']})."
    entry = (_stopped(join_authors(parts.issuers, locale)), date, title) if author else (title, date)
    cited = f"{parts.quoted} ({within} {year}, {words['para']} {parts.paragraph})."
    return " ".join(part for part in (cited, *entry, parts.link) if part)


_STYLES: dict[CitationStyle, Callable[[_Parts], str]] = {
    "plain": _plain,
    "markdown": _markdown,
    "mla": _mla,
    "apa": _apa,
}


def _parts(found: Citable, locale: Language, shown: Callable[[str], str], public_url: str) -> _Parts:
    words, statement = WORDS[locale], found.statement
    text = without_marks(found.text, statement.file)
    quoted = f"{words['open']}{shown(text)}{words['close']}"
    return _Parts(
        locale=locale,
        # The mark of a cut stands outside the quotation: it is not the statement's.
        quoted=f"{quoted} …" if isinstance(found, Excerpt) and found.cut else quoted,
        speaker=shown(_speaker(found)),
        issuers=tuple(shown(name or words["lost"]) for name in found.issuer),
        title=shown(statement.title),
        date=statement.date,
        record=shown(statement.id),
        paragraph=found.paragraph,
        label=words.get(found.kind, ""),
        link=link_to_words(statement, text, found.paragraph, locale, public_url),
    )


def _speaker(found: Citable) -> str:
    """Name, title and organization, which is left out where the title or the issuer says it."""
    speaker = found.speaker
    if speaker is None:
        return ""
    short = (short for short, full in found.statement.short.items() if full in found.issuer)
    known = speaker.organization in {*found.issuer, *short} or (speaker.organization or "") in (speaker.title or "")
    return ", ".join(part for part in (speaker.name, speaker.title, "" if known else speaker.organization) if part)


def _titled(parts: _Parts, mark: str) -> str:
    """The title between quotation marks with the mark that follows it: inside in English, outside in Spanish."""
    opened, closed = WORDS[parts.locale]["open"], WORDS[parts.locale]["close"]
    if parts.locale == "es":
        return f"{opened}{parts.title}{closed}{mark}"
    return f"{opened}{parts.title}{'' if parts.title.endswith(_FINAL) else mark}{closed}"


def _shortened(title: str) -> str:
    """The title up to its first punctuation mark: how it is named inside a text."""
    return _TITLE_BREAK.split(title, maxsplit=1)[0] or title


def _stopped(text: str) -> str:
    return text if not text or text.endswith(".") else f"{text}."


def _capitalized(text: str) -> str:
    return text[:1].upper() + text[1:]


def _in_one_line(text: str) -> str:
    return " ".join(text.split())


def _escaped(text: str) -> str:
    """
    Text in one line that Markdown shows as it stands, and that calls nobody.

    A mention of one person or role needs its closing sign, which is escaped; "@everyone" can only be broken by a
    character that is not seen.
    """
    escaped = _MARKDOWN.sub(r"\\\g<0>", _in_one_line(text))
    return re.sub(r"@(?=everyone|here)", "@\u200b", escaped)
