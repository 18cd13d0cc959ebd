"""
What the running bot writes about itself: kinds of errors, places and codes, never what anybody asked.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import traceback
from pathlib import Path
from typing import Literal, TextIO

_OURS = ("bot", "retrieval", "corpus")
_FRAMES = 3  # of a traceback, innermost first
# What a line may hold beside its message: the code that a member reads, what was asked for and what became of it.
_FIELDS = ("code", "verb", "status", "seconds")


class WordlessFormatter(logging.Formatter):
    """Shows an exception as its type and place: the text of an exception may repeat what somebody wrote."""

    def formatException(self, ei: object) -> str:
        """One line for the exception and for each that led to it."""
        error = ei[1] if isinstance(ei, tuple) else None
        return describe(error) if isinstance(error, BaseException) else ""


class JsonFormatter(WordlessFormatter):
    """A line as one JSON object: `time` (UTC), `level`, `logger`, `message`, what it has of `_FIELDS`, and `error`."""

    def format(self, record: logging.LogRecord) -> str:
        """Nothing but these: whatever else a library adds to a record stays unsaid."""
        line = {
            "time": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {name: vars(record)[name] for name in _FIELDS if name in vars(record)}
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        # In ASCII: some readers of lines end one at marks that only Unicode has.
        return json.dumps(line)


def _without_members(record: logging.LogRecord) -> bool:
    """Leave out who typed, which discord.py writes where the answer to autocomplete could not be sent."""
    if record.name == "discord.app_commands.tree":
        record.msg, record.args = "a command failed in discord.py", ()
    return True


def set_up_logging(level: str, stream: TextIO | None = None, *, form: Literal["text", "json"] = "text") -> None:
    """
    Write log lines to `stream` (standard error), as text or as JSON, our own from `level` on.

    Libraries never go below INFO, whatever `level` is: discord.py's DEBUG lines hold messages and their bodies.
    """
    handler = logging.StreamHandler(stream)
    handler.addFilter(_without_members)
    text = WordlessFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    handler.setFormatter(JsonFormatter() if form == "json" else text)
    wanted = logging.getLevelNamesMapping()[level]
    logging.basicConfig(handlers=[handler], level=max(logging.INFO, wanted), force=True)
    for name in _OURS:
        logging.getLogger(name).setLevel(wanted)
    for name in ("discord", "aiohttp", "asyncio"):
        logging.getLogger(name).setLevel(max(logging.INFO, wanted))


def describe(error: BaseException) -> str:
    """Type and place of an error and of what led to it ("KeyError at catalog.py:41 in find"), without its text."""
    chain, seen = [], set()
    following: BaseException | None = error
    while following is not None and id(following) not in seen:
        seen.add(id(following))
        chain.append(_one(following))
        following = following.__cause__ or (None if following.__suppress_context__ else following.__context__)
    return " from ".join(chain)


def _one(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    places = [f"{Path(frame.filename).name}:{frame.lineno} in {frame.name}" for frame in reversed(frames)]
    return " at ".join([type(error).__name__, *([" < ".join(places)] if places else [])])
