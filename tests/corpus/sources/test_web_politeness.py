"""How a site is asked: robots.txt first, one connection, pauses, patience, and only for what has changed."""

from __future__ import annotations

import email.utils
from collections.abc import Iterator
from itertools import pairwise

import pytest
from aiohttp import web
from loopback import Site
from pydantic import ValidationError

from corpus.sources.web import Policy, Validators, WebReader, WebReading

PAGE = "<html><body><p>The Juniper Street Coalition opened a night school, and two hundred people came.</p></body>"
VERSION = Validators(etag='"7"', last_modified="Wed, 05 Mar 2014 10:00:00 GMT")


@pytest.fixture
def site() -> Iterator[Site]:
    """A site that allows everything."""
    with Site() as running:
        yield running


def read(site: Site, *urls: str, known: dict[str, Validators] | None = None, **limits: object) -> list[WebReading]:
    """What these addresses give in one run; every host of the tests is allowed."""
    policy = site.policy("news.example", "other.example", "loop.example", **limits)
    with WebReader(policy, site.network()) as reader:
        return [found for url in urls for found in reader.read(url, known=known or {})]


def code(found: WebReading) -> str | None:
    """Why there is nothing."""
    return found.failure and found.failure.code


def robots(text: str) -> tuple[int, dict[str, str], bytes]:
    """A robots.txt."""
    return (200, {"Content-Type": "text/plain"}, text.encode())


def gaps(site: Site) -> list[float]:
    """Seconds between requests, as the site saw them."""
    return [round(later.at - earlier.at, 1) for earlier, later in pairwise(site.asked)]


def test_robots_is_asked_first_and_once(site: Site) -> None:
    """
    robots.txt is the first thing asked of a site, and one time is enough for a run.
    """
    site.answers |= {"/a": PAGE, "/b": PAGE}

    read(site, site.url("/a"), site.url("/b"))

    assert site.paths() == ["/robots.txt", "/a", "/b"]


def test_requests_say_who_asks(site: Site) -> None:
    """
    Every request names the program and the host it is for, and carries nothing that would know it again.
    """
    site.answers["/a"] = PAGE

    read(site, site.url("/a"))

    for asked in site.asked:
        assert asked.headers["User-Agent"].startswith("OnRecord/")
        assert asked.host == f"news.example:{site.port}"
        assert not {"Cookie", "Referer", "Authorization"} & set(asked.headers)


def test_one_connection_serves_a_run(site: Site) -> None:
    """
    Pages of one host come over one connection, one after the other, also those that are missing or as they were.
    """
    site.answers |= {"/a": PAGE, "/c": 304, "/d": 503, "/e": (302, {"Location": "/a"}, b"This page has moved.")}

    read(site, *map(site.url, ("/a", "/b", "/c", "/d", "/e")), known={site.url("/c"): VERSION})

    assert len({asked.connection for asked in site.asked}) == 1


@pytest.mark.parametrize(
    ("asked", "delay", "expected"),
    [
        ("", 1.0, 1.0),  # our own
        ("", 0.2, 0.2),
        ("Crawl-delay: 7", 1.0, 7.0),  # theirs
        ("Crawl-delay: 0.5", 1.0, 1.0),  # theirs is shorter
        ("Crawl-delay: 86400", 1.0, 30.0),  # as long as is reasonable
        ("Crawl-delay: soon", 1.0, 1.0),
    ],
)
def test_requests_keep_their_distance(site: Site, asked: str, delay: float, expected: float) -> None:
    """
    Between two requests to a host lies the pause that the policy or the site asks for, whichever is longer.
    """
    site.answers |= {"/robots.txt": robots(f"User-agent: *\n{asked}"), "/a": PAGE, "/b": 404, "/c": PAGE}

    read(site, *map(site.url, ("/a", "/b", "/c")), host_delay_s=delay)

    assert gaps(site) == [pytest.approx(expected, abs=0.25)] * 3


def test_hosts_do_not_wait_for_each_other(site: Site) -> None:
    """
    The pause is between requests to one host, not between all requests.
    """
    site.answers |= {"/a": PAGE}

    read(site, site.url("/a"), site.url("/a", "other.example"))

    assert [asked.host.split(":")[0] for asked in site.asked] == ["news.example"] * 2 + ["other.example"] * 2
    assert gaps(site) == [pytest.approx(gap, abs=0.25) for gap in (1.0, 0.0, 1.0)]


def test_delay_has_a_floor() -> None:
    """
    Nobody can set a pause that is none.
    """
    with pytest.raises(ValidationError):
        Policy(host_delay_s=0.1)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (robots("User-agent: *\nDisallow: /a"), "blocked_by_robots"),
        (robots("User-agent: onrecord\nDisallow: /"), "blocked_by_robots"),
        (robots("User-agent: *\nDisallow: /\n\nUser-agent: OnRecord\nAllow: /"), None),
        (robots("<html><body>Not found</body></html>"), None),
        (b"\xff\xfe\x00 nothing that could be read", None),
        (robots("#" * 600_000 + "\nUser-agent: *\nDisallow: /"), None),  # behind what has to be read
        (robots("User-agent: *\nDisallow: /a\n" + "#" * 600_000), "blocked_by_robots"),
        (401, None),
        (403, None),
        (404, None),
        (410, None),
        (429, "robots_unavailable"),
        (500, "robots_unavailable"),
        (503, "robots_unavailable"),
        ((302, {"Location": "/robots.txt"}, b""), None),  # in a circle: there is none
        ((301, {"Location": "/elsewhere.txt"}, b""), "blocked_by_robots"),
    ],
)
def test_robots_decides(site: Site, answer: object, expected: str | None) -> None:
    """
    What robots.txt closes is not asked for; a site whose robots.txt fails is closed, one that has none is open.
    """
    site.answers |= {"/robots.txt": answer, "/a": PAGE, "/elsewhere.txt": robots("User-agent: *\nDisallow: /")}

    (found,) = read(site, site.url("/a"))

    assert code(found) == expected
    assert ("/a" in site.paths()) == (expected is None)


def test_closed_site_is_asked_once_a_run(site: Site) -> None:
    """
    Where robots.txt fails, its further pages fail without another request.
    """
    site.answers |= {"/robots.txt": 503, "/a": PAGE, "/b": PAGE}

    found = read(site, site.url("/a"), site.url("/b"))

    assert list(map(code, found)) == ["robots_unavailable"] * 2
    assert site.paths() == ["/robots.txt"] * 4


def test_robots_of_the_next_host_counts_too(site: Site) -> None:
    """
    A redirect leads to another host only if that host's robots.txt lets it.
    """

    async def by_host(request: web.Request) -> web.Response:
        closed = request.host.startswith("other")
        return web.Response(text="User-agent: *\nDisallow: /" if closed else "")

    site.answers |= {"/robots.txt": by_host, "/a": (302, {"Location": site.url("/b", "other.example")}, b"")}

    (found,) = read(site, site.url("/a"))

    assert code(found) == "blocked_by_robots"
    assert found.locator == site.url("/a")


@pytest.mark.parametrize("status", [500, 502, 503, 429])
def test_busy_servers_get_time(site: Site, status: int) -> None:
    """
    After 429 and 5xx three more attempts are made, each after a longer pause; then the page counts.
    """
    site.answers["/a"] = [status, status, status, PAGE]

    (found,) = read(site, site.url("/a"))

    assert found.readings
    assert gaps(site) == [pytest.approx(gap, abs=0.25) for gap in (1.0, 1.0, 2.0, 4.0)]


def test_patience_ends(site: Site) -> None:
    """
    The fourth failure in a row is the last.
    """
    site.answers["/a"] = 503

    (found,) = read(site, site.url("/a"))

    assert code(found) == "http_503"
    assert site.paths().count("/a") == 4


def test_pages_that_are_missing_are_not_asked_again(site: Site) -> None:
    """
    What the server knows that it does not have is asked for once.
    """
    read(site, site.url("/a"))

    assert site.paths().count("/a") == 1


MOMENT = 1_394_013_600.0


@pytest.mark.parametrize(
    ("headers", "pause"),
    [
        ({"Retry-After": "20"}, 20.0),
        ({"Retry-After": "0"}, 1.0),  # never sooner than our own pause
        ({"Retry-After": "60"}, 60.0),
        ({"Retry-After": email.utils.formatdate(MOMENT + 40, usegmt=True)}, 40.0),  # by the server's own clock
        ({"Retry-After": "tomorrow"}, 1.0),
        ({"Retry-After": "61"}, None),  # too long for this run
        ({"Retry-After": "9" * 400}, None),
    ],
)
def test_retry_after_is_obeyed(site: Site, headers: dict[str, str], pause: float | None) -> None:
    """
    A server that says when it wants to be asked again is asked then, or not again in this run.
    """
    date = email.utils.formatdate(MOMENT, usegmt=True)
    site.answers["/a"] = [(503, {"Date": date, **headers}, b""), PAGE]

    (found,) = read(site, site.url("/a"))

    assert code(found) == (None if pause else "http_503")
    assert gaps(site) == [pytest.approx(gap, abs=0.25) for gap in (1.0, pause) if gap]


def test_unchanged_pages_are_not_sent_again(site: Site) -> None:
    """
    The server is told which version is here, and a page that is still that one has no reading and no failure.
    """
    site.answers["/a"] = 304

    (found,) = read(site, site.url("/a"), known={site.url("/a"): VERSION})

    asked = site.asked[-1].headers
    assert (asked["If-None-Match"], asked["If-Modified-Since"]) == (VERSION.etag, VERSION.last_modified)
    assert (found.is_modified, found.failure, found.readings, found.validators) == (False, None, (), VERSION)


def test_changed_pages_come_with_their_new_version(site: Site) -> None:
    """
    A page that is another one now is read, and the next visit asks for that version.
    """
    site.answers["/a"] = (200, {"ETag": 'W/"8"', "Content-Type": "text/html"}, PAGE.encode())

    (found,) = read(site, site.url("/a"), known={site.url("/a"): VERSION})

    assert found.readings
    assert found.validators == Validators(etag='W/"8"')


@pytest.mark.parametrize("etag", ['"a\r\nX-Header: b"', '"ñ"'])
def test_versions_cannot_write_headers(site: Site, etag: str) -> None:
    """
    A stored version that would break a request is left out of it.
    """
    site.answers["/a"] = PAGE

    (found,) = read(site, site.url("/a"), known={site.url("/a"): Validators(etag=etag)})

    assert found.readings
    assert "If-None-Match" not in site.asked[-1].headers


def test_moved_pages_are_followed(site: Site) -> None:
    """
    A page that moved is read at its new place and keeps the name that it is known by.
    """
    site.answers |= {
        "/a": (301, {"Location": "b?x=1#part"}, b""),
        "/b?x=1": (307, {"Location": f"//other.example:{site.port}/c"}, b""),
        "/c": PAGE,
    }

    (found,) = read(site, site.url("/a"))

    assert found.readings
    assert (found.locator, found.address) == (site.url("/a"), site.url("/c", "other.example"))


@pytest.mark.parametrize(("hops", "expected"), [(5, None), (6, "too_many_redirects")])
def test_redirects_are_counted(site: Site, hops: int, expected: str | None) -> None:
    """
    Five redirects are followed, the sixth is not.
    """
    site.answers |= {f"/{hop}": (302, {"Location": f"/{hop + 1}"}, b"") for hop in range(hops)}
    site.answers[f"/{hops}"] = PAGE

    (found,) = read(site, site.url("/0"))

    assert code(found) == expected


@pytest.mark.parametrize(
    "location",
    [
        "http://10.0.0.7/private",
        "http://127.0.0.1:{port}/private",  # this very server, by a name that nobody allowed
        "http://[::1]/",
        "http://[::ffff:10.0.0.7]/",
        "http://2130706433/",  # 127.0.0.1 as one number
        "http://169.254.169.254/latest/meta-data/",
        "https://news.example:8443/",
        "ftp://news.example/file",
        "file:///etc/hostname",
        "javascript:alert(1)",
        "http://user:word@news.example/",
        "/" + "a" * 3_000,
    ],
)
def test_redirects_do_not_lead_inside(site: Site, location: str) -> None:
    """
    A page cannot send us to a private machine, another port or scheme, or somewhere under a user name.
    """
    site.answers["/a"] = (302, {"Location": location.format(port=site.port)}, b"")
    policy, machines = site.policy(), {"news.example": "127.0.0.1", "2130706433": "127.0.0.1"}
    network = site.network()._replace(resolve=lambda host, port: [machines.get(host, host)])
    with WebReader(policy, network) as reader:
        (found,) = reader.read(site.url("/a"))

    assert code(found) == "address_refused"
    assert site.paths() == ["/robots.txt", "/a"]
    assert "word" not in str(found.failure)
