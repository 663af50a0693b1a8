"""Commands about Neo4j: a server of one's own, and Neo4j Browser with our scripts and style."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.common import answer, complain, open_store
from commands.options import DEFAULT_STORE, PLAIN, JsonOption, StoreOption, TemplatesOption
from graph.errors import InputError

if TYPE_CHECKING:
    from graph.server import Running

neo4j_app = typer.Typer(**PLAIN)
HomeOption = Annotated[
    Path | None,
    typer.Option(
        "--home",
        envvar="NHSGRAPH_NEO4J_HOME",
        metavar="FOLDER",
        file_okay=False,
        help="Where the server's data and settings are [default: the user's own data folder].",
    ),
]


@neo4j_app.callback(invoke_without_command=True)
def neo4j(context: typer.Context) -> None:
    """Run a Neo4j of your own, on this machine alone. Needs Java 17; Maven for the first start.

    \b
    Example:
      nhsgraph neo4j start
    """
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@neo4j_app.command()
def start(
    home: HomeOption = None,
    bolt_port: Annotated[
        int | None, typer.Option("--bolt-port", min=1, max=65535, metavar="PORT", help="Where programs connect.")
    ] = None,
    http_port: Annotated[
        int | None, typer.Option("--http-port", min=1, max=65535, metavar="PORT", help="Where Neo4j Browser is.")
    ] = None,
    new_password: Annotated[
        bool, typer.Option("--new-password", help="Make another password, for one that was lost.")
    ] = False,
    libraries: Annotated[Path | None, typer.Option(envvar="NHSGRAPH_NEO4J_LIBRARIES", hidden=True)] = None,
    as_json: JsonOption = None,
) -> None:
    """Start the server, or tell where it runs. The password is made at the first start and told once.

    \b
    Example:
      nhsgraph neo4j start
      nhsgraph neo4j start --new-password
    """
    from graph import render, server

    folder = _home(home)
    running = server.start(
        folder,
        bolt_port=bolt_port,
        http_port=http_port,
        new_password=new_password,
        libraries=libraries or folder.parent,
        say=complain,
    )
    answer(as_json, _addresses(running), lambda: render.lines(_told(running)))


@neo4j_app.command()
def stop(home: HomeOption = None, as_json: JsonOption = None) -> None:
    """Stop the server; its data stays.

    \b
    Example:
      nhsgraph neo4j stop
    """
    from graph import server

    stopped = server.stop(_home(home))
    answer(as_json, {"stopped": stopped}, lambda: "Neo4j is stopped; its data stays." if stopped else "Nothing ran.")


@neo4j_app.command()
def status(home: HomeOption = None, as_json: JsonOption = None) -> None:
    """Tell whether the server runs, and where.

    \b
    Example:
      nhsgraph neo4j status
    """
    from graph import render, server

    running = server.status(_home(home))
    value = _addresses(running) if running else None
    answer(as_json, value, lambda: render.lines(_told(running)) if running else "No Neo4j of ours runs here.")


def browser_address(store: str, local: str | None) -> str:
    """Where Neo4j Browser is for a server's address, filled in to connect to it; `local` is our own server's page.

    >>> browser_address("bolt://127.0.0.1:7687", None)
    'http://127.0.0.1:7474/browser/?dbms=bolt%3A%2F%2F127.0.0.1%3A7687'
    """
    from urllib.parse import quote, urlsplit

    host = urlsplit(store).hostname or "localhost"
    if local:
        page = local
    elif host.endswith(".databases.neo4j.io"):
        page = "https://browser.neo4j.io/"
    elif "+s" in store.partition(":")[0]:
        page = f"https://{host}:7473/browser/"
    else:
        page = f"http://{host}:7474/browser/"
    return f"{page}?dbms={quote(store, safe='')}"


def _home(given: Path | None) -> Path:
    if given:
        return given
    # Data, and 160 MB of libraries: not for the folder of settings, which others copy about.
    data = os.environ.get("XDG_DATA_HOME") or ("~/.local/share" if sys.platform == "linux" else None)
    folder = Path(data).expanduser() / "nhsgraph" if data else Path(typer.get_app_dir("nhsgraph"))
    return folder / "neo4j"


def _addresses(running: Running) -> dict[str, Any]:
    return {
        "store": running.bolt,
        "browser": running.browser,
        "username": running.username,
        "password": running.password,
        "started": running.fresh,
        "home": str(running.home),
    }


def _told(running: Running) -> list[tuple[str, str]]:
    """The lines of a table, and what to type next."""
    lines = [
        ("Neo4j", "started" if running.fresh else "runs"),
        ("Store", running.bolt),
        ("Browser", running.browser),
        ("User", running.username),
    ]
    if running.password:
        lines += [
            ("Password", f"{running.password}  (told this once: keep it)"),
            ("Then type", f"export NHSGRAPH_STORE={running.bolt}"),
            ("", f"export NEO4J_PASSWORD={running.password}"),
        ]
    return lines


def browser(
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="FOLDER", file_okay=False, help="Where the files go.")
    ] = Path("nhsgraph-browser"),
    store: StoreOption = DEFAULT_STORE,
    templates: TemplatesOption = None,
    home: HomeOption = None,
    show: Annotated[bool, typer.Option("--open", help="Open it in your web browser.")] = False,
    as_json: JsonOption = None,
) -> None:
    """Make Neo4j Browser at home: style, saved scripts, a guide.

    For the server of `neo4j start` it prints a page to open, which brings them.

    \b
    Example:
      nhsgraph browser
      nhsgraph browser --store neo4j+s://example.databases.neo4j.io --out style/
    """
    from graph import render, server
    from graph.store import is_server
    from queries.bundle import write
    from queries.catalogue import load
    from queries.welcome import GUIDE, START_PAGE, extras

    if not is_server(store):
        raise InputError(
            f"Neo4j Browser needs a Neo4j server, and {store} is a file: run `nhsgraph neo4j start`, then "
            f"`nhsgraph copy {store} bolt://…`"
        )
    running = server.status(_home(home))
    ours = running if running and _is_at(running, store) else None
    page = browser_address(store, ours.browser if ours else None)
    opens = f"{ours.extras}/{START_PAGE}" if ours else page
    with open_store(store) as opened:
        bundle = write(
            out,
            load(templates or ()),
            browser_url=page,
            connect_url=store,
            start_url=opens if ours else None,
            view=opened.view(),
        )
    guide = str(bundle.guide)
    if ours:
        server.start(ours.home, extras=extras(bundle, bolt=ours.bolt, username=ours.username))
        guide = f"{ours.extras}/{GUIDE}"
    value = {
        "open": opens,
        "browser": page,
        "connect": store,
        "guide": guide,
        "folder": str(bundle.folder),
        "scripts": bundle.queries,
    }
    drops = [
        ("Connect to", store),
        ("Style", f"{bundle.style}: drop it on Browser's window"),
        ("Scripts", f"{bundle.scripts}: drop it on Browser's window"),
    ]
    brought = [("User", ours.username if ours else ""), ("Scripts", f"{bundle.queries}, brought by that page")]
    answer(
        as_json,
        value,
        lambda: render.lines([("Open", opens), *(brought if ours else drops), ("Guide", guide)]),
    )
    if show:
        typer.launch(opens)


def _is_at(running: Running, store: str) -> bool:
    """Whether a store's address is that of our own server."""
    from urllib.parse import urlsplit

    named = urlsplit(store)
    return named.hostname in ("127.0.0.1", "localhost") and (named.port or 7687) == running.ports.bolt
