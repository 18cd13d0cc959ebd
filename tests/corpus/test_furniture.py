"""What is not the statement is marked, and no sentence of the statement ever is."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from real import SHARED, needs_real

from corpus.framing import find_about
from corpus.furniture import find_furniture
from corpus.models import Furniture
from corpus.sentences import lines
from corpus.sources.formats import read_page

PROSE = "The River Network asks the county to open the winter shelter on Monday, because nine families sleep in cars."
MORE = "Our members met the sheriff twice this spring and left both times without an answer to their letter."


def marked(text: str, title: str | None = None) -> list[str]:
    """The words marked as furniture, in order."""
    return [text[item.start : item.end] for item in find_furniture(text, title=title)]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Image Alt", "image"),
        ("![A crowd](crowd.jpg)", "image"),
        ("Photo: Dana Field", "image"),
        ("Skip to main content", "navigation"),
        ("Saltar al contenido", "navigation"),
        ("Home | About Us | News | Contact", "navigation"),
        ("Inicio Noticias Eventos Contacto", "navigation"),
        ("[Home](/) · [Maps](/maps)", "navigation"),
        ("Posted on May 2, 2013 by webmaster in News", "navigation"),
        ("Publicado el 2 de mayo de 2013 por admin", "navigation"),
        ("Filed under: Shelter, Winter", "navigation"),
        ("← Older posts", "navigation"),
        ("Previous post: The long winter", "navigation"),
        ("March 3, 2015/in News /by Web Team", "navigation"),
        ("Published May 2, 2013 by Noe", "navigation"),
        ("Home | Lessons | Meals | Choir", "navigation"),
        ("River-talk mailing list archive", "other"),
        ("[Date Prev][Date Next][Thread Prev]", "other"),
        ("SOURCE River Network", "other"),
        ("https://river.example/logo.png 0 0 Web Team", "other"),
        ("By webmaster", "navigation"),
        ("[END]", "other"),
        ("Comparte: Facebook  Twitter", "share"),
        ("Views: 1204", "share"),
        ("You received this message because you are on the list of the allies of River Network.", "mailing"),
        ("Share this:", "share"),
        ("Spread the love", "share"),
        ("Tweet", "share"),
        ("Compartir", "share"),
        ("Like Loading...", "share"),
        ("Click to share on Twitter (Opens in new window)", "share"),
        ("Share | Tweet | Print", "share"),
        ("Facebook Twitter LinkedIn Email", "share"),
        ("By admin | May 2, 2013 | News | 0 comments", "navigation"),
        ("Be the first to comment", "comments"),
        ("Leave a Reply", "comments"),
        ("Your email address will not be published. Required fields are marked *", "comments"),
        ("Deja un comentario", "comments"),
        ("Please check your e-mail: a link in it confirms your account.", "comments"),
        ("Media Contact: Lena Ortiz, (213) 555-0142", "contact"),
        ("Contacto: Lena Ortiz, 213-555-0142", "contact"),
        ("Lena Ortiz | (213) 555-0142 | [email\u00a0protected]", "contact"),
        ("Lena Ortiz, River Network, lena@river.example", "contact"),
        ("For more information contact Lena Ortiz at", "contact"),
        ("Para más información, comuníquese con Lena Ortiz al 213-555-0142.", "contact"),
        ("graphicForward this link", "mailing"),
        ("CONTACTS: Lena Ortiz, 213-555-0142; Noe Rivas, 213-555-0143", "contact"),
        ("Para entrevistas: Lena Ortiz 213-555-0142", "contact"),
        ("To RSVP, email Lena Ortiz at", "contact"),
        ("Interviews available upon request.", "contact"),
        ("Get emails in Spanish", "mailing"),
        ("Síguenos en Facebook y Twitter", "mailing"),
        ("Having trouble reading this message? View it in your browser", "mailing"),
        ("Don't forget to visit River on Facebook!", "mailing"),
        ("Cancelar suscripción", "mailing"),
        ("River News | Forward to a friend | Unsubscribe", "mailing"),
        ("To read the full report, please click here", "link_text"),
        ("To see the letter click on the following link:", "link_text"),
        ("Read more »", "link_text"),
        ("Read the full statement here: https://river.example/x", "link_text"),
        ("Visit us at www.river.example", "link_text"),
        ("Take Action NOW!", "link_text"),
        ("For more information visit our website", "link_text"),
        ("Haga clic aquí para leer la carta", "link_text"),
        ("© 2012 River Network", "copyright"),
        ("Copyright 2007–2010 River Network. All rights reserved.", "copyright"),
        ("FOR IMMEDIATE RELEASE", "other"),
        ("PARA PUBLICACIÓN INMEDIATA", "other"),
        ("###", "other"),
        ("-30-", "other"),
    ],
)
def test_line_is_furniture(line: str, kind: str) -> None:
    """A line of chrome between two paragraphs is marked whole, with its kind, and the paragraphs are not."""
    text = f"{PROSE}\n\n{line}\n\n{MORE}"

    assert [(line, kind)] == [(text[item.start : item.end], item.kind) for item in find_furniture(text)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Contact between detained parents and their children was cut to ten minutes a week.",
        "We share this victory with the neighbors who stood at the gate.",
        "The mayor refused to comment on the raid.",
        "Nobody should subscribe to the idea that a child is illegal.",
        "With one click of a pen the governor can end this.",
        "Call your senator and say that the camp must close.",
        "Contact your representative today and demand a vote.",
        "If officers come to your door, call our hotline at (213) 555-0142.",
        "For more information, call our hotline at 1-800-555-0142.",
        "And please sign our petition, which asks the county to open the shelter!",
        "They follow us on the street and on the bus.",
        "Search warrants were never shown, and the home was entered anyway.",
        "This is a joint statement from and River Network:",
        "Read the network's letter in response.",
        "Comparte con ellos el pan y la lucha desde hace veinte años.",
        "El contacto con sus familias quedó prohibido por un mes.",
        "Like many of you, I came here as a child.",
        "Print newspapers were the first to tell the story of the march.",
        "Copyright law was never written to hide a raid from the public.",
        "More information is needed before any family is moved.",
        "“For more information, call us,” said the officer, and he hung up.",
        "See the county’s report, which was online for a day and then gone.",
        "Go to the courthouse with us on Saturday and bring your keys.",
        "Join us at the gate on Saturday at noon.",
        "Source of light and bread for the valley, the kitchen will stay open",
        "From: the people of the valley, to whoever finds this letter",
        "Posted guards kept lawyers away from the gate for two days.",
    ],
)
def test_prose_is_kept(sentence: str) -> None:
    """A sentence of the statement stays, whatever words of menus and footers it holds."""
    assert marked(f"{PROSE}\n\n{sentence}\n\n{MORE}") == []
    assert marked(f"{PROSE} {sentence} {MORE}") == []


@pytest.mark.parametrize(
    "line",
    [
        "March 3, 2014",
        "Winter Shelter Opens After Long Campaign",
        "Los Angeles – The shelter opened on Monday.",
        "By Lena Ortiz",
        "Close the camp.",
        "1. Close the camp in the valley.",
    ],
)
def test_head_lines_stay(line: str) -> None:
    """Titles, date lines, datelines, bylines and demands are the statement's own."""
    assert marked(f"{line}\n\n{PROSE}\n\n{MORE}") == []


@pytest.mark.parametrize("gap", [" ", "\n", "\n\n"])
def test_furniture_sentence_leaves_its_neighbours(gap: str) -> None:
    """One sentence of a paragraph can be furniture while those beside it stay."""
    text = f"{MORE} To read the letter click on the following link:{gap}{PROSE}"

    assert marked(text) == ["To read the letter click on the following link:"]


def test_site_name_above_its_menu_is_furniture() -> None:
    """The site's name above its menu goes with it, where the statement has a headline of its own below."""
    menu = "Home\nAbout\nNews\nDonate"

    assert marked(f"RIVER NETWORK\n{menu}\n\nNine Families, No Roof Tonight\n\n{PROSE}")[0] == "RIVER NETWORK"
    assert "Nine Families" not in marked(f"Nine Families\n{menu}\n\n{PROSE}")


def test_forwarded_message_keeps_its_subject() -> None:
    """The fields of a forwarded message are furniture; its subject may be the title."""
    text = f"From: River Network\nDate: Tue, 3 Mar 2015\nSubject: Nine Families, No Roof\nTo: allies\n\n{PROSE}"

    assert marked(text) == ["From: River Network", "Date: Tue, 3 Mar 2015", "To: allies"]


def test_letterhead_below_the_contact_is_furniture() -> None:
    """Street and town beside a contact line are its letterhead; the same words in the statement are kept."""
    text = f"{PROSE}\n\n{PROSE}\n\n14 Mill Street\nMesa, AZ 85201\nPhone: 480-555-0142"

    assert marked(text) == ["14 Mill Street", "Mesa, AZ 85201", "Phone: 480-555-0142"]
    assert marked(f"{PROSE}\n\n14 Mill Street\n\n{PROSE}") == []


def test_thread_with_spanish_stamps_is_comments() -> None:
    """Readers who "dijo..." with a day and an hour below it close the page."""
    text = f"{PROSE}\n\n{MORE}\n\n2 comentarios:\n\nLupe dijo...\nQué tristeza.\n3 de mayo de 2015, 9:05"

    assert marked(text)[0].startswith("2 comentarios:")
    assert all(item.kind == "comments" for item in find_furniture(text))


def test_title_is_never_furniture() -> None:
    """A statement may be called "Take Action Now"."""
    assert marked(f"Take Action Now\n\n{PROSE}", title="Take Action Now") == []


def test_release_mark_leaves_its_date() -> None:
    """Only the words "FOR IMMEDIATE RELEASE" go when a date stands on their line."""
    assert marked(f"FOR IMMEDIATE RELEASE: March 3, 2014\n\n{PROSE}") == ["FOR IMMEDIATE RELEASE:"]


def test_contact_leaves_its_date() -> None:
    """A date that shares a line with a contact is the statement's date line."""
    line = "March 3, 2014      Contact: Lena Ortiz, 213-555-0142"

    assert marked(f"{line}\n\n{PROSE}") == ["Contact: Lena Ortiz, 213-555-0142"]


def test_wrapped_line_is_no_phrase() -> None:
    """A line that is the rest of a wrapped sentence is not taken for a button."""
    assert (
        marked("We ask everybody who heard the county's answer on Monday to\nshare this letter\nwith a neighbor.") == []
    )


def test_chrome_wins_and_stays_disjoint() -> None:
    """Spans from the markup are merged in, ascending and disjoint; a telling kind replaces "other"."""
    text = f"Home\nShare this\n{PROSE}"
    found = find_furniture(text, chrome=[Furniture(start=0, end=15, kind="other")])

    assert [(text[f.start : f.end].strip(), f.kind) for f in found] == [("Home", "other"), ("Share this", "share")]


PAGES = {
    "menu three times over": (
        "Home\nAbout Us\nOur Paper\nContact\n\nHome\nAbout Us\nOur Paper\nContact\n\n# The Shelter Opens\n\n"
        "{0}\n\nHome\nAbout Us\nOur Paper\nContact",
        ["# The Shelter Opens"],
    ),
    "menu of unknown words, three times": (
        "Red Room\nBlue Room\nGreen Room\n\n{0}\n\nRed Room\nBlue Room\nGreen Room\n\n{1}\n\nRed Room\n"
        "Blue Room\nGreen Room",
        [],
    ),
    "breadcrumb repeats the title": (
        "\u00a0 / \u00a0 Blog \u00a0 / \u00a0 The Shelter Opens\n\nThe Shelter Opens\n\n{0}",
        ["The Shelter Opens"],
    ),
    "breadcrumb from home": ("Home > News > 2014 > The Shel…\n\nThe Shelter Opens\n\n{0}", ["The Shelter Opens"]),
    "contact block of several lines": (
        "FOR IMMEDIATE RELEASE\n\nMEDIA CONTACT:\nLena Ortiz\nPress Secretary\n(213) 555-0142\n\n"
        "The Shelter Opens\n\n{0}",
        ["The Shelter Opens"],
    ),
    "numbered comments below the copyright": (
        "The Shelter Opens\n\n{0}\n\n© 2012 River Network\n\n1. Greetings from the coast.\n\n2. Greetings back.",
        ["The Shelter Opens"],
    ),
    "readers who say": (
        "The Shelter Opens\n\n{0}\n\n{1}\n\n2 Comments\n\nBob says:\nMay 4, 2013 at 3:04 pm\n"
        "I sleep better now that it is open, thank you.\n\nReply",
        ["The Shelter Opens"],
    ),
    "demands are no comments": (
        "We ask the county:\n\n1. Open the shelter.\n\n2. Feed the families.\n\n{0}\n\nShare this\n\n"
        "We also ask the state:\n\n1. Pay for it.\n\n2. Stay.",
        [
            "We ask the county:",
            "1. Open the shelter.",
            "2. Feed the families.",
            "We also ask the state:",
            "1. Pay for it.",
            "2. Stay.",
        ],
    ),
    "related posts": (
        "The Shelter Opens\n\n{0}\n\nRelated posts\n\nA long winter\nTwelve cots and a kettle\n\n{1}",
        ["The Shelter Opens"],
    ),
    "mailing around a release": (
        "¿No puede ver este mensaje? Ábralo en su navegador\n\nEl refugio abre\n\n{0}\n\n"
        "Reenviar este mensaje a un amigo\n\nBoletín del Río | Darse de baja",
        ["El refugio abre"],
    ),
    "comment form": (
        "{0}\n\nLeave a Reply\n\nYour email address will not be published.\n\nName *\n\nPost Comment\n\n"
        "Notify me of new posts by email.",
        [],
    ),
    "transcript of a rally": ("{0}\n\n[applause]\n\n{1}\n\n[END OF RECORDING]", []),
    "bilingual share row": ("{0}\n\nCompartir en Facebook · Tuitear · Imprimir\n\n{1}", []),
    "two contacts and a stripped address": (
        "{0}\n\nFor more information contact Lena Ortiz, at or (213) 555-0142.\n\nContact: Noe Rivas,\n\n{1}",
        [],
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_messy_page_keeps_its_statement(name: str) -> None:
    """Of a messy page exactly the statement's own lines are left."""
    page, own = PAGES[name]
    text = page.format(PROSE, MORE)
    expected = [prose for prose, slot in ((PROSE, "{0}"), (MORE, "{1}")) if slot in page]
    furniture = find_furniture(text)
    left = [text[line.start : line.end] for line in lines(text) if not any(f.span.holds(line) for f in furniture)]

    assert sorted([*own, *expected]) == sorted(left)


@given(st.lists(st.sampled_from([PROSE, MORE, "Home", "Contact", "News", "© 2012", "1. I agree", "", "###", "Share"])))
def test_furniture_is_ascending_and_disjoint(pieces: list[str]) -> None:
    """Whatever the page, the spans are in order, do not touch each other's words, without white space at their ends."""
    text = "\n".join(pieces)
    place = 0
    for item in find_furniture(text):
        assert place <= item.start < item.end <= len(text)
        assert text[item.start : item.end] == text[item.start : item.end].strip()
        place = item.end


@given(st.text(max_size=400))
def test_any_text_is_read(text: str) -> None:
    """No text makes the rules fail."""
    find_furniture(text, title=text[:20])


@pytest.mark.thorough
def test_long_page_is_quick() -> None:
    """A hundred thousand characters of furniture are read in about a second; the limit allows for a busy machine."""
    started = time.process_time()
    for piece in ("Home\n", "1. x\n", "for more information ", "click here to ", '"Aa. '):
        find_furniture((piece * 25_000)[:20_000])
    assert time.process_time() - started < 6


@needs_real
def test_seeds_agree() -> None:
    """On the annotated real statements everything that is not the statement is marked, and none of its body."""
    rows = [json.loads(row) for row in (SHARED / "evals/seeds-metadata-001-004.jsonl").read_text().splitlines()]
    for row in rows:
        text = read_page((SHARED / "statements" / row["file"]).read_bytes(), row["file"]).text
        furniture = [item.span for item in find_furniture(text)]
        names = [issuer["name"] for issuer in row["issuers"]]
        short = {issuer["short"]: issuer["name"] for issuer in row["issuers"] if issuer.get("short")}
        about = find_about(text, find_furniture(text), names, short)
        for item in row["non_body"]:
            start, end = _between(text, item)
            if item["type"] == "boilerplate_about":
                assert any(span.start <= start and end <= span.end for span in about), item
            elif not item.get("optional"):
                whole = {place for span in furniture for place in range(span.start, span.end)}
                assert all(text[place].isspace() or place in whole for place in range(start, end)), item
        for item in [row["body"], *row.get("body_more", []), *row.get("wrapper", [])]:
            start, end = _between(text, item)
            inner = [text[a:b] for a, b in furniture if a < end and b > start]
            assert not [piece for piece in inner if len(piece) == end - start], item
            if item is row["body"]:
                allowed = [n for n in row["non_body"] if n["type"] != "body"]
                assert len(inner) <= len(allowed)


def _between(text: str, item: dict[str, str]) -> tuple[int, int]:
    start = text.index(item["first40"])
    return start, text.index(item["last40"], start) + len(item["last40"])
