"""
Every component that the bot may send is drawn, with all its words; and what Discord adds is told apart from it.
"""

from __future__ import annotations

import pytest
from discord_server.limits import EPHEMERAL
from discord_server.uploads import Upload
from pictures.components import Json, texts_of, to_page
from pictures.shots import Shot

SECONDARY, LINK = 2, 5
TEXT: Json = {"type": 10, "content": "**We** stay."}
BUTTON: Json = {"type": 2, "style": SECONDARY, "label": "Cite <it>", "custom_id": "cite"}
SOURCE: Json = {"type": 2, "style": LINK, "label": "Source", "url": "https://example.org"}
CHART: Json = {"media": {"url": "http://127.0.0.1/chart.png", "attachment_id": "7"}, "description": "2014: 3"}
CHOICES: Json = {"type": 3, "custom_id": "reason", "options": [{"label": "Wrong date", "value": "date"}]}
NOTE: Json = {"type": 4, "custom_id": "note", "style": 2}


@pytest.mark.parametrize(
    ("component", "html", "texts"),
    [
        (TEXT, "<strong>We</strong> stay.", ["**We** stay."]),
        ({"type": 1, "components": [BUTTON]}, '<span class="button">Cite &lt;it&gt;</span>', ["[Cite <it>]"]),
        ({"type": 1, "components": [SOURCE]}, "Source<svg", ["[Source ↗]"]),
        ({"type": 12, "items": [CHART]}, 'src="data:image/png;base64,UE5H" alt="2014: 3"', ["2014: 3"]),
        ({"type": 14, "divider": True, "spacing": 1}, '<hr class="line">', []),
        ({"type": 14, "divider": False, "spacing": 2}, '<div class="gap wide">', []),
        ({"type": 17, "components": [TEXT], "accent_color": 255}, "border-left-color: #0000ff", ["**We** stay."]),
        ({"type": 18, "label": "Why?", "component": CHOICES}, "Wrong date", ["Why?", "Wrong date"]),
        (
            {"type": 18, "label": "Note", "description": "For few", "component": NOTE},
            "tall",
            ["Note", "For few"],
        ),
    ],
)
def test_components_are_drawn(component: Json, html: str, texts: list[str]) -> None:
    """
    A component is drawn with its words, and the same words are kept to notice when they change.
    """
    assert html in to_page([component], {"7": Upload("chart.png", b"PNG")})
    assert texts_of([component]) == texts


def test_unknown_components_are_not_left_out() -> None:
    """
    A component that nobody has drawn yet stops the pictures instead of being missing from them.
    """
    with pytest.raises(KeyError):
        to_page([{"type": 99}], {})


@pytest.mark.parametrize(("flags", "private"), [(EPHEMERAL, True), (0, False)])
def test_private_answers_say_so(flags: int, private: bool) -> None:
    """
    Below an answer that only the asker sees stands Discord's line, in the asker's language, and below no other.
    """
    shot = Shot("Rosa", "es", "/preguntar", message={"content": "", "flags": flags, "components": [TEXT]})

    page = shot.page("light")

    assert ("Solo tú puedes ver esto" in page) is private
    assert '<b>Rosa</b> <span class="words">usó <span class="command">/preguntar</span>' in page
    assert shot.texts == ["**We** stay."]
