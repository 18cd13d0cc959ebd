"""
What reading an address gives.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from corpus.errors import FetchError
from corpus.models import Reading
from corpus.sources.web.visiting import Validators

WebKind = Literal["page", "feed", "sitemap"]


class WebReading(NamedTuple):
    """
    What one address gave: a listing, or a page with its readings, or why there are none.

    Attributes:
        locator: What it is known by in the record, also after it has moved.
        address: Where it was found at last.
        readings: One a statement; empty for listings, failures and what is not modified.
        failure: Why nothing was read; of a listing also why a part of it was not.
        validators: For the next visit; empty where the server gave none, or where they would hide a change.
        is_modified: `False` where the server says that it is as it was.
        from_listing: The page cannot be read, and this is the text that its feed holds.
        listed: Of a listing: how many readings follow.
        is_whole: Of a listing: what it gave before and does not give now is gone from its site. A feed never is.
    """

    locator: str
    kind: WebKind
    address: str
    readings: tuple[Reading, ...] = ()
    failure: FetchError | None = None
    validators: Validators = Validators()
    is_modified: bool = True
    from_listing: bool = False
    listed: int = 0
    is_whole: bool = False
