"""
What stands for Python while the suite runs: has its command line run by the warm process, as if it were this one.

It imports next to nothing. What it was given (arguments, environment, folder, open files) goes to the warm process,
later signals too; it ends as the other one ended, and the other one ends with it.
"""

from __future__ import annotations

import array
import os
import pickle
import signal
import socket
import struct

TYPE_CHECKING = False
if TYPE_CHECKING:
    # Importing it takes as long as all the rest.
    from typing import NoReturn

# Options that change nothing for a fork, or that it heeds.
IDLE = ("-P", "-B")
PASSED_ON = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# What a fork can heed, or need not: every other variable of this kind changes how Python itself starts.
HEEDED = ("PYTHONPATH", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX")


def run(address: str, python: str, arguments: list[str]) -> NoReturn:
    """Have the warm process at this address run a command line; what it cannot is left to Python."""
    if not _is_for_the_warm(arguments):
        os.execv(python, [python, *arguments])
    numbers = _open_files()
    warm = socket.socket(socket.AF_UNIX)
    warm.connect(address)
    mask = os.umask(0)
    order = pickle.dumps((arguments, dict(os.environ), os.getcwd(), mask, numbers))  # noqa: PTH109 (pathlib is long in coming)
    files = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", numbers))]
    warm.sendmsg([struct.pack("=I", len(order))], files)
    warm.sendall(order)
    process = _number(warm)
    for number in PASSED_ON:
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, lambda number, _: os.kill(process, number))
    for number in numbers:
        os.close(number)
    _end(os.waitstatus_to_exitcode(_number(warm)))


def _is_for_the_warm(arguments: list[str]) -> bool:
    first = next((one for one in arguments if one not in IDLE), "-")
    is_known = first in ("-c", "-m") or not first.startswith("-")
    return is_known and not any(name.startswith("PYTHON") and name not in HEEDED for name in os.environ)


def _open_files() -> list[int]:
    """Numbers of the files that a new program is given."""
    numbers = []
    for name in os.listdir("/proc/self/fd"):  # noqa: PTH208
        try:
            if os.get_inheritable(int(name)):
                numbers.append(int(name))
        except OSError:  # that of the listing
            continue
    return numbers


def _number(warm: socket.socket) -> int:
    data = warm.recv(4)
    if len(data) < 4:
        # The suite is at its end.
        os._exit(1)
    return int(struct.unpack("=i", data)[0])


def _end(status: int) -> NoReturn:
    if status < 0:
        if -status in PASSED_ON:
            signal.signal(-status, signal.SIG_DFL)
        os.kill(os.getpid(), -status)
    os._exit(status)
