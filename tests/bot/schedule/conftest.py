"""What tests of the schedule start from."""

from __future__ import annotations

from pathlib import Path

import pytest
from moderating import Record
from scheduling import Clock


@pytest.fixture
def record(tmp_path: Path) -> Record:
    """Three statements in one source, added at `ADDED`."""
    return Record(tmp_path)


@pytest.fixture
def clock() -> Clock:
    """Stands at the moment when the source was added."""
    return Clock()
