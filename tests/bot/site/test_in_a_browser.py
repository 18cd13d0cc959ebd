"""The site in a real browser: no barrier for anybody, on a phone, in light and dark, from a disk and from a host."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Literal

import pytest
import pytest_asyncio
from aiohttp import web
from browsing import BROWSER, WHY_NOT, Tab, open_tab
from factories import statement
from sites import PUBLIC_URL, lantern_statements

from bot.site import SiteRecord, write_site
from corpus.corrections import Correction
from retrieval.links import named_safely

pytestmark = [pytest.mark.skipif(BROWSER is None, reason=WHY_NOT), pytest.mark.asyncio(loop_scope="module")]

KINDS = [
    "index.html",
    "en/index.html",
    "es/index.html",
    "en/years.html",
    "en/y/2014.html",
    "en/y/undated.html",
    "en/organizations.html",
    f"en/o/{named_safely('lantern network')}.html",
    "en/o/unsigned.html",
    "en/people.html",
    f"en/p/{named_safely('maribel quill')}.html",
    "en/s/2014-001.html",
    "es/s/undated-001.html",
    "en/s/undated-002.html",
]

# Together they use each of the colours.
EVERY_COLOUR = ["en/index.html", "en/y/undated.html", "en/s/2014-001.html", "es/s/undated-001.html"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with every kind of page, and a statement of unknown language with words that nothing breaks."""
    out = tmp_path_factory.mktemp("site") / "out"
    odd = statement("灯 " + "lamp" * 60, id="undated-002", date=None, language="und", title="pier" * 40)
    corrections = {"2014-001": [Correction("title", "", "x")]}
    record = SiteRecord([*lantern_statements(), odd], corrections, hidden=2, is_sample=True)
    write_site(record, out, PUBLIC_URL)
    return out


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def tab() -> AsyncIterator[Tab]:
    """One browser for all."""
    async with open_tab() as tab:
        yield tab


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("path", "scheme"), [*((path, "light") for path in KINDS), *((path, "dark") for path in EVERY_COLOUR)]
)
async def test_nobody_is_kept_out(site: Path, tab: Tab, path: str, scheme: Literal["light", "dark"]) -> None:
    """
    axe finds nothing serious or critical on any kind of page, in either colour scheme, with everything unfolded.
    """
    await tab.show((site / path).as_uri(), scheme=scheme)
    await tab.value("document.querySelectorAll('details').forEach(one => one.open = true)")

    assert await tab.barriers("serious", "critical") == []
    assert tab.complaints == []


@pytest.mark.thorough
async def test_barriers_are_noticed(tmp_path: Path, tab: Tab) -> None:
    """
    A page with grey letters on grey ground and a link without words does not pass.
    """
    page = tmp_path / "page.html"
    page.write_text(
        '<!doctype html><html lang="en"><title>Lamps</title><main style="background:#999"><h1>Lamps</h1>'
        '<p style="color:#888">Light it.</p><a href="#x"></a></main></html>'
    )
    await tab.show(page.as_uri())

    found = await tab.barriers("serious", "critical")
    assert {one.partition(" ")[0] for one in found} >= {"color-contrast", "link-name"}


@pytest.mark.thorough
@pytest.mark.parametrize("path", KINDS)
async def test_pages_fit_a_small_phone(site: Path, tab: Tab, path: str) -> None:
    """
    Nothing has to be scrolled sideways on a screen of 320 pixels, whatever a title or a text holds.
    """
    await tab.show((site / path).as_uri(), width=320)

    assert await tab.value("document.documentElement.scrollWidth") <= 320


@pytest.mark.thorough
async def test_the_colour_scheme_is_the_readers(site: Path, tab: Tab) -> None:
    """
    Who has a dark screen gets light letters on dark ground, who prints black ones on white.
    """
    colours = []
    for scheme, medium in (("light", "screen"), ("dark", "screen"), ("dark", "print")):
        await tab.show((site / KINDS[1]).as_uri(), scheme=scheme, medium=medium)  # type: ignore[arg-type]
        colours.append(await tab.value("getComputedStyle(document.documentElement).backgroundColor"))

    assert colours == ["rgb(251, 250, 247)", "rgb(22, 25, 28)", "rgb(255, 255, 255)"]


@pytest.mark.thorough
async def test_a_link_opens_at_its_paragraph(site: Path, tab: Tab) -> None:
    """
    An address with the anchor of a paragraph opens there and marks it.
    """
    await tab.show(f"{(site / 'en/s/2014-001.html').as_uri()}#p4")
    marked = "getComputedStyle(document.querySelector('p:target')).backgroundColor"

    assert (await tab.value("document.querySelector(':target').textContent")).startswith("“The pier is ours,”")
    assert await tab.value(marked) != await tab.value("getComputedStyle(document.querySelector('#p3')).backgroundColor")


@pytest.mark.thorough
async def test_a_host_needs_to_serve_nothing_else(site: Path, tab: Tab) -> None:
    """
    From a host too a page is styled under its own policy, and the browser asks for page and stylesheet only.
    """
    asked = []

    async def answer(request: web.Request) -> web.FileResponse:
        asked.append(request.path)
        return web.FileResponse(site / request.path.lstrip("/"))

    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        listening = web.TCPSite(runner, "127.0.0.1", 0)
        await listening.start()
        await tab.show(f"http://127.0.0.1:{runner.addresses[0][1]}/en/s/2014-001.html")
        ground = await tab.value("getComputedStyle(document.documentElement).backgroundColor")
    finally:
        await runner.cleanup()

    assert ground == "rgb(251, 250, 247)"
    assert asked == ["/en/s/2014-001.html", "/style.css"]
    assert tab.complaints == []
