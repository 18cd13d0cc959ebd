"""Statements in SQLite: record numbers, revisions, generations, moderators' decisions, and which generation is live."""

from corpus.store.arrivals import Arrivals
from corpus.store.copying import check_tables, erased_in, make_empty, put_in_place, write_copy
from corpus.store.exchange import read_lines
from corpus.store.history import Action, Generation, Standing
from corpus.store.moderating import Decision
from corpus.store.placing import PART_MARK, Item, Sighting, Source, part_of
from corpus.store.records import Withheld
from corpus.store.sources import SourceStatus, moment_of
from corpus.store.store import Store
from corpus.store.transaction import Missing, Transaction

__all__ = [
    "PART_MARK",
    "Action",
    "Arrivals",
    "Decision",
    "Generation",
    "Item",
    "Missing",
    "Sighting",
    "Source",
    "SourceStatus",
    "Standing",
    "Store",
    "Transaction",
    "Withheld",
    "check_tables",
    "erased_in",
    "make_empty",
    "moment_of",
    "part_of",
    "put_in_place",
    "read_lines",
    "write_copy",
]
