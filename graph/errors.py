"""Every error that a user can meet, under one root.

    NhsGraphError
    ├── InputError              what the user named can't be read or makes no sense
    │   ├── ReadError           a briefing file can't be read
    │   ├── RegisterError       the register or an extra one is malformed
    │   ├── UnknownName         no organisation or person goes by that name
    │   ├── AmbiguousName       several do
    │   └── TemplateError       unknown template, bad header, bad parameter, a write
    └── StoreError              the store can't do what was asked
        ├── StoreUnavailable    no server, wrong password, no such database
        ├── StoreBusy           another process is writing to the file
        ├── StoreVersionError   made by another version of nhsgraph
        └── QueryError          the store refused the Cypher

The message is one line that says what happened and what to do next; the CLI prints it as
it is. `exit_code` is 2 for wrong use and 1 for a failure.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class NhsGraphError(Exception):
    """Root of all errors that are shown to the user as one line."""

    exit_code = 1


class InputError(NhsGraphError):
    """What the user named can't be read or makes no sense."""

    exit_code = 2


class ReadError(InputError):
    """A briefing can't be read; the rest of the run goes on."""

    exit_code = 1


class RegisterError(InputError):
    """The register or an extra register file is malformed."""


class UnknownName(InputError):
    """No entity goes by that name. `suggestions` are names that come close."""

    def __init__(self, message: str, *, suggestions: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.suggestions = tuple(suggestions)


class AmbiguousName(InputError):
    """Several entities go by that name. `candidates` are (id, name, kind) of each."""

    def __init__(self, message: str, *, candidates: Sequence[tuple[str, str, str]] = ()) -> None:
        super().__init__(message)
        self.candidates = tuple(candidates)


class TemplateError(InputError):
    """Unknown query template, malformed header, bad parameter or a write in a template."""


class StoreError(NhsGraphError):
    """The store can't do what was asked."""


class StoreUnavailable(StoreError):
    """No server there, wrong password, or no such database."""


class StoreBusy(StoreError):
    """Another process holds the store's file."""


class StoreVersionError(StoreError):
    """The store was made by another version of nhsgraph."""


class Place(NamedTuple):
    """A place in a query: line and column, both from 1."""

    line: int
    column: int


class QueryError(StoreError):
    """The store refused the Cypher, or it ran out of time. `place` is where it stumbled, if it said so."""

    def __init__(self, message: str, *, place: Place | None = None) -> None:
        super().__init__(message)
        self.place = place
