"""The picture for a report: what stands in it, and that it opens anywhere and runs nothing."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser

from graph.maps import Look, write_map
from graph.maps.labels import Box
from graph.maps.letters import width
from graph.maps.picture import picture
from graph.maps.shapes import disc
from graph.maps.svg import sheet, svg
from graph.model import Edge, Entity, Subgraph
from tests.graph.view_samples import (
    changing_subgraph,
    hostile_subgraph,
    large_subgraph,
    small_subgraph,
    star_subgraph,
)

NS = "{http://www.w3.org/2000/svg}"


def read(subgraph: Subgraph, look: Look | None = None) -> ElementTree.Element:
    return ElementTree.fromstring(svg(picture(subgraph, look)).encode())


def texts(root: ElementTree.Element) -> list[str]:
    return [" ".join(row.text or "" for row in text) for text in root.iter(f"{NS}text")]


def titles(root: ElementTree.Element) -> list[str]:
    return [title.text or "" for group in root.iter(f"{NS}g") for title in group.findall(f"{NS}title")]


def strokes(root: ElementTree.Element, title: str) -> list[dict[str, str]]:
    """The paths of the one thing with this title."""
    (found,) = (group for group in root.iter(f"{NS}g") if group.findtext(f"{NS}title") == title)
    return [path.attrib for path in found.findall(f"{NS}path")]


def linked(predicate: str, **said: object) -> Subgraph:
    nodes = (Entity("a", "Hurn Infirmary", "trust"), Entity("b", "Lyde Infirmary", "trust"))
    day = date(2019, 3, 5)
    return Subgraph(nodes, (Edge("a", "b", predicate, first_seen=day, last_seen=day, statements=1, **said),))  # type: ignore[arg-type]


def test_title_counts_and_what_it_rests_on_stand_in_it() -> None:
    root = read(changing_subgraph())
    said = texts(root)
    assert said[0] == "A merger that was not"
    assert said[1].startswith("5 organisations · 1 person · 5 links")
    (foot,) = (text for text in said if text.startswith("Made with nhsgraph"))
    assert foot == (
        "Made with nhsgraph from 4 briefings and the register of NHS organisations: Winter letter (10 Jan 2020); "
        "Summer letter (20 Jun 2019); Spring letter (5 Mar 2019); Scrap letter (date not known)"
    )


def test_it_says_what_it_is_to_those_who_do_not_see_it() -> None:
    root = read(changing_subgraph())
    assert root.get("role") == "img"
    named = {element.get("id"): element.text for element in root if element.get("id")}
    ids = (root.get("aria-labelledby") or "").split()
    assert named[ids[0]] == "A merger that was not"
    assert "5 links" in (named[ids[1]] or "")
    assert "Isolde Quenby, person" in titles(root)


def test_every_mark_and_line_says_what_it_is() -> None:
    found = titles(read(linked("MERGER_TALKS", status="called_off")))
    assert "Hurn Infirmary – Lyde Infirmary: merger talks, called off, 5 Mar 2019" in found
    found = titles(read(linked("FUNDING", status="proposed", amount=5e6)))
    assert "Hurn Infirmary → Lyde Infirmary: £5m funding, proposed, 5 Mar 2019" in found
    subgraph = small_subgraph()
    assert len(titles(read(subgraph))) == len(subgraph.nodes) + len(subgraph.edges)


def test_lines_show_how_firm_a_link_is() -> None:
    def line(**said: object) -> list[dict[str, str]]:
        root = read(linked("FUNDING", **said))
        (title,) = (title for title in titles(root) if "→" in title)
        return strokes(root, title)

    assert not any("stroke-dasharray" in path for path in line(status="paid"))
    assert "stroke-dasharray" in line(status="mooted")[0]
    off, firm = line(status="refused"), line(status="paid")
    assert len(off) == len(firm) + 2
    assert off[0]["stroke"] != firm[0]["stroke"]
    assert re.fullmatch(r"(M[^LM]+L[^LM]+){2}", off[-1]["d"])


def test_direction_shows_at_one_end_and_talks_at_both() -> None:
    def heads(predicate: str) -> int:
        root = read(linked(predicate))
        (title,) = (title for title in titles(root) if ":" in title)
        return len(strokes(root, title)) - 1

    assert (heads("FUNDING"), heads("MERGER_TALKS"), heads("HOLDS_ROLE")) == (1, 2, 0)


def test_legend_names_what_occurs_and_nothing_else() -> None:
    said = texts(read(changing_subgraph()))
    for words in ("NHS trust", "Person", "Merger talks", "Succeeded by", "From the NHS register", "Size of a mark"):
        assert words in said
    assert "Its area grows with the number of links." in said
    assert {"Regulator", "Dispute", "Mooted, proposed or planned", "Frames", "What changed"}.isdisjoint(said)


def test_legend_has_the_headings_of_the_page(tmp_path: Path) -> None:
    write_map(changing_subgraph(), tmp_path / "map.html")
    page = (tmp_path / "map.html").read_text(encoding="utf-8")
    said = texts(read(changing_subgraph()))
    for words in ("Who", "Links", "How they stand"):
        assert f"<h2>{words}</h2>" in page
        assert said.count(words) == 1


@pytest.mark.parametrize(
    "days",
    [
        {"until": date(2019, 3, 31)},
        {"since": date(2019, 6, 1)},
        {"since": date(2019, 3, 31), "until": date(2020, 1, 31)},
    ],
    ids=lambda days: " and ".join(days),
)
@pytest.mark.parametrize("compare", [False, True])
def test_sizes_in_a_picture_of_a_day_tell_the_whole_time(days: dict[str, date], compare: bool) -> None:
    said = texts(read(changing_subgraph(), Look(**days, compare=compare)))  # type: ignore[arg-type]
    assert "Its area grows with the number of links, over the whole time." in said


def test_links_are_captioned_where_they_are_few() -> None:
    assert "£5m funding, confirmed" in texts(read(changing_subgraph()))
    many = texts(read(large_subgraph(120)))
    assert not any("deficit" in text or "funding" in text for text in many if text[:1] == "£")


def test_two_days_are_compared() -> None:
    look = Look(since=date(2019, 3, 31), until=date(2020, 1, 31), compare=True)
    root = read(changing_subgraph(), look)
    said = texts(root)
    assert said[1].startswith("31 Mar 2019 and 31 Jan 2020 compared · ")
    assert "merger, mooted → called off" in said
    assert any(text.startswith("new: £5m") for text in said)
    assert said[said.index("New") + 1] == "1"
    assert said[said.index("Changed") + 1] == "1"
    assert any(title.endswith("(was: merger, mooted)") for title in titles(root))
    same = next(title for title in titles(root) if title.startswith("Isolde Quenby →"))
    plain = read(changing_subgraph())
    brightness = [
        sum(int(strokes(one, same)[0]["stroke"][at : at + 2], 16) for at in (1, 3, 5)) for one in (root, plain)
    ]
    assert brightness[0] > brightness[1]


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        (None, date(2019, 4, 1), "As of 1 Apr 2019 · "),
        (date(2019, 4, 1), None, "What was reported from 1 Apr 2019 on · "),
        (date(2019, 4, 1), date(2019, 6, 30), "What was reported from 1 Apr 2019 to 30 Jun 2019 · "),
    ],
)
def test_a_picture_of_some_days_says_which(since: date | None, until: date | None, words: str) -> None:
    assert texts(read(changing_subgraph(), Look(since=since, until=until)))[1].startswith(words)


def test_groups_have_frames_with_names() -> None:
    root = read(small_subgraph(), Look(group="kind"))
    said = texts(root)
    assert {"NHS trust", "Frames", "Frames hold bodies of one kind."} <= set(said)
    assert titles(root)[0] == "NHS trust"


def test_a_graph_of_too_many_links_is_drawn_by_its_groups() -> None:
    subgraph = star_subgraph(1600)
    whole = picture(subgraph)
    assert whole.closed
    drawn = sheet(whole)
    assert len(drawn.items) < 200
    holds = [int(text.rows[0].replace(",", "")) for text in drawn.texts if re.fullmatch(r"[\d,]+", text.rows[0])]
    assert max(holds) > 100
    assert "Groups" in [text.rows[0] for text in drawn.texts]
    assert any(re.search(r": [\d,]+ organisations and people$", item.title) for item in drawn.items)


def test_the_largest_are_named_however_crowded_they_are() -> None:
    drawn = picture(large_subgraph(300))
    texts = "".join(ElementTree.fromstring(svg(drawn)).itertext())
    for mark in sorted(drawn.marks, key=lambda mark: -mark.size)[:8]:
        assert mark.label.split("\n")[0] in texts


def test_a_comparison_counts_what_is_gone() -> None:
    nodes = Entity("c", "C", "ccg", closed=date(2022, 6, 30)), Entity("s", "S", "ics"), Entity("t", "T", "trust")
    part = Edge("c", "s", "PART_OF", origin="register")
    graph = Subgraph(nodes, (part, replace(part, source="t")))

    def words(since: int, until: int) -> str:
        return svg(picture(graph, Look(since=date(since, 12, 31), until=date(until, 12, 31), compare=True)))

    assert "Stood then and no more, not drawn: 1." in words(2021, 2023)
    assert "no more" not in words(2019, 2021)


@pytest.mark.parametrize("radius", [9.66, 7.04, 12.0])
def test_discs_are_round(radius: float) -> None:
    arcs = re.findall(r"a(\S+) \S+ 0 1 0 (\S+) 0", disc(5, 5, radius))
    assert len(arcs) == 2
    for drawn, chord in arcs:
        assert abs(float(chord)) == pytest.approx(2 * float(drawn))


def test_a_large_graph_by_region_has_a_disc_for_each_and_few_for_the_rest() -> None:
    star = star_subgraph(1600)
    placed = tuple(replace(node, region=f"Region {n % 7}") if n < 1400 else node for n, node in enumerate(star.nodes))
    drawn = sheet(picture(replace(star, nodes=placed), Look(group="region")))
    found = [item.title.split(": ") for item in drawn.items if item.title.endswith(" organisations and people")]
    held = {name: int(words.split()[0]) for name, words in found}
    assert {name: count for name, count in held.items() if name.startswith("Region")} == {
        f"Region {n}": 200 for n in range(7)
    }
    assert sum(held.values()) == 1601
    assert len(held) < 12


def test_a_line_between_groups_names_both_whole() -> None:
    star = star_subgraph(1600)
    placed = tuple(replace(node, region=f"Area: {n % 2}") for n, node in enumerate(star.nodes))
    drawn = sheet(picture(replace(star, nodes=placed), Look(group="region")))
    assert "Area: 0 – Area: 1: funding 800" in [item.title for item in drawn.items]


def test_a_comparison_by_groups_counts_what_changed_and_promises_no_bands() -> None:
    look = Look(since=date(2012, 12, 31), until=date(2030, 12, 31), compare=True)
    said = texts(read(star_subgraph(1600), look))
    assert "What changed" in said
    assert not {"New", "Changed", "The same"} & set(said)
    assert any(re.search(r"^[\d,]+ new, 0 changed, [\d,]+ the same\.$", text) for text in said)


def test_no_words_hide_the_strike_of_a_link_that_is_off() -> None:
    drawn = sheet(picture(linked("FUNDING", status="refused")))
    (line,) = (item for item in drawn.items if "→" in item.title)
    x, y = (float(part) for part in re.findall(r"-?[\d.]+", line.strokes[-1].d)[:2])
    (caption,) = (text for text in drawn.texts if text.back)
    left, top, _, _, right, bottom, *_ = (float(part) for part in re.findall(r"-?[\d.]+", caption.back))
    assert not (left < x < right and top < y < bottom)


@pytest.mark.parametrize("size", [25, 60, 120, 400])
def test_labels_never_lie_on_each_other_or_off_the_page(size: int) -> None:
    drawn = sheet(picture(large_subgraph(size)))
    boxes = []
    for text in drawn.texts:
        if text.halo:
            wide = max(width(row, text.size, bold=text.bold) for row in text.rows)
            left = text.x - {"start": 0.0, "middle": wide / 2, "end": wide}[text.anchor]
            bottom = text.y + (len(text.rows) - 1) * text.step
            boxes.append(Box(left, text.y - 0.7 * text.size, left + wide, bottom))
    assert len(boxes) > 15
    for number, a in enumerate(boxes):
        assert a.left >= 0
        assert a.right <= drawn.width
        for b in boxes[number + 1 :]:
            assert a.right <= b.left or b.right <= a.left or a.bottom <= b.top or b.bottom <= a.top


@pytest.mark.parametrize("size", [2, 25, 120, 400])
def test_page_is_landscape_and_grows_with_the_graph(size: int) -> None:
    drawn = sheet(picture(large_subgraph(size)))
    assert drawn.width > drawn.height
    assert drawn.width <= 1600 * max(1.0, (size / 100) ** 0.5) + 1
    assert min(text.size for text in drawn.texts) >= 11.5


def test_who_was_asked_for_always_has_a_label_and_a_halo() -> None:
    drawn = sheet(picture(small_subgraph()))
    assert any(text.bold and text.halo for text in drawn.texts)
    marks = [item for item in drawn.items if item.title.endswith(", NHS trust")]
    assert [len(item.strokes) for item in marks if item.title.startswith("Hurn Valley")] == [2]
    assert {len(item.strokes) for item in marks if not item.title.startswith("Hurn Valley")} == {1}


def test_nothing_to_draw_is_still_a_page() -> None:
    root = read(Subgraph())
    assert texts(root)[0] == "Who is linked with whom in the NHS"
    assert texts(root)[-1] == "Made with nhsgraph"
    assert titles(root) == []


def test_same_graph_gives_the_same_file() -> None:
    assert svg(picture(large_subgraph(60))) == svg(picture(large_subgraph(60)))


def test_hostile_text_runs_nothing_and_breaks_nothing(chromium: Browser, tmp_path: Path) -> None:
    path = tmp_path / "hostile.svg"
    write_map(hostile_subgraph(), path)
    root = ElementTree.fromstring(path.read_bytes())
    tags = Counter(element.tag.removeprefix(NS) for element in root.iter())
    assert set(tags) == {"svg", "title", "desc", "rect", "g", "path", "text", "tspan"}
    for element in root.iter():
        assert not [name for name in element.attrib if name.lower().startswith("on") or "href" in name]
    everything = "".join(root.itertext())
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\ud800-\udfff]", everything)
    assert "</script>" in everything
    assert int(root.get("width") or 0) < 2000

    page = chromium.new_page()
    seen: list[str] = []
    page.on("dialog", lambda dialog: (seen.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: seen.append(str(error)))
    page.on("console", lambda message: seen.append(message.text))
    page.on("request", lambda request: seen.append(request.url))
    page.goto(path.as_uri())
    page.wait_for_timeout(200)
    assert page.evaluate("window.pwned") is None
    assert page.evaluate("document.querySelectorAll('parsererror').length") == 0
    assert page.evaluate("document.querySelectorAll('text').length") == tags["text"]
    page.close()
    assert seen == [path.as_uri()]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(), max_size=60), st.text(st.characters(), max_size=60))
def test_whatever_names_hold_it_is_xml(one: str, other: str) -> None:
    nodes = (Entity("a", one, "trust"), Entity("b", other, "person"))
    subgraph = Subgraph(nodes, (Edge("b", "a", "HOLDS_ROLE", role=one),), title=other, notes=(one,), focus=("a",))
    assert read(subgraph).tag == f"{NS}svg"
