"""Statements in SQLite: record numbers, revisions, and which generation is live."""

from corpus.store.store import Store
from corpus.store.transaction import Item, Source, Transaction

__all__ = ["Item", "Source", "Store", "Transaction"]
