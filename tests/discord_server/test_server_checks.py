"""
The loopback Discord notices what Discord would refuse.
"""

from __future__ import annotations

from typing import Any

import pytest
from discord_server.limits import COMPONENTS_V2, choices_problems, commands_problems, message_problems
from discord_server.modal_limits import modal_problems
from discord_server.openapi import description, request_problems

Json = dict[str, Any]

QUIET: Json = {"allowed_mentions": {"parse": []}}
TEXT = {"type": 10, "content": "text"}
CHOICES = [{"name": "a" * 50, "value": "a" * 50}] * 25
needs_description = pytest.mark.skipif(description() is None, reason="Discord's API description is not there")


def expect(problem: str | None, found: list[str]) -> None:
    """Whether this problem was found, or none at all."""
    assert any(problem in line for line in found) if problem else found == []


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ({**QUIET, "content": "a" * 2000}, None),
        ({**QUIET, "content": "a" * 2001}, "over 2000"),
        ({"content": "a"}, "allowed_mentions is missing"),
        ({"content": "a", "allowed_mentions": {"parse": ["users"]}}, "allows a ping"),
        ({"content": "a", "allowed_mentions": {"parse": [], "replied_user": True}}, "allows a ping"),
        ({**QUIET, "content": ""}, "an empty message"),
        ({**QUIET, "components": [TEXT]}, "without their flag"),
        ({**QUIET, "components": [TEXT], "flags": COMPONENTS_V2}, None),
        ({**QUIET, "components": [TEXT], "content": "a", "flags": COMPONENTS_V2}, "beside components"),
        ({**QUIET, "components": [TEXT] * 41, "flags": COMPONENTS_V2}, "41 components"),
        ({**QUIET, "components": [{**TEXT, "content": "a" * 2001}] * 2, "flags": COMPONENTS_V2}, "more than 4000"),
        ({**QUIET, "embeds": [{"description": "a" * 4097}]}, "over its limit"),
        ({**QUIET, "embeds": [{"description": "a" * 4000}, {"description": "a" * 2001}]}, "more than 6000"),
    ],
)
def test_messages_are_checked(body: dict[str, Any], problem: str | None) -> None:
    """
    A message over a limit, or one that could ping somebody, is noticed; one within them is not.
    """
    expect(problem, list(message_problems(body)))


BUTTON = {"type": 2, "style": 2, "label": "Press", "custom_id": "a"}
LINK = {"type": 2, "style": 5, "label": "Source", "url": "https://example.org"}
OPTION = {"label": "A", "value": "a"}
SELECT = {"type": 3, "custom_id": "s", "options": [OPTION]}
INPUT = {"type": 4, "custom_id": "i", "style": 1}
LABEL = {"type": 18, "label": "Note", "component": INPUT}
MODAL = {"custom_id": "m", "title": "Report", "components": [LABEL]}


def row(*components: Json) -> Json:
    """A row of a message."""
    return {"type": 1, "components": list(components)}


def options(number: int) -> list[Json]:
    """So many options of a select."""
    return [{"label": "A", "value": str(n)} for n in range(number)]


def many(number: int) -> list[Json]:
    """So many buttons, each of its own."""
    return [{**BUTTON, "custom_id": str(n)} for n in range(number)]


@pytest.mark.parametrize(
    ("components", "problem"),
    [
        ([row(BUTTON, LINK), row(SELECT)], None),
        ([row({**BUTTON, "custom_id": "a" * 100, "label": "a" * 80})], None),
        ([row({**BUTTON, "custom_id": "a" * 101})], "is not 1 to 100 characters"),
        ([row({**BUTTON, "custom_id": ""})], "is not 1 to 100 characters"),
        ([row(BUTTON), row(BUTTON)], "custom_id 'a' 2 times"),
        ([{**row(BUTTON), "id": 4}, {**row(LINK), "id": 4}], "id 4 2 times"),
        ([row({**BUTTON, "label": "a" * 81})], "label 'aaa"),
        ([row({**BUTTON, "label": None})], "label '' of a button"),
        ([row({**BUTTON, "label": None, "emoji": {"name": "x"}})], None),
        ([row({**BUTTON, "custom_id": None})], "without a custom_id"),
        ([row({**BUTTON, "url": "https://example.org"})], "or with an address"),
        ([row({**LINK, "url": "https://example.org/" + "a" * 492})], None),
        ([row({**LINK, "url": "https://example.org/" + "a" * 493})], "over 512 characters"),
        ([row({**LINK, "url": "ftp://example.org"})], "no web address"),
        ([row({**LINK, "custom_id": "a"})], "with a custom_id"),
        ([row({**LINK, "url": None})], "without an address"),
        ([row(*many(5))], None),
        ([row(*many(6))], "1 to 5 buttons or one select"),
        ([row()], "1 to 5 buttons or one select"),
        ([row(SELECT, BUTTON)], "1 to 5 buttons or one select"),
        ([BUTTON], "a button outside of a row"),
        ([{"type": 17, "components": [{"type": 17, "components": [TEXT]}]}], "a container inside"),
        ([row({**SELECT, "options": options(25), "max_values": 25, "placeholder": "a" * 150})], None),
        ([row({**SELECT, "options": options(26)})], "26 options"),
        ([row({**SELECT, "options": []})], "0 options"),
        ([row({**SELECT, "placeholder": "a" * 151})], "placeholder of a select"),
        ([row({**SELECT, "max_values": 2})], "1 to 2 values of 1"),
        ([row({**SELECT, "min_values": 2})], "2 to 1 values of 1"),
        ([row({**SELECT, "options": [{**o, "default": True} for o in options(2)]})], "more defaults"),
        ([row({**SELECT, "options": [OPTION, OPTION]})], "value 'a' 2 times"),
        ([row({**SELECT, "options": [{**OPTION, "label": "a" * 101}]})], "is empty or over 100"),
        ([row({**SELECT, "options": [{**OPTION, "value": "a" * 101}]})], "is empty or over 100"),
        ([row({**SELECT, "options": [{**OPTION, "value": ""}]})], "is empty or over 100"),
        ([row({**SELECT, "options": [{**OPTION, "description": "a" * 101}]})], "is empty or over 100"),
        ([{"type": 9, "components": [TEXT] * 3, "accessory": BUTTON}], None),
        ([{"type": 9, "components": [TEXT] * 4, "accessory": BUTTON}], "1 to 3 text displays"),
        ([{"type": 9, "components": [row(BUTTON)], "accessory": LINK}], "1 to 3 text displays"),
        ([{"type": 9, "components": [TEXT]}], "without a button or a thumbnail"),
        ([{**TEXT, "content": " "}], "an empty text display"),
        ([{"type": 12, "items": [{"media": {"url": "https://example.org"}}] * 10}], None),
        ([{"type": 12, "items": [{"media": {"url": "https://example.org"}}] * 11}], "11 items"),
        ([{"type": 12, "items": [{"description": "a" * 1025}]}], "over 1024 characters"),
        ([{"type": 11, "media": {}, "description": "a" * 1025}], "over 1024 characters"),
    ],
)
def test_components_are_checked(components: list[Json], problem: str | None) -> None:
    """
    A button, select, section or picture over a limit is noticed wherever it is; one within them is not.
    """
    body = {**QUIET, "components": components, "flags": COMPONENTS_V2}

    expect(problem, list(message_problems(body)))


@pytest.mark.parametrize(
    ("components", "problem"),
    [
        ([{"type": 17, "components": [TEXT] * 39}], None),
        ([{"type": 17, "components": [TEXT] * 40}], "41 components"),
        ([{"type": 9, "components": [TEXT] * 2, "accessory": LINK}] * 11, "44 components"),
        ([{"type": 17, "components": [{**TEXT, "content": "a" * 2000}] * 2}], None),
        ([{"type": 17, "components": [{**TEXT, "content": "a" * 2000}] * 2}, TEXT], "more than 4000"),
        ([{**TEXT, "content": "\N{WAVING HAND SIGN}" * 2001}], "more than 4000"),
    ],
)
def test_nested_components_count(components: list[Json], problem: str | None) -> None:
    """
    Components and characters are counted through containers and sections, characters as Discord counts them.
    """
    expect(problem, list(message_problems({**QUIET, "components": components, "flags": COMPONENTS_V2})))


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ({"content": "a", "components": [row(LINK)] * 5}, None),
        ({"content": "a", "components": [row(LINK)] * 6}, "6 rows"),
        ({"attachments": [{"filename": "a", "description": "a" * 1024}]}, None),
        ({"attachments": [{"filename": "a", "description": "a" * 1025}]}, "over 1024 characters"),
        ({"attachments": [{"filename": "a"}] * 11}, "11 attachments"),
    ],
)
def test_older_messages_are_checked(body: Json, problem: str | None) -> None:
    """
    Messages without components of version 2 have limits of their own.
    """
    expect(problem, list(message_problems(QUIET | body)))


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({}, None),
        ({"custom_id": "a" * 101}, "the custom_id of a modal"),
        ({"custom_id": ""}, "the custom_id of a modal"),
        ({"title": "a" * 46}, "title 'aaa"),
        ({"title": ""}, "title ''"),
        ({"components": []}, "0 components"),
        ({"components": [{**TEXT}] * 5}, None),
        ({"components": [{**TEXT}] * 6}, "6 components"),
        ({"components": [INPUT]}, "something else than labels"),
        ({"components": [LABEL, LABEL]}, "custom_id 'i' 2 times"),
        ({"components": [row({**INPUT, "label": "Note"})]}, None),
        ({"components": [row(INPUT)]}, "without a label"),
        ({"components": [{**LABEL, "label": "a" * 46}]}, "is not 1 to 45 characters"),
        ({"components": [{**LABEL, "label": ""}]}, "is not 1 to 45 characters"),
        ({"components": [{**LABEL, "description": "a" * 101}]}, "over 100 characters"),
        ({"components": [{**LABEL, "component": {**INPUT, "label": "Note"}}]}, "both have a label"),
        ({"components": [{**LABEL, "component": SELECT}]}, None),
        ({"components": [{**LABEL, "component": {**SELECT, "disabled": True}}]}, "a disabled select"),
        ({"components": [{**LABEL, "component": {**SELECT, "options": options(26)}}]}, "26 options"),
    ],
)
def test_modals_are_checked(change: Json, problem: str | None) -> None:
    """
    A modal that Discord would refuse is noticed; one within its limits is not.
    """
    expect(problem, list(modal_problems(MODAL | change)))


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"min_length": 0, "max_length": 4000, "value": "a" * 4000, "placeholder": "a" * 100}, None),
        ({"max_length": 4001}, "0 to 4001 characters"),
        ({"max_length": 0}, "0 to 0 characters"),
        ({"min_length": 5, "max_length": 4}, "5 to 4 characters"),
        ({"max_length": 4, "value": "aaaaa"}, "filled with 5 characters"),
        ({"min_length": 2, "value": "a"}, "filled with 1 characters"),
        ({"placeholder": "a" * 101}, "a placeholder of a text input"),
        ({"custom_id": ""}, "is not 1 to 100 characters"),
    ],
)
def test_text_inputs_are_checked(change: Json, problem: str | None) -> None:
    """
    A text input that Discord would refuse is noticed; one within its limits is not.
    """
    expect(problem, list(modal_problems(MODAL | {"components": [{**LABEL, "component": INPUT | change}]})))


WORD = {"type": 3, "name": "x", "description": "x"}
SUB = {"type": 1, "name": "status", "description": "Shows."}
GROUP = {"type": 2, "name": "more", "description": "More.", "options": [SUB]}


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"name": "Ask"}, True),
        ({"name": "two words"}, True),
        ({"name_localizations": {"es-ES": "a" * 33}}, True),
        ({"name_localizations": {"es-ES": "Preguntar"}}, True),
        ({"description": "a" * 101}, True),
        ({"description": ""}, True),
        ({"description_localizations": {"es-ES": "a" * 101}}, True),
        ({"options": [WORD] * 2}, True),
        ({"options": [{**WORD, "name": f"x{n}"} for n in range(26)]}, True),
        ({"options": [WORD, {**WORD, "name": "y", "name_localizations": {"es-ES": "x"}}]}, True),
        ({"options": [WORD, {**WORD, "name": "y", "required": True}]}, True),
        ({"options": [{**WORD, "name": "Y"}]}, True),
        ({"options": [{**WORD, "min_length": 1, "max_length": 6000, "autocomplete": True}]}, False),
        ({"options": [{**WORD, "max_length": 6001}]}, True),
        ({"options": [{**WORD, "min_length": 3, "max_length": 2}]}, True),
        ({"options": [{**WORD, "type": 4, "min_value": 1, "max_value": 9}]}, False),
        ({"options": [{**WORD, "type": 4, "min_value": 3, "max_value": 2}]}, True),
        ({"options": [{**WORD, "type": 11, "autocomplete": True}]}, True),
        ({"options": [{**WORD, "choices": [{"name": "a", "value": "a"}], "autocomplete": True}]}, True),
        ({"options": [{**WORD, "choices": [{"name": "a" * 101, "value": "a"}]}]}, True),
        ({"options": [{**WORD, "choices": [{"name": "a", "value": "a" * 101}]}]}, True),
        ({"options": [SUB, GROUP]}, False),
        ({"options": [SUB, WORD]}, True),
        ({"options": [{**SUB, "options": [WORD]}]}, False),
        ({"options": [{**SUB, "options": [SUB]}]}, True),
        ({"options": [{**GROUP, "options": [WORD]}]}, True),
        ({"options": [{**GROUP, "options": []}]}, True),
        ({"options": [{**GROUP, "options": [GROUP]}]}, True),
        ({"options": [{**SUB, "description": ""}]}, True),
    ],
)
def test_commands_are_checked(change: Json, found: bool) -> None:
    """
    A command, sub-command or option that Discord would refuse is noticed; one within its limits is not.
    """
    command = {"name": "ask", "description": "Ask.", "options": []}

    assert list(commands_problems([command])) == []
    assert bool(list(commands_problems([command | change]))) == found


@pytest.mark.parametrize(
    ("commands", "found"),
    [
        ([{"type": 3, "name": "Check this Quote"}], False),
        ([{"type": 3, "name": "a" * 32, "name_localizations": {"es-ES": "a" * 33}}], True),
        ([{"type": 3, "name": "a" * 33}], True),
        ([{"type": 3, "name": ""}], True),
        ([{"type": 3, "name": "Check", "description": "Checks."}], True),
        ([{"type": 3, "name": "Check"}, {"type": 3, "name": "Check"}], True),
        ([{"type": 3, "name": "check"}, {"type": 1, "name": "check", "description": "Checks."}], False),
        ([{"type": 3, "name": f"Check {n}"} for n in range(16)], True),
        ([{"name": f"ask{n}", "description": "Asks."} for n in range(101)], True),
        (
            [
                {
                    "name": "ask",
                    "description": "a",
                    "options": [{**WORD, "name": f"x{n}", "choices": CHOICES} for n in range(4)],
                }
            ],
            True,
        ),
    ],
)
def test_lists_of_commands_are_checked(commands: list[Json], found: bool) -> None:
    """
    Menus have names of their own kind and no description; names are given once, and there is not too much of anything.
    """
    assert bool(list(commands_problems(commands))) == found


@pytest.mark.parametrize(
    ("choices", "found"),
    [
        ([{"name": "a" * 100, "value": "a" * 100}] * 25, False),
        ([{"name": "a", "value": "a"}] * 26, True),
        ([{"name": "a" * 101, "value": "a"}], True),
        ([{"name": "", "value": "a"}], True),
        ([{"name": "a", "value": "a" * 101}], True),
        ([{"name": "a", "value": ""}], True),
        ([{"name": "a", "value": 5}], False),
        ([{"name": "a", "value": "a", "name_localizations": {"es-ES": "a" * 101}}], True),
    ],
)
def test_choices_are_checked(choices: list[Json], found: bool) -> None:
    """
    What autocomplete offers has at most 25 choices with names and values of 1 to 100 characters.
    """
    assert bool(list(choices_problems(choices))) == found


@needs_description
@pytest.mark.parametrize(
    ("method", "path", "body", "problem"),
    [
        ("POST", "/channels/1/messages", {"content": "a", "allowed_mentions": {"parse": []}}, None),
        ("POST", "/channels/1/messages", {"content": 5}, "body.content is no string or null"),
        ("POST", "/channels/1/messages", {"allowed_mentions": {"parse": ["all"]}}, "allowed_mentions"),
        ("POST", "/channels/1/messages", {"components": [{"type": 10}]}, "components[0].content is missing"),
        ("POST", "/channels/1/messages", {"components": [{"type": 99}]}, "fits no alternative"),
        ("POST", "/interactions/1/token/callback", {"type": 4, "data": {"content": "a"}}, None),
        ("POST", "/interactions/1/token/callback", {"type": 4, "data": {"content": "a" * 2001}}, "2001 characters"),
        ("PATCH", "/webhooks/1/token/messages/@original", {"embeds": [{}] * 11}, "11 items"),
        ("PUT", "/applications/1/commands", [{"description": "a"}], "name is missing"),
        ("POST", "/channels/1/typing", None, None),
        ("POST", "/nowhere", None, "not in the description"),
    ],
)
def test_requests_are_held_against_the_description(method: str, path: str, body: Any, problem: str | None) -> None:
    """
    A request that is not what Discord's API description says is noticed.
    """
    found = list(request_problems(method, path, body))

    assert any(problem in line for line in found) if problem else found == []
