"""
Discord's documented limits, and this bot's own promise that nobody is pinged: what every request is checked against.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

EPHEMERAL, COMPONENTS_V2 = 1 << 6, 1 << 15
_V2_TYPES = frozenset({9, 10, 11, 12, 13, 14, 17})
_TEXT = 10
# Letters, digits, "-", "_" and "'"; no upper case where a lower case exists.
_NAME = re.compile(r"[-_'\w]{1,32}")
_EMBED_LIMITS = {"title": 256, "description": 4096}


def message_problems(body: Json) -> Iterator[str]:
    """What Discord would refuse in a message, and whatever could ping somebody."""
    yield from _mention_problems(body.get("allowed_mentions"))
    flags, components = body.get("flags") or 0, list(_walk(body.get("components") or []))
    if len(body.get("content") or "") > 2000:
        yield "content is over 2000 characters"
    if len(components) > 40:
        yield f"{len(components)} components; 40 are allowed"
    yield from _embed_problems(body.get("embeds") or [])
    if not flags & COMPONENTS_V2:
        if any(component["type"] in _V2_TYPES for component in components):
            yield "components of version 2 without their flag"
        if not (body.get("content") or body.get("embeds") or components):
            yield "an empty message"
        return
    if body.get("content") or body.get("embeds") or body.get("poll"):
        yield "content, embeds or a poll beside components of version 2"
    if not components:
        yield "no components although their flag is set"
    texts = [component["content"] for component in components if component["type"] == _TEXT]
    if not all(texts):
        yield "an empty text display"
    if sum(len(text.encode("utf-16-le")) // 2 for text in texts) > 4000:
        yield "text displays hold more than 4000 characters"


def shown_text(message: Json) -> str:
    """Every word that a message shows, from top to bottom."""
    texts = [component["content"] for component in _walk(message.get("components") or []) if component["type"] == _TEXT]
    return "\n".join([*([message["content"]] if message.get("content") else []), *texts])


def commands_problems(commands: list[Json]) -> Iterator[str]:
    """What Discord would refuse in a list of commands."""
    names = [command["name"] for command in commands]
    if len(set(names)) < len(names) or len(names) > 100:
        yield "commands share a name, or are more than 100"
    for command in commands:
        for node in _nodes(command):
            yield from (f"{command['name']}: {problem}" for problem in _node_problems(node))
        if _characters(command) > 8000:
            yield f"{command['name']}: names, descriptions and values hold more than 8000 characters"


def _walk(components: list[Json]) -> Iterator[Json]:
    for component in components:
        yield component
        yield from _walk(component.get("components") or [])
        if component.get("accessory"):
            yield component["accessory"]


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


def _nodes(command: Json) -> Iterator[Json]:
    yield command
    for option in command.get("options") or []:
        yield from _nodes(option)


def _node_problems(node: Json) -> Iterator[str]:
    for name in [node["name"], *(node.get("name_localizations") or {}).values()]:
        if not _NAME.fullmatch(name) or name != name.lower():
            yield f"name {name!r}"
    if node.get("type", 1) in (2, 3) and "options" not in node and "description" not in node:
        return
    for text in [node["description"], *(node.get("description_localizations") or {}).values()]:
        if not 1 <= len(text) <= 100:
            yield f"description {text!r}"
    options, choices = node.get("options") or [], node.get("choices") or []
    if len(options) > 25 or len(choices) > 25 or len({option["name"] for option in options}) < len(options):
        yield "more than 25 options or choices, or options that share a name"
    required = [bool(option.get("required")) for option in options]
    if required != sorted(required, reverse=True):
        yield "a required option after one that is not"
    for choice in choices:
        if not all(
            1 <= len(name) <= 100 for name in [choice["name"], *(choice.get("name_localizations") or {}).values()]
        ):
            yield f"choice {choice['name']!r}"


def _characters(node: Json) -> int:
    def longest(key: str) -> int:
        return max(len(text) for text in [node.get(key) or "", *(node.get(f"{key}_localizations") or {}).values()])

    choices = sum(len(choice["name"]) + len(str(choice["value"])) for choice in node.get("choices") or [])
    nested = sum(_characters(option) for option in node.get("options") or [])
    return longest("name") + longest("description") + choices + nested
