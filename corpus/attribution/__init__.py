"""
Quotes of a statement with their speakers: a pattern grammar for English and Spanish.

    tokens, lexicon + words.toml             words, and the lists that say what they are
    marks, page                              what stands between quotation marks, and the tokens between quotes
    names, organizations, titles, mentions   how a text prints a person
    cues, leads, narration, turns, unspoken  who the words beside a quote say it is by; lines that name; nobody's words
    people, drafts, speech                   who a surname, a pronoun or a role means; parts joined to utterances

No speaker rather than a guessed one: whatever two people fit, or nothing says, has none, and a `reason`.
"""

from corpus.attribution.speech import find_quotes

__all__ = ["find_quotes"]
