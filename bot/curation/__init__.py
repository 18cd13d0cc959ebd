"""
What moderators do to the stored corpus. Both doors, terminal and Discord, call the methods of `Curation`.

    files.py       sources of files → what stands there now, several statements of one file too
    web.py         pages, feeds and sitemaps → what stands there now
    reading.py     what both of them give
    applying.py    what was read → the next generation
    golden.py      questions that must still be answered before it goes live
    indexing.py    its index files, built beside the live ones and checked
    deciding.py    hide, unhide, correct, dismiss, erase
    restoring.py   history and rollback
    exchanging.py  export, import
    checking.py    store against index
    reports.py     what all of them give back
"""

from bot.curation.curation import Curation
from bot.curation.reports import Moderated, Progress, Report, ReportItem

__all__ = ["Curation", "Moderated", "Progress", "Report", "ReportItem"]
