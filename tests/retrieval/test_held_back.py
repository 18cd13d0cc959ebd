"""
Questions as people type them, written down before the code that reads them; every row says what the answer must show.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

import pytest
from factories import asker, quote, statement

from retrieval.models import AskRequest

TODAY = dt.date(2022, 6, 15)

WAGES = (
    "“Rent has eaten our wages,” said Ana Ruelle, president of the Lamp Guild. The guild asks for a ceiling on rent."
)
FERRY = (
    "“The ferry must stop at every mill,” said Ramona Quintero, a dyer. The union counted 340 riders on the old pier."
)
PIER = "“The pier is rotten and the ferry is late,” said Ramona Quintero. She has crossed the river for thirty years."
GUILD, UNION, RED = ("Lamp Guild",), ("Weir Union",), ("Red del Molino",)
RECORD = asker(
    [
        statement(
            "The rent of the workshops must be frozen for ten years. A weaver cannot pay rent twice.",
            id="rent-2011",
            date="2011-03-04",
            title="Frozen",
            organizations=GUILD,
        ),
        statement(
            "Rent in the mill houses rose twice in one winter. The union offers to pay rent in work.",
            id="rent-2014",
            date="2014-05-12",
            title="Mill houses",
            organizations=UNION,
        ),
        statement(
            WAGES,
            id="rent-2021",
            date="2021-09-10",
            title="Wages",
            organizations=GUILD,
            quotes=(quote("Rent has eaten our wages,", WAGES, speaker="Ana Ruelle", title="president"),),
        ),
        statement(
            "A rent strike begins with one door that stays shut.",
            id="rent-undated",
            date=None,
            title="One door",
            organizations=GUILD,
        ),
        statement(
            FERRY,
            id="ferry-2014",
            date="2014-07-20",
            title="Every mill",
            organizations=UNION,
            quotes=(quote("The ferry must stop at every mill,", FERRY, speaker="Ramona Quintero", title="dyer"),),
        ),
        statement(
            PIER,
            id="ferry-2017",
            date="2017-11-02",
            title="Rotten pier",
            organizations=UNION,
            quotes=(quote("The pier is rotten and the ferry is late,", PIER, speaker="Ramona Quintero"),),
        ),
        statement(
            "The guild lights the night school with oil lamps. Lanterns cost less than candles.",
            id="lamps-2012",
            date="2012-12-01",
            title="Night school",
            organizations=GUILD,
        ),
        statement(
            "La red pide autobuses escolares para las familias del molino. Ningún niño debe caminar de noche.",
            id="buses-2016",
            date="2016-03-08",
            title="Autobuses",
            organizations=RED,
            language="es",
        ),
        statement(
            "Los autobuses escolares llegaron por fin. La red da las gracias a los choferes.",
            id="buses-2022",
            date="2022-06-07",
            title="Llegaron",
            organizations=RED,
            language="es",
        ),
    ]
)


class Row(NamedTuple):
    """A question, and what of the answer has to be so (see `seen`)."""

    question: str
    expected: dict[str, Any]
    previous: tuple[str, ...] = ()
    options: dict[str, Any] = {}  # noqa: RUF012


def seen(row: Row) -> dict[str, Any]:
    """What the answer shows, by the names of the rows."""
    answer = RECORD.ask(AskRequest(question=row.question, previous=row.previous, **row.options), TODAY)
    ids = [excerpt.statement.id for excerpt in answer.excerpts]
    return {
        "dates": f"{answer.filters.since or ''}..{answer.filters.until or ''}",
        "order": answer.filters.order,
        "speaker": answer.filters.speaker,
        "organization": answer.filters.organization,
        "first": ids[0] if ids else None,
        "ids": ids,
        "who": answer.excerpts[0].speaker.name if ids and answer.excerpts[0].speaker else None,
        "years": {int(year): count for year, count in answer.years.items() if count},
        "undated": answer.undated,
        "retry": list(answer.retry),
        "status": answer.status,
        "notes": {note.code for note in answer.notes},
    }


DATES = [
    Row("what did they say about rent in spring 2014", {"dates": "2014-03-01..2014-05-31", "first": "rent-2014"}),
    Row("rent in late 2021", {"dates": "2021-09-01..2021-12-31", "first": "rent-2021"}),
    Row("anything on the ferry in the 2010s?", {"dates": "2010-01-01..2019-12-31"}),
    Row("what did the guild write the year before last about rent", {"dates": "2020-01-01..2020-12-31"}),
    Row("school buses last week", {"dates": "2022-06-06..2022-06-12"}),
    Row("rent in the second quarter of 2014", {"dates": "2014-04-01..2014-06-30", "first": "rent-2014"}),
    Row("¿Qué dijeron de la renta a principios de 2011?", {"dates": "2011-01-01..2011-04-30"}),
    Row("autobuses escolares la semana pasada", {"dates": "2022-06-06..2022-06-12", "first": "buses-2022"}),
    Row("autobuses en la década de 2010", {"dates": "2010-01-01..2019-12-31", "first": "buses-2016"}),
    Row("¿y qué dijeron el verano de 2014 del ferry?", {"dates": "2014-06-01..2014-08-31", "first": "ferry-2014"}),
    Row("autobuses en mar. 2016", {"dates": "2016-03-01..2016-03-31", "first": "buses-2016"}),
    Row("autobuses hace dos años", {"dates": "2020-01-01..2020-12-31"}),
]
ORDERS = [
    Row("what's the last thing they said about rent", {"order": "newest", "first": "rent-2021"}),
    Row("what's new on rent?", {"order": "newest", "first": "rent-2021"}),
    Row("when did they first speak of the ferry", {"order": "oldest", "first": "ferry-2014"}),
    Row("who crossed the river for the first time", {"order": "relevance"}),
    Row("lo último de los autobuses", {"order": "newest", "first": "buses-2022"}),
    Row("¿qué hay de nuevo sobre autobuses escolares?", {"order": "newest", "first": "buses-2022"}),
    Row("la primera vez que hablaron de autobuses", {"order": "oldest", "first": "buses-2016"}),
    Row("autobuses en los últimos diez años", {"order": "relevance"}),
]
COUNTS = [
    Row("how often do they mention rent?", {"years": {2011: 1, 2014: 1, 2021: 1}, "undated": 1}),
    Row("how many statements talk about the ferry", {"years": {2014: 1, 2017: 1}, "undated": 0}),
    Row("how many times did the Lamp Guild mention rent", {"years": {2011: 1, 2021: 1}, "organization": "Lamp Guild"}),
    Row("how many riders did they count on the pier", {"years": {}, "first": "ferry-2014"}),
    Row("¿cuántas veces hablaron de autobuses escolares?", {"years": {2016: 1, 2022: 1}}),
    Row("cuantos comunicados mencionan autobuses", {"years": {2016: 1, 2022: 1}}),
    Row("¿con qué frecuencia mencionan los autobuses?", {"years": {2016: 1, 2022: 1}}),
    Row("how many statements mention rent and wages", {"years": {2021: 1}}),
]
WHO = [
    Row("who said rent has eaten our wages", {"first": "rent-2021", "who": "Ana Ruelle"}),
    Row("who spoke about the ferry?", {"who": "Ramona Quintero"}),
    Row("who talked about rent", {"who": "Ana Ruelle"}),
    Row("¿quién habló de la renta (rent)?", {"who": "Ana Ruelle"}),
]
COMPARISONS = [
    Row("what did they say about rent in 2011 and in 2021", {"ids": ["rent-2011", "rent-2021", "rent-undated"]}),
    Row("rent in 2011 vs 2021", {"ids": ["rent-2011", "rent-2021"]}, options={"limit": 1}),
    Row("rent before and after 2014", {"ids": ["rent-2011", "rent-2021"]}, options={"limit": 2}),
    Row("rent under Trump and under Biden", {"ids": ["rent-2021"]}, options={"limit": 1}),
    Row("compare what the Weir Union and the Lamp Guild said on rent", {"first": "rent-2014"}),
    Row("rent in 2013 and in 2014", {"first": "rent-2014", "notes": {"side_empty_year", "undated_apart"}}),
    Row("difference between Ana Ruelle and Ramona Quintero", {"ids": ["rent-2021", "ferry-2017", "ferry-2014"]}),
    Row("¿qué decían de los autobuses en 2016 y en 2022?", {"ids": ["buses-2016", "buses-2022"]}),
    Row("diferencia entre 2016 y 2022 sobre autobuses", {"ids": ["buses-2016", "buses-2022"]}),
    Row(
        "how has the position on rent changed since 2014?",
        {"ids": ["rent-2011", "rent-2014", "rent-undated"], "status": "related"},
    ),
]
FOLLOWUPS = [
    Row("and about the ferry?", {"organization": "Weir Union"}, ("What did the Weir Union say about rent?",)),
    Row("¿y en 2022?", {"first": "buses-2022"}, ("¿Qué dijeron de los autobuses en 2016?",)),
    Row("and him?", {"speaker": "Ana Ruelle"}, ("who said rent has eaten our wages",)),
    Row("what else did they say?", {"ids": ["ferry-2014"]}, ("ferry",), {"limit": 1}),
    Row("¿qué más dijo?", {"speaker": "Ramona Quintero"}, ("¿Qué dijo Ramona Quintero?",), {"limit": 1}),
    Row("and before that?", {"first": "rent-2011"}, ("rent in 2014",)),
    Row("why?", {"first": "rent-2014"}, ("rent in the mill houses",)),
    Row("who said that?", {"who": "Ana Ruelle"}, ("rent wages ceiling",)),
    Row("same for the ferry", {"dates": "2014-01-01..2014-12-31", "first": "ferry-2014"}, ("rent in 2014",)),
    Row("lo mismo sobre el ferry", {"dates": "2014-01-01..2014-12-31"}, ("renta en 2014",)),
    Row("and the other organization?", {"ids": ["rent-2014"]}, ("what did the Lamp Guild say about rent?",)),
    Row(
        "What did the Lamp Guild say about lanterns?",
        {"organization": "Lamp Guild", "dates": "..", "notes": set()},
        ("What did the Weir Union say about their ferry in 2014?",),
    ),
    Row("and in 2014?", {"notes": {"followup_missing", "undated_left_out"}}),
]
RETRIES = [
    Row("ferry in 2011", {"status": "none", "retry": [{"drop": "dates"}]}),
    Row("What did Ana Ruelle say about the ferry?", {"retry": [{"drop": "speaker"}]}),
    Row("oil lamps", {"retry": [{"drop": "organization"}]}, options={"organization": "Weir Union"}),
    Row("ferry mill", {"retry": [{"drop": "language"}]}, options={"language": "es"}),
    Row("ferry to the mill by zeppelin airline", {"retry": [{"without": "zeppelin airline"}]}),
]
ROWS = [*DATES, *ORDERS, *COUNTS, *WHO, *COMPARISONS, *FOLLOWUPS, *RETRIES]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.question)
def test_questions_are_read(row: Row) -> None:
    """A question that people would type is read as they mean it."""
    found = seen(row)

    assert {name: found[name] for name in row.expected} == row.expected
