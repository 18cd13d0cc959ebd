"""
Discord's documented limits of messages, and this bot's own promise that nobody is pinged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from discord_server.command_limits import choices_problems, commands_problems
from discord_server.components import BUTTON, LINK_STYLE, ROW, TEXT, Json, shown_text, walk

EPHEMERAL, LOADING, COMPONENTS_V2 = 1 << 6, 1 << 7, 1 << 15
SELECT, SECTION, CONTAINER = 3, 9, 17
_V2_TYPES = frozenset({9, 10, 11, 12, 13, 14, 17})
_SELECTS = frozenset({3, 5, 6, 7, 8})
_ACCESSORIES = frozenset({2, 11})
_EMBED_LIMITS = {"title": 256, "description": 4096}


def message_problems(body: Json) -> Iterator[str]:
    """What Discord would refuse in a message, and whatever could ping somebody."""
    yield from _mention_problems(body.get("allowed_mentions"))
    flags, components = body.get("flags") or 0, list(walk(body.get("components") or []))
    if len(body.get("content") or "") > 2000:
        yield "content is over 2000 characters"
    if len(components) > 40:
        yield f"{len(components)} components; 40 are allowed"
    yield from _embed_problems(body.get("embeds") or [])
    yield from component_problems(body.get("components") or [])
    yield from _attachment_problems(body.get("attachments") or [])
    if not flags & COMPONENTS_V2:
        yield from _old_message_problems(body)
        return
    if body.get("content") or body.get("embeds") or body.get("poll"):
        yield "content, embeds or a poll beside components of version 2"
    if not components:
        yield "no components although their flag is set"
    if sum(_characters(component["content"]) for component in components if component["type"] == TEXT) > 4000:
        yield "text displays hold more than 4000 characters"


def component_problems(components: list[Json]) -> Iterator[str]:
    """What Discord would refuse in the components of a message or a modal, wherever they are nested."""
    every = list(walk(components))
    yield from _repeated("custom_id", (component.get("custom_id") for component in every))
    yield from _repeated("id", (component.get("id") for component in every))
    for component in every:
        if component.get("custom_id") is not None and not 1 <= len(component["custom_id"]) <= 100:
            yield f"custom_id {component['custom_id']!r} is not 1 to 100 characters long"
        if component["type"] in _CHECKS:
            yield from _CHECKS[component["type"]](component)
    if any(component["type"] == BUTTON for component in components):
        yield "a button outside of a row"
    if any(inner["type"] == CONTAINER for outer in components for inner in walk(outer.get("components") or [])):
        yield "a container inside of another component"


def _old_message_problems(body: Json) -> Iterator[str]:
    components = body.get("components") or []
    if any(component["type"] in _V2_TYPES for component in walk(components)):
        yield "components of version 2 without their flag"
    if len(components) > 5:
        yield f"{len(components)} rows; 5 are allowed"
    if not (body.get("content") or body.get("embeds") or components or body.get("attachments")):
        yield "an empty message"


def _characters(text: str) -> int:
    """Characters as Discord counts them."""
    return len(text.encode("utf-16-le")) // 2


def _repeated(what: str, values: Iterable[object]) -> Iterator[str]:
    yield from (f"{what} {value!r} {times} times" for value, times in Counter(values).items() if value and times > 1)


def _row_problems(row: Json) -> Iterator[str]:
    kinds = [component["type"] for component in row["components"]]
    alone = len(kinds) == 1 and (kinds[0] in _SELECTS or kinds[0] == 4)
    if not alone and not (1 <= len(kinds) <= 5 and set(kinds) == {BUTTON}):
        yield f"a row of {kinds}: 1 to 5 buttons or one select are allowed"


def _button_problems(button: Json) -> Iterator[str]:
    label, url = button.get("label") or "", button.get("url")
    if not 1 <= len(label) <= 80 and not (button.get("emoji") and not label):
        yield f"label {label!r} of a button is not 1 to 80 characters long"
    if button["style"] != LINK_STYLE:
        if url or not button.get("custom_id"):
            yield f"button {label!r} without a custom_id, or with an address"
    elif button.get("custom_id") or not url:
        yield f"link {label!r} with a custom_id, or without an address"
    elif len(url) > 512 or not url.startswith(("https://", "http://", "discord://")):
        yield f"address of {label!r} is over 512 characters or no web address"


def _select_problems(select: Json) -> Iterator[str]:
    options, low, high = select.get("options") or [], select.get("min_values"), select.get("max_values")
    low, high = 1 if low is None else low, 1 if high is None else high
    if not 1 <= len(options) <= 25:
        yield f"a select with {len(options)} options; 1 to 25 are allowed"
    if len(select.get("placeholder") or "") > 150:
        yield "a placeholder of a select is over 150 characters"
    if not 0 <= low <= high <= max(1, len(options)) or sum(bool(option.get("default")) for option in options) > high:
        yield f"a select of {low} to {high} values of {len(options)}, or with more defaults"
    yield from _repeated("value", (option["value"] for option in options))
    for option in options:
        sized = (1, option["label"]), (1, option["value"]), (0, option.get("description") or "")
        if not all(least <= len(text) <= 100 for least, text in sized):
            yield f"option {option['label']!r}: label, value or description is empty or over 100 characters"


def _section_problems(section: Json) -> Iterator[str]:
    kinds = {component["type"] for component in section["components"]}
    if not 1 <= len(section["components"]) <= 3 or kinds != {TEXT}:
        yield "a section holds 1 to 3 text displays"
    if (section.get("accessory") or {}).get("type") not in _ACCESSORIES:
        yield "a section without a button or a thumbnail"


def _text_problems(display: Json) -> Iterator[str]:
    if not display["content"].strip():
        yield "an empty text display"


def _gallery_problems(gallery: Json) -> Iterator[str]:
    if not 1 <= len(gallery["items"]) <= 10:
        yield f"a gallery of {len(gallery['items'])} items; 1 to 10 are allowed"
    yield from (problem for item in gallery["items"] for problem in _media_problems(item))


def _media_problems(item: Json) -> Iterator[str]:
    if len(item.get("description") or "") > 1024:
        yield "a description of a picture is over 1024 characters"


_CHECKS: dict[int, Callable[[Json], Iterator[str]]] = {
    ROW: _row_problems,
    BUTTON: _button_problems,
    SELECT: _select_problems,
    SECTION: _section_problems,
    TEXT: _text_problems,
    11: _media_problems,
    12: _gallery_problems,
}


def _attachment_problems(attachments: list[Json]) -> Iterator[str]:
    if len(attachments) > 10:
        yield f"{len(attachments)} attachments; 10 are allowed"
    for attachment in attachments:
        if len(attachment.get("description") or "") > 1024:
            yield f"description of {attachment.get('filename')!r} is over 1024 characters"


def _mention_problems(allowed: Json | None) -> Iterator[str]:
    if allowed is None:
        yield "allowed_mentions is missing"
    elif allowed.get("parse") != [] or allowed.get("users") or allowed.get("roles") or allowed.get("replied_user"):
        yield f"allowed_mentions allows a ping: {allowed}"


def _embed_problems(embeds: list[Json]) -> Iterator[str]:
    if len(embeds) > 10:
        yield "more than 10 embeds"
    total = 0
    for embed in embeds:
        fields = embed.get("fields", [])
        sized = {
            **{key: embed.get(key, "") for key in _EMBED_LIMITS},
            "footer": embed.get("footer", {}).get("text", ""),
        }
        total += sum(map(len, sized.values())) + sum(len(field["name"]) + len(field["value"]) for field in fields)
        if any(len(sized[key]) > limit for key, limit in {**_EMBED_LIMITS, "footer": 2048}.items()) or len(fields) > 25:
            yield "an embed's title, description, footer or number of fields is over its limit"
        if any(len(field["name"]) > 256 or len(field["value"]) > 1024 for field in fields):
            yield "a field of an embed is over its limit"
    if total > 6000:
        yield "embeds hold more than 6000 characters"


__all__ = [
    "COMPONENTS_V2",
    "EPHEMERAL",
    "LOADING",
    "choices_problems",
    "commands_problems",
    "component_problems",
    "message_problems",
    "shown_text",
]
