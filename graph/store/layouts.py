"""Which layouts there were, and what is said of a store that has not this version's.

    1   persons are known by their name alone
    2   persons are told apart by the bodies of their posts (`Namesake`)
    3   names are looked up through an index (`Name`, on Ladybug also `Word`); derived edges have captions

A negative number on a server's graph is that of a layout being migrated from (see `migration`).
"""

from __future__ import annotations

from graph.errors import StoreVersionError
from graph.schema import SCHEMA_VERSION

TOLD_APART = 2
"""The first layout that tells persons of one name apart."""
ADDED = {"Namesake": 2, "Name": 3, "Word": 3}
"""Label → the layout that brought it; every layout has the others."""


def check_layout(address: str, layout: int | None, dump: str | None = None) -> None:
    """Say what to do about a store of another layout; `dump` names the file that a stopped migration left.

    Raises:
        StoreVersionError: it is not this version's.
    """
    if layout == SCHEMA_VERSION:
        return
    if layout is not None and layout < 0:
        raise StoreVersionError(
            f"{address}: a migration was stopped: run `nhsgraph migrate` again, with --dump {dump or 'FILE'}"
        )
    if layout is not None and layout > SCHEMA_VERSION:
        age, cure = "a newer", "update nhsgraph"
    else:
        age, cure = "an older", "run `nhsgraph migrate`"
    raise StoreVersionError(
        f"{address} was made by {age} version of nhsgraph (layout {layout}, this one has {SCHEMA_VERSION}): {cure}"
    )
