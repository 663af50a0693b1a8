"""The command line: what commands there are, and how a run ends.

Exit codes: 0 done, 1 failed, 2 wrong use, 130 stopped with Ctrl-C. The commands themselves stand in `commands`, by what
people do with them; everything heavy is imported in the command that needs it, so that help is instant and a look-up
never loads the language model.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import Annotated, NoReturn

import typer

from commands import keeping, lookups, reading, views
from commands.asking import cypher, query_app
from commands.common import complain, show_remarks
from commands.options import PLAIN
from commands.reviewing import review_app
from commands.serving import browser, neo4j_app
from graph import __version__
from graph.errors import NhsGraphError

app = typer.Typer(name="nhsgraph", **PLAIN)
app.command()(reading.ingest)
app.command()(reading.extract)
app.command()(reading.evaluate)
app.command()(lookups.org)
app.command()(lookups.links)
app.command()(lookups.path)
app.command()(lookups.timeline)
app.add_typer(query_app, name="query")
app.command()(cypher)
app.command(name="map")(views.map_)
app.command()(views.export)
app.command()(lookups.stats)
app.add_typer(review_app, name="review")
app.command()(reading.forget)
app.add_typer(neo4j_app, name="neo4j")
app.command()(browser)
app.command()(keeping.copy)
app.command()(keeping.migrate)
app.command()(keeping.doctor)


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="Show what a Neo4j server notes about queries.")] = False,
) -> None:
    """Turn NHS policy briefings into a graph you can ask, with the sentence behind every fact.

    \b
    Example:
      nhsgraph ingest briefings/
      nhsgraph links "Bolton FT"
      nhsgraph map "Bolton FT" -o bolton.html
    """
    show_remarks(verbose)
    if version:
        typer.echo(f"nhsgraph {__version__}")
    elif context.invoked_subcommand is None:
        typer.echo(context.get_help())


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and leave with its exit code; whatever the user got wrong is one line, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = app(arguments, prog_name="nhsgraph", standalone_mode=False) or 0
        sys.stdout.flush()
    except NhsGraphError as error:
        complain(error)
        code = error.exit_code
    except typer.TyperException as error:
        context = getattr(error, "ctx", None)
        said = (
            error.format_message().replace("Value error, ", "").replace("Input should be", "give a number").rstrip(".")
        )
        complain(f"{said}; see {context.command_path if context else 'nhsgraph'} --help")
        code = error.exit_code
    except KeyboardInterrupt:
        code = 130
    except BrokenPipeError:
        # Whoever read our output has had enough; leave without a word, also at interpreter exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    except OSError as error:
        complain(f"{error.filename or 'input or output'}: {(error.strerror or str(error)).lower()}; check the path")
        code = 1
    sys.exit(code)


if __name__ == "__main__":
    main()
