"""
Everything that takes in what strangers wrote, as functions of bytes: `TARGETS` names them.

A target passes over the errors that are raised on purpose; whatever else is raised is a finding.
"""

from __future__ import annotations

from fuzz.asking import ASKING
from fuzz.reading import READING
from fuzz.running import Target
from fuzz.showing import SHOWING

TARGETS: dict[str, Target] = {**READING, **ASKING, **SHOWING}
