"""An explanation as lines for people: `ingest.explain`'s records in words, each stretch with the role it plays.

Where the reader's terminal has no colours, the ends of a quote are marked [A: …] and [B: …] and the trigger ⟦…⟧.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from graph.facts import words
from graph.schema import PREDICATES
from graph.style import caption, money
from ingest.explain import Account, End, Explanation, NearMiss, OpenName, Votes, Words
from ingest.explain_links import Link, ago

Stretch = tuple[str, str]
"""Text and its role: "a", "b" (the ends), "trigger", "head", "label", or "" for plain text."""
Row = tuple[int, Stretch | None, Sequence[Stretch]]
"""How far a line is indented, a label before it (its further lines stand behind that), and its stretches."""

_ARROW = {True: " ↔ ", False: " → "}


def rows(found: Explanation, *, marked: bool) -> Iterator[Row]:
    """The lines of an explanation; `marked`: with plain marks around ends and triggers, for output without colour."""
    yield 0, None, [(found.title or found.id, "head"), (f"  {found.id}", "label")]
    if not found.statements:
        yield 0, None, [("No statement found.", "")]
    for number, account in enumerate(found.statements, 1):
        yield 0, None, []
        yield from _account(account, number, marked)
    if found.near_misses:
        yield 0, None, []
        yield 0, None, [(f"Near misses ({len(found.near_misses)})", "head")]
        for miss in found.near_misses:
            yield from _miss(miss, marked)
    if found.open_names:
        yield 0, None, []
        yield 0, None, [(f"Names left open ({len(found.open_names)})", "head")]
        for name in found.open_names:
            yield from _open(name)


def _account(account: Account, number: int, marked: bool) -> Iterator[Row]:
    s = account.statement
    head: list[Stretch] = [(f"{number}. {caption(s.predicate)}  ", "head"), (account.subject.name, "a")]
    if account.object is not None:
        head += [(_ARROW[PREDICATES[s.predicate].symmetric], ""), (account.object.name, "b")]
    values = [s.role, s.status and words(s.status), s.form and words(s.form), s.rating]
    said = [x for x in values if x] + ([money(s.amount)] if s.amount is not None else [])
    yield 0, None, [*head, (f"  ({' · '.join(said)})" if said else "", "")]
    ends = [(e.link, role) for e, role in ((account.subject, "a"), (account.object, "b")) if e and e.in_quote]
    quote = Words(s.quote, s.start, s.end)
    yield 3, None, _quoted(quote, [(e, r) for e, r in ends if e], account.trigger, marked)
    yield from _votes(account.votes)
    for end, role in ((account.subject, "a"), (account.object, "b")):
        if end is not None:
            yield from _end(end, role)


def _quoted(quote: Words, ends: Iterable[tuple[Link, str]], trigger: Words | None, marked: bool) -> list[Stretch]:
    """The quote cut at its ends and trigger; of two at one place (“the pair”) the first is shown."""
    spots: dict[tuple[int, int], str] = {}
    for link, role in ends:
        spots[link.start, link.end] = role if (link.start, link.end) not in spots else "ab"
    if trigger is not None:
        spots.setdefault((trigger.start, trigger.end), "trigger")
    found: list[Stretch] = [("“", "")]
    at = quote.start
    for (start, end), role in sorted(spots.items()):
        if start < at or end > quote.end:
            continue
        inner = quote.text[start - quote.start : end - quote.start]
        shown = "a" if role == "ab" else role
        label = f"[{' and '.join(role.upper())}: {inner}]" if role != "trigger" else f"⟦{inner}⟧"
        found += [(quote.text[at - quote.start : start - quote.start], ""), (label if marked else inner, shown)]
        at = end
    return [*found, (quote.text[at - quote.start :] + "”", "")]


def _votes(votes: Votes) -> Iterator[Row]:
    for rule in votes.rules:
        seen = f"right {rule.right} of {rule.right + rule.wrong}" if rule.right + rule.wrong else "never measured"
        yield 3, ("rule", "label"), [(f"{rule.says} ({rule.name}): {seen}, so worth {rule.precision:.0%}", "")]
    if not votes.rules:
        yield 3, ("rule", "label"), [("none fired", "")]
    model = "nothing to say" if votes.model is None else f"{votes.model:.0%}"
    yield 3, ("model", "label"), [(model, "")]
    kept = "at least" if votes.confidence >= votes.threshold else "less than"
    sure = f"{votes.confidence:.0%}, {kept} the {votes.threshold:.0%} that it takes"
    yield 3, ("vote", "label"), [(f"{votes.vote:.0%}; with what the names are worth {sure}", "")]


def _end(end: End, role: str) -> Iterator[Row]:
    if end.link is None:
        yield 3, (role.upper(), role), [(f"{end.name}: not named by itself", "")]
        return
    away = "" if end.in_quote else f" (not in the quote but {ago(end.sentences_before)})"
    yield from _link(end.link, role, away)


def _link(link: Link, role: str, away: str = "") -> Iterator[Row]:
    arrow = f" → {link.name}" if link.text != link.name else ""
    yield 3, (role.upper() or "–", role or "label"), [(f"“{link.text}”{arrow}{away}: {link.why}", "")]
    for other in link.rejected:
        yield 3, ("", ""), [(f"not {other.name}: {other.why}", "label")]


def _miss(miss: NearMiss, marked: bool) -> Iterator[Row]:
    names = [end.name for end in miss.ends]
    between = _ARROW[PREDICATES[miss.predicate].symmetric]
    said = between.join(names) if miss.votes is not None else ", ".join(names)
    yield 0, None, []
    yield 0, None, [(caption(miss.predicate), "head"), (f"  {said}", "")]
    roles = ("a", "b") if miss.votes is not None else ("",) * len(miss.ends)
    ends = [(e.link, role) for e, role in zip(miss.ends, roles, strict=False) if role and e.in_quote]
    yield 3, None, _quoted(miss.quote, [(link, role) for link, role in ends if link], miss.trigger, marked)
    yield 3, ("lacks", "label"), [(miss.lacking, "")]
    if miss.votes is not None:
        yield from _votes(miss.votes)
        for end, role in zip(miss.ends, roles, strict=False):
            yield from _end(end, role)


def _open(name: OpenName) -> Iterator[Row]:
    yield 3, None, [(f"“{name.words.text}”: {name.reason}", "")]
    for body in name.candidates:
        yield 6, None, [(f"{body.name}: {body.why}", "label")]
