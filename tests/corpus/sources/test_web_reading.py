"""Pages of a real server on loopback: each ends in its readings or in its coded reason, within its limits."""

from __future__ import annotations

import asyncio
import gzip
import pickle
import socket
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator

import pytest
from aiohttp import web
from loopback import Site

from corpus.models import Reading
from corpus.sources.web import Validators, WebReader, WebReading
from corpus.sources.web.pages import MAX_CHARACTERS, MAX_TAGS

WORDS = "The Juniper Street Coalition opened a night school on Monday, and two hundred families signed up for it."


def page(words: str = WORDS, head: str = "") -> str:
    """A page with a heading and a paragraph."""
    return f"<!doctype html><html><head>{head}</head><body><h1>Night school</h1><p>{words}</p></body></html>"


@pytest.fixture
def site() -> Iterator[Site]:
    """A site that allows everything."""
    with Site() as running:
        yield running


def read(site: Site, *paths: str, known: dict[str, Validators] | None = None, **limits: object) -> list[WebReading]:
    """What these addresses give in one run."""
    with WebReader(site.policy(**limits), site.network()) as reader:
        return [found for path in paths for found in reader.read(site.url(path), known=known or {})]


def code(site: Site, path: str, **limits: object) -> str | None:
    """Why an address gives nothing."""
    (found,) = read(site, path, **limits)
    assert found.readings == ()
    return found.failure and found.failure.code


def test_page_is_read(site: Site) -> None:
    """
    A page becomes one reading, known by its address, with what to ask for at the next visit.
    """
    site.answers["/school"] = (200, {"ETag": '"7"', "Content-Type": "text/html"}, page().encode())

    (found,) = read(site, "/school")

    (reading,) = found.readings
    assert WORDS in reading.text
    assert (found.locator, found.kind, reading.url) == (site.url("/school"), "page", site.url("/school"))
    assert (reading.title, reading.file) == ("Night school", f"news.example:{site.port}/school.html")
    assert found.validators == Validators(etag='"7"')


def test_address_is_evidence_for_an_undated_page(site: Site) -> None:
    """
    A page that prints no date is dated by its address, and one that prints a date is not.
    """
    site.answers["/2014/03/04/school"] = page()
    site.answers["/2014/03/05/school"] = page("MILL TOWN, June 9, 2013 – " + WORDS)

    undated, dated = (found.readings[0] for found in read(site, "/2014/03/04/school", "/2014/03/05/school"))

    assert (undated.date, undated.date_evidence) == ("2014-03-04", "url")
    assert (dated.date, dated.date_evidence) == ("2013-06-09", "dateline")


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (404, "http_404"),
        (410, "http_410"),
        (403, "http_403"),
        (500, "http_500"),
        (503, "http_503"),
        (429, "http_429"),
        (202, "http_202"),  # "wait, we check that you are no program"
        (204, "http_204"),
        (304, "http_304"),  # nobody said what we have
        (302, "http_302"),  # leads nowhere
        ("<html><body><p>Please wait.</p></body></html>", "too_short"),
        (b"", "too_short"),
        ((200, {"Content-Type": "image/png"}, b"\x89PNG\r\n\x1a\n\0\0\0"), "bad_format"),
        ((200, {"Content-Type": "text/html"}, b"%PDF-1.7\n%\xe2\xe3"), "bad_format"),
        ((200, {"Content-Type": "application/json"}, b'{"words": "many of them, but of no statement"}'), "bad_format"),
        ((200, {"Content-Encoding": "br"}, b"anything"), "bad_format"),
        ((200, {"Content-Encoding": "gzip"}, b"no gzip at all"), "bad_format"),
        ((200, {"Content-Encoding": "gzip"}, gzip.compress(page().encode())[:-20]), "bad_format"),
        (b"A" * 200_001, "too_large"),
        ((200, {"Content-Encoding": "gzip"}, gzip.compress(b"A" * 200_001)), "too_large"),
    ],
)  # fmt: skip
def test_each_failure_has_its_code(site: Site, answer: object, expected: str) -> None:
    """
    What a server does wrong is named by its code, and the message names the address.
    """
    site.answers["/page"] = answer

    (found,) = read(site, "/page", max_bytes=200_000)

    assert found.failure
    assert (found.failure.code, found.readings) == (expected, ())
    assert site.url("/page") in str(found.failure)
    assert "\n" not in str(found.failure)


@pytest.mark.thorough
def test_gzip_bomb_is_stopped_while_it_unfolds(site: Site) -> None:
    """
    A few kilobytes that would become a thousand times as much are given up at the limit, not after it.
    """
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(packer.compress(bytes(2**20)) for _ in range(32)) + packer.flush()
    site.answers["/page"] = (200, {"Content-Encoding": "gzip"}, bomb)

    tracemalloc.start()
    try:
        assert code(site, "/page", max_bytes=2**20) == "too_large"
        assert tracemalloc.get_traced_memory()[1] < 8 * 2**20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("La coalición abrió una escuela".encode("latin-1"), "text/html; charset=iso-8859-1"),
        ("La coalición abrió una escuela".encode("latin-1"), 'text/html; charset="ISO-8859-1"'),
        ("“La coalición” abrió una escuela".encode("cp1252"), "text/html; charset=iso-8859-1"),
        ("“La coalición” abrió una escuela".encode("cp1252"), "text/html; charset=utf-8"),  # wrong
        ("“La coalición” abrió una escuela".encode("cp1252"), "text/html"),
        ("La coalición abrió una escuela".encode(), "text/html; charset=iso-8859-1"),  # wrong
        (b'<meta charset="iso-8859-1">' + "La coalición abrió una escuela".encode("latin-1"), "text/html"),
        ("\ufeffLa coalición abrió una escuela".encode("utf-16"), "text/html"),
        ("La coalición abrió una escuela ő".encode("latin2"), "text/html; charset=iso-8859-2"),
        ("La coalición abrió una escuela".encode(), "text/html; charset=unknown-8"),
        ("La coalición abrió una escuela".encode("latin-1"), "text/html; charset=unicode_escape"),
    ],
)
def test_letters_are_read_as_meant(site: Site, body: bytes, content_type: str) -> None:
    """
    Accents survive whatever the server and the page say of the character set, also when they are wrong.
    """
    rest = " en la calle del Enebro, y doscientas familias llegaron".encode(
        "utf-16-le" if body.startswith(b"\xff\xfe") else "ascii"
    )
    site.answers["/page"] = (200, {"Content-Type": content_type}, body + rest)

    (found,) = read(site, "/page")

    text = found.readings[0].text
    assert "coalición" in text
    assert "abrió una escuela" in text


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "raw"])
def test_compressed_pages_are_read(site: Site, encoding: str) -> None:
    """
    gzip and both forms of deflate that servers send are understood.
    """
    packer = zlib.compressobj(wbits={"gzip": 31, "deflate": 15, "raw": -15}[encoding])
    name = "gzip" if encoding == "gzip" else "deflate"
    site.answers["/page"] = (200, {"Content-Encoding": name}, packer.compress(page().encode()) + packer.flush())

    (found,) = read(site, "/page")

    assert WORDS in found.readings[0].text


@pytest.mark.parametrize(
    "body", [b"<html>" + b"<b>" * MAX_TAGS, b"words " * (MAX_CHARACTERS // 6 + 1), b"<html>" + b"w " * MAX_CHARACTERS]
)
def test_pages_that_no_reading_could_hold_are_too_large(site: Site, body: bytes) -> None:
    """
    A page with more tags or more text than a statement has is given up before it is read.
    """
    site.answers["/page"] = body

    assert code(site, "/page") == "too_large"


async def silent(request: web.Request) -> web.StreamResponse:
    """Takes the request and never answers."""
    await asyncio.sleep(60)
    return web.Response()


async def trickling(request: web.Request) -> web.StreamResponse:
    """A byte now and then, always in time for the next."""
    response = web.StreamResponse()
    await response.prepare(request)
    while True:
        await response.write(b"a")
        await asyncio.sleep(0.05)


async def trickling_head(request: web.Request) -> web.StreamResponse:
    """A line of the head that never ends."""
    assert request.transport is not None
    request.transport.write(b"HTTP/1.1 200 OK\r\nX-Line: ")
    while not request.transport.is_closing():
        request.transport.write(b"a")
        await asyncio.sleep(0.05)
    return web.Response()


async def endless(request: web.Request) -> web.StreamResponse:
    """As much as is taken."""
    response = web.StreamResponse()
    await response.prepare(request)
    while True:
        await response.write(bytes(64 * 1024))


async def broken_off(request: web.Request) -> web.StreamResponse:
    """Promises more than it sends."""
    response = web.StreamResponse(headers={"Content-Length": "1000"})
    await response.prepare(request)
    await response.write(b"The beginning of")
    assert request.transport is not None
    request.transport.abort()
    return response


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("handler", "expected"),
    [
        (silent, "too_slow"),
        (trickling, "too_slow"),
        (trickling_head, "too_slow"),
        (endless, "too_large"),
        (broken_off, "connection_lost"),
    ],
)
def test_bodies_without_an_end_are_given_up(site: Site, handler: object, expected: str) -> None:
    """
    Silence, a trickle, a flood and a cut connection each end in their own reason.
    """
    site.answers["/page"] = handler

    assert code(site, "/page", wait_s=0.3, total_s=0.6, max_bytes=10**6) == expected


@pytest.mark.thorough
def test_an_answer_has_one_deadline(site: Site) -> None:
    """
    Waiting for the next bytes ends with the time for the whole answer, also where it alone might be longer.
    """
    site.answers["/page"] = silent
    began = time.monotonic()

    assert code(site, "/page", wait_s=20, total_s=0.3) == "too_slow"
    assert time.monotonic() - began < 10


def test_declared_size_is_believed(site: Site) -> None:
    """
    A body that says that it is too large is not read at all.
    """

    async def promising(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": "200001"})
        await response.prepare(request)
        await asyncio.sleep(2)
        return response

    site.answers["/page"] = promising

    assert code(site, "/page", max_bytes=200_000, wait_s=1) == "too_large"


def test_failures_travel_between_processes(site: Site) -> None:
    """
    A failure that another process read is the same here: address, code and message.
    """
    (found,) = read(site, "/page")

    again = pickle.loads(pickle.dumps(found)).failure

    assert found.failure
    assert (again.address, again.code, str(again)) == (found.failure.address, "http_404", str(found.failure))


def _endless(_: bytes, __: str) -> Reading:
    while True:
        pass


def _odd(_: bytes, __: str) -> Reading:
    raise KeyError("a way that nobody foresaw")


@pytest.mark.parametrize(
    ("reader", "expected"), [(_endless, "too_slow"), (_odd, "reader_failed")], ids=["endless", "odd"]
)
def test_page_that_the_reader_fails_on(site: Site, reader: Callable[[bytes, str], Reading], expected: str) -> None:
    """
    A page that takes too long, or that the reader fails on, is told in a sentence, and the next one is read.
    """
    site.answers["/school"] = page()
    with WebReader(site.policy(read_s=0.2), site.network(), reader) as pages:
        failures = [found.failure for _ in range(2) for found in pages.read(site.url("/school"))]

    assert [failure and failure.code for failure in failures] == [expected, expected]
    assert all("Save what it says as a .txt file." in str(failure) for failure in failures)


def test_nobody_answers(site: Site) -> None:
    """
    A port where nobody listens is unreachable.
    """
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    policy = site.policy().model_copy(update={"allowed_hosts": frozenset({f"news.example:{port}"})})
    with WebReader(policy, site.network()) as reader:
        (found,) = reader.read(f"http://news.example:{port}/page")

    assert found.failure
    assert found.failure.code == "unreachable"
