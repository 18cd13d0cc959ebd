"""
Requests against Discord's own API description, where it stands beside the repository.

Knows the part of JSON Schema that the description uses.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

Json = dict[str, Any]

DESCRIPTION = Path(__file__).resolve().parents[3] / "shared" / "discord" / "openapi.json"
_TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "integer": int,
    "number": (int, float),
    "null": type(None),
}
_RANGES = {"int32": (-(2**31), 2**31 - 1), "int64": (-(2**63), 2**63 - 1)}


@cache
def description() -> Json | None:
    """Discord's description, `None` where it is not there."""
    return json.loads(DESCRIPTION.read_text("utf-8")) if DESCRIPTION.is_file() else None


def request_problems(method: str, path: str, body: Any) -> Iterator[str]:
    """Where a JSON body is not what the description says; nothing without a description."""
    if description() is None:
        return
    operation = _operation(method, path)
    if operation is None:
        yield f"{method} {path} is not in the description"
        return
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if content is not None:
        yield from problems(body, content["schema"], "body")
    elif body is not None:
        yield f"{method} {path} takes no body"


def problems(value: Any, schema: Json, where: str) -> Iterator[str]:
    """Where a value is not what a schema says."""
    if "$ref" in schema:
        yield from problems(value, _named(schema["$ref"]), where)
        return
    if schema.get("format") == "snowflake" and type(value) is int:
        value = str(value)  # discord.py sends ids as numbers, and Discord takes both
    for part in schema.get("allOf", []):
        yield from problems(value, part, where)
    for key in ("oneOf", "anyOf"):
        if key in schema:
            yield from _choice_problems(value, schema[key], where, exactly_one=key == "oneOf")
    if "const" in schema and value != schema["const"]:
        yield f"{where} is not {schema['const']!r}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{where} is none of {schema['enum']}"
    types = schema.get("type", [])
    types = [types] if isinstance(types, str) else types
    if types and not any(_is(value, name) for name in types):
        yield f"{where} is no {' or '.join(types)}"
    elif isinstance(value, dict):
        yield from _object_problems(value, schema, where)
    elif isinstance(value, list):
        yield from _array_problems(value, schema, where)
    elif isinstance(value, str):
        yield from _string_problems(value, schema, where)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        low, high = _RANGES.get(schema.get("format", ""), (schema.get("minimum", value), schema.get("maximum", value)))
        if not max(low, schema.get("minimum", low)) <= value <= min(high, schema.get("maximum", high)):
            yield f"{where} is out of range"


def _choice_problems(value: Any, choices: list[Json], where: str, *, exactly_one: bool) -> Iterator[str]:
    if isinstance(value, dict) and "type" in value:
        # Of the dozens of kinds of components only one can have this number: the others need not be tried.
        choices = [choice for choice in choices if _may_be(value["type"], choice)] or choices
    failures = [list(problems(value, choice, where)) for choice in choices]
    passed = sum(not failure for failure in failures)
    if not passed:
        wrong_kind = (f"{where} is no ", f"{where}.type ")
        nearest = min(failures, key=lambda failure: any(line.startswith(wrong_kind) for line in failure))
        yield f"{where} fits no alternative ({'; '.join(nearest[:3])})"
    elif exactly_one and passed > 1:
        yield f"{where} fits {passed} alternatives"


def _may_be(kind: Any, choice: Json) -> bool:
    """Whether a choice could be an object of this type, as far as its own `type` tells."""
    schema = _named(choice["$ref"]) if "$ref" in choice else choice
    said = schema.get("properties", {}).get("type", {})
    allowed = said.get("enum", [said["const"]] if "const" in said else [kind])
    return kind in allowed


def _object_problems(value: Json, schema: Json, where: str) -> Iterator[str]:
    known = schema.get("properties", {})
    for name in schema.get("required", []):
        if name not in value:
            yield f"{where}.{name} is missing"
    for name, item in value.items():
        if name in known:
            yield from problems(item, known[name], f"{where}.{name}")
        elif isinstance(schema.get("additionalProperties"), dict):
            yield from problems(item, schema["additionalProperties"], f"{where}.{name}")
    if not schema.get("minProperties", 0) <= len(value) <= schema.get("maxProperties", len(value)):
        yield f"{where} has {len(value)} properties"


def _array_problems(value: list[Any], schema: Json, where: str) -> Iterator[str]:
    if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
        yield f"{where} has {len(value)} items"
    if schema.get("uniqueItems") and len({json.dumps(item, sort_keys=True) for item in value}) < len(value):
        yield f"{where} repeats an item"
    for number, item in enumerate(value):
        yield from problems(item, schema.get("items", {}), f"{where}[{number}]")


def _string_problems(value: str, schema: Json, where: str) -> Iterator[str]:
    if not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value)):
        yield f"{where} is {len(value)} characters long"
    if "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{where} does not look like {schema['pattern']}"


def _is(value: Any, name: str) -> bool:
    if isinstance(value, bool) and name in ("integer", "number"):
        return False
    return isinstance(value, _TYPES[name])


@cache
def _named(reference: str) -> Json:
    schema: Any = description()
    for name in reference.removeprefix("#/").split("/"):
        schema = schema[name]
    return dict(schema)


@cache
def _paths() -> list[tuple[re.Pattern[str], Json]]:
    """What the description says of each path; a path without placeholders comes first."""
    known: Json = (description() or {}).get("paths", {})
    return [
        (re.compile(re.sub(r"\{[^}]+\}", "[^/]+", re.sub(r"([.@])", r"\\\1", template))), known[template])
        for template in sorted(known, key=lambda template: template.count("{"))
    ]


def _operation(method: str, path: str) -> Json | None:
    """The operation of this path."""
    found = (each for pattern, each in _paths() if method.lower() in each and pattern.fullmatch(path))
    return next((dict(each[method.lower()]) for each in found), None)
