"""The page of templates tells what the headers say, and is not older than they are."""

from __future__ import annotations

from queries.catalogue import load, parse
from queries.reference import PAGE, markdown


def test_the_page_is_that_of_the_headers() -> None:
    assert PAGE.read_text(encoding="utf-8") == markdown(load()), "run: make docs"


def test_every_template_has_its_question_parameters_and_columns() -> None:
    page = markdown(load())
    for name, template in load().items():
        section = page.split(f"\n### {name}\n")[1].split("\n### ")[0]
        assert template.question in section
        for column in template.columns:
            assert f"| `{column.name}` |" in section, name
        for parameter in template.parameters:
            if parameter.name not in ("limit", "min_confidence"):
                assert f"| `{parameter.name}` |" in section, name


def test_a_bar_in_a_header_does_not_break_the_table() -> None:
    text = "// title: A\n// question: Who?\n// column x (string): this | that\n\nMATCH (n:Person) RETURN n.id AS x"
    assert "this \\| that |" in markdown({"a": parse("a", text)})
