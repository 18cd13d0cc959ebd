"""
A process that works for the running bot: it gives way to answers, and ends with whoever started it.
"""

from __future__ import annotations

import os
import threading

_NICER = 10


def work_in_background() -> None:
    """
    Lower the priority of this process, and end it as soon as its standard input ends.

    Whoever started it holds the other end, so that the operating system lets go of it however that one ends. What is
    not committed then never was.
    """
    os.nice(_NICER)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    while os.read(0, 4096):
        pass
    os._exit(1)
