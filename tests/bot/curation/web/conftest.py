"""What tests of sources on the web start from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from loopback import Site
from web_desk import WebDesk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[WebDesk]:
    with Site() as site:
        yield WebDesk(tmp_path, site)
