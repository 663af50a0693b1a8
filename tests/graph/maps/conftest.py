"""Fixtures of the tests that open maps."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.graph.maps.opened import Opened


@pytest.fixture
def opened(chromium: Browser) -> Iterator[Opened]:
    page = chromium.new_page(viewport={"width": 1300, "height": 850}, color_scheme="light")
    watch = Opened(page)
    page.on("console", lambda message: watch.errors.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: watch.errors.append(f"error: {error}"))
    page.on("dialog", lambda dialog: (watch.errors.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("request", lambda request: watch.requests.append(request.url))
    yield watch
    page.close()
    assert watch.errors == []
    assert [url for url in watch.requests if not url.startswith(("file:", "data:", "blob:"))] == []
