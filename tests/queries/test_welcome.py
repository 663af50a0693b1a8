"""The start page's files: what they hold, and that nothing in a title or a name gets out of its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from queries.bundle import Bundle, write
from queries.catalogue import load, parse
from queries.scripts import PARAMETERS_FOLDER
from queries.start import START
from queries.welcome import extras

BOLT = "bolt://127.0.0.1:57687"
START_URL = "http://127.0.0.1:57474/browser/nhsgraph/start.html"
HOSTILE = '</script><script>window.pwned=1</script> ${x} `+alert(1)+` \u2028 "]}'
ASKS = """\
// title: {title}
// question: Who?
// column id (id): the party

MATCH (e:Organisation) RETURN e.id AS id ORDER BY id LIMIT 5
"""


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    return write(tmp_path_factory.mktemp("bundle"), load(), browser_url="http://x/", start_url=START_URL)


def data(bundle: Bundle, username: str = "neo4j") -> Any:
    return json.loads(extras(bundle, bolt=BOLT, username=username)["start.json"])


def test_every_script_of_the_bundle_is_laid_in_its_folder(bundle: Bundle) -> None:
    laid = data(bundle)
    folders = {folder["id"]: folder["name"] for folder in laid["folders"]}
    found = [(folders[script["folder"]], script["content"]) for script in laid["documents"]]
    assert found == [(script.folder, script.text) for script in bundle.contents]


def test_the_start_comes_first_and_the_parameters_last(bundle: Bundle) -> None:
    names = [folder["name"] for folder in data(bundle)["folders"]]
    assert (names[0], names[-1]) == (START, PARAMETERS_FOLDER)
    assert len(names) == len(set(names))


def test_ids_are_ours_differ_and_stay_the_same(bundle: Bundle) -> None:
    ids = [item["id"] for part in ("folders", "documents") for item in data(bundle)[part]]
    assert len(ids) == len(set(ids))
    assert all(id_.startswith("nhsgraph/") for id_ in ids)
    assert ids == [item["id"] for part in ("folders", "documents") for item in data(bundle)[part]]


def test_browser_opens_with_server_and_user_filled_in(bundle: Bundle) -> None:
    assert data(bundle)["browser"] == "../?dbms=bolt%3A%2F%2Fneo4j%40127.0.0.1%3A57687"
    assert data(bundle, "a/b@c&d")["browser"] == "../?dbms=bolt%3A%2F%2Fa%252Fb%2540c%2526d%40127.0.0.1%3A57687"


def test_the_page_asks_for_its_own_files_alone_and_has_no_script_in_it(bundle: Bundle) -> None:
    files = extras(bundle, bolt=BOLT, username="neo4j")
    assert list(files) == ["guide.html", "start.html", "start.js", "start.json"]
    page = files["start.html"].decode()
    assert page.count("<script") == 1
    assert '<script src="start.js" defer></script>' in page
    for name in ("start.html", "start.js", "start.json"):
        assert b"http://" not in files[name] or name == "start.json"
        assert b"https://" not in files[name]


def test_hostile_titles_change_no_page_and_no_program(bundle: Bundle, tmp_path: Path) -> None:
    template = parse("asks", ASKS.format(title=HOSTILE.replace("\u2028", "")), Path(f"{HOSTILE[:9]}own/asks.cypher"))
    made = write(tmp_path, {"asks": template}, browser_url="http://x/", start_url="javascript:alert(1)")
    files, usual = (extras(b, bolt=BOLT, username="neo4j") for b in (made, bundle))
    assert (files["start.html"], files["start.js"]) == (usual["start.html"], usual["start.js"])
    titles = [script["content"].splitlines()[0] for script in json.loads(files["start.json"])["documents"]]
    assert any("window.pwned=1" in title for title in titles)
    guide = files["guide.html"].decode()
    assert "<script" not in guide
    assert 'href="javascript' not in guide


def test_the_guide_sends_people_to_the_start_page_and_asks_for_no_drop(bundle: Bundle) -> None:
    guide = extras(bundle, bolt=BOLT, username="neo4j")["guide.html"].decode()
    assert f'<a href="{START_URL}">{START_URL}</a>' in guide
    assert "Two steps" in guide
    assert "Drop" not in guide
