"""Make the register's tables in ingest/data from a folder of reference tables.

usage: build_register.py REFERENCE_FOLDER [OUTPUT_FOLDER]

The reference folder holds organisations.csv, aliases.csv, ambiguous_aliases.csv, successions.csv,
renames.csv and changes_2026.csv. Spellings that folding makes equal are written once, an ICS and
the bodies inside it are tied by one `system` column, and the changes of 2026 are worked into the
tables. The output is sorted, so that building twice gives the same bytes.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from ingest.names import fold  # noqa: E402

SORTS = {
    "short_name": "short",
    "ampersand": "short",
    "possessive_free": "short",
    "brand_name": "brand",
    "acronym": "acronym",
    "former_name": "former",
    "later_name": "later",
    "misspelling": "misspelling",
    "site_name": "site",
    "ods_code": "code",
}
COLLECTIVE = {"nhs-england", "nhs-improvement"}
COLLECTIVE_NAMES = (
    "NHS England and Improvement",
    "NHS England/Improvement",
    "NHS England/NHS Improvement",
    "NHSE&I",
    "NHSE/I",
    "NHSE/NHSI",
    "NHSEI",
)
GENERIC = {"Primary care networks", "The FT", "National Health Service", "LMC", "LMCs", "Local Medical Committees"}
"""Spellings that in a briefing mean a whole class, not one body."""
ADDED = (
    ("acas", "Acas", "other", ("Advisory, Conciliation and Arbitration Service",)),
    ("appointments-commission", "Appointments Commission", "government", ("NHS Appointments Commission",)),
    (
        "hm-revenue-and-customs",
        "HM Revenue and Customs",
        "government",
        ("HMRC", "Her Majesty's Revenue and Customs", "His Majesty's Revenue and Customs"),
    ),
)
"""Bodies that the reference tables lack: id, name, kind, aliases."""
MORE = {
    "liberal-democrats": ("Liberal Democrat", "Lib Dem"),
    "nhs-england": ("National Commissioning Board",),
    # whoever holds the office acts for the department
    "department-of-health-and-social-care": (
        "health secretary",
        "health and social care secretary",
        "secretary of state for health",
        "secretary of state for health and social care",
    ),
}
"""Names of known bodies that the reference tables lack."""
WORDS = (("Conservative", "conservative-party"), ("Tory", "conservative-party"))
"""Names that are ordinary words too."""
Row = dict[str, str]


def read(folder: Path, name: str) -> list[Row]:
    """The rows of a reference table."""
    with (folder / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def write(folder: Path, name: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a table, sorted and without doubles."""
    with (folder / name).open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(sorted(set(map(tuple, rows))))


def organisations(rows: list[Row], changes: list[Row]) -> list[Row]:
    """All bodies with their system, those of 2026 added and those that ended then closed."""
    systems = {r["icb"]: r["id"] for r in rows if r["kind"] == "ics"}
    found = [dict(r, system=systems.get(r["id"] if r["kind"] == "icb" else r["icb"], "")) for r in rows]
    for row in found:
        if row["kind"] == "ics":
            row["system"] = ""
    by_id = {r["id"]: r for r in found}
    for change in changes:
        before = (date.fromisoformat(change["date"]) - timedelta(days=1)).isoformat()
        gone = [i for i in change["predecessor_ids"].split("|") if i in by_id]
        if change["change"] in {"new_icb", "trust_acquisition"}:
            for i in gone:
                by_id[i]["closed"] = by_id[i]["closed"] or before
        if change["change"] == "new_icb":
            region = by_id[gone[0]]["region"]
            found.append(
                {
                    "id": change["id"],
                    "name": change["name"],
                    "kind": "icb",
                    "subtype": "",
                    "opened": change["date"],
                    "closed": "",
                    "region": region,
                    "system": "",
                    "source": "compiled",
                }
            )
    for ident, name, kind, _ in ADDED:
        blank = dict.fromkeys(("subtype", "opened", "closed", "region", "system"), "")
        found.append({**blank, "id": ident, "name": name, "kind": kind, "source": "compiled"})
    return found


def aliases(rows: list[Row], bodies: list[Row], changes: list[Row], taken: set[str]) -> list[tuple[str, str, str, str]]:
    """Aliases once for each folded spelling, with those of the bodies of 2026."""
    names = {(fold(b["name"]), b["id"]) for b in bodies}
    found: list[tuple[str, str, str, str]] = []
    # two names in a row are two bodies
    joint = {fold(n) for n in (*COLLECTIVE_NAMES, "NHS England and NHS Improvement", "NHSE and NHSI")}
    seen = set(names)
    # a plain spelling is kept before its variants, so that an ampersand form goes where it says nothing new
    order = {k: n for n, k in enumerate(SORTS)}
    for row in sorted(rows, key=lambda r: (order[r["kind_of_alias"]], "&" in r["alias"], r["alias"])):
        key = (fold(row["alias"]), row["id"])
        if row["id"] in COLLECTIVE and fold(row["alias"]) in joint:
            continue
        if key not in seen and row["alias"] not in GENERIC:
            seen.add(key)
            sort = SORTS[row["kind_of_alias"]]
            exact = "1" if sort in {"acronym", "code"} else ""
            found.append((row["alias"], row["id"], sort, exact))
    extra = {ident: others for ident, _, _, others in ADDED} | MORE
    known = {b["id"] for b in bodies}
    for ident, others in extra.items():
        if ident in known:
            found += [(a, ident, "acronym" if a.isupper() else "short", "1" if a.isupper() else "") for a in others]
    for change in changes:
        if change["change"] == "new_icb":
            place = change["name"].removeprefix("NHS ").removesuffix(" Integrated Care Board")
            for alias in (f"{place} ICB", f"NHS {place} ICB", f"{place} Integrated Care Board"):
                found.append((alias, change["id"], "short", ""))
            if fold(f"NHS {place}") not in taken and not any(fold(a[0]) == fold(f"NHS {place}") for a in found):
                found.append((f"NHS {place}", change["id"], "brand", ""))
    return found


def ambiguous(rows: list[Row], single: set[tuple[str, str]], known: set[str]) -> Iterable[tuple[str, str, str]]:
    """Names with several meanings: usual, several, place or word."""
    for row in rows:
        note = row["note"]
        if "bare place name" in note:
            sort = "place"
        elif "ordinary word" in note:
            sort = "word"
        elif any((fold(row["alias"]), i) in single for i in row["ids"].split("|")):
            sort = "usual"
        else:
            sort = "several"
        yield row["alias"], row["ids"], sort
    for alias, ident in WORDS:
        if ident in known:
            yield alias, ident, "word"


def successions(rows: list[Row], changes: list[Row]) -> Iterable[tuple[str, str, str, str]]:
    """Lineage, with that of 2026."""
    for row in rows:
        yield row["predecessor_id"], row["successor_id"], row["date"], row["kind"]
    for change in changes:
        kind = {"new_icb": "merger", "trust_acquisition": "acquisition"}.get(change["change"], "abolition_transfer")
        for i in change["predecessor_ids"].split("|"):
            yield i, change["id"], change["date"], kind


def renames(rows: list[Row], changes: list[Row], bodies: list[Row]) -> Iterable[tuple[str, str, str, str]]:
    """Names that changed while the id stayed."""
    for row in rows:
        yield row["id"], row["old_name"], row["new_name"], row["date"]
    now = {b["id"]: b["name"] for b in bodies}
    for change in changes:
        if change["change"] == "trust_acquisition" and now[change["id"]] != change["name"]:
            yield change["id"], now[change["id"]], change["name"], change["date"]


def main(arguments: Sequence[str]) -> int:
    """Build all tables; returns the exit code."""
    if not 1 <= len(arguments) <= 2:
        sys.stderr.write((__doc__ or "").strip() + "\n")
        return 2
    source = Path(arguments[0])
    target = Path(arguments[1]) if len(arguments) == 2 else ROOT / "ingest" / "data"
    changes = read(source, "changes_2026.csv")
    bodies = organisations(read(source, "organisations.csv"), changes)
    bodies = [b for b in bodies if b["subtype"] != "category" and b["name"] not in GENERIC]
    known = {b["id"] for b in bodies}
    unclear = read(source, "ambiguous_aliases.csv")
    other_names = aliases(
        [r for r in read(source, "aliases.csv") if r["id"] in known],
        bodies,
        changes,
        {fold(r["alias"]) for r in unclear},
    )
    columns = ("id", "name", "kind", "subtype", "opened", "closed", "region", "system", "source")
    write(target, "organisations.csv", columns, ([b[c] for c in columns] for b in bodies))
    write(target, "aliases.csv", ("alias", "id", "sort", "exact"), other_names)
    single = {(fold(a), i) for a, i, _, _ in other_names} | {(fold(b["name"]), b["id"]) for b in bodies}
    write(target, "ambiguous.csv", ("alias", "ids", "sort"), ambiguous(unclear, single, known))
    lineage = successions(read(source, "successions.csv"), changes)
    write(target, "successions.csv", ("predecessor", "successor", "date", "kind"), lineage)
    write(target, "renames.csv", ("id", "old", "new", "date"), renames(read(source, "renames.csv"), changes, bodies))
    members = "|".join(sorted(COLLECTIVE))
    collectives = ((n, "nhs-england-and-improvement", "regulator", members) for n in COLLECTIVE_NAMES)
    write(target, "collectives.csv", ("alias", "id", "kind", "members"), collectives)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
