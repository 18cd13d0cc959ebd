"""
Checking a quotation: is it there, word for word, and did that person say it?

    claims.py       what was pasted → the words that are claimed, whose they are said to be, and when
    signatures.py   name and date around a quotation
    pages.py        a statement as words with sentences, quoted parts and who says them
    alignment.py    the words of a claim beside those of a statement
    comparing.py    same word, another spelling, or another word; what was changed
    cuts.py         what a claim leaves out, and whether it says so
    speakers.py     whether the claimed speaker is the one who says the words
    assessing.py    all of that for one place → a verdict with notes
    verifying.py    Verifier: finds the places, assesses them, shows the best
"""

from retrieval.verification.verifying import Verifier

__all__ = ["Verifier"]
