"""
The forms of words by which questions say what they want: patterns and word lists, English and Spanish.

All but those of names are matched against folded text (`corpus.canonical.fold`).
"""

from __future__ import annotations

import re
from typing import Literal

from retrieval.models import Order

# "Why was it not passed?" is answered as well by "it failed": such a word helps to choose and proves nothing.
NEGATION_WORDS = """not no nor never none without wont dont doesnt didnt isnt arent wasnt werent cant couldnt shouldnt
wouldnt hasnt havent hadnt nobody nothing neither nunca ni sin jamas tampoco nada will ningun ninguno ninguna"""
NEGATIONS = frozenset(NEGATION_WORDS.split())
Wants = Literal["person", "time", "place", "number", "definition", "demand", "change", "anything"]

QUOTED = re.compile(r'["“”„«](?P<words>[^"“”„«»]{2,300})["“”»]')
_PUBLISHED = "(?:one|statement|release|press release|word|thing|post|comment|mention|news|update|speech|letter)s?"
_SAID = "(?:say|said|speak|spoke|talk|talked|mention|mentioned|write|wrote|comment|commented|address|addressed)"
_DICHO = (
    "(?:hablar?|hablaron|hablo|dijo|dijeron|menciono|mencionaron|pidio|pidieron|publicaron|publico|tocaron|trataron)"
)
_COMUNICADO = "(?:comunicados?|declaracion(?:es)?|publicacion(?:es)?|mencion(?:es)?|noticias?|textos?|boletin(?:es)?)"
ORDERS: tuple[tuple[Order, re.Pattern[str]], ...] = (
    (
        "newest",
        re.compile(
            r"\b(?:(?:the )?(?:very )?latest|newest|(?:the )?most recent(?:ly)?|now|currently|current|lately"
            rf"|last (?:time|{_PUBLISHED})|(?:new|recent) {_PUBLISHED}|recently"
            r"|what(?:'?s| is| are| do they have that is)? new|any(?:thing)? new|any news|ahora|actualmente|actual"
            r"|ultimamente|recientemente|mas recientes?|mas nuev[oa]s?|lo (?:mas )?(?:ultimo|nuevo|reciente)"
            rf"|(?:de|hay algo) nuevo|que novedades|novedades|ultimas noticias|{_COMUNICADO} recientes"
            rf"|la ultima vez(?: que)?|ultim[oa]s?(?! (?:gota|hora|instancia|recurso|momento)))\b"
            rf"|\bdid .{{1,60}}? last {_SAID}\b|\blast {_SAID}\b"
        ),
    ),
    (
        "oldest",
        re.compile(
            rf"\b(?:(?:the )?(?:very )?(?:earliest|oldest)|(?<!for the )first (?:time|{_PUBLISHED})"
            rf"|first {_SAID}|{_SAID} first|mas antigu[oa]s?|lo primero que|primer(?:a|o|os|as)? {_COMUNICADO}"
            r"|(?<!por )primera vez(?: que)?)\b"
            rf"|\bwhen did .{{1,80}} for the first time\b|\bcuando\b.{{0,40}}\b{_DICHO}\b.{{0,40}}\bpor primera vez\b"
            rf"|\bcuando\b.{{0,20}}\bpor primera vez\b.{{0,30}}\b{_DICHO}\b"
        ),
    ),
)
YEAR = re.compile(r"(?:19|20)\d\d")
WANTS: tuple[tuple[Wants, re.Pattern[str]], ...] = (
    (
        "change",
        re.compile(
            r"\b(?:how|did|has|have)\b.{0,80}\b(?:position|stance|line|view|views|policy|demands?)\b.{0,60}\b(?:chang|evolv|shift)"
            r"|\bhow (?:has|have|did)\b.{1,120}\b(?:chang|evolv|shift)|\bcomo (?:ha|han)? ?(?:cambi|evolucion)"
        ),
    ),
    (
        "definition",
        re.compile(
            r"^\W*(?:what(?:'?s| is| are)|what (?:does|do|did) .{1,60} (?:mean|stand for)|who are"
            r"|que (?:es|son)|quienes son|que significan?|define)\b"
        ),
    ),
    ("person", re.compile(r"^\W*(?:who|whos|whose|quien|quienes)\b|\b(?:by whom|de quien|por quien)\b")),
    ("number", re.compile(r"\b(?:how (?:many|much)|number|cuant[oa]s?|numero|cifra)\b")),
    ("time", re.compile(r"^\W*(?:when|whens|what (?:day|date|time|year)|cuando|que (?:dia|fecha|ano)|a que hora)\b")),
    ("place", re.compile(r"^\W*(?:where|wheres|donde|adonde|en que (?:lugar|ciudad))\b")),
    (
        "demand",
        re.compile(
            r"^\W*(?:what|which)\b.{1,80}\b(?:demand|ask(?:ed|ing)? for|call(?:ed|ing)? for|want|urge|request|propose)"
            r"|^\W*(?:y )?que (?:le |les )?(?:exig|pid[eio]|pedi|reclam|solicit|propon|propus|quier)"
        ),
    ),
)
# What people put before or after a name to say what it is: no topic of its own.
DESCRIBED_BEFORE = re.compile(
    r"\b(?:coalition|organi[sz]ation|group|network|alliance|campaign|committee|collective|coalici[oó]n|organizaci[oó]n"
    r"|grupo|red|alianza|campa[nñ]a|comit[eé]|colectivo)\s+(?:(?:called|llamad[oa])\s+)?[“\"«]?$",
    re.IGNORECASE,
)
DESCRIBED_AFTER = re.compile(
    r"[”\"»]?\s+(?:coalition|organi[sz]ation|group|network|alliance|campaign|committee|collective)\b", re.IGNORECASE
)
WHAT_IS = re.compile(
    r"^\W*(?:what(?:['’]?s| is| are| does| do)|who are|qu[eé] (?:es|son|significan?)|qui[eé]nes son|define)"
    r"(?: las siglas)?\s+(?:the |la |el |los |las )?",
    re.IGNORECASE,
)
# "What did X say", "according to X": whose words are asked for. X ends where the topic begins.
ABOUT = (
    r"(?=\s+(?:about|on|regarding|in|to|when|after|before|since|sobre|acerca|respecto|de la|del|en|contra|a|cuando"
    r"|que)\b|[?,.;!]|\s*$)"
)
SOURCE = (
    re.compile(
        r"\b(?:did|does|do|has|have|had)\s+(?P<name>.{1,80}?)\s+(?:say|said|think|thought|demand|call|ask|tell|told|want|propose|"
        r"promise|respond|react|claim|announce|state|argue|warn|write|written|feel|felt|mention|speak|spoken|talk|comment"
        r"|address|discuss)(?:e?d)?\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:according to|per|said by|words of|statements? (?:by|of|from)|quotes? (?:by|of|from))\s+"
        rf"(?P<name>.{{1,80}}?){ABOUT}",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:dijo|dice|dijeron|dicen|opin[aoó]|piensan?|pid(?:e|en|i[oó]|ieron)|exig(?:e|en|i[oó]|ieron)|propuso|respondi[oó]|declar[oó]|"
        rf"anunci[oó]|afirm[oó])\s+(?P<name>.{{1,80}}?){ABOUT}",
        re.IGNORECASE,
    ),
    re.compile(
        # "Hablaron de la red" speaks of it, "habló la red de" asks for its words.
        r"\b(?:habl(?:a|an|[oó]|aron)|mencion(?:a|an|[oó]|aron))\s+(?!(?:de|del|sobre|acerca|a|al|por|en|con)\b)"
        rf"(?P<name>.{{1,80}}?){ABOUT}",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:seg[uú]n|palabras de|declaraci[oó]n(?:es)? de|comunicados? de|frases? de)\s+"
        rf"(?P<name>.{{1,80}}?){ABOUT}",
        re.IGNORECASE,
    ),
)
BELONGS = re.compile(
    r"(?:\b(?:by|from|of|de|del|por|per|for|to|segun|según)\s+(?:the\s+|la\s+|el\s+|los\s+|las\s+)?)$", re.IGNORECASE
)
# What a sentence holds that answers a question of this kind; matched against the text as it stands.
_TIME = re.compile(
    r"\b(?:\d{1,2}(?::\d\d)? ?(?:am|pm|a\.m|p\.m)|(?:19|20)\d\d|\d{1,2}(?:st|nd|rd|th)|\d{1,2} de [a-z]+"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|tomorrow|yesterday|hoy|ayer|mañana"
    r"|lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo"
    r"|(?:january|february|march|april|may|june|july|august|september|october|november|december) \d{1,2})\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\d|\b(?:hundred|thousand|million|billion|cien|ciento|miles|mil|mill[oó]n(?:es)?)\b", re.IGNORECASE
)
_PLACE = re.compile(
    r"\b(?:at|in|en|from|near|outside)\s+(?:the\s+|el\s+|la\s+)?[A-ZÁÉÍÓÚÑ0-9]|\b\d{1,5} [NSEW]\.? [A-Z]"
)
_PERSON = re.compile(
    r"\b(?i:president|director|directora|presidenta|presidente|coordinator|coordinador|coordinadora|organizer|chair"
    r"|attorney|spokesperson|vocero|vocera|portavoz|founder|fundador|fundadora|secretary|secretari[oa]|pastor|reverend"
    r"|father)\b"
)
_DEFINITION = re.compile(
    r"\b(?:known as|called|stands for|means|refers to|purpose|program|campaign|law|(?:is|are|was|were) (?:an?|the|to)\b"
    r"|consists? of|conocid[oa]s? como|llamad[oa]s?|significa|programa|campaña|ley"
    r"|(?:es|son|fue|era) (?:un|el|la)[oa]?s?\b|consiste)\b",
    re.IGNORECASE,
)
_DEMAND = re.compile(
    r"\b(?:must|should|ought to|demand(?:s|ed|ing)?|call(?:s|ed|ing)? (?:on|upon|for)|urg(?:e|es|ed|ing)|imperative"
    r"|ask(?:s|ed|ing)? (?:that|for|the|congress)|exig\w+|exhort\w+|pide[n]?|pedimos|pidi[oó]|debe(?:n|mos|r[ií]an?)?"
    r"|tienen? que|reclam\w+|instamos|es urgente|es necesario)\b",
    re.IGNORECASE,
)
KINDS: dict[Wants, re.Pattern[str]] = {
    "definition": _DEFINITION,
    "time": _TIME,
    "number": _NUMBER,
    "place": _PLACE,
    "person": _PERSON,
    "demand": _DEMAND,
}
# What follows a name where a text says what it is.
IS_SAID = re.compile(
    r"\s*(?:\([^()]{1,80}\)\s*)?(?:,[^,.]{1,80},\s*)?(?:is|are|was|were|means|refers|stands|consists|aspires|aims|seeks"
    r"|has worked|works|links|brings|unites|represents|es|son|era|fue|significa|consiste|aspira|busca|trabaja"
    r"|ha trabajado|re[uú]ne|agrupa|representa|une)\b"
)
IS_CALLED = re.compile(
    r"\b(?:known as|called|conocid[oa]s? como|llamad[oa]s?|denominad[oa]s?)\b[^.!?]{0,60}$", re.IGNORECASE
)
