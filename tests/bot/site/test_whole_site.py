"""The site as a whole: every link resolves, nothing comes from elsewhere, and the same record gives the same bytes."""

from __future__ import annotations

from pathlib import Path

import pytest
from factories import statement
from lxml import etree
from sites import PUBLIC_URL, is_elsewhere, lantern_statements, parse, references, resolve
from terminal import Terminal, files_below

from bot.site import SiteRecord, write_site
from bot.site.feeds import sitemaps

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the sample and of what occurs nowhere in it, published at an address."""
    from bot.corpora import SAMPLE, read_statements

    out = tmp_path_factory.mktemp("site") / "out"
    odd = statement("A lamp.", id="Ünter/../lamps & <pier>#1?.txt", title="")
    write_site(SiteRecord([*read_statements([SAMPLE]), *lantern_statements(), odd], hidden=1), out, PUBLIC_URL)
    return out


@pytest.mark.thorough
def test_every_link_resolves(site: Path) -> None:
    """
    A crawler that follows every link of every page finds the file, and the anchor in it.
    """
    anchors: dict[Path, set[str]] = {}
    missing = []
    for page, tag, _, target in references(site):
        if is_elsewhere(target) and not target.startswith(PUBLIC_URL):
            continue
        file, anchor = resolve(site, page, target.removeprefix(f"{PUBLIC_URL}/") if is_elsewhere(target) else target)
        file = site / target.removeprefix(f"{PUBLIC_URL}/") if is_elsewhere(target) else file
        if file not in anchors:
            is_page = file.is_file() and file.suffix == ".html"
            anchors[file] = set(parse(file.read_bytes()).xpath("//@id")) if is_page else set()
        if not file.is_file() or (anchor and anchor not in anchors[file]):
            missing.append((page, tag, target))

    assert len(anchors) > 100
    assert missing == []


@pytest.mark.thorough
def test_every_page_is_reached(site: Path) -> None:
    """
    Who begins at the top and follows links reaches every page.
    """
    links: dict[Path, set[Path]] = {}
    for page, tag, _, target in references(site):
        if tag == "a" and not is_elsewhere(target):
            links.setdefault(site / page, set()).add(resolve(site, page, target)[0].resolve())
    found, rest = set(), {site / "index.html"}
    while rest:
        found |= rest
        rest = {file for page in rest for file in links.get(page, ()) if file.suffix == ".html"} - found

    assert found == set(site.rglob("*.html"))


@pytest.mark.thorough
def test_pages_load_nothing_from_elsewhere(site: Path) -> None:
    """
    A page loads its stylesheet and nothing else; what leads away is a link that a reader follows, without credit.
    """
    loaded = {
        one.target.rpartition("/")[2] for one in references(site) if one.tag == "link" and one.relation == "stylesheet"
    }
    away = [one for one in references(site) if one.tag != "link" and is_elsewhere(one.target)]
    style = (site / "style.css").read_text("utf-8")

    assert loaded == {"style.css"}
    assert {one.tag for one in references(site)} == {"a", "link"}
    assert away
    assert all({"nofollow", "noopener"} <= set(one.relation.split()) for one in away)
    assert "url(" not in style
    assert "@import" not in style
    assert len(style) < 10_000


@pytest.mark.thorough
def test_pages_allow_nothing(site: Path) -> None:
    """
    The policy of every page forbids scripts, frames, forms and pictures, and stands before anything that it is about.
    """
    for file in site.rglob("*.html"):
        tree = parse(file.read_bytes())
        (policy,) = tree.xpath("//head/meta[@http-equiv='Content-Security-Policy']/@content")

        assert policy == "default-src 'none'; style-src 'self' file:; base-uri 'none'; form-action 'none'"
        assert [one.tag for one in tree.find("head")][:2] == ["meta", "meta"]
        assert tree.xpath("//script | //@style | //style | //form | //iframe | //img") == []


def test_pages_know_each_other_in_both_languages(site: Path) -> None:
    """
    Every page names itself and its other language, in the same words in both.
    """
    for file in (site / "en").rglob("*.html"):
        path = file.relative_to(site / "en").as_posix()
        heads = [parse((site / locale / path).read_bytes()).find("head") for locale in ("en", "es")]
        found = [[(one.get("hreflang"), one.get("href")) for one in head.xpath("link[@hreflang]")] for head in heads]

        assert found[0] == found[1] == [(one, f"{PUBLIC_URL}/{one}/{path}") for one in ("en", "es")]
        assert heads[1].xpath("link[@rel='canonical']/@href") == [f"{PUBLIC_URL}/es/{path}"]


def test_pages_have_one_heading_and_a_title_of_their_own(site: Path) -> None:
    """
    A page has one first heading, and its title says what it is.
    """
    for file in site.rglob("*.html"):
        tree = parse(file.read_bytes())

        assert len(tree.xpath("//h1")) == 1
        assert tree.findtext(".//title").strip(" ·\n") != ""
        assert "  " not in tree.findtext(".//title")


def test_machines_are_told_where_pages_are(site: Path) -> None:
    """
    The sitemap lists every page in every language, and robots.txt names it.
    """
    listed = {one.text for one in etree.parse(site / "sitemap.xml").iter(f"{SITEMAP}loc")}
    pages = {f"{PUBLIC_URL}/{file.relative_to(site).as_posix()}" for file in site.rglob("*/*.html")}

    assert listed == pages
    assert f"Sitemap: {PUBLIC_URL}/sitemap.xml" in (site / "robots.txt").read_text("utf-8")


def test_a_long_sitemap_is_in_parts() -> None:
    """
    Where a site has more pages than one sitemap may list, the first one lists the others.
    """
    files = dict(sitemaps(["a.html", "b.html"], PUBLIC_URL, most=3))
    index, *parts = (
        [one.text for one in etree.fromstring(content.encode()).iter(f"{SITEMAP}loc")] for content in files.values()
    )

    assert index == [f"{PUBLIC_URL}/sitemap-1.xml", f"{PUBLIC_URL}/sitemap-2.xml"]
    assert list(files) == ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml"]
    assert [len(part) for part in parts] == [3, 1]


def test_the_feed_holds_the_newest(site: Path) -> None:
    """
    The feed lists the newest statements whose day is known, each with its page, issuers and day; nothing is made up.
    """
    tree = etree.parse(site / "es" / "feed.xml").getroot()
    entries = tree.findall(f"{ATOM}entry")
    days = [entry.findtext(f"{ATOM}updated") for entry in entries]
    links = [entry.find(f"{ATOM}link").get("href") for entry in entries]  # type: ignore[union-attr]

    assert len(entries) > 20
    assert days == sorted(days, reverse=True)  # type: ignore[type-var]
    assert tree.findtext(f"{ATOM}updated") == days[0]
    assert all((site / link.removeprefix(f"{PUBLIC_URL}/")).is_file() for link in links)
    assert all(entry.findtext(f"{ATOM}author/{ATOM}name") for entry in entries)
    assert "2012-11-" not in " ".join(filter(None, days))


def test_a_feed_is_xml_whatever_a_title_holds(tmp_path: Path) -> None:
    """
    A title with characters that XML cannot hold leaves the feed readable.
    """
    write_site(SiteRecord([statement(title="Lamps \x0b & <pier> \ufffe ]]>")]), tmp_path / "out", PUBLIC_URL)

    entry = etree.parse(tmp_path / "out" / "en" / "feed.xml").find(f"{ATOM}entry")
    assert entry is not None
    assert entry.findtext(f"{ATOM}title") == "Lamps & <pier> \ufffd ]]>"


def test_without_an_address_pages_name_none(tmp_path: Path) -> None:
    """
    Where nobody says where the site will stand, there is no sitemap, no feed, and every link is a relative one.
    """
    write_site(SiteRecord([statement()]), tmp_path / "out")
    names = {name for name in files_below(tmp_path / "out") if not name.endswith(".html")}

    assert names == {"style.css", ".onrecord-site"}
    assert [one for one in references(tmp_path / "out") if is_elsewhere(one.target)] == []


@pytest.mark.thorough
def test_the_same_record_gives_the_same_bytes(terminal: Terminal) -> None:
    """
    Two processes that shuffle their sets in different ways write the same site to the byte.
    """
    for number in ("1", "2"):
        shuffled = {"PYTHONHASHSEED": number, "ONRECORD_PUBLIC_URL": f"{PUBLIC_URL}/"}
        ended = terminal.process("site", number, "--corpus", "statements", more=shuffled)
        assert ended.status == 0, ended.err

    assert files_below(terminal.folder / "1") == files_below(terminal.folder / "2")
    assert len(files_below(terminal.folder / "1")) > 20
