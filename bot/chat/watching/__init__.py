"""
What the running bot tells of itself: whether it is well, and what it has done, in numbers.

    tally.py     what became of one interaction; every visit and the desk note it there
    metrics.py   the numbers, and everything that may stand in their labels
    health.py    whether Discord is connected and the record answers
    endpoint.py  /healthz and /metrics, for this machine alone

Nothing here knows a word of a question, a name, a server or a member.
"""
