"""
Quotes of a statement with their speakers: a pattern grammar for English and Spanish.

    tokens, lexicon + words.toml             words, and the lists that say what they are
    marks, page                              what stands between quotation marks, and the tokens between quotes
    names, organizations, departments        capitals that are a person's, an organisation's, an office's
    titles, relatives, appositions           what says who a person is, before and behind the name
    mentions, everybody                      how a place points at one person; everybody some words point at
    predicates, cues, leads, hints           the verb and its subject; who the words beside a quote say it is by
    openings                                 what opens a sentence before its subject; sentences that take the floor
    narration                                who speaks in the narrator's own words
    turns, interviews, signatures            labels, lettered answers, lines that name whom they stand beside
    unspoken                                 words between marks that nobody speaks
    forms, people, introductions             who a surname, a pronoun or a role means
    continuing, drafts, speech               parts joined to utterances, each with its speaker or a reason

No speaker rather than a guessed one: whatever two people fit, or nothing says, has none, and a `reason`.
"""

from corpus.attribution.speech import find_quotes

__all__ = ["find_quotes"]
