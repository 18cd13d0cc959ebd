"""
What was found in a text a moment ago: the steps of reading ask the same of one statement again and again.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

P = ParamSpec("P")
R = TypeVar("R")

# As many as the steps ask of one statement; all of them together stay below some 30 MB.
_ENTRIES = 128
# What is found in a longer text may be many megabytes: only the last few are kept.
_LONG, _LONG_ENTRIES = 50_000, 4


def remembered(find: Callable[Concatenate[str, P], R]) -> Callable[Concatenate[str, P], R]:
    """
    The same function, which answers what it was asked lately without looking again.

    Args:
        find: Of a text and other things that can be hashed; what it gives is never changed.
    """
    short = cast("Callable[Concatenate[str, P], R]", lru_cache(_ENTRIES)(find))
    long = cast("Callable[Concatenate[str, P], R]", lru_cache(_LONG_ENTRIES)(find))

    @wraps(find)
    def found(text: str, /, *args: P.args, **kwargs: P.kwargs) -> R:
        return (short if len(text) <= _LONG else long)(text, *args, **kwargs)

    return found
