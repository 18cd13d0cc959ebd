"""
The measurement of how long a quotation takes to check.
"""

from __future__ import annotations

import pytest

from retrieval.evaluation.checking import measure


@pytest.mark.thorough
def test_every_kind_of_claim_is_timed() -> None:
    """
    Each kind has its times beside those of a fixed piece of work, and the index its size.
    """
    measured = measure(80, claims=2)

    assert len(measured.kinds) == 7
    assert all(0 < times.p50 <= times.p95 for times in measured.kinds.values())
    assert measured.yardstick_ms > 0
    assert 0.02 < measured.megabytes < 0.2
