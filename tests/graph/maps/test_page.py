"""The map's page: what the file holds, and how it stands up to hostile text."""

from __future__ import annotations

import json
import os
import re
import stat
from datetime import date
from pathlib import Path

import pytest

from graph.errors import InputError
from graph.maps import Look, map_html, write_map
from graph.model import Entity, Subgraph
from tests.graph.maps.opened import Opened
from tests.graph.view_samples import HOSTILE, changing_subgraph, hostile_subgraph, large_subgraph, small_subgraph


def test_page_asks_the_network_for_nothing() -> None:
    html = map_html(small_subgraph())
    markup = re.sub(r"<script.*?</script>", "", html, flags=re.S)
    assert "default-src 'none'" in markup
    assert not re.search(r"<(link|img|iframe|script)[^>]+(src|href)=", html)
    assert "bootstrap" not in markup
    assert "cdn" not in markup.lower()


def test_the_network_is_made_by_pyvis(monkeypatch: pytest.MonkeyPatch) -> None:
    from pyvis.network import Network

    made: list[Network] = []
    render = Network.generate_html
    monkeypatch.setattr(Network, "generate_html", lambda self, **said: (made.append(self), render(self, **said))[1])
    subgraph = small_subgraph()
    map_html(subgraph)
    assert len(made[0].nodes) == len(subgraph.nodes)
    assert len(made[0].edges) == len(subgraph.edges)


def test_same_subgraph_gives_the_same_bytes() -> None:
    assert map_html(large_subgraph()) == map_html(large_subgraph())


def test_the_page_holds_the_whole_time_whatever_day_it_opens_at() -> None:
    def data(look: Look) -> dict[str, object]:
        found = re.search(r'id="data">(.*?)</script>', map_html(small_subgraph(), look=look), re.S)
        assert found
        return dict(json.loads(found[1]))

    now, then = data(Look()), data(Look(until=date(2022, 3, 31)))
    assert now["edges"] == then["edges"]
    assert now["nodes"] == then["nodes"]
    assert then["look"] == {"since": None, "until": "2022-03-31", "compare": False, "measure": "links", "sure": 0.0}


def test_file_is_utf8_readable_by_others_and_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "map.html"
    target.write_text("old", encoding="utf-8")
    write_map(small_subgraph(), target, look=Look(title="Größe – £5m"))
    assert "Größe – £5m" in target.read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["map.html"]
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE(target.stat().st_mode) == 0o666 & ~mask


@pytest.mark.parametrize("name", ["map.html", "map.svg", "map.png"])
def test_old_map_stays_where_the_new_one_fails(tmp_path: Path, name: str) -> None:
    target = tmp_path / name
    target.write_text("old", encoding="utf-8")
    with pytest.raises(InputError, match="unknown kind"):
        write_map(Subgraph((Entity("x", "X", "wizard"),)), target)
    assert target.read_text(encoding="utf-8") == "old"


def test_places_that_cannot_be_written_are_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"can't write .*no such file or directory; name a file in a folder"):
        write_map(Subgraph(), tmp_path / "nowhere" / "map.html")
    with pytest.raises(InputError, match=r"can't tell what to draw from 'map.bmp'; end it in .html, .svg, .png"):
        write_map(Subgraph(), tmp_path / "map.bmp")


@pytest.mark.browser
def test_map_opens_with_title_counts_and_legend(opened: Opened, tmp_path: Path) -> None:
    subgraph = small_subgraph()
    page = opened.open(subgraph, tmp_path / "map.html")
    assert page.title() == "Links around Hurn Valley Hospitals NHS Foundation Trust"
    assert "22 organisations · 3 people · 33 links" in page.locator("header").inner_text()

    def offered(group: str) -> set[str]:
        return set(page.locator(f"[data-group={group}]").evaluate_all("boxes => boxes.map(box => box.value)"))

    assert offered("kinds") == {entity.kind for entity in subgraph.nodes}
    assert offered("predicates") == {edge.predicate for edge in subgraph.edges}
    assert "tentative|proposed" in offered("statuses")


@pytest.mark.browser
def test_a_browser_too_old_says_so_instead_of_nothing(opened: Opened, tmp_path: Path) -> None:
    write_map(large_subgraph(1400), tmp_path / "map.html")
    context = opened.page.context.browser.new_context()
    page = context.new_page()
    page.add_init_script("delete window.DecompressionStream")
    page.goto((tmp_path / "map.html").as_uri())
    assert "this browser is too old" in page.locator("#stage").inner_text()
    context.close()
    ready = opened.open(small_subgraph(), tmp_path / "small.html")
    assert "too old" not in ready.locator("#stage").inner_text()


@pytest.mark.browser
def test_a_large_map_comes_compressed_and_opens_the_same(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(large_subgraph(1400), tmp_path / "map.html")
    assert not page.locator("#data").text_content().startswith("{")
    assert "1,725 links" in page.locator("#timeline").inner_text()
    assert (tmp_path / "map.html").stat().st_size < 1_500_000


@pytest.mark.browser
def test_hostile_text_is_only_ever_text(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(hostile_subgraph(), tmp_path / "map.html")
    for row in range(len(HOSTILE)):
        page.locator("#table tbody tr").nth(row).locator("button").first.click()
        page.locator("#details button").nth(1).click()
        opened.page.mouse.move(*opened.middle())
        page.mouse.move(5, 5)
        page.keyboard.press("Escape")
    for asked in ("script", "onerror", "href", "AAAA", "word"):
        page.fill("#search", asked)
        page.press("#search", "Enter")
    for by in page.locator("#arrange option").evaluate_all("options => options.map(option => option.value)"):
        page.select_option("#arrange", by)
    assert page.evaluate("window.pwned") is None
    assert page.locator("#details img, #details script, #table img, #table b, #stage svg").count() == 0
    assert page.locator("#details a").count() == 0
    assert HOSTILE[3] in page.locator("#table tbody").text_content()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.browser
def test_hostile_text_stays_text_without_scripts(opened: Opened, tmp_path: Path) -> None:
    write_map(hostile_subgraph(), tmp_path / "map.html")
    context = opened.page.context.browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((tmp_path / "map.html").as_uri())
    assert "This map needs scripts" in page.locator("header").inner_text()
    assert page.locator(".plain li").count() == len(HOSTILE)
    assert page.locator(".plain img, .plain script, .plain b, .plain a").count() == 0
    context.close()


@pytest.mark.browser
def test_without_scripts_a_page_of_a_day_tells_of_that_day(opened: Opened, tmp_path: Path) -> None:
    write_map(changing_subgraph(), tmp_path / "map.html", look=Look(until=date(2019, 4, 30)))
    context = opened.page.context.browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((tmp_path / "map.html").as_uri())
    assert page.locator(".plain h2").inner_text() == "What the map tells: As of 30 Apr 2019"
    assert page.locator(".still svg").is_visible()
    assert not page.locator("#controls").is_visible()
    assert "2020" not in page.locator(".plain").inner_text()
    context.close()


@pytest.mark.browser
def test_without_scripts_a_comparison_tells_what_changed_first(opened: Opened, tmp_path: Path) -> None:
    look = Look(since=date(2019, 6, 30), until=date(2020, 1, 31), compare=True)
    write_map(changing_subgraph(), tmp_path / "map.html", look=look)
    context = opened.page.context.browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((tmp_path / "map.html").as_uri())
    first, second, *others = page.locator(".plain li").all_inner_texts()
    assert first.startswith("Changed – Hurn Valley")
    assert "called off (was: merger, in talks)" in first
    assert second.startswith("New – NHS Centre")
    assert others
    assert not any(text.startswith(("New", "Changed")) for text in others)
    context.close()


@pytest.mark.browser
def test_empty_map_says_so(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(Subgraph(), tmp_path / "map.html")
    assert "Nothing to draw" in page.locator("#stage").inner_text()
    assert "No links" in page.locator("#table").inner_text()
