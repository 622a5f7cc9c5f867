"""What holds for every test: in CI nothing may be skipped."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

SAMPLE = Path(__file__).parents[1] / "data" / "sample" / "academies.yml"
os.environ.setdefault("IPROF_ACADEMIES", str(SAMPLE))  # who wants another, or none, says so

# A noisy machine is not a fault of the rule under test; CI plays the same examples each time.
CALM = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("here", **CALM)
settings.register_profile("ci", **CALM, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "here")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session, exitstatus):
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if os.environ.get("CI") == "true" and skipped and exitstatus == 0:
        reporter.write_line(f"{len(skipped)} skipped: in CI nothing may be skipped", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
