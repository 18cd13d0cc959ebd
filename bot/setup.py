"""
The settings file of a first set-up: what stands in `.env`, what an answer changes there, and writing it in one step.
"""

from __future__ import annotations

import io
import os
import re
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from dotenv.parser import parse_stream
from pydantic import ValidationError

from bot.settings import Settings
from corpus.errors import OnRecordError, UsageError

ENV_FILE = Path(".env")
# What `onrecord init` asks, in this order; of these, a version asks for the settings that it has.
ASKED: tuple[str, ...] = tuple(
    name
    for name in (
        *("discord_token", "server_ids", "moderator_role_ids", "moderator_ids", "moderator_channel_id"),
        *("announce_channel_id", "referral_en", "referral_es", "public_replies", "data_dir"),
    )
    if name in Settings.model_fields
)
_NEVER_SHOWN = "discord_token"

_HEADER = "# Settings of On Record, written by onrecord init. Keep this file to yourself: it holds the bot's token.\n"
_OTHERS = 0o077
_LONGEST_WORD = 40  # tokens are longer
# Read the same by whoever reads such files: no quotes, blanks, comments, variables.
_PLAIN = re.compile(r"[\w.,:/@%+~-]*")
_BEFORE = re.compile(r"\s*(?:export[^\S\r\n]+)?")
_EMPTY_LINES = re.compile(r"\s*\n")
_COMMENT_BEHIND = re.compile(r"[^\S\r\n]+#[^\r\n'\"]*(?=[\r\n]*\Z)")


class Change(NamedTuple):
    """A variable of the settings file, its value until now (empty: none) and its value from now on."""

    variable: str
    before: str
    after: str


class SettingsFound(NamedTuple):
    """
    The settings as far as they are good.

    Attributes:
        settings: Those that are bad have their defaults.
        bad: Names of the bad ones.
        unreadable: Why the settings file could not be read; `None` where it could, or where there is none.
    """

    settings: Settings
    bad: tuple[str, ...] = ()
    unreadable: str | None = None


def find_settings() -> SettingsFound:
    """The settings of environment and `.env`, whatever is wrong with them."""
    try:
        return _find(ENV_FILE)
    except (OSError, UnicodeDecodeError) as error:
        reason = (error.strerror or "") if isinstance(error, OSError) else "no UTF-8 text"
        return _find(None)._replace(unreadable=reason)


def _find(file: Path | None, **given: str) -> SettingsFound:
    """`given` wins over environment and file."""
    read: Any = Settings
    try:
        return SettingsFound(read(_env_file=file, **given))
    except ValidationError as error:
        bad = _bad_fields(error)
        fields = Settings.model_fields
        defaults = {name: fields[name].get_default(call_default_factory=True) for name in bad if name in fields}
        return SettingsFound(read(_env_file=file, **{**given, **defaults}), bad)


def _bad_fields(error: ValidationError) -> tuple[str, ...]:
    problems = error.errors(include_input=False, include_url=False)
    return tuple(dict.fromkeys(str(problem["loc"][0]).lower() for problem in problems if problem["loc"]))


def variable_of(name: str) -> str:
    """The environment variable of a setting."""
    field = Settings.model_fields[name]
    return str(field.validation_alias or f"{Settings.model_config['env_prefix']}{name}").upper()


def accepts(name: str, typed: str) -> bool:
    """Whether a setting may have this value; one with control characters fits on no line of a file."""
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in typed):
        return False
    if name == _NEVER_SHOWN:
        return not typed or is_token(typed)
    return name not in _find(None, **{name: typed}).bad


def overruled(answers: Mapping[str, str]) -> list[str]:
    """Variables that the environment sets otherwise than the answers (setting → value): it wins over the file."""
    now = find_settings().settings
    return [
        variable_of(name)
        for name, value in answers.items()
        if getattr(now, name) != getattr(_find(None, **{name: value}).settings, name)
    ]


def shown(variable: str, value: str) -> str:
    """A value as it may be printed: "…" for the token, also where it stands on a wrong line."""
    is_secret = variable == variable_of(_NEVER_SHOWN) or (is_token(value) and len(value) > _LONGEST_WORD)
    return "…" if is_secret and value else value


def is_token(text: str) -> bool:
    """Whether something can be a bot's token at all."""
    return bool(re.fullmatch(r"[\w.-]+", text, re.ASCII))


def is_open_to_others(file: Path = ENV_FILE) -> bool:
    """Whether other users of the machine may read or change a file that holds the token."""
    try:
        return bool(file.stat().st_mode & _OTHERS)
    except OSError:
        return False


def read_text(file: Path = ENV_FILE) -> str:
    """
    What stands in the settings file, nothing where there is none.

    Raises:
        UsageError: It cannot be read, or is no text.
    """
    try:
        return file.read_text("utf-8-sig")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError:
        raise UsageError(f"{file} is no UTF-8 text. Move it away, and start again.") from None
    except OSError as error:
        raise UsageError(f"{file} cannot be read ({error.strerror}). Move it away, or start as its owner.") from None


def values_in(text: str) -> dict[str, str]:
    """Variable → value, as they stand in a settings file; names in capitals, as their case does not count."""
    found = parse_stream(io.StringIO(text))
    return {binding.key.upper(): (binding.value or "").strip() for binding in found if binding.key}


def changes(text: str, answers: Mapping[str, str]) -> list[Change]:
    """What answers (setting → value) change in a settings file with this text; in a new one, all is written."""
    before = values_in(text)
    wanted = [Change(variable_of(name), before.get(variable_of(name), ""), value) for name, value in answers.items()]
    # Of one that stands there twice, in two cases, the later is not always the one that counts.
    times = Counter(one.key.upper() for one in parse_stream(io.StringIO(text)) if one.key)
    return [one for one in wanted if not text or one.before != one.after or times[one.variable] > 1]


def rewritten(text: str, wanted: list[Change]) -> str:
    """
    The text of a settings file after these changes.

    Every other line stays as it is, and so does a comment behind a value. A variable that stood there twice stands
    there once.

    Raises:
        UsageError: A quotation mark that is never closed would swallow what is written behind it.
    """
    lines = {change.variable: f"{change.variable}={_quoted(change.after)}" for change in wanted}
    waiting, parts = dict(lines), [] if text else [_HEADER]
    for binding in parse_stream(io.StringIO(text)):
        whole, variable = binding.original.string, (binding.key or "").upper()
        if variable not in lines:
            parts.append(whole)
        elif line := waiting.pop(variable, ""):
            before, behind = _BEFORE.match(whole), _COMMENT_BEHIND.search(whole)
            parts.append(f"{before[0] if before else ''}{line}{behind[0] if behind else ''}\n")
        elif above := _EMPTY_LINES.match(whole):
            parts.append(above[0])
    if parts and not parts[-1].endswith("\n"):
        parts.append("\n")
    after = "".join([*parts, *(f"{line}\n" for line in waiting.values())])
    others = {name: value for name, value in values_in(text).items() if name not in lines}
    # Filled-in variables are the only thing that a written value has more than the value.
    if values_in(after) != {**others, **values_in("\n".join(lines.values()))}:
        raise UsageError(f"{ENV_FILE} has a quotation mark that is never closed ({_open_quote(text)}). Close it first.")
    return after


def _open_quote(text: str) -> str:
    unread = (one.original for one in parse_stream(io.StringIO(text)) if one.error)
    return next((f"line {one.line}" for one in unread if re.search("['\"]", one.string)), "somewhere")


def _quoted(value: str) -> str:
    """A value as the library that reads the file takes it back, character by character."""
    if _PLAIN.fullmatch(value):
        return value
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    # Variables are filled in between quotes too, and no sign before a dollar hinders it: a variable that does not
    # exist, whose default is a dollar.
    return f"'{escaped.replace('${', '${:-$}{')}'"


def write_private(text: str, file: Path = ENV_FILE) -> None:
    """
    Write the settings file in one step, for its owner alone.

    Raises:
        OnRecordError: It cannot be written; what stood there stands there still.
    """
    target = file.resolve()
    try:
        _replace(target, text)
    except OSError as error:
        raise OnRecordError(f"{target} cannot be written ({error.strerror}). Nothing was changed.") from None


def _replace(target: Path, text: str) -> None:
    descriptor, name = tempfile.mkstemp(prefix=f"{target.name}.", dir=target.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as beside:
            beside.write(text)
            beside.flush()
            os.fsync(beside.fileno())
        if target.exists():
            # An administrator may set up what another user runs.
            owner = target.stat()
            with suppress(PermissionError):
                os.chown(name, owner.st_uid, owner.st_gid)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
