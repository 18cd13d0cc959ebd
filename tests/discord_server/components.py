"""
Components of messages and modals: walking through them, numbering them, finding what people see.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator
from typing import Any

Json = dict[str, Any]

ROW, BUTTON, TEXT, LINK_STYLE = 1, 2, 10, 5


def walk(components: Iterable[Json]) -> Iterator[Json]:
    """Every component, nested ones too, from top to bottom."""
    for component in components:
        yield component
        yield from walk(component.get("components") or [])
        yield from walk([component[key] for key in ("accessory", "component") if component.get(key)])


def numbered(components: Iterable[Json]) -> list[Json]:
    """The components as Discord gives them back: each has a number, those that had none the next free one."""
    copied: list[Json] = json.loads(json.dumps(list(components)))
    taken = {component.get("id") for component in walk(copied)}
    free = (number for number in itertools.count(1) if number not in taken)
    for component in walk(copied):
        component["id"] = component.get("id") or next(free)
    return copied


def shown_text(message: Json) -> str:
    """Every word that a message shows, from top to bottom."""
    texts = [component["content"] for component in walk(message.get("components") or []) if component["type"] == TEXT]
    return "\n".join([*([message["content"]] if message.get("content") else []), *texts])


def buttons(message: Json) -> list[str]:
    """Labels of all buttons, links too, from top to bottom."""
    return [button.get("label") or "" for button in _buttons(message)]


def links(message: Json) -> dict[str, str]:
    """Addresses of the buttons that are links, by their label."""
    return {button.get("label") or "": button["url"] for button in _buttons(message) if button.get("url")}


def pressable(message: Json, label: str | None, custom_id: str | None) -> Json | None:
    """The one button or select with this label (of a select: its placeholder) or custom id, `None` where there is none.

    Raises:
        AssertionError: Several are called so.
    """
    found = [
        component
        for component in walk(message.get("components") or [])
        if component.get("custom_id")
        and (component["custom_id"] == custom_id if custom_id else label in _names(component))
    ]
    assert len(found) <= 1, f"{len(found)} buttons are called {custom_id or label}"
    return found[0] if found else None


def _names(component: Json) -> tuple[object, object]:
    return component.get("label"), component.get("placeholder")


def _buttons(message: Json) -> Iterator[Json]:
    return (component for component in walk(message.get("components") or []) if component["type"] == BUTTON)
