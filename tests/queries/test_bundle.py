"""The bundle's files without a browser: what its scripts set, say and hold."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.errors import InputError
from graph.store import View, open_store
from queries.bundle import Bundle, write
from queries.catalogue import Template, load, parse
from queries.scripts import Example, examples, param_line
from queries.values import Parameter
from tests.queries import generated

TEMPLATES = load()
URL = "http://127.0.0.1:7474/browser/"
ASKS = """\
// title: {title}
// question: {question}
// param party (entity, required): the party; example: Nobody At All
// param limit (integer, default 50): at most so many; example: 3
// column id (id): the party

MATCH (e:Organisation|Person {{id: $party}}) RETURN e.id AS id ORDER BY id LIMIT $limit
"""


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> Iterator[View]:
    with open_store(str(tmp_path_factory.mktemp("world") / "store.lbdb"), create=True) as store:
        generated.fill(store, generated.extractions())
        yield store.view()


@pytest.fixture(scope="module")
def bundle(view: View, tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    return write(tmp_path_factory.mktemp("bundle") / "deep" / "er", TEMPLATES, browser_url=URL, view=view)


def asking(title: str = "Who", question: str = "Who?") -> Template:
    return parse("asks", ASKS.format(title=title, question=question), Path("own-folder/asks.cypher"))


def scripts(bundle: Bundle) -> dict[str, str]:
    with zipfile.ZipFile(bundle.scripts) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def settings(script: str) -> dict[str, object]:
    """What a script of `:param` lines sets."""
    lines = [line for line in script.splitlines() if line and not line.startswith("//")]
    assert [line.endswith(";") for line in lines] == [True] * (len(lines) - 1) + [False]
    pairs = [re.fullmatch(r":param (\w+) => (.*?);?", line) for line in lines]
    return {pair[1]: json.loads(pair[2]) for pair in pairs if pair}


def test_the_script_that_sets_every_parameter_lets_every_template_run(bundle: Bundle, view: View) -> None:
    values = settings(scripts(bundle)["1 Start here/1-set-every-parameter.cypher"])
    answered = 0
    for template in TEMPLATES.values():
        answered += bool(view.rows(template.cypher, {p.name: values[p.name] for p in template.parameters}))
    assert answered > len(TEMPLATES) / 2


def test_each_template_has_a_script_of_its_cypher_and_one_of_its_parameters(bundle: Bundle, view: View) -> None:
    found = scripts(bundle)
    for name, template in TEMPLATES.items():
        (path,) = (p for p in found if p.endswith(f"/{name}.cypher") and not p.startswith("Parameters/"))
        assert found[path].startswith(f"// {template.title}\n// {template.question}\n")
        assert found[path].endswith(f"\n\n{template.cypher}")
        if template.parameters:
            values = settings(found[f"Parameters/{name}.cypher"])
            assert list(values) == [p.name for p in template.parameters]
            assert view.rows(template.cypher, values)
    assert bundle.missing == ()


def test_titles_differ_within_a_folder_for_they_are_all_that_browser_shows(bundle: Bundle) -> None:
    titles = [(path.split("/")[0], text.split("\n")[0]) for path, text in scripts(bundle).items()]
    assert len(titles) == len(set(titles))


def test_whole_numbers_stay_whole_and_text_is_quoted() -> None:
    def line(value: str | int | float | bool) -> str:
        return param_line(Example(Parameter("x", "string", ""), value))

    assert [line(v) for v in (20, 0.0, True)] == [":param x => 20", ":param x => 0.0", ":param x => true"]
    assert line('a "b" \\ c\n') == ':param x => "a \\"b\\" \\\\ c\\n"'


def test_who_stands_in_for_a_name_that_the_graph_lacks_is_said(view: View, tmp_path: Path) -> None:
    made = write(tmp_path, {"asks": asking()}, browser_url=URL, view=view)
    assert made.missing == (("asks", "party", "Nobody At All"),)
    script = scripts(made)["Parameters/asks.cypher"]
    id_ = settings(script)["party"]
    found = view.entity(str(id_))
    assert found is not None
    assert f"// party: the party ({found.name}, for “Nobody At All” is not in this graph)" in script


def test_without_a_graph_the_examples_stay_as_they_are() -> None:
    party, limit = examples(asking(), None)
    assert (party.value, limit.value) == ("Nobody At All", 3)


def test_an_empty_graph_makes_a_bundle_too(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "store.lbdb"), create=True) as store:
        made = write(tmp_path / "bundle", TEMPLATES, browser_url=URL, view=store.view())
    assert any(name == "CQC" or "Care Quality" in name for _, _, name in made.missing)


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    title = "<script>window.pwned=1</script> \u202e$style ${count}\x07"
    template = asking(title, '"><img src=x onerror=alert(1)>')
    made = write(tmp_path, {"asks": template}, browser_url="javascript:alert(1)", connect_url="<b>bolt</b>")
    page = made.guide.read_text(encoding="utf-8")
    assert "<script" not in page
    assert "<img" not in page
    assert 'href="javascript' not in page
    assert "<b>bolt" not in page
    assert "&lt;script&gt;window.pwned=1&lt;/script&gt; $style ${count}" in page
    assert scripts(made)["Own folder/asks.cypher"].startswith("// <script>window.pwned=1</script> $style ${count}\n")


def test_the_guide_names_every_question_kind_and_link(bundle: Bundle) -> None:
    page = bundle.guide.read_text(encoding="utf-8")
    for template in TEMPLATES.values():
        assert template.title in page.replace("&#x27;", "'")
    for words in ("NHS trust", "Succeeded by", "#0072b2", "#7a7f55", URL, "nhsgraph.grass", "nhsgraph-scripts.zip"):
        assert words in page
    assert not re.search(r"<(script|link|img)\b", page)


def test_the_same_graph_gives_the_same_bytes(bundle: Bundle, view: View, tmp_path: Path) -> None:
    again = write(tmp_path, TEMPLATES, browser_url=URL, view=view)
    for one, other in ((bundle.scripts, again.scripts), (bundle.guide, again.guide), (bundle.style, again.style)):
        assert one.read_bytes() == other.read_bytes()


def test_a_folder_that_cant_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("here first")
    with pytest.raises(InputError, match="Can't write the bundle"):
        write(tmp_path / "file", {"asks": asking()}, browser_url=URL)
