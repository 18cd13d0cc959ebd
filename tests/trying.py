"""
How many examples of a property are tried.
"""

from __future__ import annotations

from hypothesis import settings


def share(of_hundred: int) -> int:
    """So many for each hundred that a property without a number of its own gets: fewer before a commit than in CI."""
    return max(1, of_hundred * settings().max_examples // 100)
