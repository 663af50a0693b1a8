"""A Subgraph in words: the captions, facts and evidence that maps and tables show.

Plain text only, never markup: whoever shows it escapes it. Every quote is verbatim; labels, which
a map draws, lose control and bidirectional-override characters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from graph.model import DOUBT, Edge, Entity, Evidence, Subgraph
from graph.schema import KINDS, SUCCEEDED_BY
from graph.style import caption, money

Fact = tuple[str, str]
"""A label and its value, both for people: ("Amount", "£22m")."""

_NOUNS = {
    "MERGER_TALKS": "merger talks",
    "DISPUTE": "dispute",
    "FUNDING": "funding",
    "HOLDS_ROLE": "post",
    "COMMISSIONED": "commissioned",
    "REGULATORY_ACTION": "regulatory action",
    "CRITICISED": "criticised",
    "PART_OF": "part of",
    "DEFICIT": "deficit",
    SUCCEEDED_BY: "succeeded by",
}
_SIDES = {
    "MERGER_TALKS": ("with", "with"),
    "DISPUTE": ("with", "with"),
    "FUNDING": ("to", "from"),
    "HOLDS_ROLE": ("at", "held by"),
    "COMMISSIONED": ("from", "by"),
    "REGULATORY_ACTION": ("on", "by"),
    "CRITICISED": ("of", "by"),
    "PART_OF": ("of", "contains"),
    "DEFICIT": ("", ""),
    SUCCEEDED_BY: ("by", "came after"),
}
_DISPUTES_NEED_THE_WORD = frozenset({"contract", "legal", "control_total", "policy"})
_UNSAID = frozenset({"current", "open", "reported", "awarded"})
"""Statuses that go without saying on a map; the panel and the table still say them."""


@dataclass(frozen=True, slots=True)
class Quote:
    """One statement for people: the verbatim quote, what it says of the link, and where it stands."""

    text: str
    says: str
    title: str
    published: str
    source: str
    confidence: str


def words(name: str) -> str:
    """A status or form as people read it: "called_off" is "called off"."""
    return name.replace("_", " ")


def day(when: date | None) -> str:
    """A date in British order, "date not known" where there is none.

    >>> day(date(2019, 3, 5))
    '5 Mar 2019'
    """
    return "date not known" if when is None else f"{when.day} {when:%b %Y}"


def sides(edge: Edge) -> tuple[str, str]:
    """The words that lead from the source to the target, and back: a grant goes "to" one and comes "from" the other."""
    return _SIDES[edge.predicate]


def when(edge: Edge) -> str:
    """The date of a succession, else the first and last date on which briefings told of the link."""
    if not edge.first_seen and not edge.last_seen:
        return "" if edge.origin == "register" else day(None)
    first, last = edge.first_seen or edge.last_seen, edge.last_seen or edge.first_seen
    return day(first) if first == last else f"{day(first)} to {day(last)}"


def link_caption(edge: Edge) -> str:
    """What a map writes on a link: sum, nature and status in a few words.

    >>> link_caption(Edge("RBL", "REM", "MERGER_TALKS", status="called_off", form="acquisition"))
    'acquisition, called off'
    >>> link_caption(Edge("X24", "RBL", "FUNDING", status="withheld", form="incentive", amount=22e6))
    '£22m incentive, withheld'

    Where its evidence names other sums too, it says so: a pair may have more than one payment.
    """
    said = nature = link_nature(edge)
    # Of an interim chief executive it goes without saying.
    if edge.status is not None and edge.status not in _UNSAID and words(edge.status) not in nature.lower():
        said = f"{nature}, {words(edge.status)}"
    sums = {found.amount for found in edge.evidence if found.review != "rejected"} - {None, edge.amount}
    return f"{said} (+{_count(len(sums), 'other sum')})" if sums else said


def link_nature(edge: Edge) -> str:
    """What kind of link it is, with its sum, but without its status: "£22m incentive"."""
    noun = _NOUNS[edge.predicate]
    if edge.predicate == "HOLDS_ROLE":
        noun = edge.role or noun
    elif edge.predicate == "DISPUTE" and edge.form in _DISPUTES_NEED_THE_WORD:
        noun = f"{words(edge.form)} dispute"
    elif edge.rating:
        noun = f"rated {edge.rating}"
    elif edge.form and edge.form != "other":
        noun = words(edge.form)
    if edge.amount is not None:
        noun = f"{money(edge.amount)} {noun}"
    if edge.predicate == SUCCEEDED_BY and edge.first_seen:
        noun = f"{noun}, {edge.first_seen:%b %Y}"
    return noun


def link_title(edge: Edge) -> str:
    """The predicate's caption, and that the register says so where it does."""
    return f"{caption(edge.predicate)} (register)" if edge.origin == "register" else caption(edge.predicate)


def entity_facts(entity: Entity, names: Mapping[str, str]) -> list[Fact]:
    """All that is known of an entity but its name; `names` gives the names of a collective's members by id."""
    facts = [("Kind", KINDS[entity.kind].caption)]
    if entity.ods_code:
        facts.append(("ODS code", entity.ods_code))
    if entity.aliases:
        facts.append(("Also called", "; ".join(entity.aliases)))
    if entity.opened:
        facts.append(("Opened", day(entity.opened)))
    if entity.closed:
        facts.append(("Closed", day(entity.closed)))
    if entity.region:
        facts.append(("Region", entity.region))
    if entity.members:
        facts.append(("Members", "; ".join(names.get(member, member) for member in entity.members)))
    return facts


def weighed(edge: Edge) -> list[Evidence]:
    """The statements behind a link: those about as sure as the surest first, and of them the newest first."""
    surest = max((e.confidence for e in edge.evidence), default=0.0)
    return sorted(
        edge.evidence,
        key=lambda e: (e.confidence >= surest - DOUBT, e.published or date.min, e.statement),
        reverse=True,
    )


def quotes(edge: Edge) -> list[Quote]:
    """The statements behind a link in words, in the order of `weighed`."""
    return [
        Quote(
            text=found.quote,
            says="; ".join(f"{label.lower()}: {value}" for label, value in attributes(found)),
            title=found.title,
            published=day(found.published),
            source=found.source or "",
            confidence="confirmed by a person" if found.review == "confirmed" else f"confidence {found.confidence:.0%}",
        )
        for found in weighed(edge)
    ]


def heading(subgraph: Subgraph) -> str:
    """A title for a picture: the subgraph's own, else made from the entities asked for."""
    names = {entity.id: entity.name for entity in subgraph.nodes}
    asked = [names[id] for id in subgraph.focus if id in names]
    if subgraph.title or not asked:
        return subgraph.title or "Who is linked with whom in the NHS"
    listed = ", ".join(asked[:3]) + (f" and {len(asked) - 3} more" if len(asked) > 3 else "")
    return f"Links around {listed}"


def summary(subgraph: Subgraph) -> str:
    """One line of counts and dates."""
    people = sum(entity.kind == "person" for entity in subgraph.nodes)
    found = [evidence for edge in subgraph.edges for evidence in edge.evidence]
    parts = [
        _count(len(subgraph.nodes) - people, "organisation"),
        _count(people, "person", "people"),
        _count(len(subgraph.edges), "link"),
        _count(len({evidence.statement for evidence in found}), "statement"),
        _count(len({evidence.briefing for evidence in found}), "briefing"),
    ]
    dates = sorted(evidence.published for evidence in found if evidence.published)
    if dates:
        parts.append(day(dates[0]) if dates[0] == dates[-1] else f"{day(dates[0])} to {day(dates[-1])}")
    return " · ".join(parts)


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def attributes(said: Edge | Evidence) -> Iterator[Fact]:
    """What a link or one statement of it says beyond who and what kind: status, form, sum, post, rating."""
    if said.status:
        yield "Status", words(said.status)
    if said.form:
        yield "Form", words(said.form)
    if said.amount is not None:
        exact, short = f"£{said.amount:,.0f}", money(said.amount)
        yield "Amount", short if short == exact else f"{short} ({exact})"
    if said.role:
        yield "Role", said.role
    if said.rating:
        yield "Rating", said.rating
