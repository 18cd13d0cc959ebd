"""
Imports run one way, and every outside thing has one door.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# Who may import whom; a package may always import itself.
BELOW = {"bot": {"retrieval", "corpus"}, "retrieval": {"corpus"}, "corpus": set[str]()}
MAX_LINES = 320

MODULES = sorted(path.relative_to(ROOT).as_posix() for package in BELOW for path in (ROOT / package).rglob("*.py"))
NETWORK = (
    "socket",
    "ssl",
    "http",
    "urllib.request",
    "urllib3",
    "requests",
    "httpx",
    "httpcore",
    "aiohttp",
    "ftplib",
    "smtplib",
)
THREADS = ("asyncio", "concurrent", "multiprocessing", "threading.Thread", "threading.Timer")
CLOCK = (
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "date.today",
    "time.time",
    "time.localtime",
    "time.gmtime",
)
# What is outside → the only files and folders that may touch it.
DOORS = {
    "discord": (("discord",), ("bot/chat/",)),
    "network": (NETWORK, ("bot/chat/", "corpus/sources/web/")),
    "threads": (THREADS, ("bot/chat/", "bot/answering/", "corpus/children.py")),
    "clock": (CLOCK, ("bot/cli/main.py", "bot/chat/client.py")),
    "environment": (("os.environ", "os.environb", "os.getenv"), ("bot/settings.py",)),
    "lines of .env": (("dotenv",), ("bot/setup.py",)),
    "database": (("sqlite3",), ("corpus/store/",)),
    "rank_bm25": (("rank_bm25",), ("retrieval/bm25.py", "retrieval/evaluation/")),
    "terminal": (("print", "input", "rich", "typer", "sys.stdout", "sys.stderr"), ("bot/cli/",)),
}


@cache
def tree(module: str) -> ast.Module:
    return ast.parse((ROOT / module).read_text("utf-8"))


def imports(code: ast.Module, module: str) -> Iterator[str]:
    """Full names of everything a module imports, inside functions too."""
    package = module.rsplit("/", 1)[0].split("/")
    for node in ast.walk(code):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = [*package[: len(package) - node.level + 1]] if node.level else []
            source = ".".join([*start, *filter(None, [node.module])])
            yield from (f"{source}.{alias.name}" for alias in node.names)


@cache
def names_of(module: str) -> frozenset[str]:
    return frozenset(names(tree(module), module))


def names(code: ast.Module, module: str) -> Iterator[str]:
    """Dotted names a module uses (`os.environ`, `print`), with their last two parts, and what it imports."""
    yield from imports(code, module)
    for node in ast.walk(code):
        if isinstance(node, ast.Attribute):
            owner = node.value
            last = owner.attr if isinstance(owner, ast.Attribute) else owner.id if isinstance(owner, ast.Name) else ""
            yield f"{last}.{node.attr}"
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id


def touches(name: str, outside: tuple[str, ...]) -> bool:
    return any(name == thing or name.startswith(thing + ".") for thing in outside)


def public_parts(
    body: list[ast.stmt], owner: str = ""
) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]]:
    """Public classes, functions and methods, with their names."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield owner + node.name, node
            if isinstance(node, ast.ClassDef):
                yield from public_parts(node.body, f"{node.name}.")


@pytest.mark.parametrize("package", BELOW)
def test_imports_run_downwards(package: str) -> None:
    """
    `bot` may import `retrieval` and `corpus`, `retrieval` may import `corpus`, and nothing imports upwards.
    """
    upwards = BELOW.keys() - {package} - BELOW[package]
    own = [module for module in MODULES if module.startswith(f"{package}/")]

    assert own
    assert [one for one in own if upwards & {name.split(".")[0] for name in imports(tree(one), one)}] == []


@pytest.mark.parametrize("outside", DOORS)
def test_outside_things_have_one_door(outside: str) -> None:
    """
    Discord, network, threads, clock, environment, database and terminal are each touched in one place only.
    """
    things, doors = DOORS[outside]
    strangers = [
        f"{module}: {name}"
        for module in MODULES
        if not module.startswith(doors)
        for name in sorted(names_of(module))
        if touches(name, things)
    ]

    assert strangers == []


@pytest.mark.parametrize("outside", DOORS)
def test_every_door_is_used(outside: str) -> None:
    """
    A door in the table that nothing goes through is a table that nobody keeps.
    """
    things, doors = DOORS[outside]

    # The settings library reads the environment itself.
    assert outside == "environment" or any(
        touches(name, things) for module in MODULES if module.startswith(doors) for name in names_of(module)
    )


def test_modules_are_small() -> None:
    """
    A module that a reader cannot hold at once becomes a folder.
    """
    lines = {module: len((ROOT / module).read_text("utf-8").splitlines()) for module in MODULES}

    assert {module: count for module, count in lines.items() if count > MAX_LINES} == {}


def test_public_things_say_what_they_give() -> None:
    """
    Every module with code, public class, function and method has a docstring.
    """
    parts = [(module, name, node) for module in MODULES for name, node in public_parts(tree(module).body)]

    assert [(module, name) for module, name, node in parts if not ast.get_docstring(node)] == []
    assert [module for module in MODULES if tree(module).body and not ast.get_docstring(tree(module))] == []


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("import os\nos.environ['X']", "os.environ"),
        ("def f():\n    from discord import app_commands", "discord.app_commands"),
        ("import datetime as dt\ndt.datetime.now()", "datetime.now"),
        ("print('x')", "print"),
        ("from . import chat", "bot.cli.chat"),
    ],
)
def test_names_are_seen_wherever_they_stand(source: str, name: str) -> None:
    """
    An import inside a function and a name behind an alias do not slip through.
    """
    assert name in set(names(ast.parse(source), "bot/cli/example.py"))
