"""The NHS organisations known by name: their aliases, life spans, lineage and systems.

The tables lie in ingest/data (sources and licence in its README). A name means exactly what the
tables say and nothing near it: there is no fuzzy match here. A name with several meanings gives
all of them, likeliest first, and whoever asks must choose by context or leave the question open.
A user's own register adds bodies and aliases; its aliases win over the shipped ones.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from graph.errors import RegisterError
from graph.ids import organisation_id
from graph.model import Entity, Succession
from graph.schema import ORGANISATION_KINDS
from ingest.names import fold

DATA = Path(__file__).with_name("data")
CODED_KINDS = frozenset({"trust", "icb", "ccg", "regulator", "other"})
SORTS = ("name", "short", "brand", "acronym", "former", "later", "misspelling", "site", "code")
"""How an alias names its body. Ambiguous ones are "usual", "several", "place" and "word" instead."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body of the register; `system` is the id of the ICS that it belongs to, `folded` its name for matching."""

    id: str
    name: str
    kind: str
    subtype: str = ""
    opened: date | None = None
    closed: date | None = None
    region: str | None = None
    system: str | None = None
    members: tuple[str, ...] = ()
    folded: str = ""

    @property
    def ods_code(self) -> str | None:
        """The id where it is an ODS code (those are capitals and digits), else None."""
        return self.id if self.kind in CODED_KINDS and self.id.isalnum() and self.id.upper() == self.id else None


@dataclass(frozen=True, slots=True)
class Alias:
    """A name and the ids that it may mean. `exact` names match only in their own case (LAS, not las)."""

    text: str
    ids: tuple[str, ...]
    sort: str
    exact: bool = False


class Register:
    """Organisations by id and by name. Made by `Register.load`; never changes afterwards."""

    def __init__(
        self,
        organisations: Iterable[Organisation],
        aliases: Iterable[Alias],
        successions: Iterable[Succession] = (),
        renames: Iterable[tuple[str, str, str, date]] = (),
    ) -> None:
        self._bodies = {o.id: o for o in organisations}
        self._names: dict[str, list[Alias]] = {}
        self._aliases: dict[str, list[str]] = {}
        for body in self._bodies.values():
            self._add(Alias(body.name, (body.id,), "name"))
        for alias in aliases:
            self._add(alias)
        self._after: dict[str, list[Succession]] = {}
        self._before: dict[str, list[Succession]] = {}
        for link in successions:
            self._after.setdefault(link.predecessor, []).append(link)
            self._before.setdefault(link.successor, []).append(link)
        self._renames: dict[str, list[tuple[date, str, str]]] = {}
        for ident, old, new, day in renames:
            self._renames.setdefault(ident, []).append((day, old, new))
        for changes in self._renames.values():
            changes.sort()

    @classmethod
    def load(cls, extra: Sequence[Path] = ()) -> Register:
        """Read the shipped tables and the user's own registers (CSV with at least name and kind).

        Raises:
            RegisterError: a row of an extra register is malformed; the message names file and line.
        """
        bodies = {
            r["id"]: Organisation(
                r["id"],
                r["name"],
                r["kind"],
                r["subtype"],
                _day(r["opened"]),
                _day(r["closed"]),
                r["region"] or None,
                r["system"] or None,
                folded=fold(r["name"]),
            )
            for r in _table("organisations")
        }
        aliases = [Alias(r["alias"], (r["id"],), r["sort"], bool(r["exact"])) for r in _table("aliases")]
        aliases += [Alias(r["alias"], tuple(r["ids"].split("|")), r["sort"], True) for r in _table("ambiguous")]
        for r in _table("collectives"):
            if r["id"] not in bodies:
                bodies[r["id"]] = Organisation(r["id"], r["alias"], r["kind"], members=tuple(r["members"].split("|")))
            else:
                aliases.append(Alias(r["alias"], (r["id"],), "short", r["alias"].isupper()))
        for path in extra:
            added, more = _extra(path, bodies)
            bodies.update({o.id: o for o in added})
            aliases += more
        links = (
            Succession(r["predecessor"], r["successor"], _day(r["date"]), r["kind"]) for r in _table("successions")
        )
        renames = ((r["id"], r["old"], r["new"], date.fromisoformat(r["date"])) for r in _table("renames"))
        return cls(bodies.values(), aliases, links, renames)

    def _add(self, alias: Alias) -> None:
        known = self._names.setdefault(fold(alias.text), [])
        if alias.sort == "user":
            known.clear()
        known.append(alias)
        if alias.sort not in ("name", "site", "place", "word", "several", "usual"):
            self._aliases.setdefault(alias.ids[0], []).append(alias.text)

    def __len__(self) -> int:
        return len(self._bodies)

    def __iter__(self) -> Iterator[Organisation]:
        return iter(self._bodies.values())

    def __contains__(self, ident: object) -> bool:
        return ident in self._bodies

    def get(self, ident: str) -> Organisation | None:
        """The organisation with this id, or None."""
        return self._bodies.get(ident)

    def entity(self, ident: str, on: date | None = None) -> Entity:
        """The organisation as a graph entity, by the name that it bore on the day (None: its name in the tables).

        Raises:
            KeyError: no such id.
        """
        body = self._bodies[ident]
        return Entity(
            id=body.id,
            name=self.name_on(ident, on) if on else body.name,
            kind=body.kind,
            ods_code=body.ods_code,
            aliases=tuple(dict.fromkeys((body.name, *self._aliases.get(ident, ())))),
            opened=body.opened,
            closed=body.closed,
            region=body.region,
            known=True,
            members=body.members,
        )

    def aliases(self) -> Iterator[tuple[str, Sequence[Alias]]]:
        """Every folded name with its meanings: unambiguous ones first."""
        return iter(self._names.items())

    def meanings(self, name: str) -> Sequence[Alias]:
        """What a name may mean, as the tables put it; empty where they don't know it."""
        return self._names.get(fold(name), ())

    def candidates(self, name: str, *, on: date | None = None) -> tuple[str, ...]:
        """Ids that a name may mean, in any case, likeliest first; of several, those open on the day come first."""
        found = dict.fromkeys(i for alias in self.meanings(name) for i in alias.ids)
        if on is None or len(found) < 2:
            return tuple(found)
        return tuple(sorted(found, key=lambda i: not self.open_on(i, on)))

    def open_on(self, ident: str, day: date) -> bool:
        """Whether the body existed on the day; a date that is not known rules nothing out."""
        body = self._bodies[ident]
        return (body.opened is None or body.opened <= day) and (body.closed is None or day <= body.closed)

    def name_on(self, ident: str, day: date) -> str:
        """The name that the body bore on the day: bodies keep their code when they are renamed."""
        name = self._bodies[ident].name
        changes = self._renames.get(ident, [])
        for start, old, new in reversed(changes):
            if day >= start:
                return new
            name = old
        return name

    def successors(self, ident: str) -> tuple[Succession, ...]:
        return tuple(self._after.get(ident, ()))

    def predecessors(self, ident: str) -> tuple[Succession, ...]:
        return tuple(self._before.get(ident, ()))

    def system_of(self, ident: str) -> str | None:
        """Id of the ICS that a trust, CCG or ICB belongs to; None for other bodies."""
        body = self._bodies.get(ident)
        return body.system if body else None


def _table(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _extra(path: Path, known: Mapping[str, Organisation]) -> tuple[list[Organisation], list[Alias]]:
    """Read a user's register: columns name and kind, optional id, aliases (a|b), opened, closed, region, system."""
    bodies: list[Organisation] = []
    aliases: list[Alias] = []
    taken: dict[str, str] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            reader = csv.DictReader(handle, strict=True)
            if not {"name", "kind"} <= set(reader.fieldnames or ()):
                raise RegisterError(f"{path}, line 1: a register needs the columns name and kind")
            for row in reader:
                where = f"{path}, line {reader.line_num}"
                body, names = _extra_row({k: (v or "").strip() for k, v in row.items() if k}, known, where)
                if body.id not in known:
                    bodies.append(body)
                for name in names:
                    if taken.setdefault(fold(name), body.id) != body.id:
                        raise RegisterError(f"{where}: “{name}” names two bodies ({taken[fold(name)]} and {body.id})")
                    aliases.append(Alias(name, (body.id,), "user", name.isupper()))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise RegisterError(f"{path} can't be read as a UTF-8 CSV register: {error}") from error
    return bodies, aliases


def _extra_row(row: Mapping[str, str], known: Mapping[str, Organisation], where: str) -> tuple[Organisation, list[str]]:
    name, kind, ident = row["name"], row["kind"], row.get("id", "")
    old = known.get(ident)
    if not fold(name) and old is None:
        raise RegisterError(f"{where}: the name is missing")
    if old is None and kind not in ORGANISATION_KINDS:
        raise RegisterError(f"{where}: unknown kind “{kind}”; use one of {', '.join(sorted(ORGANISATION_KINDS))}")
    if old is not None and kind not in ("", old.kind):
        raise RegisterError(f"{where}: {ident} is a {old.kind} in the register, not a {kind}")
    system = row.get("system", "")
    if system and system not in known:
        raise RegisterError(f"{where}: unknown system “{system}”; use the id of an ICS in the register")
    try:
        opened, closed = _day(row.get("opened", "")), _day(row.get("closed", ""))
    except ValueError as error:
        raise RegisterError(f"{where}: dates are written as 2026-04-01 ({error})") from error
    names = [n for n in (name, *row.get("aliases", "").split("|")) if fold(n)]
    names = [n.strip() for n in names]
    if old is not None:
        return old, [n for n in names if fold(n) != fold(old.name)]
    ident = ident or organisation_id(kind, name)
    region = row.get("region", "") or None
    return Organisation(ident, name, kind, "", opened, closed, region, system or None), names
