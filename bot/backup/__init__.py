"""
The record in one file, and back: what an operator does every night and hopes never to need.

    archive.py    the file: packed, unpacked, looked at
    examining.py  whether what was unpacked can be read, to its last word
    making.py     `onrecord backup`, while others read and write
    restoring.py  `onrecord restore`, under a bot that goes on answering
"""

from bot.backup.making import Made, back_up
from bot.backup.restoring import Restored, restore

__all__ = ["Made", "Restored", "back_up", "restore"]
