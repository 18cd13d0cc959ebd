"""
Bytes as text, as targets take it.
"""

from __future__ import annotations

_MOST_TYPED = 2000


def text_of(data: bytes) -> str:
    """As a text file is read."""
    return data.decode("utf-8", "replace")


def typed_in(data: bytes) -> str:
    """As much as Discord and the question parser take."""
    return text_of(data)[:_MOST_TYPED]
