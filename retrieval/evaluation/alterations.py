"""
Quotations made from a statement's own sentences, right and wrong ones, each with the verdicts it deserves.

A checker is measured by them on every sentence of a record: marks, cuts, one word replaced, put in or taken out, a
negation, a digit, sentences joined, another speaker. Words that are put in are invented.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from corpus.models import Quote, Statement
from corpus.sentences import sentences
from retrieval.evaluation.synthetic import word
from retrieval.models import Verdict, VerdictKind, VerifyRequest
from retrieval.verification.comparing import is_negation
from retrieval.wording import searched_spans, words_of

_LEAST, _MOST = 6, 40
_FULL_STOP = re.compile(r"[.,]$")
_TYPOGRAPHY = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})
_INVENTED_FROM = 1 << 20


class Alteration(NamedTuple):
    """
    A claim and what it deserves.

    Attributes:
        kind: What was done ("digit changed").
        speaker: Whose words they are said to be; `None` for nobody's.
        right: The verdicts that are right.
    """

    kind: str
    text: str
    speaker: str | None
    right: frozenset[VerdictKind]


class Score(NamedTuple):
    """Alteration → (right, of); and each that was judged wrongly, with the verdict it got."""

    counts: dict[str, tuple[int, int]]
    wrong: tuple[tuple[Alteration, Verdict], ...]


def score(alterations: Iterable[Alteration], verify: Callable[[VerifyRequest], Verdict]) -> Score:
    """Check every claim and count the right verdicts."""
    tally: dict[str, list[bool]] = defaultdict(list)
    wrong = []
    for alteration in alterations:
        verdict = verify(VerifyRequest(text=alteration.text, speaker=alteration.speaker))
        tally[alteration.kind].append(verdict.verdict in alteration.right)
        if verdict.verdict not in alteration.right:
            wrong.append((alteration, verdict))
    return Score({kind: (sum(right), len(right)) for kind, right in tally.items()}, tuple(wrong))


def alterations_of(statements: Sequence[Statement], seed: int = 1) -> Iterator[Alteration]:
    """Every alteration of every sentence of six to forty words that holds no quotation mark inside."""
    chance = random.Random(seed)  # noqa: S311 (the same claims each time)
    known = [(statement, sentence) for statement in statements for sentence in _sentences(statement)]
    texts = [_keys(statement.text) for statement in statements]
    everything = frozenset(key for text in texts for key in text.split())
    for statement, sentence in known:
        made = _of_sentence(sentence, chance, everything)
        # Some other statement may print what an alteration happens to make.
        yield from (one for one in made if "altered" not in one.right or not any(_keys(one.text) in t for t in texts))
        other, another = chance.choice(known)
        if other is not statement and another not in statement.text and sentence not in other.text:
            yield Alteration("two sentences spliced", f"{sentence} {another}", None, frozenset({"altered"}))
        yield Alteration("invented", _invented(chance, len(words_of(sentence))), None, frozenset({"not_found"}))
    for statement in statements:
        yield from _of_speakers(statement, chance)


def _keys(text: str) -> str:
    return f" {' '.join(one.key for one in words_of(text))} "


def _sentences(statement: Statement) -> Iterator[str]:
    """Sentences that stand once in the record's statement and are wholly own text or wholly spoken."""
    for stretch in searched_spans(statement):
        for span in stretch:
            for sentence in sentences(statement.text, span):
                text = statement.text[sentence.start : sentence.end]
                if _LEAST <= len(words_of(text)) <= _MOST and not re.search(r"[“”\"«»\n…]|\.\.", text):
                    yield text


def _of_sentence(sentence: str, chance: random.Random, known: frozenset[str]) -> Iterator[Alteration]:
    exact: frozenset[VerdictKind] = frozenset({"exact"})
    altered: frozenset[VerdictKind] = frozenset({"altered"})
    yield Alteration("as printed", sentence, None, exact)
    yield Alteration("plain marks", sentence.translate(_TYPOGRAPHY), None, exact)
    yield Alteration("quoted", f"“{sentence}”", None, exact)
    yield Alteration("line broken", sentence.replace(" ", "\n", 1).replace(" ", "  "), None, exact)
    yield Alteration("first letter", sentence[0].swapcase() + sentence[1:], None, exact)
    yield Alteration("without full stop", _FULL_STOP.sub("", sentence), None, exact)
    words = words_of(sentence)
    place = chance.randrange(1, len(words) - 1)
    here = words[place]
    before, said, after = sentence[: here.start], sentence[here.start : here.end], sentence[here.end :]
    strange = _strange(chance, known)
    yield Alteration("word replaced", f"{before}{strange}{after}", None, altered)
    yield Alteration("word inserted", f"{before}{strange} {said}{after}", None, altered)
    # Less of a name before a colon is still the name of who speaks.
    labelled = before.endswith(": ") or ":" in after[:40]
    if words[place - 1].key != here.key != words[place + 1].key and not labelled:
        yield Alteration("word removed", f"{before.rstrip()} {after.lstrip()}", None, altered)
    negation = chance.choice(("not", "never", "no", "nunca"))
    yield Alteration("negation put in", f"{before}{negation} {said}{after}", None, altered)
    yield from _negations_removed(sentence)
    yield from _digits_changed(sentence)
    yield from _cut(sentence, chance)


def _negations_removed(sentence: str) -> Iterator[Alteration]:
    words = words_of(sentence)
    for number, one in enumerate(words):
        if is_negation(one.key) and number + 1 < len(words) and len(words) > 3:
            rest = f"{sentence[: one.start]}{sentence[one.end :].lstrip()}"
            if words[number + 1].key != one.key and (not number or words[number - 1].key != one.key):
                yield Alteration("negation taken out", rest, None, frozenset({"altered"}))


def _digits_changed(sentence: str) -> Iterator[Alteration]:
    for match in re.finditer(r"(?<![\w.])\d+(?![\w])", sentence):
        changed = str((int(match.group()[0]) % 9) + 1) + match.group()[1:]
        rest = f"{sentence[: match.start()]}{changed}{sentence[match.end() :]}"
        yield Alteration("digit changed", rest, None, frozenset({"altered"}))


def _cut(sentence: str, chance: random.Random) -> Iterator[Alteration]:
    """Words left out: at an ellipsis, and at either end."""
    words = words_of(sentence)
    if len(words) < 10:
        return
    first = chance.randrange(3, len(words) - 6)
    last = chance.randrange(first + 1, len(words) - 3)
    head, tail = sentence[: words[first - 1].end], sentence[words[last].start :]
    yield Alteration("ellipsis", f"{head} … {tail}", None, frozenset({"partial"}))
    yield Alteration("tail cut", head, None, frozenset({"partial"}))
    # Whether it lost a negation that rules it is for tables to test.
    yield Alteration("head cut", tail, None, frozenset({"partial", "altered"}))


def _of_speakers(statement: Statement, chance: random.Random) -> Iterator[Alteration]:
    parts = [quote for quote in statement.quotes if quote.speaker and len(words_of(quote.text)) >= _LEAST]
    for quote in parts:
        speaker = quote.speaker
        assert speaker is not None
        yield Alteration("quoted part", quote.text, speaker.name, frozenset({"exact"}))
        yield Alteration("signed", f"“{quote.text}” – {speaker.name}", None, frozenset({"exact"}))
        yield Alteration("speaker swapped", quote.text, _nobody(chance), frozenset({"misattributed"}))
        others = [one.speaker.name for one in parts if one.speaker and one.speaker.name != speaker.name]
        if others:
            swapped = frozenset[VerdictKind]({"misattributed"})
            yield Alteration("speaker of the same statement", quote.text, chance.choice(others), swapped)
    yield from _joined_speakers(parts)


def _joined_speakers(parts: Sequence[Quote]) -> Iterator[Alteration]:
    for one in parts:
        for other in parts:
            if one.end < other.start and one.speaker and other.speaker and one.speaker.name != other.speaker.name:
                text = f"{_FULL_STOP.sub('.', one.text)} {other.text}"
                yield Alteration("two speakers joined", text, None, frozenset({"altered"}))
                break


def _strange(chance: random.Random, known: frozenset[str]) -> str:
    while (made := word(chance.randrange(_INVENTED_FROM))) in known:
        pass
    return made


def _nobody(chance: random.Random) -> str:
    return " ".join(word(chance.randrange(_INVENTED_FROM)).capitalize() for _ in range(2))


def _invented(chance: random.Random, count: int) -> str:
    """Words that mean nothing, with the function words of English between them."""
    common = "the of and to in that is for it with".split()
    return " ".join(chance.choice(common) if n % 3 == 1 else _nobody(chance).split()[0] for n in range(count))
