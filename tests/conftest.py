"""Fixtures that more than one folder of tests uses."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserType, sync_playwright

from graph.store import Store, open_store
from tests.neo4j_server import NoServerError, Server, emptied, running

_FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")


@pytest.fixture(scope="session")
def browser_type() -> Iterator[BrowserType]:
    """What starts browsers; a missing one fails the test, since a skipped look proves nothing."""
    if shutil.which("chromium") is None:
        pytest.fail("Chromium is not installed: the browser tests need it (on Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        yield playwright.chromium


@pytest.fixture(scope="session")
def chromium(browser_type: BrowserType) -> Iterator[Browser]:
    """One browser for the whole run."""
    browser = _launched(browser_type)
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def fresh_chromium(browser_type: BrowserType) -> Iterator[Browser]:
    """A browser that has shown nothing before, for the tests of one module."""
    browser = _launched(browser_type)
    yield browser
    browser.close()


def _launched(browser_type: BrowserType) -> Browser:
    return browser_type.launch(executable_path=shutil.which("chromium"), args=list(_FLAGS))


@pytest.fixture(scope="session")
def neo4j_server() -> Iterator[Server]:
    """A real Neo4j server, started once for the run; a run that can't have one fails."""
    try:
        with running() as server:
            yield server
    except NoServerError as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture
def embedded_store(tmp_path: Path) -> Iterator[Store]:
    """An open, empty store in a file."""
    with open_store(str(tmp_path / "store.lbdb"), create=True) as store:
        yield store


@pytest.fixture
def neo4j_store(neo4j_server: Server) -> Iterator[Store]:
    """An open, empty store on the server; emptied again afterwards."""
    with emptied(neo4j_server) as store:
        yield store


@pytest.fixture(params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def any_store(request: pytest.FixtureRequest) -> Store:
    """An open, empty store of each type."""
    store: Store = request.getfixturevalue(f"{request.param}_store")
    return store
