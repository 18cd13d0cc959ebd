"""
Which language words are in, by a short rule: function words, letters and endings.

A wrong language costs more than none: the index stems by it. So "en" and "es" are only said when they clearly win
against the neighbours that look like them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Literal

from corpus.canonical import fold_word

# Folded (accents off). A word that two of these languages share stands in both lists and so decides nothing.
_LISTS = {
    "en": """a the of and to in is are was were be been being for on that this these those with as by at from which who
        whom whose what when where why how it its their they them he she his her we our us you your i my not or but if
        than then there here have has had do does did will would could should can may must an into about after before
        during against between through over under all any some most many more no nor so such only also""",
    "es": """el la los las un una unos unas de del al y e o u que en es son fue fueron era eran ser esta estan estas
        estos este esto ese esa eso con por para como se su sus lo le les no ni si mas pero sino porque cual cuales
        quien quienes cuando donde cuanto cuantos cuantas cuanta cuyo muy entre sobre sin hasta desde durante ha han
        hay habia nos nuestro nuestra nuestros nuestras ellos ellas nosotros ya tambien todo todos toda todas otro
        otra tiene tienen sido segun contra mi tu te me yo usted ustedes ante hacia cada k q""",
    "pt": """o a os as um uma uns umas de do da dos das e em no na nos nas que nao com por para como se sua seu seus
        suas mais mas foi foram sao ser esta este isso isto pelo pela pelos pelas ao aos tambem ou entre sobre sem ate
        quando onde quem qual quais nosso nossa nossos nossas eles elas nos voce voces tem ja muito todos todas""",
    "fr": """le la les un une des du de et en est sont etait etre que qui dans pour par sur avec sans ce cette ces se sa
        son ses leur leurs il elle ils elles nous vous notre nos votre vos pas ne plus mais ou au aux comme ont
        avons ete tous toutes tout aussi entre quand quel quelle d l n qu c j s""",
    "ht": """nan ak pou yo ki nou li se sa pa yon gen te ap moun tout men fe ka lan sou kap epi tankou gouvenman ayisyen
        peyi lavi avek konsa toujou anpil plis dwa oswa anba lot kote le nap mwen ou a an la""",
    "it": """il lo la i gli le un una di del della dei delle e ed in nel nella che non con per come si suo sua sono
        era essere questo questa piu ma anche da dal dalla al alla ai alle ha hanno noi nostro nostra tra su""",
    "de": """der die das den dem des ein eine einer und in ist sind war nicht mit von zu auf fur im auch als wir sie es
        ich ihr unser unsere sich aus bei nach uber werden wird haben hat oder aber dass""",
    "ca": """el la els les un una uns de del dels i o que en es son ha han va amb per als al no com mes aquest aquesta
        aquests seu seus seva seves des fa on ens nostre nostra tots totes""",
    "vi": "va cua la cac co nhung trong duoc cho nguoi khong voi mot da den nay tu chung toi",
    "tl": """ang ng sa mga na ay at para hindi kami namin natin atin sila nila kanilang siya niya ito iyon may wala
        kung dahil bilang upang lahat aming ating""",
}
_LANGUAGES = tuple(_LISTS)
_FUNCTION_WORDS: defaultdict[str, list[str]] = defaultdict(list)
for _language, _listed in _LISTS.items():
    for _one in set(_listed.split()):
        _FUNCTION_WORDS[_one].append(_language)
# Letters by which a language is told. Each begins with a set of characters, to which a search can jump; without any of
# them it is not tried.
_LETTERS = {
    language: (re.compile(f"[{needed}]{rest}"), frozenset(needed))
    for language, needed, rest in (
        ("es", "ñ¿¡óí", r"(?:(?<=[ñ¿¡])|n\b)"),
        ("pt", "ãõçé", r"(?:(?<=[ãõ])|(?<=ç)(?:ões|ão)\b|(?<=\bé)\b)"),
        ("fr", "èêàùœ'’", r"(?:(?<=[èêàùœ])|(?<=\b[dlnsj]['’])|(?<=\bqu['’]))"),
        ("ht", "èòw", r"(?:(?<=[èò])n?\b|(?<=\bw)[aio])"),
        ("de", "äöüß", ""),
        ("vi", "ăđơưạảấầẩậắằặẹẻếềểễệịọỏốồổỗộớờởợụủứừửữự", ""),
        ("it", "àèìòù'’", r"(?:(?<=[àèìòù])\b|(?<=\bdell['’])|(?<=\bl['’]))"),
    )
}
_ENDINGS = {
    "en": re.compile(r"(?:tion|tions|ing|ed|ment|ments|ness|ity|ly|ght|th|ship|ers?|'s|’s)$|w|k|^th|^wh"),
    "es": re.compile(r"(?:cion|ciones|dad|dades|mente|ando|iendo|ado|ados|ada|adas|ido|idos|ar|er|ir|ia|ios|os|as)$"),
}
_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("und", re.compile("[\u0370-\u1cff\u1f00-\u1fff]")),
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ENOUGH = 400  # words; more would not change the decision
_HEADING = 12  # words; below, endings alone may decide between English and Spanish
_LEAST_SHARE = 0.12
# Statements say the same words again and again.
_WORD_LENGTH = 24
_REMEMBERED = 1 << 16


def guess_language(text: str) -> Literal["en", "es"] | None:
    """
    The language of a question, `None` where its few words do not decide.

    Two words without a function word, a telling letter or a telling ending fit both languages: search both.
    """
    counts = _Counts(_words(text))
    scores = {language: _score(text, counts, language) for language in ("en", "es")}
    if scores["en"] == scores["es"]:
        return None
    return "en" if scores["en"] > scores["es"] else "es"


def passage_language(text: str, default: Literal["en", "es", "other"] = "other") -> Literal["en", "es", "other"]:
    """
    The index partition of a passage: `en`, `es`, or `other` (indexed unstemmed).

    Args:
        text: The passage.
        default: What a passage without any evidence gets (a heading of two names): its statement's language.
    """
    language, evidence = _winner(text)
    if language in ("en", "es"):
        return "en" if language == "en" else "es"
    return "other" if evidence else default


def statement_language(text: str) -> str:
    """The ISO 639-1 code of most of a statement's words (`en`, `es`, `fr`, `pt`, `ht`, …), `und` where unknown."""
    return _winner(text)[0]


def _winner(text: str) -> tuple[str, bool]:
    """The language that clearly leads, else `und`; and whether there was any evidence at all."""
    head = text[:4000]
    characters = "".join(set(head))
    for language, script in _SCRIPTS:
        if script.search(characters) and len(script.findall(head)) * 3 > sum(map(str.isalpha, head)) > 0:
            return language, True
    words = _words(text)
    if not words:
        return "und", False
    counts = _Counts(words, text.casefold()[:20000])
    scores = {language: _evidence(counts, len(words), language) for language in _LANGUAGES}
    # English and Spanish come first in the table and so win a tie with a neighbour, but not with each other.
    best = max(scores, key=lambda language: scores[language])
    needed = max(0.25, len(words) * _LEAST_SHARE)
    # A heading has no room for function words, so only English and Spanish are told from its endings.
    known = scores["en"] != scores["es"] if best in ("en", "es") else len(words) >= _HEADING
    if known and scores[best] > needed:
        return best, True
    nothing = scores[best] < needed and len(words) >= _HEADING
    return "und", nothing or scores[best] > max(scores["en"], scores["es"])


def _evidence(counts: _Counts, words: int, language: str) -> float:
    score = float(counts.words[language]) + 2 * min(counts.letters[language], 1 + words // 8)
    return score + 0.3 * counts.endings[language] if language in _ENDINGS else score


def _words(text: str) -> list[str]:
    """Up to 400 words, taken evenly from the whole text, so that a long bilingual one is weighed fairly."""
    found = _WORD.findall(text)
    return found[:: max(1, len(found) // _ENOUGH)]


class _Signs(dict[str, tuple[tuple[str, ...], tuple[str, ...]]]):
    """Word → the languages of which it is a function word, and those as whose words it ends."""

    def __missing__(self, word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        folded = fold_word(word)
        ends = tuple(language for language, ending in _ENDINGS.items() if ending.search(folded))
        found = (tuple(_FUNCTION_WORDS.get(folded, ())), ends)
        if len(word) <= _WORD_LENGTH:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[word] = found
        return found


_SIGNS = _Signs()


class _Counts:
    """
    How much in a text speaks for each language.

    Attributes:
        words: Its function words.
        endings: Words that end as its words do.
        letters: Its letters.
    """

    def __init__(self, words: Iterable[str], folded: str = "") -> None:
        self.words, self.endings, self.letters = (dict.fromkeys(_LANGUAGES, 0) for _ in range(3))
        # Many words show the same: most of them nothing.
        for (of, ends), count in Counter(map(_SIGNS.__getitem__, words)).items():
            for language in of:
                self.words[language] += count
            for language in ends:
                self.endings[language] += count
        characters = set(folded)
        for language, (pattern, needed) in _LETTERS.items():
            if not characters.isdisjoint(needed):
                self.letters[language] = len(pattern.findall(folded))


def _score(text: str, counts: _Counts, language: Literal["en", "es"]) -> float:
    score = 2.0 * counts.words[language] + 0.5 * counts.endings[language]
    if language == "es":
        score += 3.0 * bool(re.search(r"[ñ¿¡]", text.casefold()))
        score += 1.0 * len(re.findall(r"[áéíóú]", text.casefold()))
    return score
