"""The date of a statement: its own dateline, its header, metadata, its address, or honestly none."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from real import SHARED, needs_real

from corpus.calendar_words import printed_dates
from corpus.canonical import canonical_text
from corpus.dating import find_date
from corpus.furniture import find_furniture
from corpus.models import Furniture

BODY = (
    "The Riverbend Neighbors Network today called on the city council to keep its promise to every family that lives "
    "and works here. We will not stop until the last of our neighbors is safe at home.\n\n"
    "The network has asked for this since its first assembly, and its members will go on asking."
)
CUERPO = (
    "La Red Vecinal del Valle exige hoy que la ciudad cumpla su promesa con todas las familias que viven y trabajan "
    "aquí. No vamos a parar hasta que cada persona esté segura en su casa.\n\n"
    "La red lo ha pedido desde su primera asamblea, y sus integrantes lo seguirán pidiendo."
)
TITLE = "Neighbors Ask the City to Keep Its Promise"
TITULO = "Vecinas y vecinos piden que la ciudad cumpla"


def head(*lines: str, body: str = BODY) -> str:
    return "\n\n".join([*lines, body])


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        ("GENEVA, 4 March 2014 – ", "2014-03-04"),
        ("(September 10, 2014, Los Angeles) – ", "2014-09-10"),
        ("Washington, D.C. – March 5, 2013 – ", "2013-03-05"),
        ("LOS ANGELES, CA, Sept. 3 2015 -- ", "2015-09-03"),
        ("CHICAGO (May 4, 2010) – ", "2010-05-04"),
        ("(CHICAGO, IL – May 4, 2010) ", "2010-05-04"),
        ("CHICAGO, May 4, 2010 /Newswire/ -- ", "2010-05-04"),
        ("St. Paul, Minn. (May 3, 2011) - ", "2011-05-03"),
        ("[Tucson, Ariz. – May 3, 2011] – ", "2011-05-03"),
        ("NEW YORK, NY | June 1, 2016 — ", "2016-06-01"),
        ("New York and San Salvador, June 1, 2016 — ", "2016-06-01"),
        ("Oakland, California, Tuesday, March 3, 2015 – ", "2015-03-03"),
        ("March 3, 2015 – Oakland, California – ", "2015-03-03"),
        ("May 5, 2014 – ", "2014-05-05"),  # no place, but it opens the text and a dash follows
        ("**Phoenix, AZ – April 23rd, 2010** – ", "2010-04-23"),
        ("HOUSTON—JULY 9, 2018—", "2018-07-09"),
        ("San José, Costa Rica, 3 May 2011. ", "2011-05-03"),
        ("Winston-Salem, N.C., Oct. 9, 2012 — ", "2012-10-09"),
    ],
)
def test_dateline_gives_the_date(opening: str, expected: str) -> None:
    """The place and date that open a release are its date, in every form releases print them."""
    dated = find_date(head(TITLE, opening + BODY))

    assert (dated.date, dated.precision, dated.evidence) == (expected, "day", "dateline")


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        ("Ciudad de México, a 5 de marzo de 2013.- ", "2013-03-05"),
        ("Ciudad de México, 5 de marzo de 2013.- ", "2013-03-05"),
        ("México, D.F., a 3 de mayo del 2011.- ", "2011-05-03"),
        ("Nueva York, NY / Tegucigalpa, Honduras, 5 de marzo de 2013 – ", "2013-03-05"),
        ("LOS ÁNGELES, CA – 1º de septiembre de 2015 – ", "2015-09-01"),
        ("San Salvador, martes 3 de marzo de 2015. ", "2015-03-03"),
        ("(Chicago, IL, 3 de setiembre de 2015) – ", "2015-09-03"),
        ("Tapachula, Chiapas; a 9 de enero de 2019.– ", "2019-01-09"),
        ("Chicago, Illinois a 3 de marzo de 2015\n\n", "2015-03-03"),
        ("Tegucigalpa, M.D.C., 3 de marzo de 2015\n\n", "2015-03-03"),
        ("PROVIDENCE, 16 MAYO 2023 / ", "2023-05-16"),
        ("TEGUCIGALPA, HONDURAS. 28 DE JUNIO DE 2010. – ", "2010-06-28"),
    ],
)
def test_spanish_dateline_gives_the_date(opening: str, expected: str) -> None:
    """Spanish communiqués open with place and date too, with "a" before it and ".-" after it."""
    dated = find_date(head(TITULO, opening + CUERPO))

    assert (dated.date, dated.precision, dated.evidence) == (expected, "day", "dateline")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Friday, August 12, 2011", "2011-08-12"),
        ("February 2, 2021", "2021-02-02"),
        ("FEBRUARY 2, 2021", "2021-02-02"),
        ("2 February 2021", "2021-02-02"),
        ("Feb. 2, 2021", "2021-02-02"),
        ("2021-02-02", "2021-02-02"),
        ("Published: 2021-02-02T10:22:00Z", "2021-02-02"),
        ("03.03.2015", "2015-03-03"),
        ("Updated: March 9, 2015 Published: March 3, 2015", "2015-03-03"),
        ("(February 2, 2021)", "2021-02-02"),
        ("## February 2, 2021", "2021-02-02"),
        ("Posted on March 3, 2015 by Web Team", "2015-03-03"),
        ("Posted by Ana Robles on March 3, 2015", "2015-03-03"),
        ("Posted: March 3, 2015 at 4:17 pm", "2015-03-03"),
        ("Posted March 3, 2015 | Updated March 9, 2015", "2015-03-03"),
        ("Published March 3, 2015 in News", "2015-03-03"),
        ("By Ana Robles | March 3, 2015 | 4 Comments", "2015-03-03"),
        ("March 3, 2015 by Ana Robles", "2015-03-03"),
        ("March 3, 2015 • Press Release", "2015-03-03"),
        ("News | March 3, 2015", "2015-03-03"),
        ("March 3, 2015/in News /by Web Team", "2015-03-03"),
        ("Date: Tue, 3 Mar 2015 10:14:52 -0400", "2015-03-03"),
        ("Voices of the Valley, March 3, 2015", "2015-03-03"),  # a group, no place
        ("Tuesday, March 3, 2015 - 10:32", "2015-03-03"),
        ("Date: March 3, 2015", "2015-03-03"),
        ("Release Date: March 3rd, 2015", "2015-03-03"),
        ("Date:\nMarch 3, 2015", "2015-03-03"),
        ("Posted on\nMarch 3, 2015\nby Web Team", "2015-03-03"),
        ("FOR IMMEDIATE RELEASE: May 4, 2010", "2010-05-04"),
        ("For Immediate Release – May 4, 2010", "2010-05-04"),
        ("FOR IMMEDIATE RELEASE\nMay 4, 2010\nContact: Ana Robles, (312) 555-0142", "2010-05-04"),
        ("FOR IMMEDIATE RELEASE May 4, 2010 Contact: Ana Robles (312) 555-0142", "2010-05-04"),
        ("May 4, 2010 – FOR IMMEDIATE RELEASE", "2010-05-04"),
        ("PRESS RELEASE | May 4, 2010", "2010-05-04"),
        ("MEDIA ADVISORY\nMay 4, 2010", "2010-05-04"),
        ("Riverbend Neighbors Network | May 4, 2010", "2010-05-04"),
        ("From: Riverbend Neighbors Network\nDate: Tue, 3 Mar 2015\nSubject: " + TITLE, "2015-03-03"),
        ("13/5/2010", "2010-05-13"),  # only one reading is a day
        ("5/13/10", "2010-05-13"),
        ("4/4/2010", "2010-04-04"),  # both readings are the same day
        ("Saturday, 5/1/2010", "2010-05-01"),  # the weekday settles it
    ],
)
def test_header_line_gives_the_date(line: str, expected: str) -> None:
    """A line of the head that only prints a date, or a date with its label or byline, is the date."""
    dated = find_date(head(TITLE, line))

    assert (dated.date, dated.precision, dated.evidence) == (expected, "day", "header")
    assert find_date(head(line, TITLE)).date == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Publicado el 3 de marzo de 2015", "2015-03-03"),
        ("Publicado el 3 de marzo de 2015 por Ana Robles", "2015-03-03"),
        ("Publicado por Ana Robles el 3 de marzo de 2015", "2015-03-03"),
        ("Publicado en Noticias | 3 de marzo de 2015", "2015-03-03"),
        ("Fecha: 3 de marzo de 2015", "2015-03-03"),
        ("Fecha de publicación: 3 de marzo del 2015", "2015-03-03"),
        ("martes 3 de marzo de 2015", "2015-03-03"),
        ("MARTES, 3 DE MARZO DE 2015", "2015-03-03"),
        ("3 marzo, 2015", "2015-03-03"),
        ("3-mar-2015", "2015-03-03"),
        ("Marzo 3, 2015", "2015-03-03"),
        ("Comunicado de prensa – 3 de marzo de 2015", "2015-03-03"),
        ("PARA PUBLICACIÓN INMEDIATA: 3 de marzo de 2015", "2015-03-03"),
        ("PARA SU DIFUSIÓN INMEDIATA\n3 de marzo de 2015", "2015-03-03"),
        ("Primero de septiembre de 2016", "2016-09-01"),
        ("Fecha: 3/5/2015", "2015-05-03"),  # Spanish puts the day first
    ],
)
def test_spanish_header_line_gives_the_date(line: str, expected: str) -> None:
    """The same lines in Spanish."""
    dated = find_date(head(TITULO, line, body=CUERPO))

    assert (dated.date, dated.precision, dated.evidence) == (expected, "day", "header")


@pytest.mark.parametrize(
    ("line", "expected", "precision"),
    [
        ("November 2012", "2012-11", "month"),
        ("noviembre de 2012", "2012-11", "month"),
        ("NOVIEMBRE 2012", "2012-11", "month"),
        ("Nov. 2012", "2012-11", "month"),
        ("2012", "2012", "year"),
        ("5/1/2010", "2010", "year"),  # January or May: only the year is certain
    ],
)
def test_date_is_only_as_precise_as_printed(line: str, expected: str, precision: str) -> None:
    """A month stays a month, a year a year, and numbers that may be swapped are not guessed."""
    dated = find_date(head(TITLE, line))

    assert (dated.date, dated.precision, dated.evidence) == (expected, precision, "header")


@pytest.mark.parametrize(
    "text",
    [
        # running text
        head(TITLE),
        head(TITLE, "On Friday, August 5, 2011, the council voted against the plan that our members had proposed."),
        head(TITLE, "Mesa, AZ – On Tuesday, August 2, the council voted against the plan we had proposed. " + BODY),
        head(TITLE, "Mesa, AZ – On Tuesday, August 2, 2011, the council voted against the plan. " + BODY),
        head(TITLE, "CHICAGO – May 1, 2010 marks four years since our neighbors first walked out together. " + BODY),
        head(TITLE, "CHICAGO, May 1 – " + BODY),  # no year
        # events
        head("National Day of Action – April 10, 2013"),
        head("March for Dignity, May 1, 2010"),
        head("Marcha por la dignidad – 1 de mayo de 2010", body=CUERPO),
        head("May 1-3, 2010"),
        head(TITLE, "May 1, 2010 - May 3, 2010"),
        head(TITLE, "When: Friday, May 7, 2010"),
        head(TITLE, "WHAT: Vigil\nWHEN: Friday, May 7, 2010, 6 pm\nWHERE: Main Plaza"),
        head(TITLE, "Date: Friday, May 7, 2010\nTime: 6 pm\nPlace: Main Plaza"),
        head(TITLE, "Fecha: 7 de mayo de 2010\nHora: 6 pm\nLugar: Plaza Mayor"),
        head(TITLE, "WHEN:\nMay 7, 2010"),
        head(TITLE, "Friday, May 7, 2010 at 6:00 PM"),
        head(TITLE, "Join us on\nMay 7, 2010"),
        head(TITLE, "Saturday, May 8, 2010\n6:00 PM\nMain Plaza"),
        head(TITLE, "MEDIA ADVISORY for Friday, May 7, 2010"),
        head("Testimony before the Council, May 7, 2010"),
        head(TITLE, "(Photo by Ana Robles, May 7, 2010)"),
        # deadlines, crawls, later changes
        head(TITLE, "Deadline: May 7, 2010"),
        head(TITLE, "Fecha límite: 7 de mayo de 2010"),
        head(TITLE, "RSVP by May 7, 2010"),
        head(TITLE, "Last updated: May 7, 2010"),
        head(TITLE, "Last updated\nMay 7, 2010"),
        head(TITLE, "Última actualización: 7 de mayo de 2010"),
        head(TITLE, "Retrieved on May 7, 2010"),
        head(TITLE, "Archived May 7, 2010"),
        head(TITLE, "Consultado el 7 de mayo de 2010"),
        head("Today is Friday, May 7, 2010", TITLE),
        # copyright and comments
        head(TITLE) + "\n\n© 2009 Riverbend Neighbors Network",
        head(TITLE) + "\n\nAna says:\nMarch 3, 2015 at 4:17 pm\nThank you for this.",
        # other posts
        head("Archives\nMarch 2014 (3)\nFebruary 2014 (8)", TITLE),
        head("March 2014\nFebruary 2014\nJanuary 2014", TITLE),
        head("2014\n2013\n2012", TITLE),
        head("An older post\nMay 1, 2014\nOne more\nApril 2, 2014\nAnother\nMarch 3, 2014", TITLE),
        # titles and impossible days
        head("What We Learned in 2012"),
        head("Annual Report 2012"),
        head(TITLE, "February 30, 2014"),
        head(TITLE, "31 de abril de 2014"),
        head(TITLE, "May 4, 1810"),
        head(TITLE, "statement-2014-09-10.pdf"),
        # after the body
        head(TITLE) + "\n\nMarch 3, 2015",
        head(TITLE) + "\n\nPosted on March 3, 2015 by Web Team",
    ],
)
def test_other_dates_are_never_the_date(text: str) -> None:
    """Events, deadlines, crawls, comments, other posts and impossible days leave a statement undated."""
    assert find_date(text).date is None


def test_dateline_wins_over_the_blog_date() -> None:
    """A release inside a blog post keeps its own date, and the other one is reported."""
    dated = find_date(head("Friday, May 7, 2010", TITLE, "CHICAGO, May 4, 2010 – " + BODY))

    assert (dated.date, dated.evidence) == ("2010-05-04", "dateline")
    assert dated.warnings == ("date_conflict: Friday, May 7, 2010",)


def test_release_header_wins_over_the_blog_date() -> None:
    """The header of the release itself is nearer to it than the date of the blog post around it."""
    text = head("Friday, May 7, 2010", "Our friends sent us this", BODY, "FOR IMMEDIATE RELEASE\nMay 4, 2010", TITLE)

    assert find_date(text).date == "2010-05-04"


def test_weekday_that_contradicts_is_reported() -> None:
    """The date stays as printed; readers and moderators learn that its weekday is another day."""
    dated = find_date(head("Monday, September 10, 2014", TITLE))

    assert dated.date == "2014-09-10"
    assert dated.warnings == ("date_inconsistent: Monday, September 10, 2014",)


def test_ambiguous_numbers_are_reported() -> None:
    """Where day and month may be swapped, the year stands and the warning says why."""
    assert find_date(head(TITLE, "5/1/2010")).warnings == ("date_ambiguous: 5/1/2010",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (head("5/1/2010", TITLE, "CHICAGO, IL – " + BODY), "2010-05-01"),  # a state of the U.S. in the dateline
        (head("5/1/2010", TITLE) + "\n\nWe marched today, May 1, 2010.", "2010-05-01"),  # written out elsewhere
        (head("5/1/2010", TITULO, "CHICAGO, IL – " + CUERPO, body=CUERPO), "2010"),  # Spanish, but in the U.S.
    ],
)
def test_context_settles_numbers(text: str, expected: str) -> None:
    """A place, a weekday or the same day in words decides what 5/1/2010 means; nothing else does."""
    assert find_date(text).date == expected


@pytest.mark.parametrize(
    ("metadata", "url", "expected"),
    [
        ("2014-09-10T08:00:00-07:00", None, ("2014-09-10", "day", "metadata")),
        ("2014-09", None, ("2014-09", "month", "metadata")),
        ("2014", None, ("2014", "year", "metadata")),
        ("September 10, 2014", None, ("2014-09-10", "day", "metadata")),
        ("10 de septiembre de 2014", None, ("2014-09-10", "day", "metadata")),
        ("Wed, 10 Sep 2014 15:00:00 GMT", None, ("2014-09-10", "day", "metadata")),
        ("9/10/2014", None, (None, "none", "none")),  # may be October
        ("2014-02-30", None, (None, "none", "none")),
        ("soon", None, (None, "none", "none")),
        (None, "https://riverbend.example/2014/09/10/keep-the-promise/", ("2014-09-10", "day", "url")),
        (None, "https://riverbend.example/news/2014/09/keep-the-promise", ("2014-09", "month", "url")),
        (None, "https://riverbend.example/keep-the-promise-2012/", (None, "none", "none")),
        (None, "https://riverbend.example/2014-09-10-promise.html", (None, "none", "none")),  # a file name
        (None, "https://riverbend.example/uploads/2014/09/promise.pdf", (None, "none", "none")),  # when it was uploaded
        (None, "https://archive.example/web/2019/05/06/https://riverbend.example/promise/", (None, "none", "none")),
        (None, "https://riverbend.example/2014/13/10/promise/", (None, "none", "none")),
        ("2014-09-11", "https://riverbend.example/2014/09/10/promise/", ("2014-09-11", "day", "metadata")),  # time zone
        ("2014-09-28", "https://riverbend.example/2014/09/10/promise/", ("2014-09", "month", "metadata")),
        ("2019-05-06", "https://riverbend.example/2014/09/10/promise/", (None, "none", "none")),
    ],
)
def test_metadata_and_address_date_what_prints_no_date(
    metadata: str | None, url: str | None, expected: tuple[str | None, str, str]
) -> None:
    """Without a printed date, what the page declares counts, then its address, as far as they agree."""
    dated = find_date(head(TITLE), metadata_date=metadata, url=url)

    assert (dated.date, dated.precision, dated.evidence) == expected
    assert dated.span is None


def test_front_matter_is_metadata() -> None:
    """A date that the file declares before its text is metadata, not a printed header."""
    text = f"---\ntitle: {TITLE}\ndate: 2014-09-10\n---\n\n# {TITLE}\n\n{BODY}"

    assert find_date(text).date is None
    assert find_date(text, metadata_date="2014-09-10").evidence == "metadata"


def test_printed_date_wins_over_metadata() -> None:
    """Metadata often holds the day of a migration; the printed date stands and the difference is reported."""
    dated = find_date(head("May 4, 2010", TITLE), metadata_date="2016-01-01")

    assert (dated.date, dated.evidence) == ("2010-05-04", "header")
    assert dated.warnings == ("date_conflict: 2016-01-01",)


def test_sign_off_with_place_gives_the_date() -> None:
    """A communiqué that closes with place and day on a line of their own is dated by it."""
    dated = find_date(head(TITULO, body=CUERPO) + "\n\nRed Vecinal del Valle\n\nSan Salvador, 3 de mayo de 2012")

    assert (dated.date, dated.evidence) == ("2012-05-03", "dateline")


def test_dates_in_furniture_do_not_count() -> None:
    """A date that a comment or a menu prints is not the statement's."""
    text = head("May 4, 2010", TITLE)
    for kind in ("comments", "copyright", "navigation"):
        assert find_date(text, furniture=[Furniture(start=0, end=11, kind=kind)]).date is None


def test_line_of_posting_is_the_date_though_it_is_furniture() -> None:
    """ "Posted by … on …" above the text dates the page; below it, or twice, it is another post's."""
    posted = "Posted by admin on May 4, 2010 in News"
    again = "Posted by admin on May 6, 2010 in News"
    rows = {"above": head(TITLE, posted), "below": f"{head(TITLE)}\n\n{posted}", "twice": head(posted, again, TITLE)}
    dates = {where: find_date(text, furniture=find_furniture(text)).date for where, text in rows.items()}

    assert dates == {"above": "2010-05-04", "below": None, "twice": None}


def test_span_is_the_printed_words() -> None:
    """The date rests on words that can be shown: they stand where its span says."""
    text = head(TITLE, "FOR IMMEDIATE RELEASE: Tuesday, May 4, 2010")
    span = find_date(text).span

    assert span is not None
    assert text[span.start : span.end] == "Tuesday, May 4, 2010"


@needs_real
@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("000_d10c9e3d33e479ed.txt", (None, "none", "none")),
        ("001_79f1b799e8efe7e0.txt", ("2011-08-12", "day", "header")),
        ("002_ab4fecf6c85c2977.txt", (None, "none", "none")),
        ("003_06525dfc95b37924.txt", ("2014-09-10", "day", "dateline")),
        ("004_0432d82b145eea99.txt", ("2021-02-02", "day", "header")),
    ],
)
def test_real_statements_are_dated_right(file: str, expected: tuple[str | None, str, str]) -> None:
    """The five real statements have the dates that people found in them."""
    text, _ = canonical_text((SHARED / "statements" / file).read_bytes())
    dated = find_date(text)

    assert (dated.date, dated.precision, dated.evidence) == expected
    for row in (SHARED / "evals" / "seeds-metadata-001-004.jsonl").read_text(encoding="utf-8").splitlines():
        gold = json.loads(row)
        if gold["file"] == file:
            assert dated.span is not None
            assert text[dated.span.start : dated.span.end] == gold["date"]["quote"]
            assert dated.date not in gold["date"]["must_not_be"]


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)))
def test_every_written_day_reads_back(day: dt.date) -> None:
    """Whatever the day, the forms that statements print of it mean that day and no other."""
    english = f"{day:%B} {day.day}, {day.year}"
    for form in (english, english.upper(), f"{day.day} {day:%b} {day.year}", f"{day:%A}, {english}", day.isoformat()):
        (found,) = printed_dates(form)
        assert found.readings == (day,)
        assert not found.contradicts_weekday()


@given(st.text(alphabet="MayJun 0123456789,/-.–()\nenero de", max_size=400))
def test_any_text_is_read_without_failing(text: str) -> None:
    """Untrusted text never breaks dating, and a date that is given has the shape of its precision."""
    dated = find_date(text)

    assert len(dated.date or "") == {"day": 10, "month": 7, "year": 4, "none": 0}[dated.precision]
