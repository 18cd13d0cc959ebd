"""
Bodies as servers send them: compressed in every way that is asked for, in pieces, cut off, too large.
"""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import FetchError
from corpus.sources.web.bodies import inflate

WORDS = b"We mend roofs before the rain. " * 20
_raw = zlib.compressobj(wbits=-15)
RAW = _raw.compress(WORDS) + _raw.flush()
STORED = gzip.compress(bytes(12_000), compresslevel=0)
FORMS = {"gzip": gzip.compress(WORDS), "zlib": zlib.compress(WORDS), "deflate": RAW}


def unfolded(*chunks: bytes, limit: int = 10_000) -> bytes:
    return inflate(chunks, limit=limit, address="https://press.example/a")


@given(form=st.sampled_from(sorted(FORMS)), size=st.integers(1, 40))
def test_pieces_make_the_body(form: str, size: int) -> None:
    """
    However a compressed body arrives, it unfolds to the same bytes.
    """
    data = FORMS[form]

    assert unfolded(*(data[place : place + size] for place in range(0, len(data), size))) == WORDS


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (gzip.compress(b"one, ") + gzip.compress(b"two"), b"one, two"),  # members, one after the other
        (gzip.compress(b"one") + b"\0" * 40, b"one"),  # padding up to the block of a tape
        (b"", b""),
    ],
    ids=["members", "padding", "nothing"],
)
def test_gzip_may_be_several_members(data: bytes, expected: bytes) -> None:
    """
    Members are joined, padding behind the last is passed over, and nothing is nothing.
    """
    assert unfolded(data) == expected
    assert unfolded(*(data[place : place + 1] for place in range(len(data)))) == expected


@pytest.mark.parametrize(
    ("chunks", "code"),
    [
        ([FORMS["gzip"][:-20]], "bad_format"),
        ([FORMS["gzip"][:10], b"\xff" * 40], "bad_format"),  # well begun
        ([b"never compressed"], "bad_format"),
        ([FORMS["deflate"][:1]], "bad_format"),
        ([STORED[:6_000], STORED[6_000:]], "too_large"),  # before it is unfolded
        ([gzip.compress(bytes(10_001))], "too_large"),
    ],
)
def test_what_cannot_be_unfolded_has_a_reason(chunks: list[bytes], code: str) -> None:
    """
    A body that is damaged, cut off or too large is refused by its code.
    """
    with pytest.raises(FetchError) as refused:
        unfolded(*chunks)
    assert refused.value.code == code
