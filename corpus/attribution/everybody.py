"""
Everybody whom a run of words points at, and who its sentences are about.
"""

from __future__ import annotations

from collections.abc import Iterator

from corpus.attribution import lexicon as lx
from corpus.attribution.mentions import Gender, Mention, read_mention
from corpus.attribution.names import is_name_word, read_name
from corpus.attribution.titles import is_head, read_descriptor
from corpus.attribution.tokens import Tokens, is_adverb, is_at, is_verblike, opens_sentence, phrase_end

_INDEFINITE = frozenset({"a", "an", "one", "another", "un", "una", "otro", "otra"})
_GENDERS: dict[str, Gender] = {"un": "m", "otro": "m", "una": "f", "otra": "f"}
_LEADS = lx.ROLE_ARTICLES | lx.SPELT_OUT
_OF_OTHERS = frozenset({"his", "her", "their", "su"})
_NEW = _INDEFINITE | _OF_OTHERS
_SAYS_WHAT = frozenset({"is", "was", "as", "es", "era", "fue", "como", "being", "becoming"})
_GOES_ON = frozenset({",", "who", "quien", "que", "is", "was", "has", "had", "es", "fue", "ha", "habia"})


def read_people(text: str, tokens: Tokens) -> list[Mention]:
    """Everybody these tokens name in full or with courtesy (“Mr. Paz”), in order."""
    found, place = [], 0
    while place < len(tokens):
        token = tokens[place]
        starts = token.is_capital or token.is_head or token.key in _LEADS
        mention = read_mention(text, tokens, place) if starts else None
        titled = mention and mention.where > tokens[place].start
        full = mention and (mention.kind == "name" or (mention.kind == "surname" and titled))
        if mention and full and (titled or not (_has_article(tokens, place) or _is_inside(tokens, place))):
            found.append(mention)
            place = max(mention.end, place + 1)
        else:
            place += 1
    return found


def mentions_of(text: str, clause: Tokens) -> list[Mention]:
    """Everybody a clause points at, in whatever form, without overlaps."""
    found, at = [], 0
    while at < len(clause):
        mention = read_mention(text, clause, at)
        if mention and not _is_thing(clause, mention):
            found.append(mention)
        at = max(at + 1, mention.end if mention else 0)
    return found


def _is_thing(clause: Tokens, mention: Mention) -> bool:
    """Whether an article before a bare name says that it is no person's: “the Border Friends”."""
    bare = mention.kind in {"name", "surname"} and mention.where == clause[mention.start].start
    if not bare or mention.start == 0:
        return False
    before = clause[mention.start - 1]
    inside = (
        before.is_capital
        and not before.is_possessive
        and (before.owner in lx.ORGANIZATIONS or before.key in {"county", "city"})
    )
    return before.key in lx.DEFINITE or inside


def is_place_alone(rest: Tokens) -> bool:
    """Whether a line ends with its person, or with nothing but a town after a comma."""
    words = [token for token in rest if token.text not in {",", "."}]
    return not words or (rest[0].text == "," and len(words) <= 3 and all(token.is_capital for token in words))


def _has_article(tokens: Tokens, place: int) -> bool:
    """Whether "the" or "la" stands before: “the Border Angels” are no person."""
    return place > 0 and tokens[place - 1].key in lx.DEFINITE


def _is_inside(tokens: Tokens, place: int) -> bool:
    """Whether the capitals go on from an organisation's or a town's: “Oficina de Salud Rural”, “Santa Rita Alta”."""
    if place and tokens[place - 1].is_capital and tokens[place - 1].key in lx.SAINTS:
        return True
    joined = place > 1 and tokens[place - 1].key in {"of", "de", "del", "for", "para"}
    return joined and tokens[place - 2].is_capital and tokens[place - 2].key in lx.ORGANIZATIONS


def subjects(text: str, tokens: Tokens) -> Iterator[Mention]:
    """Whom sentences are about, by surname, first name or role; roles that nobody can be named for included."""
    for place, token in enumerate(tokens):
        if not opens_sentence(tokens, place) or not token.is_word:
            continue
        at = place
        while at < min(place + 3, len(tokens) - 1) and (is_adverb(tokens[at]) or tokens[at].key in lx.OPENERS):
            at += 1 + is_at(tokens, at + 1, ",")
        if mention := _role_of_nobody(tokens, at) if token.key in _INDEFINITE else read_mention(text, tokens, at):
            plain = mention.end < len(tokens) and not tokens[mention.end].text.islower()
            verb = mention.end < len(tokens) and (
                tokens[mention.end].key in _GOES_ON or is_verblike(tokens, mention.end)
            )
            verb = verb or mention.printed == ""  # “Una vecina trajo pan”: whatever she did
            named = is_at(tokens, mention.end, ",") and read_name(tokens, mention.end + 1)
            if mention.kind == "surname" or (mention.kind == "role" and (plain or verb) and not named):
                yield mention


def _role_of_nobody(tokens: Tokens, place: int) -> Mention | None:
    """“One mother”, “Una vecina”: somebody without a name."""
    found = read_descriptor(tokens, place + 1)
    if (
        found is None
        or found.end >= len(tokens)
        or not (tokens[found.end].text == "," or tokens[found.end].text.islower())
    ):
        return None
    gender = _GENDERS.get(tokens[place].key)
    return Mention("role", "", None, None, gender, place, found.end, tokens[place].start)


def come_up(tokens: Tokens) -> Iterator[tuple[str, int]]:
    """Roles of people without a name, with their places: “a lawyer”, “su abogado”, but not “Ana Ruiz, a lawyer”."""
    for place, token in enumerate(tokens):
        if token.key not in _NEW:
            continue
        if place and (tokens[place - 1].text == "," or tokens[place - 1].key in _SAYS_WHAT):
            continue
        head = next((t for t in tokens[place + 1 : place + 3] if is_head(t)), None)
        if head is not None and head.text.islower():
            yield head.text, token.start


def relatives(tokens: Tokens) -> Iterator[Mention]:
    """Whom another shares a surname with, so that it is nobody’s in particular: “the sisters Rosa and Ana Ruiz”."""
    for place, token in enumerate(tokens):
        if token.key not in {"y", "e", "and", "&"} or not is_name_word(tokens, place - 1):
            continue
        first, end = tokens[place - 1], read_name(tokens, place + 1)
        before = tokens[place - 2] if place > 1 else None
        known = first.key in lx.FEMALE or first.key in lx.MALE or (before is not None and before.key in lx.SIBLINGS)
        if end and known and not (before is not None and before.is_capital):
            surname = " ".join(word.text for word in tokens[place + 2 : end])
            yield Mention("name", f"{first.text} {surname}", None, None, None, place - 1, place, first.start)


def introduced(text: str, tokens: Tokens) -> Iterator[Mention]:
    """People of one name: “Meet Yonas!”, “a boy called Mateo”, “My sister Inés is …”, “Eneida nació en …”."""
    for place, token in enumerate(tokens):
        if (
            not token.is_capital
            or not is_name_word(tokens, place)
            or is_name_word(tokens, place + 1)
            or token.is_possessive
        ):
            continue
        called = any(place >= n and phrase_end(tokens, place - n, lx.INTRODUCING) == place for n in (1, 2))
        before = place > 0 and not opens_sentence(tokens, place) and tokens[place - 1].is_capital
        lives = opens_sentence(tokens, place) and phrase_end(tokens, place + 1, lx.LIVING)
        young = is_at(tokens, place + 1, ",") and phrase_end(tokens, place + 2, lx.YOUNGEST)
        child = (
            is_at(tokens, place - 1, ",")
            and place > 1
            and tokens[place - 2].key in lx.KIN
            and is_at(tokens, place + 1, ",")
        )
        kin = place > 1 and tokens[place - 2].key in lx.OWN and is_head(tokens[place - 1])
        kin = kin and tokens[place - 1].text.islower() and not is_at(tokens, place + 1, ",", "(")
        if tokens[min(place + 1, len(tokens) - 1)].text.isdigit():
            continue  # “el llamado Título 42”
        if called or child or kin or ((lives or young) and not before):
            yield Mention("name", token.text, None, None, None, place, place + 1, token.start)
