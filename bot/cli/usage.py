"""
Wrong usage → one line that says what is wrong and where the help is.

A question typed without its quotation marks arrives as stray words and unknown options. So these are never repeated,
but for the names below `corpus` and `evaluate`, where nobody asks.
"""

from __future__ import annotations

from typing import Any


def describe_usage(error: Any) -> str:
    """One line for an error of typer's parser, which carries `ctx` and, by its kind, `param` or `option_name`."""
    context = error.ctx
    if context is None:
        return f"{error.format_message()} Try onrecord --help."
    path: str = context.command_path
    message: str = error.format_message()
    commands: dict[str, Any] | None = getattr(context.command, "commands", None)
    if param := getattr(error, "param", None):
        message = message if message.startswith("Missing") else _takes(param)
    elif hasattr(error, "possibilities"):
        message = _no_such_option(error, path)
    elif commands is not None and (context.parent is None or message.startswith("Missing")):
        message = f'{path} needs one of its commands: {", ".join(commands)}. A question: onrecord ask "…".'
    elif commands is None and not hasattr(error, "option_name"):
        message = f"{path} was given more than it takes."
    return f"{message} Try {path} --help."


def _takes(param: Any) -> str:
    name = " / ".join(param.opts)
    # The parser's own message repeats the value.
    return f"{name} takes {param.metavar}." if param.metavar else f"{name} does not take this value."


def _no_such_option(error: Any, path: str) -> str:
    near = f" Did you mean {' or '.join(sorted(error.possibilities))}?" if error.possibilities else ""
    if path.count(" ") > 1:
        return f"{path} has no option {error.option_name}.{near}"
    return f'{path} has no such option.{near} Words that begin with a dash come after "--": onrecord ask -- "…".'
