"""
What Discord sends when somebody uses a command, a menu, a button, a select or a modal.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from discord_server import payloads
from discord_server.payloads import Json, Person

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL = 2, 3, 4, 5  # types of interactions
_MAX_FILES = 10 * 1024 * 1024
_OPTION_TYPES: dict[type, int] = {str: 3, int: 4, bool: 5, float: 10, dict: 11}


def interaction(
    kind: int, data: Json, *, by: Person, locale: str, guild: str | None, channel: str, **more: Any
) -> Json:
    """What every interaction says: who, where, and the token to answer with."""
    denied = payloads.PLACES[channel].denied if channel in payloads.PLACES else 0
    payload: Json = {
        "id": payloads.new_id(),
        "application_id": payloads.APPLICATION,
        "type": kind,
        "token": f"interaction-token-{payloads.new_id()}",
        "version": 1,
        "locale": locale,
        "data": data,
        "app_permissions": str(payloads.EVERYONE & ~denied),
        "attachment_size_limit": _MAX_FILES,
        "entitlements": [],
        "authorizing_integration_owners": {"1": by["id"]} if guild == payloads.FOREIGN_GUILD else {"0": guild or "0"},
        "channel_id": channel,
        **more,
    }
    if guild is None:
        return payload | {"context": 1, "user": by, "channel": payloads.direct_channel(by)}
    member = payloads.member(by) | {"permissions": str(by.permissions)}
    where = {"guild_id": guild, "guild": {"id": guild, "locale": "en-US", "features": []}, "guild_locale": "en-US"}
    return payload | where | {"context": 0, "member": member, "channel": payloads.guild_channel(channel, guild)}


def command_data(id: str, name: str, options: Json, *, focused: str | None = None) -> Json:
    """
    A slash command with its options.

    Args:
        id: Of the registered command.
        name: With the group and sub-command after it: "corpus status".
        options: Values by name; an attachment is given as its payload.
        focused: The option that is being typed, for autocomplete.
    """
    given: list[Json] = []
    for key, value in options.items():
        kind = _OPTION_TYPES[type(value)]
        option = {"name": key, "type": kind, "value": value["id"] if kind == 11 else value}
        given.append(option | ({"focused": True} if key == focused else {}))
    first, *below = name.split()
    for depth, sub_command in enumerate(reversed(below)):
        given = [{"name": sub_command, "type": 1 + (depth > 0), "options": given}]
    attached = {value["id"]: value for value in options.values() if isinstance(value, dict)}
    resolved = {"resolved": {"attachments": attached}} if attached else {}
    return {"id": id, "name": first, "type": 1, "options": given, **resolved}


def menu_data(id: str, name: str, message: Json) -> Json:
    """A menu on a message; the bot may read that message."""
    return {"id": id, "name": name, "type": 3, "target_id": message["id"]} | {
        "resolved": {"messages": {message["id"]: message}}
    }


def press_data(component: Json, values: list[str] | None) -> Json:
    """A button, or a select with the values that were chosen."""
    chosen = {} if values is None else {"values": values}
    return {"custom_id": component["custom_id"], "component_type": component["type"], "id": component["id"]} | chosen


def modal_data(modal: Json, typed: Mapping[str, str | list[str]]) -> Json:
    """
    A modal that was filled in.

    Args:
        modal: As the bot sent it, components numbered.
        typed: Text, or chosen values, by custom id or label; what is left out keeps what was filled in before.

    Raises:
        AssertionError: Discord would not let it be submitted, or nothing in the modal is called so.
    """
    left = dict(typed)
    components = [_filled(component, left) for component in modal["components"]]
    assert not left, f"the modal has no {', '.join(left)}"
    return {"custom_id": modal["custom_id"], "components": components}


def _filled(component: Json, typed: dict[str, str | list[str]], label: str = "") -> Json:
    about: Json = {key: component[key] for key in ("type", "id", "custom_id") if key in component}
    if component["type"] == 1:
        return about | {
            "components": [_filled(child, typed, child.get("label") or "") for child in component["components"]]
        }
    if component["type"] == 18:
        return about | {"component": _filled(component["component"], typed, component["label"])}
    if component["type"] == 10:
        return about
    before = component.get("value") or ""
    if component["type"] != 4:
        before = [option["value"] for option in component.get("options") or [] if option.get("default")]
    value = typed.pop(component["custom_id"], typed.pop(label, before))
    required = component.get("required") is not False
    assert value or not required, f"{label or component['custom_id']} must be filled in"
    if component["type"] != 4:
        return about | {"values": value}
    longest = component.get("max_length") or 4000
    assert not value or (component.get("min_length") or 0) <= len(value) <= longest, f"{label}: {len(value)} characters"
    return about | {"value": value}
