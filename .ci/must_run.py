"""A pytest plugin for continuous integration: a run fails that skipped a test, or had none with Neo4j or Chromium."""

from __future__ import annotations

import pytest

REQUIRED = ("neo4j", "browser")

passed = dict.fromkeys(REQUIRED, 0)
skipped: list[str] = []


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Count what ran, by marker."""
    if report.skipped:
        skipped.append(report.nodeid)
    if report.when == "call" and report.passed:
        for marker in REQUIRED:
            passed[marker] += marker in report.keywords


def pytest_collectreport(report: pytest.CollectReport) -> None:
    """A module that skips itself counts too."""
    if report.skipped:
        skipped.append(report.nodeid)


def _complaints() -> list[str]:
    lines = [f"skipped: {nodeid}" for nodeid in skipped]
    return lines + [f"no test marked {marker} passed" for marker, count in passed.items() if not count]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Turn a run that looks well into a failure where something was left out."""
    if _complaints() and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many of each kind ran, and what was left out."""
    counts = ", ".join(f"{count} {marker}" for marker, count in passed.items())
    terminalreporter.write_line(f"Ran against the real thing: {counts}")
    for line in _complaints():
        terminalreporter.write_line(f"CI: {line}", red=True)
