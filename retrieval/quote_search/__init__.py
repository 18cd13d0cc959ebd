"""
Finding what somebody said.

    finder.py      QuoteFinder: a request → quotes, in the order asked for
    filters.py     whose words: people and organisations that a request names
    people.py      who is meant by a name as it is typed
    utterances.py  every quote, and which of them are the same words again
    ranking.py     the quotes that speak of a topic, weighed
    arranging.py   each quote once, in order
    contexts.py    a quote as it is shown, with the sentences around it
    of_the_day.py  the quote of the day
    profiles.py    what is printed of one person
"""

from retrieval.quote_search.finder import QuoteFinder
from retrieval.quote_search.ranking import Indexes

__all__ = ["Indexes", "QuoteFinder"]
