"""The style sheet of Neo4j Browser, read as Browser reads it: simple-mindedly."""

from __future__ import annotations

import pytest

from graph.grass import contrast, stylesheet, text_color
from graph.schema import KINDS, PREDICATES, SUCCEEDED_BY
from graph.style import EDGE_STYLES, NODE_STYLES

DARK_PAGE = "#292c33"


def rules() -> dict[str, dict[str, str]]:
    """Selector → properties as Browser's reader finds them: split at braces, semicolons and colons, quotes dropped."""
    found: dict[str, dict[str, str]] = {}
    for block in stylesheet().split("\n}\n"):
        selector, brace, inside = block.partition(" {\n")
        if not brace:
            continue
        pairs = [part.split(":") for part in inside.split(";") if part.strip()]
        assert all(len(pair) == 2 for pair in pairs), block
        found[selector.strip()] = {name.strip(): value.strip().strip('"') for name, value in pairs}
    return found


def test_every_kind_and_every_link_has_its_colour_of_the_maps() -> None:
    sheet = rules()
    for kind in KINDS.values():
        assert sheet[f"node.{kind.label}"]["color"] == NODE_STYLES[kind.name].color
        assert sheet[f"node.{kind.label}"]["caption"] == "{name}"
    for predicate in (*PREDICATES, SUCCEEDED_BY):
        assert sheet[f"relationship.{predicate}"]["color"] == EDGE_STYLES[predicate].color
        assert sheet[f"relationship.{predicate}"]["caption"] == "{caption}"
    for other in ("node.Briefing", "node.Statement", "relationship.SUBJECT", "relationship.OBJECT"):
        assert sheet[other]["caption"]
    assert {"relationship.STATED_IN", "relationship.MENTIONED_IN"} <= set(sheet)


def test_a_kind_wins_over_the_label_that_all_organisations_have() -> None:
    # Browser lets the last rule win.
    order = list(rules())
    for kind in KINDS.values():
        assert order.index("node.Organisation") < order.index(f"node.{kind.label}")


def test_text_can_be_read_on_every_disc_and_lines_seen_on_both_pages() -> None:
    for selector, rule in rules().items():
        # 4.5 to 1 is what WCAG asks of text, 3 to 1 of what is drawn.
        assert contrast(rule["text-color-internal"], rule["color"]) >= 4.5, selector
        if selector.startswith("relationship"):
            assert contrast(rule["color"], "#ffffff") >= 3, selector
            assert contrast(rule["color"], DARK_PAGE) >= 2.5, selector


@pytest.mark.parametrize(("fill", "text"), [("#fff3b0", "#000000"), ("#7d2e1e", "#ffffff"), ("#0072b2", "#ffffff")])
def test_text_is_dark_on_light_and_light_on_dark(fill: str, text: str) -> None:
    assert text_color(fill) == text


def test_contrast_runs_from_one_to_twenty_one() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#0072b2", "#0072b2") == pytest.approx(1)
