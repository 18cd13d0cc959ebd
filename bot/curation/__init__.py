"""
What moderators do to the stored corpus. Both doors, terminal and Discord, call the methods of `Curation`.

    files.py       sources of files → what stands there now, several statements of one file too
    web.py         pages, feeds and sitemaps → what stands there now
    reading.py     what both of them give
    sources.py     which sources are read, and what moderators say about them
    applying.py    what was read → the next generation
    judging.py     whether a change is small enough for nobody to look at it
    golden.py      questions that must still be answered before it goes live
    indexing.py    its index files, built beside the live ones and checked
    deciding.py    hide, unhide, correct, dismiss, erase
    restoring.py   history and rollback
    exchanging.py  export, import
    checking.py    store against index
    reports.py     what all of them give back
"""

from bot.curation.curation import Curation
from bot.curation.reports import Labelled, Moderated, Progress, Report, ReportItem
from bot.curation.sources import Which

__all__ = ["Curation", "Labelled", "Moderated", "Progress", "Report", "ReportItem", "Which"]
