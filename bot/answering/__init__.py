"""
The record in a process of its own, so that reading and searching never hold up the process that talks to Discord.

    calls.py        what goes between the two processes
    child.py        the child: opens one generation, answers, ends with its parent
    process.py      one child, as its parent sees it
    succession.py   which child answers: a new one for each generation, and for one that died or is stuck
    background.py   a process for long work on the record, which ends with the bot
    service.py      `ServiceProcess`: the methods of `bot.service.Service`
"""

from bot.answering.service import ServiceProcess
from bot.answering.succession import Limits, Standing

__all__ = ["Limits", "ServiceProcess", "Standing"]
