"""What makes Neo4j Browser at home in the graph: a folder with a style, saved scripts, parameters and a guide.

Browser takes the style (`.grass`) and all scripts at once (`.zip`, whose folders become its folders) when they are
dropped on its window. Nothing in the folder is run by us, nothing in it reaches for the network, and the same graph
and templates give the same bytes.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.errors import InputError
from graph.grass import stylesheet
from graph.store.base import View
from queries.catalogue import Template
from queries.guide import guide
from queries.scripts import (
    PARAMETERS_FOLDER,
    Example,
    Script,
    common_script,
    examples,
    param_line,
    param_script,
    query_script,
)
from queries.start import START, start_scripts

STYLE = "nhsgraph.grass"
SCRIPTS = "nhsgraph-scripts.zip"
PARAMETERS = "parameters.txt"
GUIDE = "start-here.html"

_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Bundle:
    """The files that were written. `queries` counts the scripts that answer questions; `contents` are all scripts.

    `missing` are the examples (template, parameter, name) that the graph lacks; what stands in for each is said in
    its script.
    """

    folder: Path
    style: Path
    scripts: Path
    parameters: Path
    guide: Path
    queries: int
    contents: tuple[Script, ...]
    missing: tuple[tuple[str, str, str], ...]


def write(
    folder: Path,
    templates: Mapping[str, Template],
    *,
    browser_url: str,
    connect_url: str | None = None,
    start_url: str | None = None,
    view: View | None = None,
) -> Bundle:
    """Write the bundle into a folder, which is made; what an older bundle left there is replaced.

    With a `view`, the names of the examples become ids of that graph. `browser_url` is where Browser is,
    `connect_url` what to type as its Connect URL where it is not filled in by itself. `start_url` is a page that
    brings style and scripts without any drop (see `queries.welcome`), where there is one.

    Raises:
        InputError: the folder can't be written.
    """
    shown = {name: examples(template, view) for name, template in templates.items()}
    folders = _folders(templates)
    scripts = _scripts(folders, shown)
    page = guide(
        folders,
        browser_url=browser_url,
        connect_url=connect_url,
        start_url=start_url,
        style=STYLE,
        scripts=SCRIPTS,
        start=START,
        count=len(scripts),
    )
    bundle = Bundle(
        folder=folder,
        style=folder / STYLE,
        scripts=folder / SCRIPTS,
        parameters=folder / PARAMETERS,
        guide=folder / GUIDE,
        queries=len(templates),
        contents=tuple(scripts),
        missing=tuple(
            (name, e.parameter.name, e.missing) for name, found in shown.items() for e in found if e.missing is not None
        ),
    )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        bundle.style.write_text(stylesheet(), encoding="utf-8")
        bundle.parameters.write_text(_parameters(templates, shown), encoding="utf-8")
        bundle.guide.write_text(page, encoding="utf-8")
        _zip(bundle.scripts, scripts)
    except OSError as error:
        raise InputError(f"Can't write the bundle for Neo4j Browser to {folder}: {error}") from error
    return bundle


def _folders(templates: Mapping[str, Template]) -> dict[str, list[Template]]:
    """The templates by their folder's caption, in the catalogue's order."""
    found: dict[str, list[Template]] = {}
    for template in templates.values():
        found.setdefault(_caption(template.group), []).append(template)
    return found


def _scripts(folders: Mapping[str, Iterable[Template]], shown: Mapping[str, tuple[Example, ...]]) -> list[Script]:
    every = [example for found in shown.values() for example in found]
    known = next((e.says for e in every if e.parameter.type == "organisation" and e.missing is None and e.says), "NHS")
    scripts = [common_script(every, START), *start_scripts(known)]
    for folder, templates in folders.items():
        scripts += [query_script(t, shown[t.name], folder) for t in templates]
    every_template = [t for templates in folders.values() for t in templates]
    return scripts + [param_script(t, shown[t.name]) for t in every_template if shown[t.name]]


def _parameters(templates: Mapping[str, Template], shown: Mapping[str, Iterable[Example]]) -> str:
    """The lines of every template to copy from, one by one."""
    parts = []
    for name, template in templates.items():
        lines = [param_line(example) for example in shown[name]]
        parts.append("\n".join((f"// {template.title}", *lines)))
    return "\n\n".join(parts) + "\n"


def _zip(path: Path, scripts: Iterable[Script]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for script in scripts:
            entry = zipfile.ZipInfo(f"{script.folder}/{script.file}.cypher", date_time=_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, script.text)


def _caption(group: str) -> str:
    words = group.replace("-", " ").replace("_", " ").strip()
    caption = words[:1].upper() + words[1:] if words else "Questions"
    return caption if caption != PARAMETERS_FOLDER else f"{caption}: questions"
