"""
The warm process: it has imported what On Record is made of and opened the sample once, and runs each command line that
comes in a fork of itself.

    python -P server.py NUMBER EXECUTABLE

NUMBER is that of its open listening socket, EXECUTABLE what stands for Python in the forks. It ends with its standard
input.
"""

from __future__ import annotations

import array
import fcntl
import gc
import importlib
import io
import os
import pickle
import runpy
import signal
import socket
import struct
import sys
from contextlib import suppress
from itertools import takewhile
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector
from types import ModuleType
from typing import NamedTuple

# With what they need, this is whatever is imported when it is first used.
WARM = (
    "bot.answering.child bot.chat.running bot.cli.main bot.cli.text.answers bot.corpora bot.curation.web bot.service"
    " corpus.sources.worker discord_server.server multiprocessing.spawn retrieval.quote_search.finder"
    " retrieval.timeline retrieval.verification"
)
MOST_FILES = 64
# Above every number that a client can give.
_ABOVE = 300


class Order(NamedTuple):
    """What a client was given; `numbers` are those of its open files, which come with the order."""

    arguments: list[str]
    environment: dict[str, str]
    folder: str
    mask: int
    numbers: list[int]


class Fork(NamedTuple):
    """A fork at work, and the connection to its client."""

    process: int
    client: socket.socket


def serve(listening: socket.socket) -> Order:
    """Fork for every client that comes, until the standard input ends; comes back in the forks only."""
    with DefaultSelector() as selector:
        selector.register(0, EVENT_READ)
        selector.register(listening, EVENT_READ)
        while True:
            for key, _ in selector.select():
                if key.fd == 0:
                    os._exit(0)
                elif key.data is None:
                    with suppress(ConnectionError, EOFError, struct.error):
                        if order := _fork(listening.accept()[0], selector):
                            return order
                elif isinstance(key.fileobj, int):
                    selector.unregister(key.fileobj)
                    os.close(key.fileobj)
                    with suppress(KeyError):  # its client was gone before
                        selector.unregister(key.data.client)
                    _tell_end(key.data)
                elif key.data.client.fileno() >= 0:
                    # The client is gone: so is what runs for it.
                    selector.unregister(key.fileobj)
                    with suppress(ProcessLookupError):
                        os.kill(key.data.process, signal.SIGKILL)


def _fork(client: socket.socket, selector: DefaultSelector) -> Order | None:
    """Run an order in a fork; in the fork itself, the order, once everything is as it was for the client."""
    order, files = _received(client)
    process = os.fork()
    if process == 0:
        os.setsid()
        # Objects that held files of the warm process must not close numbers that others have by then.
        for key in [*selector.get_map().values()]:
            if isinstance(key.fileobj, socket.socket):
                key.fileobj.close()
        selector.close()
        client.close()
        _take(order, files)
        return order
    for file in files:
        os.close(file)
    with suppress(ConnectionError):  # gone already: that is noticed in its turn
        client.sendall(struct.pack("=i", process))
    fork = Fork(process, client)
    selector.register(client, EVENT_READ, fork)
    selector.register(os.pidfd_open(process), EVENT_READ, fork)
    return None


def _tell_end(fork: Fork) -> None:
    status = os.waitpid(fork.process, 0)[1]
    with suppress(ConnectionError):
        fork.client.sendall(struct.pack("=i", status))
    fork.client.close()


def _received(client: socket.socket) -> tuple[Order, list[int]]:
    files = array.array("i")
    head, more, _, _ = client.recvmsg(4, socket.CMSG_LEN(MOST_FILES * files.itemsize))
    for _, _, data in more:
        files.frombytes(data)
    with client.makefile("rb") as rest:
        order = pickle.loads(rest.read(struct.unpack("=I", head)[0]))
    return Order(*order), list(files)


def _take(order: Order, files: list[int]) -> None:
    """Make this process what the client was: files, folder, environment, streams, where modules are looked for."""
    kept = [fcntl.fcntl(file, fcntl.F_DUPFD_CLOEXEC, _ABOVE) for file in files]
    os.closerange(0, _ABOVE)
    for file, number in zip(kept, order.numbers, strict=True):
        os.dup2(file, number)
    os.closerange(_ABOVE, _ABOVE + 2 * MOST_FILES)
    os.chdir(order.folder)
    os.umask(order.mask)
    os.environ.clear()
    os.environ.update(order.environment)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        setattr(sys, name, _stream(number, mode) if number in order.numbers else None)
        setattr(sys, f"__{name}__", getattr(sys, name))


def _stream(number: int, mode: str) -> io.TextIOWrapper:
    errors = "backslashreplace" if number == 2 else "strict"
    stream = open(number, mode, encoding="utf-8", errors=errors, closefd=False)  # noqa: SIM115 (to the end)
    stream.reconfigure(line_buffering=number == 2 or stream.isatty(), write_through="PYTHONUNBUFFERED" in os.environ)
    return stream


def run(order: Order, path: list[str]) -> None:
    """Run a command line as Python does: `[-P] [-B] (-c CODE | -m MODULE | FILE) ARGUMENTS…`."""
    code = order.environment.get("PYTHONPATH", "").split(os.pathsep)
    sys.path[:] = [*filter(None, code), *path]
    options = [*takewhile(("-P", "-B").__contains__, order.arguments)]
    first, *rest = order.arguments[len(options) :]
    if first not in ("-c", "-m"):
        sys.argv, before = [first, *rest], str(Path(first).resolve().parent)
    else:
        sys.argv, before = [first, *rest[1:]], order.folder if first == "-m" else ""
    if "-P" not in options:
        sys.path.insert(0, before)
    if first == "-m":
        runpy.run_module(rest[0], run_name="__main__", alter_sys=True)
    elif first == "-c":
        main = sys.modules["__main__"] = ModuleType("__main__")
        exec(compile(rest[0], "<string>", "exec"), vars(main))
    else:
        runpy.run_path(first, run_name="__main__")


if __name__ == "__main__":
    listening = socket.socket(fileno=int(sys.argv[1]))
    sys.executable = sys.argv[2]
    own = os.environ["PYTHONPATH"].split(os.pathsep)
    for name in WARM.split():
        importlib.import_module(name)
    # What is made on first use is there for the forks too.
    importlib.import_module("bot.answering.child").open_service(Path(os.devnull, "record"))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What is there now is never garbage, and pages that nobody writes to are shared.
    gc.collect()
    gc.freeze()
    run(serve(listening), [one for one in sys.path if one not in own])
