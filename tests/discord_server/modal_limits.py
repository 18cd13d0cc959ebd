"""
Discord's documented limits of modals.
"""

from __future__ import annotations

from collections.abc import Iterator

from discord_server.components import ROW, TEXT, Json, walk
from discord_server.limits import component_problems

_TEXT_INPUT, _SELECT, _LABEL, _FILE = 4, 3, 18, 19


def modal_problems(modal: Json) -> Iterator[str]:
    """What Discord would refuse in a modal."""
    components = modal["components"]
    if not 1 <= len(modal["custom_id"]) <= 100:
        yield "the custom_id of a modal is not 1 to 100 characters long"
    if not 1 <= len(modal["title"]) <= 45:
        yield f"title {modal['title']!r} is not 1 to 45 characters long"
    if not 1 <= len(components) <= 5:
        yield f"{len(components)} components; 1 to 5 are allowed"
    if any(component["type"] not in (ROW, TEXT, _LABEL) for component in components):
        yield "something else than labels and texts at the top"
    yield from component_problems(components)
    for component in components:
        if component["type"] == _LABEL:
            yield from _label_problems(component)
        elif component["type"] == ROW and any(len(input.get("label") or "") < 1 for input in component["components"]):
            yield "a text input in a row without a label"
    for component in walk(components):
        if component["type"] == _TEXT_INPUT:
            yield from _input_problems(component)
        elif component["type"] == _SELECT and component.get("disabled"):
            yield "a disabled select in a modal"


def _label_problems(label: Json) -> Iterator[str]:
    if not 1 <= len(label["label"]) <= 45:
        yield f"label {label['label']!r} is not 1 to 45 characters long"
    if len(label.get("description") or "") > 100:
        yield f"description of {label['label']!r} is over 100 characters"
    if label["component"].get("label"):
        yield f"{label['label']!r} and what is in it both have a label"


def _input_problems(input: Json) -> Iterator[str]:
    low, high, value = input.get("min_length") or 0, input.get("max_length") or 4000, input.get("value") or ""
    if len(input.get("label") or "") > 45:
        yield f"label {input['label']!r} is over 45 characters"
    if len(input.get("placeholder") or "") > 100:
        yield "a placeholder of a text input is over 100 characters"
    if not 0 <= low <= high <= 4000 or input.get("max_length") == 0:
        yield f"a text input of {low} to {input.get('max_length')} characters"
    if value and not low <= len(value) <= high:
        yield f"a text input filled with {len(value)} characters, of {low} to {high}"
