"""
What people do: commands, menus, autocomplete, buttons, selects, modals.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from discord_server import interactions, limits, payloads
from discord_server.components import buttons, pressable
from discord_server.payloads import Json, Person
from discord_server.state import PATIENCE_S, Channel, Interaction, Seen
from discord_server.uploads import Upload, attachment

# Between seeing a message and pressing its button: discord.py knows a button only once its message is acknowledged.
_A_MOMENT_S = 0.05
_ANSWER_S = 3  # until Discord gives up waiting for autocomplete
_METADATA = ("id", "type", "authorizing_integration_owners")


class Actions(Seen):
    """The members of the servers. Each action gives back at once, before the bot answers."""

    async def use_command(
        self,
        name: str,
        *,
        locale: str = "en-US",
        guild: str | None = payloads.GUILD,
        channel: str | None = None,
        by: Person = payloads.ASKER,
        answered_before: bool = False,
        asked_s_ago: float = 0,
        **options: Any,
    ) -> Interaction:
        """
        Somebody uses a slash command.

        Args:
            name: Of the command, in English; with group and sub-command: "corpus status".
            locale: Of their Discord.
            guild: The server, `None` for a direct message.
            channel: Where; the first channel of the server where it is not said.
            by: Who.
            answered_before: As if the bot's response had arrived and only its acknowledgement was lost.
            asked_s_ago: As if the gateway had been that slow.
            options: By their English names; `from` is written `from_`. Text, whole numbers, truth, or an `Upload`.

        Raises:
            AssertionError: The bot has registered commands, and none with these names.
        """
        data = self._command(name, options, guild)
        interaction = self._begin(interactions.COMMAND, data, by, locale, guild, channel)
        interaction.offset_s = asked_s_ago
        interaction.first_response_s = 0 if answered_before else None
        await self.dispatch("INTERACTION_CREATE", interaction.payload)
        return interaction

    async def answer_to(self, name: str, *, locale: str = "en-US", **options: Any) -> Interaction:
        """The asker uses a slash command and waits for the message."""
        return await self.finished(await self.use_command(name, locale=locale, **options))

    async def use_menu(
        self,
        name: str,
        message: Json,
        *,
        locale: str = "en-US",
        by: Person = payloads.ASKER,
        guild: str | None = payloads.GUILD,
    ) -> Interaction:
        """Somebody uses a menu on a message."""
        registered = self._registered(name, 3, guild)
        data = interactions.menu_data(registered["id"], name, message)
        data |= {"guild_id": registered["guild_id"]} if "guild_id" in registered else {}
        interaction = self._begin(interactions.COMMAND, data, by, locale, guild, message["channel_id"])
        interaction.metadata["target_message_id"] = message["id"]
        await self.dispatch("INTERACTION_CREATE", interaction.payload)
        return interaction

    async def autocomplete(
        self,
        name: str,
        option: str,
        typed: str,
        *,
        locale: str = "en-US",
        by: Person = payloads.ASKER,
        guild: str | None = payloads.GUILD,
        **other_options: Any,
    ) -> list[Json]:
        """What is offered while somebody types into an option; waits as long as Discord does."""
        data = self._command(name, {**other_options, option: typed}, guild, focused=option)
        interaction = self._begin(interactions.AUTOCOMPLETE, data, by, locale, guild, None)
        await self.dispatch("INTERACTION_CREATE", interaction.payload)
        await self.until(lambda: interaction.choices is not None, _ANSWER_S)
        return interaction.choices or []

    async def press(
        self,
        shown: Interaction | Json,
        label: str | None = None,
        *,
        custom_id: str | None = None,
        by: Person | None = None,
        locale: str = "en-US",
        values: list[str] | None = None,
    ) -> Interaction:
        """
        Somebody presses a button, or chooses values of a select.

        Args:
            shown: What the bot answered, or one message of it.
            label: Of the button; of a select its placeholder.
            custom_id: Instead of the label.
            by: Who; by default the person who asked.
            locale: Of their Discord.
            values: What was chosen in a select.

        Raises:
            AssertionError: There is no such button, it is disabled, or it is not theirs to press.
        """
        message, component = _found(shown.shown if isinstance(shown, Interaction) else [shown], label, custom_id)
        asker = message.get("interaction_metadata", {}).get("user", payloads.ASKER)
        private = message["flags"] & limits.EPHEMERAL
        assert not private or by is None or by["id"] == asker["id"], "only the person who asked sees this message"
        _check_values(component, values)
        interaction = self._begin(
            interactions.COMPONENT,
            interactions.press_data(component, values),
            by or asker,
            locale,
            message.get("guild_id"),
            message["channel_id"],
            message=message,
        )
        interaction.metadata["interacted_message_id"] = message["id"]
        await asyncio.sleep(_A_MOMENT_S)
        await self.dispatch("INTERACTION_CREATE", interaction.payload)
        return interaction

    async def submit(
        self,
        opened: Interaction,
        typed: Mapping[str, str | list[str]],
        *,
        by: Person | None = None,
        locale: str = "en-US",
    ) -> Interaction:
        """
        Somebody fills in the modal that an interaction opened, and sends it.

        Args:
            opened: Has the modal.
            typed: Text, or the values chosen, by custom id or label.
            by: Who; by default the person for whom it was opened.
            locale: Of their Discord.

        Raises:
            AssertionError: No modal was opened, or Discord would not let it be sent.
        """
        assert opened.modal is not None, "no modal was opened"
        pressed = {"message": opened.pressed} if opened.pressed else {}
        interaction = self._begin(
            interactions.MODAL,
            interactions.modal_data(opened.modal, typed),
            by or _asker(opened.payload),
            locale,
            opened.payload.get("guild_id"),
            opened.payload["channel_id"],
            **pressed,
        )
        interaction.metadata["triggering_interaction_metadata"] = opened.metadata
        await asyncio.sleep(_A_MOMENT_S)
        await self.dispatch("INTERACTION_CREATE", interaction.payload)
        return interaction

    async def finished(self, interaction: Interaction) -> Interaction:
        """Wait until the bot has answered: a message, an edit, a modal or choices, and not only that it will."""
        # Many wait at a time, each for another one: `until` would wake them all for every request.
        async with asyncio.timeout(PATIENCE_S):
            await interaction.is_finished.wait()
        return interaction

    def _begin(
        self, kind: int, data: Json, by: Person, locale: str, guild: str | None, channel: str | None, **more: Any
    ) -> Interaction:
        where = channel or (payloads.FIRST_CHANNEL[guild] if guild else payloads.direct_channel(by)["id"])
        payload = interactions.interaction(kind, data, by=by, locale=locale, guild=guild, channel=where, **more)
        interaction = Interaction(payload, asyncio.get_running_loop().time(), uploads=self.uploads)
        interaction.metadata = {key: payload[key] for key in _METADATA} | {"user": by}
        self.interactions[payload["token"]] = interaction
        self.channels.setdefault(where, Channel())
        return interaction

    def _registered(self, name: str, kind: int, guild: str | None) -> Json:
        """The command as the bot registered it."""
        known = [*self.guild_commands.get(guild or "", []), *self.commands]
        found = [command for command in known if (command["name"], command["type"]) == (name, kind)]
        assert found or not known, f"{name} is none of {', '.join(command['name'] for command in known)}"
        return found[0] if found else {"id": "5000"}

    def _command(self, name: str, options: Json, guild: str | None, *, focused: str | None = None) -> Json:
        node = registered = self._registered(name.split()[0], 1, guild)
        for below in name.split()[1:]:
            node = next((option for option in node.get("options") or [] if option["name"] == below), {})
        named = {key.rstrip("_"): self._stored(value) for key, value in options.items()}
        known = {option["name"]: option for option in node.get("options") or []}
        if "name" in registered:
            assert node, f"/{name} is not registered"
            assert named.keys() <= known.keys(), f"/{name} has only the options {', '.join(known)}"
            assert focused is None or known[focused].get("autocomplete"), f"{focused} of /{name} has no autocomplete"
        data = interactions.command_data(registered["id"], name, named, focused=focused)
        return data | ({"guild_id": registered["guild_id"]} if "guild_id" in registered else {})

    def _stored(self, value: Any) -> Any:
        """The value of an option; a file is uploaded first."""
        if not isinstance(value, Upload):
            return value
        attached = attachment(value, self.address) | {"ephemeral": True}
        self.uploads[attached["id"]] = value
        return attached


def _asker(payload: Json) -> Person:
    """Who did something."""
    person: Person = payload["user"] if "user" in payload else payload["member"]["user"]
    return person


def _found(messages: list[Json], label: str | None, custom_id: str | None) -> tuple[Json, Json]:
    """The button or select that is meant, and the message that it is in."""
    for message in messages:
        component = pressable(message, label, custom_id)
        if component is not None:
            assert not component.get("disabled"), f"{label or custom_id} is disabled"
            return message, component
    raise AssertionError(f"no button {label or custom_id} in {[buttons(message) for message in messages]}")


def _check_values(component: Json, values: list[str] | None) -> None:
    """Whether these values can be chosen there."""
    if component["type"] != limits.SELECT:
        assert values is None, "a button has no values"
        return
    low, high = component.get("min_values"), component.get("max_values")
    known = [option["value"] for option in component["options"]]
    assert values is not None, "a select is pressed with values"
    assert set(values) <= set(known), f"{values} are not all among {known}"
    assert (1 if low is None else low) <= len(values) <= (high or 1), f"{len(values)} values cannot be chosen"
