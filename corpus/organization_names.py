"""
How organisations print their names in English and Spanish, and their short forms.

Nothing here knows a real name: only the grammar of names and the generic words in them.
"""

from __future__ import annotations

import re
from itertools import pairwise

from corpus.calendar_words import MONTHS, WEEKDAYS
from corpus.canonical import fold_word
from corpus.models import Span

_S = r"[^\S\n]"
# Bounded, so that no text without spaces makes it slow.
_REST = r"[\w’']{0,40}(?:[-.&+/][\w’']{1,40}){0,5}"
_WORD = rf"(?:[A-ZÀ-ÖØ-Þ]{_REST}\.?(?<=[A-Z]\.[A-Z]\.)|[A-ZÀ-ÖØ-Þ]{_REST}|\d{{1,4}}(?!\d))"
_CAPITAL = rf"(?<![\w’'])[A-ZÀ-ÖØ-Þ]{_REST}"
_CONNECTOR = (
    r"(?:of|for|the|and|&|to|in|on|at|a|an|with|without|from|against|out|de|del|la|las|los|el|y|e|para|por|en|con|sin"
    r"|contra|al|pro|x)"
)
# A name ends on a capitalised word; small words stand only between two.
NAME = rf"{_CAPITAL}(?:(?:{_S}(?!\d){_CONNECTOR}){{0,3}}{_S}{_WORD}){{0,13}}"
SHORT = r"[A-Z][\w&.-]{1,13}"
# What issuers do in titles and leads; verbs that authorities share ("announced") are left out.
ACTS = re.compile(
    r"\b(?:(?:strongly|today|hoy|also|proudly|again|firmly|further)\s+)?"
    r"(?:calls?\s+(?:on|for|upon)|called\s+(?:on|for|upon)|(?:is|are)\s+(?:calling|demanding|urging|outraged"
    r"|disappointed|proud"
    r"|pleased|alarmed|saddened|appalled|horrified|heartened|encouraged|concerned|deeply)"
    r"|(?:condemn|applaud|denounce|salute|reject|demand|celebrate|welcome|commend|oppose|support|mourn|reaffirm"
    r"|express|urge"
    r"|praise|honor|honour|thank|criticize|endorse|decrie)(?:s|es|d|ed)?|decry|reacts?(?:\s+to)?|reacted\s+to"
    r"|answer(?:s|ed)|repl(?:y|ies|ied)\s+to|warns?|warned|greet(?:s|ed)"
    r"|responds?\s+to"
    r"|stands?\s+(?:with|in|against)|vows?|asks?|asked|join(?:s|ed)?|launch(?:es|ed)?|slams?|blasts?|hails?"
    r"|rebukes?|marks"
    r"|(?:conden|celebr|rechaz|denunci|salud|lament|felicit|manifest|reiter|repudi|respald|demand|convoc|deplor"
    r"|reprueb)"
    r"(?:a|an|ó|aron|amos)|exig(?:e|en|ió|ieron)|exhort(?:a|an|ó|aron)|inst(?:a|an|ó|aron)\s+a|expres(?:a|an|ó|aron)"
    r"|apoya(?:n)?|apoyó|aplaud(?:e|en|ió|ieron)|reconoc(?:e|en|ió)|agradec(?:e|en|ió)|urg(?:e|en)\s+a|pid(?:e|en"
    r"|ió|ieron)"
    r"|llam(?:a|an|ó|aron)\s+a|hac(?:e|en)\s+un\s+llamado|hizo\s+un\s+llamado|se\s+(?:pronuncia|solidariza|suma"
    r"|opone|une)n?"
    r"|reaccion(?:a|an|ó))\b",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"(?:the|la|el|los|las)\s+", re.IGNORECASE)
_LEAD_IN = re.compile(
    r"^(?:(?:Today|Hoy|Members|Leaders|Miembros|Integrantes|The|La|El|Los|Las|In|On|At|En|of|de|del|the|la|el)\s)+"
)
_QUOTED = re.compile(r"^[\"“”«»'‘’]+|[\"“”«»'‘’,;:.]+$")

_ORGANIZATION_NOUNS_LIST = """
    network coalition alliance organization organisation association federation confederation union center
    centre council committee institute foundation fund project campaign collective movement society league
    partnership initiative forum consortium congregation church caucus clinic clinica workers justice advocates red
    coalicion alianza organizacion asociacion federacion confederacion sindicato centro concejo consejo comite
    instituto fundacion fondo proyecto campana colectivo colectiva movimiento sociedad liga foro consorcio
    iglesia coordinadora frente mesa casa pastoral asamblea hermandad club comunidades communities
"""
ORGANIZATION_NOUNS = frozenset(_ORGANIZATION_NOUNS_LIST.split())
# What a group also calls itself, and who belongs to it; in a heading these are ordinary words.
_GROUP_NOUNS_LIST = """
    circle table assembly team service services shelter fellowship ministry ministries parish defense defence united
    together aid watch brigade guild chapter school cooperative brotherhood sisterhood circulo equipo servicio
    servicios albergue parroquia unidos unidas juntos juntas brigada gremio escuela ministerio cooperativa
"""
_PEOPLE_LIST = """
    friends voices mothers fathers parents families neighbors neighbours lawyers defenders elders students youth
    women merchants tenants teachers farmers nurses drivers workers congregations communities amigos amigas voces
    madres padres familias vecinos vecinas abogados abogadas ancianos estudiantes jovenes mujeres maestras maestros
    jornaleros campesinos trabajadores trabajadoras defensores promotores comunidades
"""
PEOPLE = frozenset(_PEOPLE_LIST.split())
GROUP_NOUNS = ORGANIZATION_NOUNS | PEOPLE | frozenset(_GROUP_NOUNS_LIST.split())
# These also name what an organisation does, not only itself.
_UNDERTAKINGS = frozenset(
    {"fund", "fondo", "project", "proyecto", "campaign", "campana", "justice", "workers", "communities", "comunidades"}
)
# Authorities and parties are written about; they do not issue these statements.
_GOVERNMENT_LIST = """
    department departamento agency agencia administration administracion congress congreso senate senado court
    courts corte tribunal bureau enforcement customs aduanas homeland police policia sheriff
    government gobierno secretary secretaria secretario president presidente presidenta governor gobernador
    gobernadora mayor alcalde alcaldesa alcaldia senator senador senadora representative congressman
    congresswoman diputado diputada judge juez prosecutor fiscalia procuraduria procurador republicans democrats
    republican democratic party partido detention detencion prison jail carcel correctional corrections penal
    legislature capitol pentagon embassy embajada consulate consulado army ejercito navy patrol patrulla
"""
_GOVERNMENT = frozenset(_GOVERNMENT_LIST.split())
_GOVERNMENT_PHRASES = re.compile(
    r"\b(?:office of|oficina de|ministry of|ministerio (?:de|publico)|"
    r"city of|ciudad de|state of|estado de|county of|condado de|white house|casa blanca"
    r"|house of representatives|camara de|house (?:committee|subcommittee)|board of supervisors|city council"
    r"|attorney general|attorney[’']s office|united (?:states|nations)|estados unidos|naciones unidas|national guard"
    r"|guardia nacional|citizenship and immigration|instituto nacional de)\b"
)
_PERSON_TITLE = re.compile(
    r"(?:mr|mrs|ms|dr|rev|sen|rep|gov|sr|sra|lic|judge|senator|governor|mayor|representative|congress(?:man|woman)"
    r"|president|secretary|presidente|gobernador|senador|alcalde)\b\.?\s"
)
_GENERIC_LIST = """
    we us our they he she it this that these those today yesterday immigrant immigrants families leaders groups
    organizations advocates workers members communities activists community residents students parents youth
    people nosotros nosotras hoy familias lideres grupos organizaciones miembros comunidades activistas
    estudiantes padres jovenes migrantes inmigrantes author temporary protected status act daca tps nos autor
    press prensa media news noticias release comunicado statement declaracion boletin alert alerta update of de
    for the and la el los las y
"""
_GENERIC = frozenset(_GENERIC_LIST.split()) | frozenset(MONTHS) | frozenset(WEEKDAYS)


def name_key(name: str) -> str:
    """What two printed forms of one name have in common: folded, without article and quotation marks around it."""
    return _ARTICLE.sub("", _QUOTED.sub("", fold_word(name)), count=1)


def has_organization_noun(name: str) -> bool:
    """Whether a generic word in it ("Network", "Red") says that this is an organisation."""
    return bool(set(re.findall(r"\w+", fold_word(name))) & ORGANIZATION_NOUNS)


def reads_as_group(name: str) -> bool:
    """Whether a word in it says that several people stand behind it ("Mothers of …", "… Unidos"): wider than that."""
    return bool(set(re.findall(r"\w+", fold_word(name))) & GROUP_NOUNS)


def is_acronym(name: str) -> bool:
    """Whether this is a short form in capitals, of one word; a capital inside a word ("SiteName") is none."""
    capitals = sum(letter.isupper() for letter in name)
    return bool(re.fullmatch(SHORT, name)) and capitals >= 2 and capitals * 2 >= len(name)


def can_issue(name: str) -> bool:
    """Whether this can be an issuer: a name, and neither an authority, a party, a person in office nor everybody."""
    folded = name_key(name)
    words = set(re.findall(r"\w+", folded))
    authority = words & _GOVERNMENT or _GOVERNMENT_PHRASES.search(folded) or _PERSON_TITLE.match(folded)
    telling = {word for word in words - _GENERIC if not word.isdigit()}
    only_a_noun = len(words) == 1 and words <= GROUP_NOUNS and not name.isupper()
    return bool(telling) and len(folded) > 2 and not authority and not only_a_noun


def is_bare_organization(line: str) -> bool:
    """Whether a line is nothing but an organisation's name, with or without its short form."""
    match = re.fullmatch(rf"\W*(?P<name>{NAME})\W*(?:\({SHORT}\)\W*)?", line.strip())
    if match is None or len(line.split()) > 12 or ACTS.search(line) or _HEADLINE.search(line):
        return False
    # A name begins or ends on its noun ("Red de …", "… Network") or hangs it on "of"; a headline rarely does.
    words = re.findall(r"\w+", fold_word(match["name"]))
    ends = {words[0], words[-1]} | {before for before, after in pairwise(words) if after in _OF}
    return bool(ends & ORGANIZATION_NOUNS - _UNDERTAKINGS)


def is_spoken_of(text: str, line: Span) -> bool:
    """Whether later sentences speak of this short line as of somebody ("NAME asks …", "at NAME"): it is a name."""
    words = text[line.start : line.end]
    if len(words.split()) > 5:
        return False
    spoken = rf"(?:(?<=[.!?\n]\s)|^|\b(?:at|en)\s)(?:the\s)?{re.escape(words)}\s[a-zà-ÿ]"
    form = re.compile(spoken, re.MULTILINE | re.IGNORECASE)
    return any(text[match.end() - 1].islower() for match in form.finditer(text, line.end))


# A committee may be one "on" something; otherwise these words follow a verb.
_HEADLINE = re.compile(
    r"(?<!Committee)(?<!Council)(?<!Commission)(?<!Center)(?<!Table)\s(?:on|after|over|against|amid|to|tras|ante)\s"
)
_AND_THE = re.compile(r"\s(?:and\s(?:of\s|for\s)?the|[ye]\s(?:de\s|para\s)?(?:la|el|las|los)|y\sdel)\s")
# Between a name and its short form some print a dash.
_DASHED = re.compile(r"\s[-–—]\s?\Z")
_OF_LIST = """
    of for de del para por pro
"""
_OF = frozenset(_OF_LIST.split())


def short_forms(text: str) -> dict[str, str]:
    """
    Every short form that the text itself explains, with its full name, both as printed.

    "Full Name (ABBR)" counts where the letters of ABBR are taken, in order, from the beginnings of all capitalised
    words of Full Name; small words may lend one or none.
    """
    found: dict[str, str] = {}
    for match in re.finditer(rf"\([\"“”]?({SHORT})[\"“”]?(?=[),;])", text):
        if sum(letter.isupper() for letter in match[1]) >= 2 and match[1] not in found:
            full = _full_name(text[max(0, match.start() - 200) : match.start()], match[1])
            if full:
                found[match[1]] = full
    return found


def stated_forms(text: str) -> dict[str, str]:
    """
    Short forms that stand in parentheses right after an organisation's name, whether or not their letters fit it.

    Translated names keep the short form of the other language, so this is wider than `short_forms`.
    """
    found: dict[str, str] = {}
    if "(" not in text:
        return found
    for match in re.finditer(rf"(?P<name>{NAME})(?:{_S}[-–—])?{_S}\([\"“]?(?P<short>{SHORT})[\"”]?[),;]", text):
        name = _last_of_two(_LEAD_IN.sub("", match["name"]))
        if is_acronym(match["short"]) and has_organization_noun(name) and can_issue(name):
            found.setdefault(match["short"], name)
    return found


def _last_of_two(name: str) -> str:
    """Of "Comité A y de la Red B" the second, which the short form belongs to."""
    for cut in reversed(list(_AND_THE.finditer(name))):
        if has_organization_noun(name[cut.end() :]):
            return name[cut.end() :]
    return name


def _full_name(before: str, short: str) -> str | None:
    """The words just before a parenthesis that its letters are taken from; of two fits the longer, not the article."""
    before = _DASHED.sub("", before)
    words = list(re.finditer(r"[^\s“”\"«»(),;:]+", before))
    letters = "".join(letter for letter in fold_word(short) if letter.isalnum())
    fits = None
    for start in range(len(words) - 1, max(-1, len(words) - 2 * len(letters) - 6), -1):
        run = words[start:]
        gap = before[run[0].end() : run[1].start()] if len(run) > 1 else " "
        if gap.strip() or "\n\n" in gap:
            break
        if run[0].group()[0].isupper() and _lends([word.group() for word in run], letters):
            fits = run[0].start()
    return " ".join(before[fits:].strip().strip('"“”«»').split("\n")) if fits is not None else None


def _lends(words: list[str], letters: str) -> bool:
    """Whether the letters are, in order, the beginnings of these words, each capitalised word lending at least one."""
    reached = {0}
    for word in words:
        small = word[0].islower() or word == "&"
        pieces = [piece for piece in re.split(r"[-/]", fold_word(word)) if piece]
        if not pieces:  # a dash is no part of a name
            return False
        after = set(reached) if small else set()
        after |= {
            at + n
            for at in reached
            for n in range(1, 5)
            if letters[at : at + n] == pieces[0][:n] and at + n <= len(letters)
        }
        if len(pieces) > 1:
            after |= {at + 1 for at in after if at < len(letters) and pieces[1].startswith(letters[at])}
        reached = after
    return len(letters) in reached
