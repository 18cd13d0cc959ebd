"""Numbers and addresses of persons are found; what an organisation publishes for everybody is not hidden."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.privacy import find_private, mask


@pytest.mark.parametrize(
    ("text", "private"),
    [
        ("Lena Ortiz, (213) 555-0142", ["(213) 555-0142"]),
        ("Lena Ortiz | 213.555.0142 x12 | lena@river.example", ["213.555.0142 x12", "lena@river.example"]),
        ("call Lena Ortiz at 213\u2011555\u20110142.", ["213\u2011555\u20110142"]),  # no-break hyphens
        ("Tel: 213\u00a0555\u00a00142", ["213\u00a0555\u00a00142"]),  # no-break spaces
        ("+1 213 555 0142", ["+1 213 555 0142"]),
        ("Lena Ortiz (213/555-0142)", ["213/555-0142"]),
        ("Contacto: 555-0142", ["555-0142"]),  # seven digits after a word that says so
        ("Lena Ortiz, 555-0142", ["555-0142"]),
        ("Llame a Lena al +502 2222 0100 o al +52 55 5555 0100", ["+502 2222 0100", "+52 55 5555 0100"]),
        ("Tel. 2222-0100", ["2222-0100"]),
        ("Celular 55 5555 0100", ["55 5555 0100"]),
        ("Contact: info@river.example", ["info@river.example"]),
        ("write to lena [at] river [dot] example", ["lena [at] river [dot] example"]),
        ("Her file, A12345678, was lost", ["A12345678"]),
        ("A# 012-345-678", ["A# 012-345-678"]),
        ("Alien number: 012345678", ["012345678"]),
        ("123-45-6789", ["123-45-6789"]),  # a Social Security number
        ("our hotline, or Lena Ortiz at 213-555-0142", ["213-555-0142"]),  # a person's, though a hotline is near
    ],
)
def test_private_number_is_found(text: str, private: list[str]) -> None:
    """The span covers the number or address itself and nothing else."""
    assert [text[span.start : span.end] for span in find_private(text)] == private


@pytest.mark.parametrize(
    "text",
    [
        "Call 1-800-555-0142 today.",
        "Lena Ortiz, 1 (844) 555-0142",  # toll-free numbers belong to nobody
        "Llame gratis al 888-555-0142.",
        "If officers come, call our hotline at (213) 555-0142.",
        "Línea directa: 213-555-0142",
        "Llame a nuestra línea de ayuda al 213-555-0142.",
        "(213) 555-0142 (hotline)",
        "Write to info@river.example to join us.",
        "The march starts at 1420 River Street at 11:00 on 12-12-2014.",
        "Between 2008-2012 the county spent $3000000000 on SB 1070 and H.R. 1234567.",
        "Some 400,000 people a year, 1,234,567 in all, case No. 14-cv-01234.",
        "The vote was 217-2014.",
        "Maya Quiroz (1931-1994) founded the clinic.",  # years of a life
        "Since 2014-09-10 nothing has changed.",
    ],
)
def test_public_number_stays(text: str) -> None:
    """Toll-free numbers, published hotlines, addresses of events, dates and counts are not private."""
    assert find_private(text) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Lena Ortiz, 213-555-0142.", "Lena Ortiz, [phone number removed]."),
        ("Lena Ortiz, lena@river.example", "Lena Ortiz, [e-mail address removed]"),
        ("File A12345678 is lost", "File [number removed] is lost"),
        (
            "“Call me at 213-555-0142, any time,” she said.",
            "“Call me at” [phone number removed], “any time,” she said.",
        ),
        ('"Call 213-555-0142," he said.', '"Call" [phone number removed], he said.'),
    ],
)
def test_mask_stands_outside_quotations(text: str, shown: str) -> None:
    """Our words replace the number, and nobody is made to say them."""
    assert mask(text, find_private(text)) == shown


@given(st.text(alphabet=st.sampled_from('0123456789-.() +AaZ@x\n“”"'), max_size=120))
def test_mask_leaves_no_private_number(text: str) -> None:
    """Spans are ascending and disjoint, and no masked number is left where it stood."""
    private = find_private(text)
    place = 0
    for span in private:
        assert place <= span.start < span.end
        place = span.end
    assert mask(text, private).count("removed]") == len(private)


@pytest.mark.thorough
def test_long_text_is_quick() -> None:
    """A hundred thousand characters made to be slow take no time to speak of; the limit allows for a busy machine."""
    started = time.process_time()
    for piece in ("213-555-0142 ", "1", "a@", "+1 ", "A ", "x@x[dot]"):
        find_private((piece * 100_000)[:30_000])
    assert time.process_time() - started < 5
