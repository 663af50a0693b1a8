"""Query templates: Cypher files whose comment header says what they answer, need and give.

A template is plain Cypher that pastes into Neo4j Browser as it stands. Its header is a run of
`//` lines at the top:

    // title: Disputes of one party
    // question: Whom is this body at odds with, over what, and how did it end?
    // tags: disputes
    // param organisation (entity, required): the party; example: Care Quality Commission
    // param min_confidence (float, default 0.5): leave out facts less sure than this, 0 to 1; example: 0.5
    // column amount (float, pounds): the sum in dispute
    // scan: every body is ranked

The last line is `LIMIT toInteger($limit)`: Browser makes 20.0 of the 20 in `:params {limit: 20}`.

`scan` says why a query looks at all nodes or edges of a sort; without it Neo4j must be able to
answer by its indexes alone (`tests/queries/test_plans.py`). Columns of type node and relationship
make a picture in Browser. A template's folder is its group (`mergers`, `money`, …).

Everything is checked when a template is loaded, before a store sees it: a write clause, a
parameter that is used but not declared (or the reverse), an unknown type, or a name taken twice
is an error. Nobody's folder of templates can change the graph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.errors import QueryError, TemplateError
from graph.store.tokens import check_read_only, parameters_of
from queries.header import Header, parse_header
from queries.values import Column, Parameter

FOLDER = Path(__file__).parent
GROUPS = (
    "mergers",
    "disputes",
    "money",
    "people",
    "regulation",
    "contracts",
    "criticism",
    "structure",
    "connections",
    "evidence",
    "maps",
)
_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Template:
    """A checked template. `text` is the whole file, `cypher` the part below its header."""

    name: str
    title: str
    question: str
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    scan: str
    cypher: str
    text: str
    path: Path

    @property
    def group(self) -> str:
        """The folder that it lies in."""
        return self.path.parent.name

    def parameter(self, name: str) -> Parameter | None:
        return next((p for p in self.parameters if p.name == name), None)


def load(extra_dirs: Iterable[Path] = ()) -> dict[str, Template]:
    """All templates by name, ours first and then each extra folder's, by group and name within each.

    Folders within a folder are read too.

    Raises:
        TemplateError: a folder or file can't be read, a header or the Cypher is refused, or a name is taken.
    """
    found: dict[str, Template] = {}
    for folder in (FOLDER, *extra_dirs):
        if not folder.is_dir():
            raise TemplateError(f"No folder of query templates at {folder}: give an existing folder of .cypher files")
        for path in sorted(folder.rglob("*.cypher"), key=_place):
            template = read(path)
            taken = found.get(template.name)
            if taken is not None:
                raise TemplateError(f"Two templates are called {template.name}: rename {path} ({taken.path} has it)")
            found[template.name] = template
    return found


def read(path: Path) -> Template:
    """Load one template file; its name is the file's, without `.cypher`.

    Raises:
        TemplateError: the file can't be read or is refused.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise TemplateError(f"Can't read the template {path}: {error}") from error
    return parse(path.stem, text, path)


def parse(name: str, text: str, path: Path = Path()) -> Template:
    """Make a checked template from a file's text.

    Raises:
        TemplateError: the header is malformed, or the Cypher writes or disagrees with the header.
    """
    if not _NAME.fullmatch(name):
        raise TemplateError(f"{name!r} can't name a template: use lower-case words joined by hyphens")
    text = text.replace("\r\n", "\n")
    header, cypher = parse_header(name, text)
    _check(name, header, cypher)
    return Template(
        name=name,
        title=header.title,
        question=header.question,
        tags=header.tags,
        parameters=header.parameters,
        columns=header.columns,
        scan=header.scan,
        cypher=cypher,
        text=text,
        path=path,
    )


def pick(templates: Mapping[str, Template], name: str) -> Template:
    """The template of that name; spaces, underscores and capitals don't matter.

    Raises:
        TemplateError: there is none; the message suggests names that come close.
    """
    wanted = re.sub(r"[\s_]+", "-", name.strip().lower())
    if wanted in templates:
        return templates[wanted]
    from rapidfuzz import fuzz, process

    close = process.extract(wanted, list(templates), scorer=fuzz.WRatio, limit=3, score_cutoff=60)
    hint = f"did you mean {', '.join(str(c[0]) for c in close)}?" if close else "see `query list`"
    raise TemplateError(f"No query template called {name!r}: {hint}")


def _place(path: Path) -> tuple[int, str, str]:
    """Our groups in the order in which people come to need them, any others after."""
    group = path.parent.name
    return (GROUPS.index(group) if group in GROUPS else len(GROUPS), group, path.name)


def _check(name: str, header: Header, cypher: str) -> None:
    # Neo4j reads \uXXXX before it parses, in comments too: a line end and a write could hide there.
    if re.search(r"\\u[0-9A-Fa-f]{4}", cypher):
        raise TemplateError(f"Template {name} is refused: write the character itself instead of a \\u escape")
    try:
        check_read_only(cypher)
        used = set(parameters_of(cypher))
    except QueryError as error:
        raise TemplateError(f"Template {name} is refused: {error}") from error
    declared = {p.name for p in header.parameters}
    for missing in sorted(used - declared):
        raise TemplateError(f"Template {name} uses ${missing}, which its header does not declare: add a `param` line")
    for spare in sorted(declared - used):
        raise TemplateError(f"Template {name} declares {spare}, which its Cypher never uses: remove the `param` line")
