"""
Components of messages and modals, as the bot sends them, in HTML.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from discord_server.components import walk
from discord_server.uploads import Upload
from pictures.markdown import to_html

Json = dict[str, Any]
Uploads = Mapping[str, Upload]

_BUTTON, _TEXT, _LABEL = 2, 10, 18
_LINK_STYLE = 5
_PARAGRAPH = 2  # style of a text input with several lines
_ARROW = '<svg viewBox="0 0 16 16"><path d="M6 3H3v10h10v-3M9 2h5v5M14 2 7 9"/></svg>'


def to_page(components: list[Json], uploads: Uploads) -> str:
    """
    Components in HTML, from top to bottom.

    Raises:
        KeyError: A type of component that is not drawn yet.
    """
    return "".join(_DRAWN[component["type"]](component, uploads) for component in components)


def texts_of(components: list[Json]) -> list[str]:
    """Every word that components show, from top to bottom: texts, [buttons], what is said of pictures, fields."""
    return [text for component in walk(components) for text in _texts(component)]


def _texts(component: Json) -> list[str]:
    if component["type"] == _BUTTON:
        return [f"[{component['label']}{' ↗' if component['style'] == _LINK_STYLE else ''}]"]
    pictures = [item.get("description") or "" for item in component.get("items") or []]
    options = [option["label"] for option in component.get("options") or []]
    words = [component.get(key) or "" for key in ("content", "label", "description", "placeholder")]
    return list(filter(None, [*words, *options, *pictures]))


def _row(row: Json, uploads: Uploads) -> str:
    return f'<div class="row">{to_page(row["components"], uploads)}</div>'


def _button(button: Json, uploads: Uploads) -> str:
    arrow = _ARROW if button["style"] == _LINK_STYLE else ""
    return f'<span class="button">{escape(button["label"])}{arrow}</span>'


def _select(select: Json, uploads: Uploads) -> str:
    options = "".join(f'<div class="choice">{escape(option["label"])}</div>' for option in select["options"])
    return f'<div class="input">{options}</div>'


def _input(field: Json, uploads: Uploads) -> str:
    tall = " tall" if field["style"] == _PARAGRAPH else ""
    return f'<div class="input{tall}"><div>{escape(field.get("value") or "")}</div></div>'


def _text(text: Json, uploads: Uploads) -> str:
    return f'<div class="text">{to_html(text["content"])}</div>'


def _gallery(gallery: Json, uploads: Uploads) -> str:
    return "".join(map(_picture, gallery["items"], [uploads] * len(gallery["items"])))


def _picture(item: Json, uploads: Uploads) -> str:
    upload = uploads[item["media"]["attachment_id"]]
    data = base64.b64encode(upload.data).decode("ascii")
    return f'<img src="data:image/png;base64,{data}" alt="{escape(item.get("description") or "")}">'


def _separator(separator: Json, uploads: Uploads) -> str:
    wide = " wide" if separator.get("spacing") == 2 else ""
    return f'<hr class="line{wide}">' if separator.get("divider", True) else f'<div class="gap{wide}"></div>'


def _box(box: Json, uploads: Uploads) -> str:
    color = f' style="border-left-color: #{box["accent_color"]:06x}"' if box.get("accent_color") is not None else ""
    return f'<div class="box"{color}>{to_page(box["components"], uploads)}</div>'


def _labelled(label: Json, uploads: Uploads) -> str:
    about = f'<div class="about">{escape(label["description"])}</div>' if label.get("description") else ""
    field = to_page([label["component"]], uploads)
    star = '<span class="star">*</span>' if label["component"].get("required", True) else ""
    return f'<div class="field"><div class="label">{escape(label["label"])}{star}</div>{about}{field}</div>'


_DRAWN: dict[int, Callable[[Json, Uploads], str]] = {
    1: _row,
    _BUTTON: _button,
    3: _select,
    4: _input,
    _TEXT: _text,
    12: _gallery,
    14: _separator,
    17: _box,
    _LABEL: _labelled,
}
