"""
How many examples of a property are tried.
"""

from __future__ import annotations

from hypothesis import settings


def share(thorough: int) -> int:
    """So many with `--thorough`; before a commit the share that a property without a number of its own gets too."""
    return max(1, thorough * settings().max_examples // 100)
