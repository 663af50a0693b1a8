"""A map opened from disk in a browser, watched for everything that it should never do."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page

from graph.maps import Look, write_map
from graph.model import Subgraph


@dataclass
class Opened:
    """A map in the browser, and everything that it should never have done."""

    page: Page
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def open(self, subgraph: Subgraph, path: Path, look: Look | None = None, *, at: str = "") -> Page:
        """Write the map and open it (`at`: what the address ends in), until it can be used."""
        write_map(subgraph, path, look=look)
        self.page.goto(path.as_uri() + at)
        self.page.wait_for_selector("html[data-ready]")
        return self.page

    def click_entity(self, name: str) -> None:
        """Find an entity that is out of view, which moves it to the middle left of the panel; click it there."""
        self.page.focus("#network")
        for _ in range(15):
            self.page.keyboard.press("Shift+ArrowRight")
        self.page.fill("#search", name)
        self.page.press("#search", "Enter")
        self.page.keyboard.press("Escape")
        x, y = self.middle()
        self.page.mouse.click(x, y)

    def middle(self) -> tuple[float, float]:
        box = self.page.locator("#network").bounding_box()
        assert box
        return box["x"] + box["width"] / 2 - 185, box["y"] + box["height"] / 2
