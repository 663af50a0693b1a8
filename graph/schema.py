"""The ontology, in one place: kinds, predicates, what each may link and which attributes it has.

The stores' DDL, the checks on statements, the documentation and the maps' legend are made from
these tables; the words are those of the annotation guide. A new relation is an entry here and a
module of its own in `ingest/relations`.
"""

from __future__ import annotations

from dataclasses import dataclass

SCHEMA_VERSION = 3
"""Raised whenever the stored layout changes; a store of another version is refused."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of entity: its name in data, its Neo4j label and its caption for people."""

    name: str
    label: str
    caption: str


KINDS: dict[str, Kind] = {
    k.name: k
    for k in (
        Kind("trust", "Trust", "NHS trust"),
        Kind("ics", "ICS", "Integrated care system"),
        Kind("icb", "ICB", "Integrated care board"),
        Kind("ccg", "CCG", "Clinical commissioning group"),
        Kind("regulator", "Regulator", "Regulator"),
        Kind("government", "Government", "Government"),
        Kind("parliamentary_committee", "ParliamentaryCommittee", "Parliamentary committee"),
        Kind("union", "Union", "Union"),
        Kind("royal_college", "RoyalCollege", "Royal college"),
        Kind("representative_body", "RepresentativeBody", "Representative body"),
        Kind("think_tank", "ThinkTank", "Think tank"),
        Kind("supplier", "Supplier", "Supplier"),
        Kind("independent_provider", "IndependentProvider", "Independent provider"),
        Kind("local_authority", "LocalAuthority", "Local authority"),
        Kind("charity", "Charity", "Charity"),
        Kind("university", "University", "University"),
        Kind("political_party", "PoliticalParty", "Political party"),
        Kind("media", "Media", "Media"),
        Kind("other", "OtherBody", "Other body"),
        Kind("person", "Person", "Person"),
    )
}

PERSON = "person"
ORGANISATION_KINDS = frozenset(KINDS) - {PERSON}
OVERSEERS = frozenset({"regulator", "government", "icb", "ics", "parliamentary_committee"})
"""Kinds that may take regulatory action: regulators and the bodies that oversee in their name."""


@dataclass(frozen=True, slots=True)
class Predicate:
    """A relation. `subjects` and `objects` are the kinds allowed at its ends (`objects` empty: it has none)."""

    name: str
    caption: str
    meaning: str
    subjects: frozenset[str]
    objects: frozenset[str]
    symmetric: bool = False
    statuses: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()


_ANY = frozenset(KINDS)
_ORG = ORGANISATION_KINDS

PREDICATES: dict[str, Predicate] = {
    p.name: p
    for p in (
        Predicate(
            "MERGER_TALKS",
            "Merger talks",
            "merger, acquisition, group or joint-leadership move, at whatever stage",
            _ORG,
            _ORG,
            symmetric=True,
            statuses=("mooted", "in_talks", "agreed", "approved", "completed", "paused", "called_off", "blocked"),
            forms=("merger", "acquisition", "group", "joint_leadership", "integration"),
            attributes=("status", "form"),
        ),
        Predicate(
            "DISPUTE",
            "Dispute",
            "two named parties in open conflict",
            _ANY,
            _ANY,
            symmetric=True,
            statuses=("open", "resolved"),
            forms=(
                "arbitration",
                "contract",
                "legal",
                "tribunal",
                "industrial_action",
                "control_total",
                "policy",
                "other",
            ),
            attributes=("status", "form", "amount"),
        ),
        Predicate(
            "FUNDING",
            "Funding",
            "money that goes, may go or is held back from payer to recipient",
            _ORG,
            _ANY,
            statuses=("proposed", "conditional", "confirmed", "paid", "withheld", "refused"),
            forms=("allocation", "incentive", "capital", "loan", "bailout", "fine", "bill", "contract"),
            attributes=("status", "form", "amount"),
        ),
        Predicate(
            "HOLDS_ROLE",
            "Holds role",
            "a post at an organisation, past, present or to come",
            frozenset({PERSON}),
            _ORG,
            statuses=("current", "appointed", "interim", "departing", "former"),
            attributes=("status", "role"),
        ),
        Predicate(
            "COMMISSIONED",
            "Commissioned",
            "a contract, review or piece of work bought or asked for from a named party",
            _ORG,
            _ANY,
            statuses=("planned", "awarded", "completed", "cancelled"),
            attributes=("status", "amount"),
        ),
        Predicate(
            "REGULATORY_ACTION",
            "Regulatory action",
            "inspection, rating, special measures, enforcement, investigation, restriction or approval",
            OVERSEERS | {"other"},
            _ORG,
            forms=(
                "inspection",
                "rating",
                "special_measures",
                "enforcement",
                "investigation",
                "restriction",
                "approval",
            ),
            attributes=("form", "rating"),
        ),
        Predicate(
            "CRITICISED",
            "Criticised",
            "public criticism of a named party or its plan, short of a dispute",
            _ANY,
            _ANY,
        ),
        Predicate("PART_OF", "Part of", "the text or the register says that one belongs to the other", _ORG, _ORG),
        Predicate(
            "DEFICIT",
            "Deficit",
            "a reported, planned or forecast deficit or overspend",
            _ORG,
            frozenset(),
            statuses=("reported", "forecast", "planned"),
            attributes=("status", "amount"),
        ),
    )
}

SUCCEEDED_BY = "SUCCEEDED_BY"
"""Lineage between organisations; comes from the register, never from a briefing."""

RATINGS = ("outstanding", "good", "requires improvement", "inadequate")


def check_statement(
    predicate: str, subject_kind: str, object_kind: str | None, status: str | None, form: str | None
) -> str | None:
    """Say what is wrong with a statement's shape, or None where it is allowed.

    A predicate, kind, status or form that the schema does not know is an error, never a default.
    """
    spec = PREDICATES.get(predicate)
    if spec is None:
        return f"unknown predicate {predicate}"
    if subject_kind not in spec.subjects:
        return f"{predicate} can't start at a {subject_kind}"
    if object_kind is None and spec.objects:
        return f"{predicate} needs an object"
    if object_kind is not None and object_kind not in spec.objects:
        return f"{predicate} can't end at a {object_kind}"
    if status is not None and status not in spec.statuses:
        return f"{predicate} has no status {status}"
    if form is not None and form not in spec.forms:
        return f"{predicate} has no form {form}"
    return None
