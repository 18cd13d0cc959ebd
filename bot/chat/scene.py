"""
Where a card is going to stand: who sees it, and what its buttons may do there.
"""

from __future__ import annotations

from typing import NamedTuple

from retrieval.models import Language


class Scene(NamedTuple):
    """
    Where a card stands.

    Attributes:
        private: Only the asker sees it, so it repeats the question and says that nobody else does.
        shareable: There is a channel around it in which words can be shared.
        reportable: There is somebody to report a mistake to.
        referrals: Where to get legal help, one line a language; none where the settings hold none.
        sample: The record is empty, and the invented sample answers.
        public_url: Where the public site of the record stands; "" without one.
    """

    private: bool = False
    shareable: bool = False
    reportable: bool = False
    referrals: tuple[tuple[Language, str], ...] = ()
    sample: bool = False
    public_url: str = ""

    def referral(self, locale: Language) -> str:
        """Where to get legal help, in this language if there is such a line, else in the other."""
        lines = dict(self.referrals)
        return lines.get(locale) or next(iter(lines.values()), "")
