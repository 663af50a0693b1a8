"""The page of all query templates, made from their headers: `python -m queries.reference` writes docs/queries.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path

from queries.catalogue import FOLDER, Template, load
from queries.values import Parameter

PAGE = FOLDER.parent / "docs" / "queries.md"
_INTRODUCTION = """\
# Query templates

{count} questions with their Cypher, one file each under `queries/`, in folders by subject. Every one runs on the
embedded file and on Neo4j, with the same rows:

```sh
nhsgraph query list
nhsgraph query show merger-talks
nhsgraph query run disputes-of --param party=NHSE
nhsgraph query run deficits --csv > deficits.csv
```

Names may be typed as people say them. In Neo4j Browser a file pastes as it is; set its parameters before
(`:param limit => 20`), or let `nhsgraph browser` write all of them as saved scripts. Nearly every template takes
`min_confidence` (0 to 1, default 0.5: leave out what is less sure) and `limit` (rows at most): they are not listed.
"""
_EVERYWHERE = frozenset({"min_confidence", "limit"})


def markdown(templates: Mapping[str, Template]) -> str:
    """The page's text."""
    parts = [_INTRODUCTION.format(count=len(templates))]
    groups = [(group, list(found)) for group, found in groupby(templates.values(), key=lambda t: t.group)]
    parts.append("\n".join(f"- [{group.capitalize()}](#{group})" for group, _ in groups) + "\n")
    for group, found in groups:
        parts += [f"## {group.capitalize()}\n", *map(_section, found)]
    return "\n".join(parts)


def _section(template: Template) -> str:
    lines = [f"### {template.name}", "", f"**{template.title}.** {template.question}", ""]
    parameters = [p for p in template.parameters if p.name not in _EVERYWHERE]
    if parameters:
        lines += [*_table(("Parameter", "Type", "Default", "What it is", "Example"), map(_parameter, parameters)), ""]
    rows = ((f"`{c.name}`", f"{c.type}, {c.unit}" if c.unit else c.type, c.meaning) for c in template.columns)
    lines += [*_table(("Column", "Type", "What it is"), rows), ""]
    if template.scan:
        lines += [f"Looks at everything: {template.scan}.", ""]
    return "\n".join(lines)


def _parameter(parameter: Parameter) -> tuple[str, ...]:
    default = "required" if parameter.required else f"`{parameter.default}`" if parameter.default != "" else "any"
    example = "" if parameter.example is None else f"`{parameter.example}`"
    choices = f" ({', '.join(parameter.choices)})" if parameter.choices else ""
    return f"`{parameter.name}`", parameter.type, default, parameter.meaning + choices, example


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    cells = [[cell.replace("|", "\\|") for cell in row] for row in (heads, *rows)]
    lines = [f"| {' | '.join(row)} |" for row in cells]
    return [lines[0], f"|{' --- |' * len(heads)}", *lines[1:]]


def write(page: Path = PAGE) -> None:
    """Write the page of our own templates."""
    page.write_text(markdown(load()), encoding="utf-8")


if __name__ == "__main__":
    write()
