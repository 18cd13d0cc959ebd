"""Settings for the whole suite."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from warm.starting import COLD, can_be_warm, set_executable, warm_python

# Machines are noisy, so no example has a deadline and none is called too slow; CI draws the same examples every time.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize="CI" in os.environ)
settings.register_profile("thorough", PATIENT, max_examples=50)
settings.register_profile("quick", PATIENT, max_examples=10)
settings.load_profile("quick")


def pytest_addoption(parser: pytest.Parser) -> None:
    """What takes minutes is asked for."""
    parser.addoption("--every-alteration", action="store_true", help="check every alteration of every sentence")
    parser.addoption("--installed", action="store_true", help="also each way to install the bot, from the registry")
    parser.addoption("--thorough", action="store_true", help="also what takes long: load, sudden ends, every size")


def pytest_configure(config: pytest.Config) -> None:
    """Name the mark of tests that take long; where they are asked for, properties are tried on more examples too."""
    if config.getoption("--thorough"):
        settings.load_profile("thorough")
    config.addinivalue_line("markers", "thorough: takes long; runs with --thorough (script/test --all)")
    if can_be_warm() and not _only_hands_out(config):
        running = warm_python()
        running.__enter__()
        config.add_cleanup(lambda: running.__exit__(None, None, None))


@pytest.fixture
def cold() -> Iterator[None]:
    """Processes are started as anybody starts them: for tests of time, memory, or a process that is stopped."""
    warm = sys.executable
    set_executable(COLD)
    yield
    set_executable(warm)


def _only_hands_out(config: pytest.Config) -> bool:
    """Whether others, which it starts, run the tests."""
    return bool(getattr(config.option, "numprocesses", None)) and not hasattr(config, "workerinput")


def pytest_collection_finish() -> None:
    """What was imported stays to the end: looking for garbage among it takes a twentieth of the time and finds none."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what takes long, unless it is asked for: then the longest come first, so that no worker ends alone."""
    if config.getoption("--thorough"):
        items.sort(key=lambda item: item.path.parent.name != "load")
        return
    config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker("thorough")])
    items[:] = [item for item in items if not item.get_closest_marker("thorough")]
