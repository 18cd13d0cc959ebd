"""
The loopback Discord notices what Discord would refuse.
"""

from __future__ import annotations

from typing import Any

import pytest
from discord_server.limits import COMPONENTS_V2, commands_problems, message_problems
from discord_server.openapi import description, request_problems

QUIET: dict[str, Any] = {"allowed_mentions": {"parse": []}}
TEXT = {"type": 10, "content": "text"}
needs_description = pytest.mark.skipif(description() is None, reason="Discord's API description is not there")


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
    found = list(message_problems(body))

    assert any(problem in line for line in found) if problem else found == []


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Ask"},
        {"name": "two words"},
        {"name_localizations": {"es-ES": "a" * 33}},
        {"description": "a" * 101},
        {"description": ""},
        {"options": [{"type": 3, "name": "x", "description": "x"}] * 2},
        {
            "options": [
                {"type": 3, "name": "x", "description": "x"},
                {"type": 3, "name": "y", "description": "y", "required": True},
            ]
        },
    ],
)
def test_commands_are_checked(change: dict[str, Any]) -> None:
    """
    A command that Discord would refuse is noticed.
    """
    command = {"name": "ask", "description": "Ask.", "options": []}

    assert list(commands_problems([command])) == []
    assert list(commands_problems([command | change]))


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
    found = request_problems(method, path, body)

    assert any(problem in line for line in found) if problem else found == []
