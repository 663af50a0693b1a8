"""Which store an address means; only the library of that store is imported."""

from __future__ import annotations

import os
import re
from collections.abc import Callable

from graph.store.base import Store

_SERVER = re.compile(r"(?:bolt|neo4j)(?:\+s|\+ssc)?://", re.I)


def is_server(address: str) -> bool:
    """Whether the address is a Neo4j server's (`bolt://`, `neo4j://`, with `+s` or `+ssc`), not a file's."""
    return _SERVER.match(address) is not None


def open_store(
    address: str,
    *,
    create: bool = False,
    read_only: bool = False,
    username: str | None = None,
    password: str | None = None,
    database: str | None = None,
    remark: Callable[[str], None] | None = None,
) -> Store:
    """Open the store at a file path or a Neo4j address.

    What is not given of username, password and database comes from NEO4J_USERNAME, NEO4J_PASSWORD and
    NEO4J_DATABASE. `create` makes the file, or the server's constraints, where they are missing. `remark` is told
    what a server notes about our queries.

    Raises:
        StoreError: no store there, or a file that is none.
        StoreBusy: another process is using the file.
        StoreUnavailable: no server, wrong password, no such database.
        StoreVersionError: made by another version of nhsgraph.
    """
    if is_server(address):
        from graph.store.neo4j_ import Neo4jStore

        username, password, database = credentials(username, password, database)
        return Neo4jStore(
            address,
            create=create,
            read_only=read_only,
            username=username,
            password=password,
            database=database,
            remark=remark,
        )
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]+://", address):
        from graph.errors import StoreError

        raise StoreError(f"{address} is no store: give a file path, or a bolt:// or neo4j:// address")
    from graph.store.embedded import EmbeddedStore

    return EmbeddedStore(address, create=create, read_only=read_only)


def credentials(username: str | None, password: str | None, database: str | None) -> tuple[str, str, str | None]:
    """What a server is to be asked with: what is given, else what the environment says."""
    env = os.environ.get
    return (
        username or env("NEO4J_USERNAME") or "neo4j",
        password if password is not None else env("NEO4J_PASSWORD", ""),
        database or env("NEO4J_DATABASE") or None,
    )
