"""The bundle in the real Neo4j Browser, as a newcomer uses it: sign in, drop two files, run the scripts."""

from __future__ import annotations

import base64
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from graph.store import open_store
from graph.style import NODE_STYLES
from queries.bundle import Bundle, write
from queries.catalogue import Template, load
from queries.start import START
from tests.neo4j_server import Server, wipe
from tests.queries import generated

pytestmark = [pytest.mark.neo4j, pytest.mark.browser]

TEMPLATES = load()
DROP = """([name, content]) => {
  const bytes = Uint8Array.from(atob(content), c => c.charCodeAt(0));
  const dropped = new DataTransfer();
  dropped.items.add(new File([bytes], name));
  for (const kind of ["dragenter", "dragover", "drop"])
    document.querySelector(".filedrop").dispatchEvent(
      new DragEvent(kind, {bubbles: true, cancelable: true, dataTransfer: dropped}));
}"""
CLOSE = "document.querySelectorAll('[data-testid=frame] button[title=Close]').forEach(button => button.click())"
LOADED = (
    "title => document.querySelector('[data-testid=activeEditor]').innerText.replaceAll('\\u00a0', ' ').includes(title)"
)
DONE = """() => {
  const frame = document.querySelector("[data-testid=frame]");
  if (!frame) return false;
  const icons = [...frame.querySelectorAll("[data-testid=multi-statement-list-icon]")];
  if (icons.length) return icons.every(i => !/waiting|pending/.test(i.title));
  return /ERROR|Started streaming|Displaying \\d+ nodes|no records|Successfully set/.test(frame.innerText);
}"""


@dataclass
class Desk:
    """Neo4j Browser with its user signed in."""

    page: Page
    bundle: Bundle

    def drop(self, file: Path) -> None:
        self.page.evaluate(DROP, [file.name, base64.b64encode(file.read_bytes()).decode()])

    def run(self, script: Locator) -> str:
        """Close what is open, put a saved script into the editor, run it, and give what its frame says."""
        self.page.evaluate(CLOSE)
        # Clicks without the mouse: Playwright's own wait for each button to stand still, which takes minutes in all.
        script.evaluate("found => found.click()")
        self.page.wait_for_function(LOADED, arg=script.inner_text())
        self.page.evaluate("document.querySelector('[data-testid=editor-Run]').click()")
        self.page.wait_for_function(DONE, timeout=20_000)
        return self.frame.inner_text()

    @property
    def frame(self) -> Locator:
        return self.page.locator("[data-testid=frame]").first

    def folder(self, name: str) -> Locator:
        return self.page.locator(f'[data-testid="savedScriptsFolder-{name}"]')

    def script(self, folder: str, title: str) -> Locator:
        return self.folder(folder).get_by_text(title, exact=True)


@pytest.fixture(scope="module")
def desk(neo4j_server: Server, chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Browser after the guide's first three steps; every folder of scripts is open."""
    server = neo4j_server
    if server.browser is None:
        pytest.fail("This Neo4j server serves no Neo4j Browser: unset NEO4J_URI, and the run starts one that does")
    wipe(server)
    page = chromium.new_page(viewport={"width": 1500, "height": 1000}, color_scheme="light")
    # Browser itself asks for fonts and news elsewhere; nothing here may depend on that.
    page.route(lambda url: "127.0.0.1" not in url, lambda route: route.abort())
    with open_store(
        server.uri, create=True, username=server.username, password=server.password, database=server.database
    ) as store:
        generated.fill(store, generated.extractions())
        bundle = write(tmp_path_factory.mktemp("bundle"), TEMPLATES, browser_url=server.browser, view=store.view())
        desk = Desk(page, bundle)
        page.goto(f"{server.browser}?dbms={server.uri}")
        page.fill("[data-testid=username]", server.username)
        page.fill("[data-testid=password]", server.password)
        page.click("[data-testid=connect]")
        expect(page.get_by_text(f"You are connected as user {server.username}")).to_be_visible()
        desk.drop(bundle.style)
        expect(desk.frame).to_contain_text("node.Trust")
        desk.drop(bundle.scripts)
        page.click("button[name=Favorites]")
        for folder in _folders(bundle):
            page.click(f'[data-testid="expandFolder-{folder}"]')
        yield desk
    page.close()
    wipe(server)


def _scripts(bundle: Bundle) -> list[tuple[str, str, str]]:
    """Folder, file name and text of every script in the bundle."""
    with zipfile.ZipFile(bundle.scripts) as archive:
        return [(*_parts(i.filename), archive.read(i).decode()) for i in archive.infolist()]


def _parts(path: str) -> tuple[str, str]:
    folder, file = path.split("/")
    return folder, file.removesuffix(".cypher")


def _folders(bundle: Bundle) -> list[str]:
    return list(dict.fromkeys(folder for folder, _, _ in _scripts(bundle)))


def _draws(template: Template) -> bool:
    return any(column.type == "node" for column in template.columns)


def _title(text: str) -> str:
    return text.split("\n")[0].removeprefix("// ")


def _discs(frame: Locator) -> dict[str, str]:
    """Fill by caption of every node drawn."""
    nodes = frame.locator("g.node")
    expect(nodes.first).to_be_visible()
    read = "all => all.map(g => [[...g.querySelectorAll('text')].map(t => t.textContent.trim()).join(' '),"
    read += " g.querySelector('circle.b-outline').getAttribute('fill')])"
    pairs: list[tuple[str, str]] = nodes.evaluate_all(read)
    return {re.sub(r"\s+", " ", words).strip(): fill for words, fill in pairs}


def test_the_scripts_come_in_their_folders_under_their_titles(desk: Desk) -> None:
    for folder, _, text in _scripts(desk.bundle):
        expect(desk.script(folder, _title(text))).to_be_visible()
    assert {START, "Mergers", "Mergers (parameters)"} <= set(_folders(desk.bundle))


def test_every_question_is_answered_with_its_own_parameters(desk: Desk) -> None:
    wrong = {}
    for folder, file, text in _scripts(desk.bundle):
        if not folder.endswith("(parameters)"):
            continue
        set_ = desk.run(desk.script(folder, _title(text)))
        said = desk.run(desk.script(folder.removesuffix(" (parameters)"), _title(text)))
        told = r"Displaying [1-9]\d* nodes" if _draws(TEMPLATES[file]) else r"Started streaming [1-9]\d* records?\b"
        if "ERROR" in set_ or not re.search(told, said):
            wrong[file] = (set_[-200:], said[-300:])
    assert wrong == {}


def test_a_picture_has_the_colours_of_the_maps_and_names_on_its_discs(desk: Desk) -> None:
    desk.run(desk.script(START, "1 Set every parameter"))
    desk.run(desk.script(START, "4 Picture: mergers"))
    discs = _discs(desk.frame)
    assert discs["Tarnbridge General Hospital NHS Trust"] == NODE_STYLES["trust"].color
    captions = [t for t in desk.frame.locator("g.relationship text").all_text_contents() if t]
    assert any(text.startswith(("merger", "acquisition", "group", "joint")) for text in captions)


def test_a_name_is_found_with_the_line_that_sets_it(desk: Desk) -> None:
    said = desk.run(desk.script(START, "2 Find a body or person"))
    assert ":param organisation => " in said


def test_kinds_differ_and_evidence_is_captioned(desk: Desk) -> None:
    desk.run(desk.script(START, "1 Set every parameter"))
    desk.run(desk.script(START, "3 Picture: one body’s links"))
    around = _discs(desk.frame)
    assert around["NHS England"] == NODE_STYLES["regulator"].color
    assert around["Gethin Strake"] == NODE_STYLES["person"].color
    desk.run(desk.script(START, "5 Picture: the evidence"))
    said = set(_discs(desk.frame))
    assert "MERGER_TALKS in_talks" in said


def test_the_guide_opens_from_disk_and_reaches_for_nothing(chromium: Browser, desk: Desk) -> None:
    page = chromium.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(desk.bundle.guide.as_uri())
    expect(page.get_by_role("heading", name="Four steps")).to_be_visible()
    assert page.locator("script").count() == 0
    assert asked == [desk.bundle.guide.as_uri()]
    page.close()
