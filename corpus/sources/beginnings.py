"""
Texts that only begin another one: what feeds and cards hold of a page that says more.
"""

from __future__ import annotations

import re

# How they end: "[…]", an ellipsis, an invitation to the rest.
_CUT = re.compile(
    r"\[\s*(?:…|\.\.\.)\s*\]|(?:…|\.\.\.)\W*\Z"
    r"|\b(?:(?:read|see|learn) more|read (?:the )?(?:full|whole|rest)|(?:continue|keep) reading"
    r"|(?:leer|ver) m[aá]s|(?:seguir|sigue|contin[uú][ae]r?) leyendo)\b[^.!?]{0,80}(?:https?://\S+)?\Z",
    re.IGNORECASE,
)
_WITHIN = 400


def is_cut(words: str) -> bool:
    """Whether a text says at its end that it goes on elsewhere."""
    return bool(_CUT.search(words[-_WITHIN:]))
