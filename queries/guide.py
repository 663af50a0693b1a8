"""The page that tells a newcomer how to start in Neo4j Browser: one file, no script, every text escaped.

The steps are shorter where a start page brings style and scripts; elsewhere two files are dropped on Browser.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from string import Template as Page

from graph.grass import BRIEFING_COLOR, STATEMENT_COLOR
from graph.schema import KINDS, PREDICATES, SUCCEEDED_BY
from graph.style import caption, edge_style, label_text, node_style
from queries.catalogue import Template

_PAGE = "guide.html"
_RUN = (
    "<strong>Run “1 Set every parameter”</strong> in the folder “{start}”: click its name, then the blue arrow. "
    "Then run any other script in the same way."
)


def guide(
    folders: Mapping[str, Sequence[Template]],
    *,
    browser_url: str,
    connect_url: str | None,
    start_url: str | None,
    style: str,
    scripts: str,
    start: str,
    count: int,
) -> str:
    """The page. `folders` are the templates by the caption of their folder; `style`, `scripts` the bundle's files."""
    page = Page(Path(__file__).with_name(_PAGE).read_text(encoding="utf-8"))
    if start_url:
        steps = [_served(start_url, count)]
    else:
        steps = [_opened(browser_url, connect_url), _styled(style), _filled(scripts, count)]
    steps.append(_RUN.format(start=_text(start)))
    return page.substitute(
        numbers={2: "Two", 4: "Four"}[len(steps)],
        steps="\n".join(f"  <li>{step}</li>" for step in steps),
        kinds="\n".join(_kinds()),
        links="\n".join(_links()),
        questions="\n".join(_questions(folders)),
    )


def _served(start_url: str, count: int) -> str:
    return (
        f"<strong>Open</strong> {_link(start_url)} and sign in: user name and address are filled in, the password is "
        f"the one told when the server first started. The graph is drawn in the colours below, and {count} scripts "
        "are under the star on the left, in folders. If they are not, close every other tab of Neo4j Browser and "
        "open the address again."
    )


def _opened(browser_url: str, connect_url: str | None) -> str:
    connect = f", give <code>{_text(connect_url)}</code> as its Connect URL," if connect_url else ""
    return (
        f"<strong>Open Browser</strong> at {_link(browser_url)}{connect} and sign in with the user name and password "
        "of your server."
    )


def _styled(style: str) -> str:
    return (
        f"<strong>Drop <code>{_text(style)}</code> on the window.</strong> From now on this browser draws the graph in "
        "the colours below."
    )


def _filled(scripts: str, count: int) -> str:
    return (
        f"<strong>Drop <code>{_text(scripts)}</code> on the window.</strong> Its {count} scripts are now under the "
        "star on the left, in folders. Drop it once: a second time would bring each script twice."
    )


def _link(url: str) -> str:
    # Only an address of the web may be clicked.
    target = url if url.startswith(("http://", "https://")) else "#"
    return f'<a href="{escape(target)}">{_text(url)}</a>'


def _kinds() -> Iterable[str]:
    shown = [(node_style(kind.name).color, kind.caption) for kind in KINDS.values()]
    for color, name in (*shown, (BRIEFING_COLOR, "Briefing"), (STATEMENT_COLOR, "Statement: one sentence’s fact")):
        yield f'  <li><span class="disc" style="background: {color}"></span>{_text(name)}</li>'


def _links() -> Iterable[str]:
    for predicate in (*PREDICATES, SUCCEEDED_BY):
        color = edge_style(predicate).color
        yield f'  <li><span class="line" style="background: {color}"></span>{_text(caption(predicate))}</li>'


def _questions(folders: Mapping[str, Sequence[Template]]) -> Iterable[str]:
    for folder, templates in folders.items():
        yield f"<h3>{_text(folder)}</h3>\n<dl>"
        for template in templates:
            yield f"<div><dt>{_text(template.title)}</dt><dd>{_text(template.question)}</dd></div>"
        yield "</dl>"


def _text(text: str) -> str:
    return escape(label_text(text))
