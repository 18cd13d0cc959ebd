"""
A process that builds the index of passages of a large addition, while the one that started it (`structures.append`)
builds the other structures.
"""

from __future__ import annotations

from corpus.children import serve
from corpus.errors import OnRecordError
from retrieval.backends.embedded import Manifest
from retrieval.structures import Change, index_passages


def work() -> None:
    """Build what is asked for until nobody asks any more."""
    serve(_built)


def _built(asked: tuple[Change, Manifest] | None) -> Manifest | OnRecordError | OSError | None:
    """The manifest, or why there is none; nothing of nothing."""
    try:
        return index_passages(*asked) if asked else None
    except (OnRecordError, OSError) as error:
        return error
