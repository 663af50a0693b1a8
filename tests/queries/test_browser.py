"""Our scripts and style in the real Neo4j Browser, as a newcomer gets them: by the start page, or by two drops."""

from __future__ import annotations

import base64
import json
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, TimeoutError, expect

from graph import server as product
from graph.store import open_store
from graph.style import NODE_STYLES
from queries.bundle import Bundle, write
from queries.catalogue import Template, load
from queries.scripts import PARAMETERS_FOLDER
from queries.start import START
from queries.welcome import extras
from tests.neo4j_server import Server, wipe
from tests.queries import generated

pytestmark = [pytest.mark.neo4j, pytest.mark.browser]

TEMPLATES = load()
THEIRS = """() => {
  localStorage.setItem("neo4j.documents", JSON.stringify([{id: "their-own", content: "// Of their own\\nRETURN 1"}]));
  localStorage.setItem("neo4j.settings", JSON.stringify({maxRows: 77, initCmd: ":play start"}));
}"""
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
    server: Server

    def sign_in(self) -> None:
        self.page.wait_for_selector("[data-testid=password]")
        self.page.fill("[data-testid=password]", self.server.password)
        self.page.click("[data-testid=connect]")
        expect(self.page.get_by_text(f"You are connected as user {self.server.username}")).to_be_attached()
        self.page.click("button[name=Favorites]")

    def drop(self, file: Path) -> None:
        self.page.evaluate(DROP, [file.name, base64.b64encode(file.read_bytes()).decode()])

    def open_folders(self) -> None:
        for folder in _folders(self.bundle):
            self.page.click(f'[data-testid="expandFolder-{folder}"]')

    def run(self, script: Locator) -> str:
        """Close what is open, put a saved script into the editor, run it, and give what its frame says.

        In some runs Browser's page stops answering, whatever is asked. Then it is loaded anew, as its user would, once.
        """
        try:
            return self._run(script)
        except TimeoutError:
            said = self.frame.inner_text() if self.frame.count() else "nothing"
            logging.getLogger(__name__).warning("Browser stopped answering and is loaded anew; it said: %s", said[:500])
            self.page.reload()
            self.page.click("button[name=Favorites]")
            self.open_folders()
            self._run(self.script(START, "1 Set every parameter"))
            return self._run(script)

    def _run(self, script: Locator) -> str:
        self.page.evaluate(CLOSE)
        # Clicks without the mouse: Playwright's own wait for each button to stand still, which takes minutes in all.
        script.evaluate("found => found.click()")
        # By the clock: a page that is not painted has no frames to look at it in.
        self.page.wait_for_function(LOADED, arg=script.inner_text(), polling=50)
        self.page.evaluate("document.querySelector('[data-testid=editor-Run]').click()")
        self.page.wait_for_function(DONE, polling=50, timeout=20_000)
        return self.frame.inner_text()

    @property
    def frame(self) -> Locator:
        return self.page.locator("[data-testid=frame]").first

    def folder(self, name: str) -> Locator:
        return self.page.locator(f'[data-testid="savedScriptsFolder-{name}"]')

    def script(self, folder: str, title: str) -> Locator:
        return self.folder(folder).get_by_text(title, exact=True)


@pytest.fixture(scope="module")
def filled(neo4j_server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bundle]:
    """The server with the generated graph, its start page, and the bundle."""
    server = neo4j_server
    if server.browser is None or server.home is None:
        pytest.fail("This Neo4j server serves no start page: unset NEO4J_URI, and the run starts one that does")
    wipe(server)
    with open_store(
        server.uri, create=True, username=server.username, password=server.password, database=server.database
    ) as store:
        generated.fill(store, generated.extractions())
        start = f"{server.browser}nhsgraph/start.html"
        folder = tmp_path_factory.mktemp("bundle")
        bundle = write(folder, TEMPLATES, browser_url=server.browser, start_url=start, view=store.view())
    product.start(server.home, extras=extras(bundle, bolt=server.uri, username=server.username))
    yield bundle
    wipe(server)


@pytest.fixture(scope="module")
def desk(neo4j_server: Server, filled: Bundle, fresh_chromium: Browser) -> Iterator[Desk]:
    """Browser after the start page was opened twice, by a user with a script of their own; every folder is open."""
    page = _page(fresh_chromium)
    desk = Desk(page, filled, neo4j_server)
    page.goto(f"{neo4j_server.browser}nhsgraph/guide.html")
    page.evaluate(THEIRS)
    for _ in range(2):
        page.goto(f"{neo4j_server.browser}nhsgraph/start.html")
        page.wait_for_url("**/browser/?dbms=*")
        page.wait_for_selector("[data-testid=username]")
    assert page.input_value("[data-testid=username]") == neo4j_server.username
    desk.sign_in()
    desk.open_folders()
    yield desk
    page.close()


def _page(browser: Browser) -> Page:
    page = browser.new_page(viewport={"width": 1500, "height": 1000}, color_scheme="light")
    # Browser itself asks for fonts and news elsewhere; nothing here may depend on that.
    page.route(lambda url: "127.0.0.1" not in url, lambda route: route.abort())
    return page


def _folders(bundle: Bundle) -> list[str]:
    return list(dict.fromkeys(script.folder for script in bundle.contents))


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


def test_the_scripts_come_once_in_their_folders_under_their_titles(desk: Desk) -> None:
    for script in desk.bundle.contents:
        expect(desk.script(script.folder, _title(script.text))).to_have_count(1)
    shown = desk.page.locator('[data-testid^="savedScriptsFolder-"]').evaluate_all(
        "all => all.map(folder => folder.dataset.testid.replace('savedScriptsFolder-', ''))"
    )
    ours = _folders(desk.bundle)
    assert [folder for folder in shown if folder in ours] == ours
    assert (ours[0], ours[-1]) == (START, PARAMETERS_FOLDER)


def test_what_the_user_had_is_still_there(desk: Desk) -> None:
    expect(desk.page.get_by_text("Of their own", exact=True)).to_have_count(1)
    settings = json.loads(desk.page.evaluate("localStorage.getItem('neo4j.settings')"))
    assert (settings["maxRows"], settings["initCmd"], settings["allowUserStats"]) == (77, "", False)
    expect(desk.page.get_by_text(":play start")).to_have_count(0)


def test_every_script_runs_once_every_parameter_is_set(desk: Desk) -> None:
    assert "ERROR" not in desk.run(desk.script(START, "1 Set every parameter"))
    wrong, answered = {}, 0
    for script in desk.bundle.contents:
        if script.folder in (START, PARAMETERS_FOLDER):
            continue
        template = TEMPLATES[script.file]
        said = desk.run(desk.script(script.folder, template.title))
        told = r"Displaying [1-9]\d* nodes" if _draws(template) else r"Started streaming [1-9]\d* records?\b"
        answered += bool(re.search(told, said))
        # Browser shows a warning as a tab beside the rows.
        if "ERROR" in said or re.search(r"^Warn$", said, re.M):
            wrong[script.file] = said[-300:]
    assert wrong == {}
    assert answered > len(TEMPLATES) / 2


@pytest.mark.parametrize("name", ["merger-talks", "funding-in", "map-neighbours"])
def test_a_question_is_answered_with_parameters_of_its_own(name: str, desk: Desk) -> None:
    (script,) = (s for s in desk.bundle.contents if s.file == name and s.folder != PARAMETERS_FOLDER)
    template = TEMPLATES[name]
    assert "ERROR" not in desk.run(desk.script(PARAMETERS_FOLDER, template.title))
    said = desk.run(desk.script(script.folder, template.title))
    assert re.search(r"Displaying [1-9]\d* nodes" if _draws(template) else r"Started streaming [1-9]\d* record", said)


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


def test_two_drops_do_the_same_where_no_start_page_is(desk: Desk, fresh_chromium: Browser) -> None:
    other = Desk(_page(fresh_chromium), desk.bundle, desk.server)
    other.page.goto(f"{desk.server.browser}?dbms={desk.server.uri}")
    other.page.fill("[data-testid=username]", desk.server.username)
    other.sign_in()
    other.drop(desk.bundle.style)
    expect(other.frame).to_contain_text("node.Trust")
    other.drop(desk.bundle.scripts)
    for folder in (START, PARAMETERS_FOLDER):
        other.page.click(f'[data-testid="expandFolder-{folder}"]')
    for script in desk.bundle.contents:
        if script.folder in (START, PARAMETERS_FOLDER):
            expect(other.script(script.folder, _title(script.text))).to_have_count(1)
    other.page.close()


def test_the_guide_opens_from_disk_and_reaches_for_nothing(fresh_chromium: Browser, desk: Desk) -> None:
    page = fresh_chromium.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(desk.bundle.guide.as_uri())
    expect(page.get_by_role("heading", name="Two steps")).to_be_visible()
    assert page.locator("script").count() == 0
    assert asked == [desk.bundle.guide.as_uri()]
    page.close()
