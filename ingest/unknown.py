"""Bodies that neither the register nor a form of words tells: "the consultancy Cardew Lyle".

Only the words around such a name can say what it is; a run of capitals about which they say
nothing is left alone.
"""

from __future__ import annotations

from ingest.runs import Evidence, Run

ENOUGH = 1.2


def body_kind(run: Run, evidence: Evidence) -> str | None:
    """The kind of body that the evidence makes of a run, or None."""
    told = {k: v for k, v in evidence.body.items() if k}
    general = evidence.body.get("", 0.0)
    if not told:
        return None
    kind, points = max(told.items(), key=lambda x: x[1])
    if run.heading or points + general < ENOUGH or points + general <= evidence.person:
        return None
    return kind
