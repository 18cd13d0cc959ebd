"""What tests of restoring start from."""

from __future__ import annotations

from pathlib import Path

import pytest
from backups import NOW, ROAD, SECRET
from curating import Desk

from bot.backup import back_up


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Two statements, and a backup of them."""
    desk = Desk(tmp_path)
    desk.add(a=SECRET, b=ROAD)
    back_up(desk.data_dir, tmp_path / "record.zip", when=NOW)
    return desk
