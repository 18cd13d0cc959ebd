"""
The real statements and what people noted about them, where they stand beside this checkout.

They are other people's words, so they are never in the repository; a test that reads them skips where they are not.
"""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2] / "shared"
needs_real = pytest.mark.skipif(not SHARED.exists(), reason="the real statements are not beside this checkout")
