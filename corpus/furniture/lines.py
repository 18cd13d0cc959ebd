"""Lines that are furniture by themselves: one rule a kind."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import cast

from corpus.canonical import fold_word
from corpus.furniture.rows import Row, menu_words, phrase_kind, said_kinds
from corpus.models import FurnitureKind, Span

_COPYRIGHT = re.compile(
    r"^(?:©|\(c\)|copyright (?:©|\(c\)|\d{4}|.{0,60}\d{4}$)|© ?copyright)|^[^.]{0,60}©\s?(?:\d{4}|copyright)|"
    r"\ball rights reserved\b|\btodos los derechos reservados\b|\bderechos de autor\b.{0,10}\d{4}"
)
_IMAGE = re.compile(
    r"^(?:image|img|photo|foto|imagen|picture|logo|icon)[ _-]?\d{0,4}$|"
    r"^\[(?:image|img|photo|imagen|foto|cid|inline image|logo|caption|video)\b[^\]]{0,80}\]$|"
    r"^\S{1,80}\.(?:jpe?g|png|gif|webp|svg|bmp)$|"
    r"^(?:photo|foto|image|photograph|imagen|picture)s?(?: credits?| courtesy| by| de| por| cortesia)? ?[:/|"
    r"] ?.{1,80}$|"
    r"^credits?: .{1,60}$|^(?:photo|photograph|image) (?:by|courtesy of|credit) .{1,60}$|^(?:foto|imagen) (?:de|por|"
    r"cortesia de) .{1,60}$"
)
_POSTED = re.compile(
    r"^(?:posted|published|submitted|written|filed|last updated|updated|publicado|publicada|enviado|escrito|"
    r"actualizado)"
    r"(?: |: ?)(?:by|on|in|under|at|por|el|en|the|\d|[a-z]{3,9}\.? \d{1,2}, \d{4})"
)
_FILED = re.compile(
    r"^(?:tags?|tagged(?: with| as)?|categor(?:y|ies)|filed (?:under|in)|posted in|etiquetas?|categorias?|archivado en|"
    r"labels?|keywords|palabras clave) ?[:|] ?.|^(?:filed under|tagged with|archivado en|posted in) ."
)
_COUNT = re.compile(
    r"^\(?(?:\d{1,5}|no|one|two|three|four|five|un|dos|tres) (?:comments?|responses?|replies|reply|comentarios?|"
    r"respuestas?|"
    r"thoughts?)\)?(?: (?:on|to|en|sobre|a|so far|yet)\b.{0,150})?$|^(?:comments?|comentarios?) ?\(\d{1,5}\)$"
)
_SMALL = re.compile(
    r"^(?:(?:views|visitas|reads) ?: ?\d{1,7}|\d{1,7} (?:views?|shares?|likes?|visitas|vistas|compartidos|me gusta)|"
    r"\d{1,3} min(?:ute)?s? (?:read|"
    r"de lectura)|"
    r"page \d{1,4} of \d{1,4}|pagina \d{1,4} de \d{1,4}|reading time:? .{1,20})$"
)
_RELEASE = re.compile(
    r"^[*#\s]{0,4}(?:for immediate (?:release|distribution)|embargoed (?:until|for release)|"
    r"para (?:su )?(?:publicacion|difusion|distribucion|divulgacion) inmediata|para publicar (?:de inmediato|"
    r"inmediatamente)|"
    r"publicacion inmediata)[*]{0,3}"
)
_LABEL = re.compile(
    r"^(?:press|news|media) (?:release|advisory|statement)s?$|^(?:comunicado|boletin|nota|aviso) (?:de|a la) prensa$"
)
_END = re.compile(
    r"^(?:#[\s\u00a0]?){2,8}$|^-\s?30\s?-$|^[*_=~\-–—•·.#+]{3,}$|^(?:[*_=~–—•·-][\s\u00a0]){2,20}[*_=~–—•·-]$"
)
_URL_ONLY = re.compile(r"^(?:(?:https?://|www\.)\S+[\s|,]*)+$")
_NEIGHBOUR = re.compile(
    r"^(?:←|⟵|‹|« ?(?:previous|older|prev|anterior)|(?:previous|next|older|newer) (?:post|article|entry|story) ?:|"
    r"(?:entrada|artículo) (?:anterior|siguiente) ?:).{0,200}$|^.{0,200}(?:→|⟶|›|(?:next|newer|siguiente) ?»)$"
)
_SEPARATOR = re.compile(r"\s*[|/>»›→•·⋅]+\s*|\s+::\s+")
_CRUMBS = re.compile(r"\s*[/>|»›→]+\s*|\s+::\s+")
_CRUMB_MARKS = (*"/>|»›→", "::")
_MARKDOWN_IMAGE = re.compile(r"^(?:!\[[^\]\n]{0,300}\]\([^)\n]{0,500}\)\s*)+$")
_FIELD = re.compile(
    r"^(?:your |su |tu )?(?:name|email|website|comment|phone|subject|message|nombre|correo electronico|correo|"
    r"sitio web|web|"
    r"comentario|telefono|mensaje|asunto)(?: address)?\s?(?:\*|\((?:required|optional|obligatorio|requerido)\))$"
)
_MORE_PAGES = re.compile(r"^[-–—\s(]*(?:more|mas|sigue)[-–—\s)]*$|^[#\s-]*(?:end|fin|ends)[#\s-]*$")
_META = re.compile(
    r"^(?:by|por) (?:admin\w*|webmaster|web team|staff|editor|communications(?: team)?|comunicaciones)$|"
    r"^(?:by|por) [^|]{2,40}\|[^|]{2,40}\||"
    r"^[^/]{0,12}\d{4} ?/ ?(?:in|en) [^/]{2,40}/ ?(?:by|por) .{2,40}$"
)
# What wire services and list archives print around a message.
_CARRIER = re.compile(
    r"^.{2,60} (?:mailing list|list) archives?$|^.{2,60} mailing list$|"
    r"^(?:\[(?:date|thread|author|subject)?[ -]?(?:prev|next|index)[^\]]{0,20}\][ |]*){2,8}$|"
    r"^https?://\S+\.(?:jpe?g|png|gif|webp|svg) \d+ \d+ .{2,60}$"
)
_SUBSCRIBED = re.compile(r"^(?:you (?:received|are receiving|receive) this|to unsubscribe from this)\b")
_SOURCE = re.compile(r"(?:SOURCE|FUENTE):?[^\S\n]+[A-ZÀ-Þ][^.\n]{3,80}$")
_DOWNLOAD = re.compile(r"^(?:download|descarg\w+) .{0,50}\b(?:pdf|here|aqui)$")
_GIVE = re.compile(r"^.{0,70}\b(?:donate|dona|done) (?:today|now|hoy|ahora)[.!]*$")
_NETWORKS = re.compile(
    r"^(?:(?:share|share this|comparte|compartir|comparta|follow us|siguenos)(?: on| en)? ?:? )?"
    r"(?:(?:facebook|twitter|x|instagram|linkedin|youtube|tiktok|whatsapp|telegram|email|print|pinterest|reddit|"
    r"bluesky|"
    r"threads|share on|tweet|compartir en)[\s,&/-]*){2,10}$"
)
_BARS = re.compile(r"[|·•⋅]")
_ONLY_LINKS = re.compile(r"^(?:[\s|·•*>-]*\[[^\]\n]{1,40}\]\([^)\n]{0,200}\)){2,20}[\s|·•]*$")
_STAGE = re.compile(
    r"^[\[(](?:applause|laughter|laughs|cheers|cheering|music|inaudible|crosstalk|silence|pause|chanting|"
    r"end|fin|"
    r"(?:end|start|beginning) of (?:recording|transcript|video|audio|tape)|aplausos|risas|musica|inaudible|silencio|"
    r"fin de (?:la )?(?:grabacion|transcripcion))\b[^\])]{0,40}[\])]$"
)
_CHECKED = re.compile(
    r"^(?:this )?(?:page|website|site) (?:was )?(?:last )?(?:checked|updated|reviewed|modified)\b|"
    r"^(?:last (?:updated|modified|reviewed)|ultima (?:actualizacion|revision)|(?:esta )?pagina actualizada)\b"
)
_DATED = re.compile(r"\d|\bby\b|\bpor\b")

_PATTERNS: tuple[tuple[re.Pattern[str], FurnitureKind, int], ...] = (
    (_COPYRIGHT, "copyright", 40),
    (_IMAGE, "image", 15),
    (_FILED, "navigation", 40),
    (_COUNT, "comments", 30),
    (_SMALL, "share", 8),
    (_LABEL, "other", 3),
    (_MORE_PAGES, "other", 4),
    (_META, "navigation", 20),
    (_DOWNLOAD, "link_text", 10),
    (_GIVE, "navigation", 12),
    (_NETWORKS, "share", 16),
    (_CARRIER, "other", 14),
    (_SUBSCRIBED, "mailing", 30),
    (_FIELD, "comments", 5),
    (_STAGE, "other", 8),
    (_CHECKED, "navigation", 14),
    (_URL_ONLY, "link_text", 6),
)


def line_furniture(row: Row) -> tuple[Span, FurnitureKind] | None:
    """The part of a line that is furniture by itself, with its kind; `None` for a line of text."""
    found = _judged(row.alone)
    return (Span(found[0].start + row.span.start, found[0].end + row.span.start), found[1]) if found else None


@lru_cache(maxsize=4096)
def _judged(row: Row) -> tuple[Span, FurnitureKind] | None:
    if _END.match(row.raw) or _SOURCE.match(row.raw):
        return row.span, "other"
    if _MARKDOWN_IMAGE.match(row.raw):
        return row.span, "image"
    kind = phrase_kind(row)
    if kind:
        return row.span, kind
    for pattern, kind, most in _PATTERNS:
        if row.words <= most and pattern.search(row.folded):
            return row.span, kind
    if _POSTED.match(row.folded) and row.words <= 25 and not row.raw.endswith(".") and _DATED.search(row.folded):
        return row.span, "navigation"
    several = _several_phrases(row)
    if several:
        return row.span, several
    if _is_menu_line(row) or _ONLY_LINKS.match(row.raw) or (row.words <= 30 and _NEIGHBOUR.match(row.raw.casefold())):
        return row.span, "navigation"
    return _release_mark(row)


def _is_menu_line(row: Row) -> bool:
    """A whole menu on one line: between bars, or simply side by side."""
    if row.ends or not 3 <= row.words <= 60:
        return False
    parts = [fold_word(part) for part in _SEPARATOR.split(row.raw) if part]
    if len(parts) >= 3:
        homely = parts[0] in _HOMES and "|" in row.raw and all(len(part.split()) <= 3 for part in parts)
        return homely or (menu_words(parts) >= 3 and menu_words(parts) * 2 >= len(parts))
    return _covered_by_menu(row.plain.split()) >= 4


def _several_phrases(row: Row) -> FurnitureKind | None:
    """The kind of a line of nothing but phrases, side by side; between bars one name may stand among them."""
    if row.words > 30:
        return None
    kinds = said_kinds(row.raw)
    known = [kind for kind in kinds if kind]
    spare = len(kinds) - len(known)
    enough = len(known) >= 2 or "mailing" in known
    if len(kinds) < 2 or spare > (enough and bool(_BARS.search(row.raw))):
        return None
    told = [kind for kind in known if kind != "menu"]
    return cast("FurnitureKind", max(told, key=told.count) if told else "navigation")


def _covered_by_menu(words: list[str]) -> int:
    """How many menu words the line consists of, 0 where another word stands among them."""
    found, place = 0, 0
    while place < len(words):
        length = next((n for n in (4, 3, 2, 1) if menu_words([" ".join(words[place : place + n])])), 0)
        if not length:
            return 0
        found, place = found + 1, place + length
    return found


def _release_mark(row: Row) -> tuple[Span, FurnitureKind] | None:
    """ "FOR IMMEDIATE RELEASE" alone: a date or a dateline on the same line stays."""
    mark = _RELEASE.match(row.folded)
    if not mark:
        return None
    rest = row.folded[mark.end() :].strip(" :|–—-*")
    if (
        not rest
        or not (re.search(r"\d", rest) or len(rest.split()) > 4)
        or re.match(r"(?:media |press )?contact", rest)
    ):
        return row.span, "other"
    words = len(mark.group().split())
    end = re.match(rf"(?:\S+\s+){{{words - 1}}}[^\s:|–—]+[:|*]*", row.raw)
    return (Span(row.span.start, row.span.start + end.end()), "other") if end else None


def breadcrumbs(rows: list[Row], title: str | None) -> list[int]:
    """Numbers of the head's lines that say where the page stands: they end on its title, or begin at its home."""
    head = rows[:15]
    titles = {fold_word(title or "")} | {row.folded for row in head}
    found = []
    for n, row in enumerate(head):
        parts = _CRUMBS.split(row.raw) if any(mark in row.raw for mark in _CRUMB_MARKS) else []
        if len(parts) < 2 or row.words > 60 or row.folded == fold_word(title or ""):
            continue
        filled = [part for part in map(fold_word, parts) if part]
        if not filled:
            continue
        # "A / B" of one word each is prose ("and/or"); a title cut short by the site still counts.
        ending = filled[-1].rstrip(".… ")
        repeats = len(ending) >= 8 and any(name != row.folded and name.startswith(ending) for name in titles)
        homely = len(filled) >= 2 and filled[0] in _HOMES and not row.ends and "|" not in row.raw
        if repeats or homely:
            found.append(n)
    return found


_HOMES = frozenset({"home", "inicio", "portada", "home page", "you are here: home", "usted esta aqui: inicio", "start"})
