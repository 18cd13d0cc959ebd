"""
One warm process for a test run: what a test starts as `sys.executable` is a fork of it, ready in a few hundredths of a
second.

Starting Python and importing On Record takes most of a second, and hundreds of tests do it. What must be seen from a
cold start (imports, memory, odd environments) starts `COLD`.
"""

from __future__ import annotations

import multiprocessing
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

COLD = sys.executable
_HERE = Path(__file__).parent
_LAUNCHER = """\
#!{python} -IS
import sys
sys.path.insert(0, {here!r})
from client import run
run({address!r}, {python!r}, sys.argv[1:])
"""


def can_be_warm() -> bool:
    """Forks are followed on Linux only; and the figures of coverage need processes of their own."""
    return hasattr(os, "pidfd_open") and not any(name.startswith("COVERAGE_PROCESS") for name in os.environ)


@contextmanager
def warm_python() -> Iterator[None]:
    """While it lasts, `sys.executable` is a program that has the warm process do the work."""
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as listening:
        address, launcher = f"{folder}/socket", Path(folder, "python")
        listening.bind(address)
        # Who comes before it is warm waits.
        listening.listen(64)
        launcher.write_text(_LAUNCHER.format(python=COLD, here=str(_HERE), address=address))
        launcher.chmod(0o755)
        command = [COLD, "-P", str(_HERE / "server.py"), str(listening.fileno()), str(launcher)]
        with subprocess.Popen(command, env=_environment(), stdin=subprocess.PIPE, pass_fds=[listening.fileno()]):
            listening.close()
            set_executable(str(launcher))
            try:
                yield
            finally:
                set_executable(COLD)


def _environment() -> dict[str, str]:
    code = os.pathsep.join([str(_HERE.parents[1]), str(_HERE.parent)])
    # Only a process with one thread can be forked at any time.
    return {**os.environ, "PYTHONPATH": code, "OPENBLAS_NUM_THREADS": "1", "LC_ALL": "C.UTF-8"}


def set_executable(path: str) -> None:
    """What this process and its libraries start as Python from now on."""
    sys.executable = path
    multiprocessing.set_executable(path)
