"""A new statement that is the translation of another one is listed as such."""

from __future__ import annotations

from pathlib import Path

import pytest
from curating import DECISION, TODAY

from bot.curation import Curation, Report

EN = """The depot closes at last

FALLOWAY, May 6, 2019 – The Teasel Street Committee said today that the depot which poisoned 74 families will close.

The county counted 1,312 barrels in 2018 and 48 trucks a day. “We counted the trucks from the roof,” said Ines Corbal,
spokeswoman of the Teasel Street Committee. Doctor Amos Whitlow of Calder Hospital tested 219 children.

The committee asks for 3,600,000 dollars to clean the ground below Falloway School.
"""
ES = """El depósito cierra por fin

FALLOWAY, 6 de mayo de 2019 – El Comité de la Calle Teasel dijo hoy que el depósito que envenenó a 74 familias cerrará.

El condado contó 1,312 barriles en 2018 y 48 camiones al día. “Contamos los camiones desde el techo”, dijo Ines Corbal,
portavoz del Comité de la Calle Teasel. El doctor Amos Whitlow, del Calder Hospital, examinó a 219 niños.

El comité pide 3,600,000 dólares para limpiar el suelo debajo de Falloway School.
"""
OTHER = "Otra cosa\n\nFALLOWAY, 6 de mayo de 2019 – El Comité de la Calle Teasel invita a una cena en la plaza.\n"


class Place:
    """A folder that is a source, and its record."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "statements"
        self.folder.mkdir()
        self.curation = Curation(folder / "data")

    def add(self, **texts: str) -> Report:
        for name, text in texts.items():
            (self.folder / f"{name}.txt").write_text(text, "utf-8")
        return self.curation.add([self.folder], when=TODAY, by="tester")


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def added(report: Report) -> list[tuple[str, str | None, str]]:
    return [(item.code, item.id, item.detail) for item in report.added]


def test_translation_of_what_stands(place: Place) -> None:
    """
    A new statement that says in another language what one of the record says names that one.
    """
    place.add(depot=EN)

    assert added(place.add(deposito=ES, otra=OTHER)) == [
        ("translation_of", "2019-002", "2019-001"),
        ("new", "2019-003", ""),
    ]
    assert place.add().same == 3


def test_translation_of_the_same_batch(place: Place) -> None:
    """
    Of two that are added together the translation names the original, as the list does.
    """
    assert added(place.add(a_depot=EN, b_deposito=ES)) == [
        ("new", "2019-001", ""),
        ("translation_of", "2019-002", "2019-001"),
    ]
    statements = place.curation.list_statements()
    assert place.curation.translated_from(statements) == {"2019-002": "2019-001"}


def test_dry_run_tells_translations(place: Place) -> None:
    """
    A preview names them too, and what was read is said behind the number.
    """
    place.add(depot=EN)
    (place.folder / "deposito.txt").write_text(f"{ES}\nContacto: Ines Corbal, 415-555-0142\n", "utf-8")

    told = place.curation.refresh(when=TODAY, by="tester", dry_run=True)

    assert added(told) == [("translation_of", "2019-002", "2019-001; private_masked: 1")]


def test_translation_of_what_is_hidden(place: Place) -> None:
    """
    A moderator reads that what is new says what was hidden in another language.
    """
    place.add(depot=EN)
    place.curation.hide("2019-001", DECISION)

    assert added(place.add(deposito=ES)) == [("translation_of", "2019-002", "2019-001")]


def test_corrected_dates_count(place: Place) -> None:
    """
    Where a moderator corrected the date of the original, the corrected one is gone by.
    """
    from corpus.corrections import read_date

    place.add(depot=EN.replace("May 6, 2019", "May 6, 2011"))
    place.curation.correct("2011-001", lambda _: [read_date("2019-05-06")], DECISION)

    assert added(place.add(deposito=ES)) == [("translation_of", "2019-001", "2011-001")]
