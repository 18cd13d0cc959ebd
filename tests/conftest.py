"""Settings for the whole suite."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

# Machines are noisy, so no example has a deadline and none is called too slow; CI draws the same examples every time.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("here", PATIENT)
settings.register_profile("ci", PATIENT, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_addoption(parser: pytest.Parser) -> None:
    """What takes minutes is asked for."""
    parser.addoption("--every-alteration", action="store_true", help="check every alteration of every sentence")
    parser.addoption("--more-moments", action="store_true", help="kill moderators' verbs at 20 moments instead of 5")


@pytest.fixture(scope="session")
def with_all(request: pytest.FixtureRequest) -> None:
    """For tests that take long: they run with `script/test --all` alone."""
    if not request.config.getoption("--more-moments"):
        pytest.skip("takes long: script/test --all runs it")
