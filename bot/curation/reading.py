"""
What stands at sources now, and what cannot be read: the same for every kind of source.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, Self

from bot.curation.reports import Progress, ReportItem
from corpus.store import Sighting, Source


class Tally:
    """Tells how many places have been read, of how many that are known of so far."""

    def __init__(self, tell: Callable[[Progress], None]) -> None:
        self._tell = tell
        self._done = 0
        self._total = 0

    def expect(self, more: int) -> None:
        """So many more are to be read."""
        self._total += more

    def step(self, source: Source) -> None:
        """One more has been read."""
        self._done += 1
        self._tell(Progress(event="reading", done=self._done, total=self._total, source=source.locator))


class Failure(NamedTuple):
    """
    What could not be read.

    Attributes:
        source: The source that it belongs to.
        item: As the report lists it.
        is_whole: Nothing at all of the source could be read.
    """

    source: Source
    item: ReportItem
    is_whole: bool


class Readings(NamedTuple):
    """
    What reading sources found; what any kind of source hands to `applying.apply`.

    Attributes:
        sightings: Statements, each place once.
        failures: What could not be read.
        listed: Sources of which all places are known now: what of theirs is not in `seen` stands there no more.
        seen: Locators of everything that stands somewhere, read or not.
        reached: Sources that could be asked, whatever they gave.
        validators: Feeds and sitemaps → what will tell that they list what they list now; those that said themselves
            that they have not changed are not among them.
    """

    sightings: list[Sighting]
    failures: list[Failure]
    listed: list[Source]
    seen: set[str]
    reached: set[Source]
    validators: dict[Source, str | None]

    @classmethod
    def nothing(cls) -> Self:
        """Nothing yet."""
        return cls([], [], [], set(), set(), {})

    def fail(self, source: Source, locator: str, code: str, detail: str, *, is_whole: bool = False) -> None:
        """Note what could not be read."""
        item = ReportItem(source=source.locator, locator=locator, code=code, detail=detail)
        self.failures.append(Failure(source, item, is_whole))

    def read_sources(self) -> list[Source]:
        """The sources of which something was read."""
        failed = {failure.source for failure in self.failures if failure.is_whole}
        tried = {sighting.source for sighting in self.sightings} | {*self.listed, *self.reached}
        return sorted(tried - failed)
