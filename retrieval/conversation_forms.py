"""
The forms of questions that are more than one question: they lean on an earlier one, compare, count or ask who spoke.

Patterns over folded text (`corpus.canonical.fold`), English and Spanish.
"""

from __future__ import annotations

import re

_SPEAK = (
    "(?:say|says|said|speak|speaks|spoke|spoken|talk|talks|talked|mention|mentions|mentioned|discuss|discussed|refer"
    "|refers|referred|address|addressed|write|wrote|written|bring up|brought up|call for|called for|ask for|asked for"
    "|come up|appear|appears|dijo|dijeron|dice|dicen|dicho|hablo|hablaron|habla|hablan|hablado|menciona|mencionan"
    "|menciono|mencionaron|mencionado|mencione|trata|tratan|trato|trataron|refiere|refieren|aparece|aparecen"
    "|pidio|pidieron|piden|exigio|exigieron|exigen|afirmo|declaro|comento|opino|escribio|escribieron)"
)
_DOCUMENTS = (
    "(?:statements?|(?:press |news )?releases?|posts?|documents?|articles?|comunicados?(?: de prensa)?|boletin(?:es)?"
    "|declaracion(?:es)?|publicacion(?:es)?|documentos?|textos?|articulos?)"
)
_ON = (
    "(?:about|on|regarding|concerning|from|since|in|by|of|are|have|did|do|has|were|issued|published|sobre|acerca|de|del"
    "|desde|en|hay|tiene|tienen|emitio|emitieron|publico|publicaron)"
)
# How often people speak of something is counted; "how many letters did they send" asks for a number in the text.
COUNTS = re.compile(
    rf"^\W*(?:count|cuenta|cuente) (?:the |all |los |las |todos los )*{_DOCUMENTS}\b|"
    rf"\bhow (?:often|frequently|many times)\b(?=.*\b{_SPEAK}\b)"
    rf"|\b(?:in )?how many (?:of (?:the|their|your|these) )?{_DOCUMENTS}\b(?=.*\b{_SPEAK}\b| {_ON}\b|\W*$)"
    rf"|\b(?:the )?number of (?:times|{_DOCUMENTS})\b(?=.*\b{_SPEAK}\b| {_ON}\b)"
    r"|\b(?:cuantas veces|con (?:que|cuanta) frecuencia|(?:que )?tan (?:seguido|a menudo)|cada cuanto)\b"
    rf"(?=.*\b{_SPEAK}\b)"
    rf"|\b(?:en )?cuant[oa]s {_DOCUMENTS}\b(?=.*\b{_SPEAK}\b| {_ON}\b|\W*$)"
    rf"|\b(?:el )?numero de (?:veces|{_DOCUMENTS})\b(?=.*\b{_SPEAK}\b| {_ON}\b)"
    r"|^\W*(?:and |y )?(?:how (?:often|frequently|many times)|cuantas veces|con (?:que|cuanta) frecuencia)\W*$"
)
ASKS_SPEAKER = re.compile(
    rf"^\W*(?:and |but |y )?(?:who|whos|whose|quien|quienes)\b.{{0,40}}?\b{_SPEAK}\b"
    r"|^\W*whose (?:words|quote)\b|^\W*de quien (?:es|son) (?:la|las|esta|estas|esa|esas) (?:frase|palabras|cita)"
    r"|\bwho (?:is|was) quoted\b|\ba quien citan?\b"
)
COMPARES = re.compile(
    r"\b(?:compare[sd]?|comparing|comparisons?|contrast|compara(?:r|me|cion)?|comparen?|differs?|differences?"
    r"|diferencias?|diferencian?|difieren?|versus|vs)\b"
)
# Between two names that stand side by side in a comparison.
JOINS_NAMES = re.compile(
    r"[\s,]*(?:and|y|e|or|o|vs\.?|versus|with|con|than|,)\s+(?:the\s+|la\s+|el\s+|los\s+|las\s+)?$|\s*,\s*$",
    re.IGNORECASE,
)
CHANGED = re.compile(r"\b(?:chang(?:e|es|ed|ing)|evolv\w*|shift\w*|cambi(?:o|a|ado|aron|ando)|evolucion\w*)\b")

# Questions that lean on an earlier one.
_MORE = (
    r"(?:what|anything|something|who) else\b|(?:que|algo|quien) mas\b|otra cosa\b"
    rf"|(?:any|some) (?:other|more) {_DOCUMENTS}\b|(?:algun|otr)[oa]s? (?:otr[oa]s? )?{_DOCUMENTS}\b"
    r"|(?:(?:tell|show|give) me |is there (?:any)?|hay |dime |muestrame )?(?:more|mas)(?: please| por favor)?\W*$"
)
_THANKS = r"(?:(?:ok|okay|thanks|thank you|great|gracias|bueno|vale|muy bien)\b\W*)?"
_AND = rf"^\W*{_THANKS}(?:(?:and|but|y|e|pero)\b\W*)"
LEADS = re.compile(
    rf"{_AND}?(?:what about\b|how about\b|also\b|tambien\b|que tal\b"
    r"|(?:the )?same (?:thing )?(?:for|with|about|on|in|of)\b|lo mismo\b(?: (?:sobre|de|para|con|en)\b)?"
    rf"|(?:only|just|solo) (?:from|in|by|about|on|de|del|en|sobre)\b|(?:why|por que|porque|how so)\W*$|{_MORE})"
    rf"|{_AND}"
)
# Those that say nothing without it; "what about wages?" is a question by itself.
NEEDS_EARLIER = re.compile(
    r"^\W*(?:(?:and|but|y|e|pero)\b|(?:the )?same\b|lo mismo\b|(?:why|por que|porque|how so)\W*$)"
)
SPEAKING = re.compile(rf"\b{_SPEAK}\b")
PRONOUN = re.compile(
    r"\b(?:she|he|her|his|him|they|them|their|it|its|ella|ellos|ellas|eso|esto|lo mismo)\b"
    r"|\b(?:about|on|of|said|say|was|did|does|is|before|after) (?:that|this)\b(?=\W*$| (?:published|issued|said|in)\b)"
)
PERSON_PRONOUN = re.compile(r"\b(?:she|he|her|his|him|ella|dijo el)\b|^\W*(?:y|pero) el\W*$")
# Only somebody said before can be meant: "did she", while "her" may be somebody in the question itself.
PERSON_SUBJECT = re.compile(r"\b(?:did|does|has|had|would|is|was) (?:she|he)\b|\b(?:dijo|opina|piensa|hablo) ella\b")
TOPIC_PRONOUN = re.compile(r"\b(?:it|eso|esto|ello|al respecto)\b|\b(?:about|on) (?:that|this)\W*$")
# "¿Qué más dijo?", "¿Qué dijo sobre …?": Spanish leaves out who is meant.
DROPPED_SUBJECT = re.compile(
    r"\bque (?:mas )?(?:dijo|opina|opino|piensa|pidio|exigio|declaro|agrego|comento|dice|afirmo)"
    r"(?=\W*$|[?,]| (?:sobre|de|del|acerca|al respecto|en contra|despues|antes|tambien|en (?:19|20)\d\d)\b)"
)
# "When was that?", "who said it?" are about the statement that was shown.
THING = re.compile(
    r"^\W*(?:and |but |y )?(?:when|where|who|whose|whos|what (?:day|date|year)|cuando|quien|donde"
    r"|que (?:dia|fecha|ano))\b"
)
ABOUT_IT = re.compile(r"\b(?:about|on|of|sobre|de|acerca de) (?:it|that|this|eso|esto|ello)\b")
MORE = re.compile(rf"\b(?:{_MORE}|more on (?:this|that|it)\b)")
TURNS = re.compile(
    r"\b(?P<turn>before|after|since|antes|despues|desde) (?:that|then|this|entonces|de (?:eso|esto|entonces|ese)|eso)\b"
    r"|^\W*(?:and |but |y |pero )?(?:what )?(?P<alone>before|after|antes|despues)\W*$"
    r"|\b(?P<later>later|afterwards|earlier|mas tarde|luego)\W*$"
    r"|\b(?:the |el )?(?:(?P<next>next|following|previous) year|(?:year|ano) (?P<year>after|before|siguiente|anterior))"
    r"\W*$"
)
OTHER = re.compile(
    r"\b(?:the other|la otra|el otro)\b(?: (?:organi[sz]ation|org|group|network|coalition|one|organizacion|grupo|red"
    r"|coalicion))?(?=\W*$| (?:say|said|think|dice|dijo|opina)\b)"
)
