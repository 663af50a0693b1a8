"""A start page for Browser on a server of our own: it brings style, saved scripts and settings, then opens Browser.

What Neo4j Browser keeps of a user (style, scripts, folders, settings) stands in the web browser's storage.
A page of the same address may write it, so that nobody drops files. The page's code is a file like any other and
what it lays is JSON beside it: no title, name or address becomes part of a page or a program. What a user has of
their own stays; ours are known by their ids, which say folder and file, so that each opening replaces them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from graph.grass import rules
from queries.bundle import Bundle
from queries.scripts import Script

START_PAGE = "start.html"
GUIDE = "guide.html"

_OURS = "nhsgraph/"
_CODE = "start.js"
_DATA = "start.json"


def extras(bundle: Bundle, *, bolt: str, username: str) -> dict[str, bytes]:
    """The files to serve beside Browser, by relative path: guide and the start page with what it needs.

    `bolt` is the server's address (`bolt://127.0.0.1:7687`); it and the user name are filled in when people sign in.

    Raises:
        OSError: a file of the bundle is gone.
    """
    laid = {"browser": _browser(bolt, username), "style": rules(), **saved(bundle.contents)}
    here = Path(__file__)
    return {
        GUIDE: bundle.guide.read_bytes(),
        START_PAGE: here.with_name(START_PAGE).read_bytes(),
        _CODE: here.with_name(_CODE).read_bytes(),
        _DATA: json.dumps(laid).encode(),
    }


def saved(scripts: Iterable[Script]) -> dict[str, list[dict[str, Any]]]:
    """Folders and scripts in the shape that Browser stores them in, in the same order.

    >>> saved([Script("Money", "deficits", "// Deficits")])["documents"]
    [{'id': 'nhsgraph/Money/deficits', 'folder': 'nhsgraph/Money', 'content': '// Deficits'}]
    """
    scripts = tuple(scripts)
    folders = dict.fromkeys(script.folder for script in scripts)
    return {
        "folders": [{"id": f"{_OURS}{folder}", "name": folder} for folder in folders],
        "documents": [
            {"id": f"{_OURS}{s.folder}/{s.file}", "folder": f"{_OURS}{s.folder}", "content": s.text} for s in scripts
        ],
    }


def _browser(bolt: str, username: str) -> str:
    """Browser's page, seen from the start page, with the server and the user filled in."""
    scheme, _, host = bolt.partition("://")
    filled = f"{scheme}://{quote(username, safe='')}@{host}"
    return f"../?dbms={quote(filled, safe='')}"
