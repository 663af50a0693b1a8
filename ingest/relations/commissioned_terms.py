"""How far a piece of commissioned work is, and what it costs: status and price."""

from __future__ import annotations

import re

from ingest.relations.base import following
from ingest.relations.sums import choose, nearby
from ingest.scene import Line, Scene

_CANCELLED = re.compile(
    r"\b(?:cancel\w*|t(?:ore|orn|ear|ears|earing) up|scrap(?:s|ped|ping)?|terminat\w+|end(?:s|ed|ing)? (?:the|its|"
    r"their|a|an|it|early)|"
    r"(?:early|an|to an) end|bring(?:s|ing)? .{0,40} to an end|sack(?:s|ed|ing)?|dropp?(?:s|ed|ing)?|ax(?:e|es|ed|"
    r"ing)|dump(?:s|ed|ing)?|"
    r"(?:serv|giv|gav|hand|has given|had given)\w*(?: \w+){0,3} (?:\d+ days['’] )?notice|gave notice|notice (?:on|"
    r"to)|walk(?:s|ed|ing)? away|"
    r"hand(?:s|ed|ing)? back|handed in|pull(?:s|ed|ing)? (?:out|the plug)|the boot|(?:lost|loses|losing) (?:its|"
    r"the|their)|ditch\w*|"
    r"rip(?:s|ped)? up|quit(?:s|ting)?|withdr[ae]w\w*|parted|part company|stripp?ed|abandon\w*|collaps\w+|"
    r"took .{0,30} away from|"
    r"t(?:ake|ook|aken) .{0,40}(?:back )?in-?house|no longer|show(?:n|ed) the door|fired|gone bust|exit)\b",
    re.I,
)
_STOPPED = re.compile(
    r"\b(?:cancel\w*|t(?:ore|orn) (?:it|the|up)|scrapp\w+|terminat\w+|(?:we|it|they|trust|ccg|icb|board|"
    r"council) (?:has |have )?(?:since )?(?:ended|stopped|dropped|axed) (?:it|the)|brought .{0,40} to an end|"
    r"was (?:stopped|wound up|dropped|axed|called off)|hand(?:s|ed|ing)? back|walked (?:out|away|off)|"
    r"called .{0,30} off|was to stop|give[ns]? notice|gave notice|months['’]? notice|sent home|stopped)\b",
    re.I,
)
_PLANNED = re.compile(
    r"\b(?:plan(?:s|ning)? to|means? to|intend(?:s|ing)? to|about to|out to tender|minded to|preferred bidder|"
    r"shortlist\w*|invit(?:e|es|ed|ing) (?:bids|offers|tenders)|"
    r"hop(?:e|es|ing) to|is to (?:choose|pick|appoint|award|hire|be chosen|be engaged|be asked)|will (?:hire|"
    r"appoint|commission|go to|award|choose|look for|be (?:asked|commissioned|engaged|run by))|"
    r"wants to (?:hire|give|hand|buy|bring)|going to (?:do|give|hand|run|be)|have gone to .{0,40}blessing|"
    r"last round|stands to|asking .{0,30}for a price|if it wins|would be run|has it gone over|"
    r"have them gone over)\b"
    r"|^\W*commission\b",
    re.I,
)
_FINISHED = re.compile(
    r"\b(?:wrote|written (?:by|for)|drawn up (?:by|for)|(?:report|review|study|opinion|audit|evaluation|analysis|"
    r"rehearsal)\b.{0,60}\b(?:found|finds|concluded|says|said|came|landed|told|put|was|were|is on)|found (?:that|"
    r"no|neither|too)|"
    r"finished|completed|delivered|handed over its|reported (?:to|in|that)|previous(?:ly)?|former(?:ly)?|"
    r"until (?:last|19)|used to|in the first place|expired|ran out|lost (?:the|its|to)|losers?|author|had (?:it|"
    r"that|them) for|"
    r"told (?:us|it|them|the)|evaluation of .{0,40} by|had followed|when it left|switched off|is over|"
    r"took it from|took over .{0,40} from)\b",
    re.I,
)
_RUNNING = re.compile(
    r"\b(?:(?:has|have|is|are|being) (?:now |already |also |since |just |separately |so far |"
    r"to be )?(?:been )?(?:asked|hired|engaged|appointed|brought|called|taken|turned|picked|chosen|signed|given|"
    r"handed|awarded|retained|paid|paying|ordered|let|won|"
    r"running|supplying|being|bought|spent)|"
    r"holds? the contract|so far|to date|under a (?:\S+ )?(?:contract|deal)|pays?\b|supplies|"
    r"provides|runs\b|a year\b|until 20\d\d|will\b|(?:is|are) to\b|over \w+ years|\w+-year|by (?:easter|christmas|"
    r"summer|spring|autumn)|"
    r"since (?:\w+ )?(?:19|20)\d\d|has (?:had|held)|comes from|employed by|go to|goes to)\b",
    re.I,
)
_SPENT = re.compile(
    r"\b(?:was paid|were paid|paid|spent|spend|bought|cost|bill was|commissioned|instructed|ordered|obtained|"
    r"gone over|advised|had .{0,30} in|went to|got|"
    r"looked|set .{0,20}back|summoned|last (?:year|autumn|summer|spring|winter))\b",
    re.I,
)


def describe(scene: Scene, line: Line, subject: str, obj: str | None) -> tuple[str | None, str | None, float | None]:
    """Status and price of the work that the sentence tells of; COMMISSIONED has no form."""
    entities = scene.annotation.entities
    adviser = obj is not None and obj in entities and entities[obj].kind in {"supplier", "university", "royal_college"}
    amount = choose(scene, line, (obj or "", subject))
    return (
        _status(scene, line, subject, obj, adviser=adviser),
        None,
        amount if amount is not None else nearby(scene, line),
    )


def _status(scene: Scene, line: Line, subject: str, obj: str | None, *, adviser: bool) -> str:
    """How far the work is: what stands close to the two decides; what advisers were paid for is mostly done."""
    near = _near(line, {subject, obj or ""})
    if _CANCELLED.search(near) or _STOPPED.search(following(scene, line)):
        return "cancelled"
    if _PLANNED.search(near):
        return "planned"
    if _FINISHED.search(near):
        return "completed"
    if _RUNNING.search(near):
        return "awarded"
    return "completed" if adviser and _SPENT.search(near) else "awarded"


def _near(line: Line, ends: set[str]) -> str:
    """The stretch of the sentence around the two, some words wider."""
    marks = [m for m in line.marks if m.entity.id in ends]
    if not marks:
        return line.text
    start, stop = min(m.start for m in marks) - line.start, max(m.end for m in marks) - line.start
    return line.text[max(0, start - 90) : stop + 110]
