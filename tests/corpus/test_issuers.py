"""Who issued a statement: named as it names them, missing where a name was lost, nobody where nothing says so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from real import SHARED, needs_real

from corpus.canonical import canonical_text
from corpus.dating import find_date
from corpus.headline import find_title
from corpus.issuers import Issuers, find_issuers, short_forms
from corpus.models import Span

PROSE = (
    "Families who live along the river have waited for years to hear that their homes are safe, and they still wait. "
    "The council owes them an answer before the winter."
)
PROSA = (
    "Las familias que viven junto al río han esperado durante años que alguien les diga que sus casas están seguras, y "
    "siguen esperando. El concejo les debe una respuesta antes del invierno."
)


def issuers_of(text: str, hint: str | None = None, wrapper: tuple[Span, ...] = ()) -> Issuers:
    title = find_title(text, furniture=(), hint=None, dated=find_date(text)).title
    return find_issuers(text, body=(), furniture=(), title=title, hint=hint, wrapper=wrapper)


def page(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # title and lead
        (
            page(
                "Neighbors Welcome the Vote",
                "MESA – The members of the National Assembly of River Communities (NARC) have worked for this "
                "day for years. " + PROSE,
            ),
            ("National Assembly of River Communities",),
        ),
        (
            page(
                "RNN calls on the council to act",
                "The Riverbend Neighbors Network (RNN), is calling on the council to repair every home by the river. "
                + PROSE,
            ),
            ("Riverbend Neighbors Network",),
        ),
        (
            page(
                "Families Welcome the Vote",
                "CHICAGO – Today, the Riverbend Neighbors Network condemned the vote. " + PROSE,
            ),
            ("Riverbend Neighbors Network",),
        ),
        (
            page(
                "Families Condemn the Vote",
                "In response to the vote of the council, Riverbend Neighbors Network, a group of tenants, "
                "denounces it. " + PROSE,
            ),
            ("Riverbend Neighbors Network",),
        ),
        (page("“Homes Before Walls” Coalition Reacts to the Vote", PROSE), ("Homes Before Walls",)),
        (page("Riverbend Neighbors Network Condemns the Vote", PROSE), ("Riverbend Neighbors Network",)),
        (page("Statement of the Riverbend Neighbors Network on the Vote", PROSE), ("Riverbend Neighbors Network",)),
        (page("Riverbend Neighbors Network Statement on the Vote", PROSE), ("Riverbend Neighbors Network",)),
        (
            page("RIVERBEND NEIGHBORS NETWORK CONDEMNS THE VOTE", "The Riverbend Neighbors Network is sad. " + PROSE),
            ("Riverbend Neighbors Network",),
        ),
        (page("Red Vecinal del Valle condena la votación", PROSA), ("Red Vecinal del Valle",)),
        (page("La Coalición Pro Vivienda (CPV) exige respuestas", PROSA), ("Coalición Pro Vivienda",)),
        (page("Comunicado de la Red Vecinal del Valle sobre la votación", PROSA), ("Red Vecinal del Valle",)),
        (
            page(
                "Exigen respuestas",
                "San Salvador, 3 de mayo de 2012.- La Red Vecinal del Valle (RVV) exhorta a la ciudad a "
                "reparar las casas que están junto al río. " + PROSA,
            ),
            ("Red Vecinal del Valle",),
        ),
        # an organisation on itself
        (
            page(
                "Safe Homes",
                "Puentes Vivos believes that homes are a right. " + PROSE,
                "This year Puentes Vivos and its members are knocking on every door. " + PROSE,
            ),
            ("Puentes Vivos",),
        ),
        (page("Safe Homes", PROSE, "Puentes Vivos is a network of tenants along the river."), ("Puentes Vivos",)),
        (
            page("Safe Homes", PROSE, "About Puentes Vivos: Puentes Vivos is a tenants’ organization."),
            ("Puentes Vivos",),
        ),
        (
            page("Vivienda digna", PROSA, "Puentes Vivos es una red de inquilinas e inquilinos del valle."),
            ("Puentes Vivos",),
        ),
        (page("Safe Homes", "We at Puentes Vivos have seen this before. " + PROSE), ("Puentes Vivos",)),
        (
            page("Vivienda digna", "En Puentes Vivos creemos que la vivienda es un derecho. " + PROSA),
            ("Puentes Vivos",),
        ),
        (page("Safe Homes", PROSE, "In solidarity,", "Riverbend Neighbors Network"), ("Riverbend Neighbors Network",)),
        (page("Vivienda digna", PROSA, "Atentamente,\nRed Vecinal del Valle"), ("Red Vecinal del Valle",)),
        (page("Safe Homes", PROSE, "Respectfully,", "Lawyers for the River"), ("Lawyers for the River",)),
        (page("Vivienda digna", PROSA, "Firman:\nVecinas Unidas del Valle"), ("Vecinas Unidas del Valle",)),
        (page("Safe Homes", PROSE, "About Us\nRiverbend Night School gives lessons."), ("Riverbend Night School",)),
        # an officer speaks for it
        (
            page("Safe Homes", "Ana Robles, director of the Riverbend Circle, released the following statement: “No.”"),
            ("Riverbend Circle",),
        ),
        # the full name where the statement also uses the first words of it
        (
            page("Puentes Vivos Condemns the Vote", "The members of Puentes Vivos de Riverbend were counted. " + PROSE),
            ("Puentes Vivos de Riverbend",),
        ),
        # the one group of a page that says "we"
        (
            page("Questions", "The Riverbend Bond Circle has never wanted to know what you did. We pay the bond."),
            ("Riverbend Bond Circle",),
        ),
        # a name that was lost where the lead begins
        (page("Families Mourn", "MESA, May 2, 2012 – , a network of families, mourns its dead. " + PROSE), (None,)),
        (
            page("Remember Us", "We are eleven friends of the Riverbend Visitors Circle, and we drive."),
            ("Riverbend Visitors Circle",),
        ),
        (page("River Welcome Committee Demands Answers", PROSE), ("River Welcome Committee",)),
        # wire services
        (page("No More Waiting", PROSE, "SOURCE Riverbend Tenants United"), ("Riverbend Tenants United",)),
        # banners
        (
            page("FOR IMMEDIATE RELEASE\nRiverbend Neighbors Network", "Families Ask for Answers", PROSE),
            ("Riverbend Neighbors Network",),
        ),
        (
            page("Riverbend Neighbors Network | Press Release", "Families Ask for Answers", PROSE),
            ("Riverbend Neighbors Network",),
        ),
        (
            page("Red Vecinal del Valle", "Comunicado de prensa", "Las familias piden respuestas", PROSA),
            ("Red Vecinal del Valle",),
        ),
        # what only points to it, taken together
        (
            page("No More Waiting", PROSE + " Puentes Vivos asks the council for a date.", "© 2009–2014 Puentes Vivos"),
            ("Puentes Vivos",),
        ),
        (
            page(
                "No More Waiting",
                "A member of the Southside Tenants Center lost her home. " + PROSE,
                "The center asks why.",
            ),
            ("Southside Tenants Center",),
        ),
        (
            page(
                "Nadie nos oye",
                PROSA + " La convocó la Coalición Ribera, que reúne a 12 barrios.",
                "La coalición espera.",
            ),
            ("Coalición Ribera",),
        ),
        (
            page("No More Waiting", "A page of the Riverbend Legal Clinic. It is general information.", PROSE),
            ("Riverbend Legal Clinic",),
        ),
        (
            page(
                "What We Carry", "Remarks of Ana Robles, Executive Director, Riverbend Neighbors Network (RNN)", PROSE
            ),
            ("Riverbend Neighbors Network",),
        ),
        (
            page("Who Can Rent Here?\nTranscript\nRiverbend Neighbors Committee, Providence, Rhode Island", PROSE),
            ("Riverbend Neighbors Committee",),
        ),
        # officers who speak again and again
        (
            page(
                "Families Ask for Answers",
                PROSE,
                "“We wait,” said Ana Robles, president of Riverbend Neighbors Network.",
                "“Still,” added Luis Paz, organizer at Riverbend Neighbors Network.",
            ),
            ("Riverbend Neighbors Network",),
        ),
    ],
)
def test_issuer_is_named_as_printed(text: str, expected: tuple[str, ...]) -> None:
    """Title, lead, banner, sign-off and what an organisation says of itself name the issuer in full."""
    assert issuers_of(text).organizations == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("This is a joint statement from Puentes Vivos and Casa Ribera:", ("Puentes Vivos", "Casa Ribera")),
        (
            "A joint statement by Puentes Vivos, Casa Ribera and Southside Tenants United:",
            ("Puentes Vivos", "Casa Ribera", "Southside Tenants United"),
        ),
        (
            "Joint Statement of Puentes Vivos, Casa Ribera, and Southside Tenants United",
            ("Puentes Vivos", "Casa Ribera", "Southside Tenants United"),
        ),
        (
            "Joint statement from the Alliance of River and Valley Communities and Casa Ribera on the vote",
            ("Alliance of River and Valley Communities", "Casa Ribera"),
        ),
        ("Declaración conjunta de Puentes Vivos y Casa Ribera", ("Puentes Vivos", "Casa Ribera")),
        ("Comunicado conjunto de Casa Ribera y del Centro del Sur", ("Casa Ribera", "Centro del Sur")),
        ("Below is a joint statement from and RNN:", (None, "RNN")),
        (
            "Comunicado conjunto de la Red Vecinal del Valle, Puentes Vivos y Casa Ribera:",
            ("Red Vecinal del Valle", "Puentes Vivos", "Casa Ribera"),
        ),
        # the acting subjects of the lead
        (
            "Puentes Vivos, Casa Ribera and Southside Tenants United issued the following statement today:",
            ("Puentes Vivos", "Casa Ribera", "Southside Tenants United"),
        ),
        (
            "MESA, May 2, 2012 – The Alliance of River Towns (ART) and the Southside Tenants United today called the "
            "vote a mistake.",
            ("Alliance of River Towns", "Southside Tenants United"),
        ),
        (
            "Valley Welcome Committee, and House of Good Neighbors issued the following joint statement:",
            ("Valley Welcome Committee", "House of Good Neighbors"),
        ),
        (
            "MESA, May 2, 2012 – The Alliance of River and Valley Tenants today condemned the vote.",
            ("Alliance of River and Valley Tenants",),
        ),
        # names lost with their links
        ("This is a joint statement from and Casa Ribera:", (None, "Casa Ribera")),
        ("This is a joint statement from Casa Ribera and :", ("Casa Ribera", None)),
        (
            "This is a joint statement from , Casa Ribera and Puentes Vivos:",
            (None, "Casa Ribera", "Puentes Vivos"),
        ),
        ("A continuación, la declaración conjunta de y Casa Ribera:", (None, "Casa Ribera")),
        ("The following is a statement from :", (None,)),
    ],
)
def test_joint_statement_names_all_and_shows_gaps(line: str, expected: tuple[str | None, ...]) -> None:
    """Every issuer of a joint statement is given in printed order; a lost name is missing, never filled in."""
    assert issuers_of(page("Safe Homes Now", line, PROSE)).organizations == expected


@pytest.mark.parametrize(
    "text",
    [
        page("Families Ask for Answers", PROSE),
        # authorities, parties and people in office
        page("Department of Homes Condemns the Families", PROSE),
        page("Governor Robles Calls on the Council to Act", PROSE),
        page(
            "Families Ask for Answers",
            "CHICAGO – The Bureau of Homes and Enforcement (BHE) condemned the families. " + PROSE,
        ),
        page("Families Ask for Answers", "The City of Riverbend and its partners are silent. " + PROSE),
        page("La Secretaría de Vivienda rechaza a las familias", PROSA),
        page("Families Ask for Answers", "The Riverbend Detention Center (RDC) will hold six hundred people. " + PROSE),
        page(
            "Families Ask for Answers", PROSE + " Northgate Corrections asks for more beds.", "The company denies it."
        ),
        page("Families Ask for Answers", PROSE, "© 2014 City of Riverbend"),
        # groups of people
        page("Jornaleros denuncian el robo de sus salarios", PROSA),
        page("Immigrant Leaders Condemn the Vote", PROSE),
        page("Familias exigen respuestas", PROSA),
        # only mentioned
        page(
            "Families Ask for Answers",
            PROSE,
            "Members such as Casa Ribera will join the march of the Valley Tenants Union.",
        ),
        page("Families Ask for Answers", PROSE, "“We wait,” said Ana Robles, director of Casa Ribera."),
        page("Families Ask for Answers", PROSE, "Stonewall Homes is a private prison group that the city pays."),
        page(
            "Families Ask for Answers",
            PROSE,
            "“No,” said Luis Paz, president of Honduras.",
            "The president of Honduras left.",
        ),
        # words that are no names
        page("COMUNICADO DE PRENSA\nPARA PUBLICACIÓN INMEDIATA", "Familias exigen respuestas", PROSA),
        page("Families Ask for Answers", PROSE, "On Monday, September 12, we will eat with them.", "In solidarity,"),
        page("Ten Years of the Night Clinic", PROSE),
        page("Tenants of River Court Demand Repairs", PROSE),
        # the site that carries it
        page("Families Ask for Answers", PROSE, "About RiverPortal", "RiverPortal distributes releases every day."),
        # people, and two groups, on a page of "we"
        page("Families Ask", "Families of the Lower River have waited for a very long time. We wait with them."),
        page(
            "Families Ask",
            "The River Circle sings on Monday and the Hill Circle on Friday. The Hill Circle is late. We wait.",
        ),
        page("Remembering Ana Robles", "Ana Robles believes that homes are a right. " + PROSE),
        page(
            "A Note",
            "In a joint statement from Senators Paz and Robles, two officials said no to the families. " + PROSE,
        ),
    ],
)
def test_mentioned_organisations_are_no_issuers(text: str) -> None:
    """Authorities, politicians, crowds and organisations that are only mentioned never become the issuer."""
    assert issuers_of(text).organizations == ()


def test_member_group_is_no_issuer_beside_its_coalition() -> None:
    """A member's own paragraph at the end does not make it an issuer of its coalition's statement."""
    text = page(
        "“Homes Before Walls” Coalition Reacts to the Vote",
        PROSE,
        "Homes before Walls consists of tenant and labor groups, including CASARI.",
        "CASARI is an organization of tenants. It was founded in 1985.",
    )

    assert issuers_of(text).organizations == ("Homes Before Walls",)


def test_short_form_maps_to_the_full_name() -> None:
    """Where a statement explains its short name, the issuer is the full one and the short one leads to it."""
    text = page("RNN calls on the council", "The Riverbend Neighbors Network (RNN) is calling on the council. " + PROSE)
    found = issuers_of(text)

    assert found.short == {"RNN": "Riverbend Neighbors Network"}


def test_translated_name_keeps_its_short_form() -> None:
    """The letters of a short form may come from the other language; beside the issuer's name they still lead to it."""
    text = page("Exigen respuestas", "La Red de Vecinas del Río (RNN) exige una respuesta. " + PROSA)

    assert issuers_of(text) == Issuers(
        organizations=("Red de Vecinas del Río",), short={"RNN": "Red de Vecinas del Río"}
    )


def test_dash_before_a_translated_short_form_changes_nothing() -> None:
    """Some print a dash between the name and its short form."""
    text = page("Exigen respuestas", "La Red de Vecinas del Río – (RNN) exige una respuesta. " + PROSA)

    assert issuers_of(text).short == {"RNN": "Red de Vecinas del Río"}


def test_short_form_without_explanation_stands_alone() -> None:
    """A short name that nothing explains is the name; it is not completed."""
    assert issuers_of(page("RNN Condemns the Vote", PROSE)) == Issuers(organizations=("RNN",))


@pytest.mark.parametrize(
    ("hint", "expected"),
    [
        ("Riverbend Neighbors Network", ("Riverbend Neighbors Network",)),
        ("Department of Homes", ()),
        ("the city beat", ()),
        (None, ()),
    ],
)
def test_declared_organisation_fills_silence(hint: str | None, expected: tuple[str, ...]) -> None:
    """What the page declares counts where the text names nobody, unless it is an authority or no organisation."""
    assert issuers_of(page("Families Ask for Answers", PROSE), hint=hint).organizations == expected


def test_text_wins_over_the_declared_organisation() -> None:
    """A site that carries somebody else's release is not its issuer."""
    text = page("Casa Ribera Network Condemns the Vote", PROSE)

    assert issuers_of(text, hint="Riverbend Neighbors Network").organizations == ("Casa Ribera Network",)


def test_blog_around_a_release_is_no_issuer() -> None:
    """Neither the blogger's own words nor the blog's name make the blog an issuer."""
    blog = "We at Valley Beat Collective share this with you."
    text = page(blog, "Families Ask for Answers", PROSE)

    assert issuers_of(text, hint="Valley Beat Collective", wrapper=(Span(0, len(blog)),)).organizations == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the National Assembly of River Communities (NARC) said", {"NARC": "National Assembly of River Communities"}),
        ("Central Avenue Resource Center (CARECEN) said", {"CARECEN": "Central Avenue Resource Center"}),  # syllables
        (
            "Temporary Housing Act (THA) and Relief for River Families (“RRF”)",
            {"THA": "Temporary Housing Act", "RRF": "Relief for River Families"},
        ),
        ("la Red de Apoyo y Vivienda (RAV), que", {"RAV": "Red de Apoyo y Vivienda"}),
        ("Tenants-Owners Mutual Aid (TOMA)", {"TOMA": "Tenants-Owners Mutual Aid"}),
        ("the Riverbend\u00a0Neighbors Network (RNN)", {"RNN": "Riverbend\u00a0Neighbors Network"}),
        ("the Riverbend Neighbors\nNetwork (RNN)", {"RNN": "Riverbend Neighbors Network"}),
        ("the Riverbend Neighbors Network – (RNN) said", {"RNN": "Riverbend Neighbors Network"}),
        ("Riverbend Neighbors — Network (RNN)", {}),  # the dash parts what it stands between
        ("the council met at noon (RNN)", {}),
        ("the council met at noon – (RNN)", {}),
        ("Southside Tenants United (RNN)", {}),  # the letters are not its own
        ("Riverbend Neighbors Network (see below)", {}),
    ],
)
def test_short_forms_fit_their_letters(text: str, expected: dict[str, str]) -> None:
    """A short form in parentheses belongs to the words whose beginnings it is made of, and to no others."""
    assert short_forms(text) == expected


@needs_real
@pytest.mark.parametrize(
    ("file", "organizations", "short"),
    [
        ("000_d10c9e3d33e479ed.txt", ("National Alliance of Latin American and Caribbean Communities",), {"NALACC"}),
        ("001_79f1b799e8efe7e0.txt", ("National Alliance of Latin American and Caribbean Communities",), {"NALACC"}),
        ("002_ab4fecf6c85c2977.txt", ("Alianza Americas",), set()),
        ("003_06525dfc95b37924.txt", ("ICE Out of LA",), set()),
        ("004_0432d82b145eea99.txt", (None, "Alianza Americas"), set()),
    ],
)
def test_real_statements_have_their_issuers(file: str, organizations: tuple[str | None, ...], short: set[str]) -> None:
    """The five real statements have the issuers that people found in them."""
    text, _ = canonical_text((SHARED / "statements" / file).read_bytes())
    found = issuers_of(text)

    assert found.organizations == organizations
    assert set(found.short) == short


@given(st.text(alphabet="ABab éÑ.,:;()“”\n-&y", max_size=300))
def test_any_text_is_read_without_failing(text: str) -> None:
    """Untrusted text never breaks it, and every named issuer is printed in the text."""
    for name in issuers_of(text).organizations:
        assert name is None or " ".join(name.split()) in " ".join(text.split())
