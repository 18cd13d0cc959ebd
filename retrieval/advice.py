"""
Whether somebody asks for help with a case of their own, which published statements cannot give.

Only an added line hangs on it: the question is answered all the same. So forms that mostly mean a case are enough.
"""

from __future__ import annotations

import re

from corpus.canonical import fold_word

_MY_EN = (
    "asylum|application|case|court|daca|deportation|detention|green card|hearing|immigration|interview|papers|parole"
    "|passport|permit|petition|status|tps|visa|work permit|removal|bond|lawyer|attorney|residency|citizenship|renewal"
)
_MY_ES = (
    "asilo|solicitud|aplicacion|caso|corte|daca|deportacion|detencion|audiencia|migracion|inmigracion|entrevista"
    "|papeles|parole|pasaporte|permiso|peticion|estatus|tps|visa|fianza|abogad[oa]|residencia|ciudadania|renovacion"
    "|cita|tramites?"
)
_FAMILY_EN = "husband|wife|son|daughter|kids?|child(?:ren)?|mother|mom|father|dad|brother|sister|parents|family|partner"
_FAMILY_ES = "espos[oa]|marido|hij[oa]s?|niñ[oa]s?|madre|mama|padres?|papa|herman[oa]s?|familia|pareja"
# "How can I find their letter?" asks for a statement.
_LOOKING = (
    "find|see|read|get (?:a|the|their)|search|look|hear|watch|quote|cite|link|ask|use|share|know (?:what|when|who)"
)
_MIRAR = "encontrar|ver|leer|buscar|escuchar|citar|preguntar|usar|compartir|saber (?:que|cuando|quien)"
_DO_EN = "apply|renew|qualify|file|appeal|fix|become|stay|travel|work|leave|register|sign|get|be|bring|lose|avoid|stop"
_FORMS = (
    rf"\bmy (?:own )?(?:\w+ )?(?:{_MY_EN})\b",
    rf"\b(?:can|could|should|must|may|will|would|do|did|am|how (?:can|do|should|could)) i\b(?! (?:{_LOOKING}))",
    rf"\bi (?:need|want|have|must|am trying|'m trying|would like|got|was|am|'m)\b.{{0,30}}\b(?:{_MY_EN}|deported"
    rf"|detained|arrested|help|eligible|undocumented|{_DO_EN})\b",
    rf"\b(?:they|ice|police|agents?|officers?)\b.{{0,20}}\b(?:took|arrested|detained|deported|stopped)\b.{{0,12}}"
    rf"\b(?:me|us|my (?:{_FAMILY_EN}))\b",
    rf"\bmy (?:{_FAMILY_EN})\b.{{0,30}}\b(?:was|were|is|are|got|be|been|get|has|have)\b.{{0,20}}\b(?:arrested|detained"
    rf"|deported|denied|undocumented|{_MY_EN})\b",
    r"\b(?:need|want|get|find|where is|free) (?:\w+ )?(?:legal (?:help|advice|aid)|lawyer|attorney)\b",
    r"\b(?:help|advise) me\b",
    rf"\bmis? (?:\w+ )?(?:{_MY_ES})\b",
    rf"\b(?:puedo|podria|debo|deberia|tengo que|necesito|quiero|califico|aplico)\b(?! (?:{_MIRAR}))",
    rf"\b(?:arrestaron|detuvieron|deportaron|agarraron|se llevaron)\b.{{0,12}}\b(?:mi|mis|me) ?(?:{_FAMILY_ES})?\b",
    r"\bme (?:van a|pueden|podrian|quieren)? ?(?:deport|arrest|deten|detuv|neg|rechaz|quit)\w*",
    r"\b(?:ayuda|asesoria|orientacion|consejo) (?:legal|juridica|migratoria)|\babogad[oa] gratis|\bayudenme|\bayudeme",
)
_ADVICE = re.compile("|".join(f"(?:{form})" for form in _FORMS))


def asks_for_advice(question: str) -> bool:
    """Whether a question is about what the asker should do, or about a case of the asker's own."""
    return _ADVICE.search(fold_word(question)) is not None
