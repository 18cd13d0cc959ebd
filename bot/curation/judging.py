"""
How much a refresh may change before somebody has to look at it.
"""

from __future__ import annotations

from bot.curation.reports import Report

# Where sources change this much at once, the sources are more likely wrong than the record; and a first look into an
# archive is a moderator's.
_PART = 10
_FEW_NEW = 20


def is_small(report: Report, standing: int) -> bool:
    """
    Whether a refresh may be applied without a moderator: no more than a tenth of the record has other words or is
    missing, and no more than twenty statements, or a tenth of the record, are new.

    Copies, and what was hidden or erased earlier, are news to nobody.

    Args:
        report: What it would change.
        standing: How many statements stand at their sources now.
    """
    lost = len(report.missing) + sum(item.code == "text_changed" for item in report.changed)
    new = sum(item.code == "new" for item in report.added)
    return lost * _PART <= standing and (new <= _FEW_NEW or new * _PART <= standing)
