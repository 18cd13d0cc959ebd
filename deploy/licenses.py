"""
Under which licence each package of a lock may be used: python deploy/licenses.py requirements.lock

The licence is what the installed package says of itself: its expression, or else its classifiers, or else the first
words of its licence. Exit status 1 where one says nothing, or allows the GPL or the AGPL only.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

_LOCKED = re.compile(r"^([A-Za-z0-9][\w.-]*)==([^\s;\\]+)", re.MULTILINE)
# The Lesser GPL asks nothing of a program that only uses a library.
_COPYLEFT = re.compile(r"\bAGPL|\bAffero\b|(?<!L)GPL|\bGeneral Public License", re.IGNORECASE)
_LESSER = re.compile(r"\bLGPL|\bLesser\b|\bLibrary General\b", re.IGNORECASE)
_LONGEST = 60  # characters of a licence that is told in a sentence
_NEITHER = "not installed here"


def locked(text: str) -> dict[str, list[str]]:
    """Name → versions of every package of a lock, in its order; some have one for each of several Pythons."""
    found: dict[str, list[str]] = {}
    for name, version in _LOCKED.findall(text):
        found.setdefault(name, []).append(version)
    return found


def license_of(expression: str | None, classifiers: Sequence[str], text: str | None) -> str:
    """
    A licence in one line, as an expression; "" where nothing is said.

    Args:
        expression: Of the package's metadata (SPDX).
        classifiers: All of them; several licences are a choice.
        text: The field that holds a name, or a licence from its first word to its last.
    """
    if expression:
        return expression
    named = [one.rsplit(" :: ", 1)[-1] for one in classifiers if one.startswith("License :: ") and one.count("::") > 1]
    if named:
        return " OR ".join(named)
    first = next((line.strip() for line in (text or "").splitlines() if re.search(r"\w", line)), "")
    return first[:_LONGEST]


def is_free_to_use(license: str) -> bool:
    """
    Whether a licence leaves a choice without the GPL and the AGPL.

    Args:
        license: Names with AND, OR and brackets between them.
    """
    tokens = re.findall(r"[()]|\b(?:AND|OR)\b|(?:(?!\b(?:AND|OR)\b)[^()])+", license)
    return _choice([token.strip() for token in tokens if token.strip()])


def _choice(tokens: list[str]) -> bool:
    """One of several that stand between ORs; what was read is taken from the tokens."""
    found = _all_of(tokens)
    while tokens and tokens[0] == "OR":
        tokens.pop(0)
        found = _all_of(tokens) or found
    return found


def _all_of(tokens: list[str]) -> bool:
    found = _one(tokens)
    while tokens and tokens[0] not in ("OR", ")"):
        if tokens[0] == "AND":
            tokens.pop(0)
        found = _one(tokens) and found
    return found


def _one(tokens: list[str]) -> bool:
    if not tokens:
        return False
    part = tokens.pop(0)
    if part != "(":
        return bool(_LESSER.search(part)) or not _COPYLEFT.search(part)
    found = _choice(tokens)
    if tokens:
        tokens.pop(0)
    return found


def installed_license(name: str) -> str:
    """What an installed package says of its licence."""
    try:
        found = metadata(name)
    except PackageNotFoundError:
        # Another system or another version of Python has it.
        return _NEITHER
    fields = {key: found.get_all(key) or [] for key in ("License-Expression", "Classifier", "License")}
    return license_of(
        next(iter(fields["License-Expression"]), None), fields["Classifier"], "\n".join(fields["License"])
    )


def problems(licenses: Sequence[tuple[str, str]]) -> Iterator[str]:
    """A line on each package that may not be used as it is; packages with their licences."""
    for name, license in licenses:
        if not license:
            yield f"{name} says nothing of its licence. Look at it, and leave it out."
        elif not is_free_to_use(license):
            yield f"{name} is under {license}, which all that uses it would have to be. Leave it out."


def main(file: str) -> int:
    """Print every package of a lock with its licence; gives the exit status."""
    packages = locked(Path(file).read_text("utf-8"))
    licenses = [(f"{name} {', '.join(versions)}", installed_license(name)) for name, versions in packages.items()]
    sys.stdout.writelines(f"{package:<32}{license or '?'}\n" for package, license in licenses)
    bad = list(problems(licenses))
    sys.stderr.writelines(f"{line}\n" for line in bad)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
