"""
Discord's documented limits of commands and of what autocomplete offers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from discord_server.components import Json

SUB_COMMAND, GROUP, STRING, INTEGER, NUMBER = 1, 2, 3, 4, 10
_MOST = {1: 100, 2: 15, 3: 15}  # commands of each type
# Letters, digits, "-", "_" and "'"; no upper case where a lower case exists.
_NAME = re.compile(r"[-_'\w]{1,32}")


def commands_problems(commands: list[Json]) -> Iterator[str]:
    """What Discord would refuse in a list of commands."""
    for kind, most in _MOST.items():
        same = [command for command in commands if command.get("type", 1) == kind]
        if len(same) > most or _share_a_name(same):
            yield f"commands of type {kind} share a name, or are more than {most}"
    for command in commands:
        found = _command_problems(command) if command.get("type", 1) == 1 else _menu_problems(command)
        yield from (f"{command['name']}: {problem}" for problem in found)
        if _characters(command) > 8000:
            yield f"{command['name']}: names, descriptions and values hold more than 8000 characters"


def choices_problems(choices: list[Json]) -> Iterator[str]:
    """What Discord would refuse in the choices of an option, or in what autocomplete offers."""
    if len(choices) > 25:
        yield f"{len(choices)} choices; 25 are allowed"
    for choice in choices:
        if not all(1 <= len(name) <= 100 for name in _in_every_language(choice, "name")):
            yield f"name of choice {choice['name']!r} is not 1 to 100 characters long"
        if isinstance(choice["value"], str) and not 1 <= len(choice["value"]) <= 100:
            yield f"value of choice {choice['name']!r} is not 1 to 100 characters long"


def _menu_problems(menu: Json) -> Iterator[str]:
    for name in _in_every_language(menu, "name"):
        if not 1 <= len(name) <= 32 or not name.strip():
            yield f"name {name!r}"
    if menu.get("description") or menu.get("options"):
        yield "a menu has no description and no options"


def _command_problems(command: Json, depth: int = 0) -> Iterator[str]:
    yield from _word_problems(command)
    options = command.get("options") or []
    if len(options) > 25 or _share_a_name(options):
        yield "more than 25 options, or options that share a name"
    below = {option["type"] in (SUB_COMMAND, GROUP) for option in options}
    if len(below) > 1:
        yield "sub-commands beside options"
    if any(option["type"] == GROUP for option in options) and depth:
        yield "a group inside of a group"
    required = [bool(option.get("required")) for option in options]
    if required != sorted(required, reverse=True):
        yield "a required option after one that is not"
    for option in options:
        if option["type"] in (SUB_COMMAND, GROUP):
            yield from _command_problems(option, depth + option["type"])
        else:
            yield from _option_problems(option)
    if (depth in (SUB_COMMAND, GROUP + SUB_COMMAND) and True in below) or (depth == GROUP and below != {True}):
        yield "a sub-command holds only options, a group only sub-commands"


def _option_problems(option: Json) -> Iterator[str]:
    yield from _word_problems(option)
    yield from choices_problems(option.get("choices") or [])
    if option.get("autocomplete") and (option.get("choices") or option["type"] not in (STRING, INTEGER, NUMBER)):
        yield f"option {option['name']!r} with autocomplete and choices, or of a type that has none"
    low, high = option.get("min_length") or 0, option.get("max_length") or 6000
    if not 0 <= low <= high <= 6000 or option.get("max_length") == 0:
        yield f"option {option['name']!r} of {low} to {option.get('max_length')} characters"
    least, most = option.get("min_value"), option.get("max_value")
    if least is not None and most is not None and least > most:
        yield f"option {option['name']!r} from {least} to {most}"


def _word_problems(node: Json) -> Iterator[str]:
    for name in _in_every_language(node, "name"):
        if not _NAME.fullmatch(name) or name != name.lower():
            yield f"name {name!r}"
    for text in _in_every_language(node, "description"):
        if not 1 <= len(text) <= 100:
            yield f"description {text!r}"


def _in_every_language(node: Json, key: str) -> list[str]:
    return [node.get(key) or "", *(node.get(f"{key}_localizations") or {}).values()]


def _share_a_name(nodes: list[Json]) -> bool:
    """Whether two are called the same, in any language."""
    languages = {language for node in nodes for language in node.get("name_localizations") or {}}
    for language in (None, *languages):
        names = [(node.get("name_localizations") or {}).get(language, node["name"]) for node in nodes]
        if len(set(names)) < len(names):
            return True
    return False


def _characters(node: Json) -> int:
    def longest(key: str) -> int:
        return max(map(len, _in_every_language(node, key)))

    choices = sum(len(choice["name"]) + len(str(choice["value"])) for choice in node.get("choices") or [])
    nested = sum(_characters(option) for option in node.get("options") or [])
    return longest("name") + longest("description") + choices + nested
