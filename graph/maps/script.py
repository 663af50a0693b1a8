"""The page's scripts as one: its ES modules joined in the order in which they need each other.

A page that opens from a disk can't import modules, and ours may not ask for anything. So each module becomes a
function of its own that gives what the module exports, and an import takes from what was given. The modules keep to
a form that makes this plain: imports are one line each, from "./name.js", nothing is renamed, and what is
exported is a `const` or a function.
"""

from __future__ import annotations

import re
from pathlib import Path

_IMPORT = re.compile(r"""^import (\{[^}]*\}) from "\./([a-z]+)\.js";$""", re.M)
_EXPORT = re.compile(r"^export (?=(?:async )?function\b|const\b)", re.M)
_EXPORTED = re.compile(r"^export (?:(?:async )?function|const) (\w+)", re.M)
_FIRST = "main"


def script(folder: Path) -> str:
    """One module script of `main.js` and all that it imports.

    Raises:
        ValueError: two modules need each other.
    """
    joined: dict[str, str] = {}
    _join(folder, _FIRST, joined, ())
    return "const modules = {};\n" + "".join(joined.values())


def _join(folder: Path, name: str, joined: dict[str, str], above: tuple[str, ...]) -> None:
    if name in above:
        raise ValueError(f"the scripts {' and '.join(above)} need each other")
    if name in joined:
        return
    text = (folder / f"{name}.js").read_text(encoding="utf-8")
    for _, needed in _IMPORT.findall(text):
        _join(folder, needed, joined, (*above, name))
    given = ", ".join(_EXPORTED.findall(text))
    body = _EXPORT.sub("", _IMPORT.sub(r"const \1 = modules.\2;", text))
    joined[name] = f"modules.{name} = await (async () => {{\n{body}return {{ {given} }};\n}})();\n"
