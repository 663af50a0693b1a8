"""Bodies that neither the register nor a form of words tells: "the consultancy Cardew Lyle".

Only the words around such a name can say what it is; a run of capitals about which they say
nothing is left alone.
"""

from __future__ import annotations

from ingest.forms import FORMS
from ingest.names import fold
from ingest.runs import Evidence, Run

ENOUGH = 1.2
COMMON = frozenset(" ".join(f) for f in FORMS) | {"nhs", "ft", "mps", "gps", "mp", "gp", "pfi", "covid", "trust", "department"}


def body_kind(run: Run, evidence: Evidence) -> str | None:
    """The kind of body that the evidence makes of a run, or None."""
    told = {k: v for k, v in evidence.body.items() if k}
    general = evidence.body.get("", 0.0)
    if not told:
        return None
    kind, points = max(told.items(), key=lambda x: x[1])
    if run.size == 1 and points < 3:
        return None
    if run.heading or fold(run.text) in COMMON or points + general < ENOUGH or points + general <= evidence.person:
        return None
    return kind
