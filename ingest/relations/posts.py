"""Posts as text words them: "interim chief executive", "director of nursing", "clinical chair".

A post is a head ("chief executive", "chair", "director") with the words that qualify it. The
head decides; capitals do not matter. `find_posts` gives each with its short title as stored.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.names import lowered

_AREA = (
    r"finance|financial|operating|operations|nursing|nurse|medical|information|digital|people|clinical|"
    r"scientific|strategy|"
    r"workforce|improvement|transformation|delivery|quality|commissioning|estates|communications|"
    r"governance|performance|planning|"
    r"data|technology|technical|innovation|corporate|commercial|research|policy|public health|"
    r"primary care|mental health|"
    r"human resources|hr|it|executive|inspection|system|programme|turnaround|recovery|restructuring|development|"
    r"organisational|legal|professional|education|safety|patient safety|midwifery|partnerships?|"
    r"integration|regional|managing|"
    r"national|group|associate|assistant|deputy|vice|divisional|locality|site|hospital|cancer|social care|"
    r"adult social care|"
    r"children's services|external|public affairs|procurement|capital|marketing|engagement|intelligence|"
    r"pharmacy|therapies"
)
_BEFORE = (
    r"interim|acting|deputy|vice|joint|shared|outgoing|incoming|former|ex|then|new|current|next|first|"
    r"founding|permanent|"
    r"substantive|part-time|executive|non-executive|regional|national|group|clinical|lay|senior|lead|"
    r"system|ics|stp|icb|ccg|"
    r"long-serving|veteran|retiring|departing|newly appointed|associate|assistant|independent|trust|hospital|london|"
    r"north|south|east|west|midlands|england|northern|southern|eastern|western|north west|south west|"
    r"south east|north east|temporary|stand-in|"
    r"caretaker|previous|past|sometime|longtime|chief"
)
_HEADS = (
    rf"chief executive officer|chief executive|chief exec|chief (?:{_AREA})(?: (?:officer|director))?|"
    rf"chief (?:of staff|inspector|officer|economist|"
    r"pharmacist|pharmaceutical officer|midwife|allied health professions officer|whip|secretary)|"
    r"accountable (?:emergency )?officer|(?:comptroller and )?auditor general|vice[- ]chancellor|"
    r"vice[- ]president|vice[- ]chair(?:man|woman)?|"
    r"general secretary|(?:permanent|assistant general|deputy general) secretary|(?:shadow |junior |care |"
    r"social care |mental health )?(?:health |public health |prime |"
    r"care )(?:and social care )?(?:secretary|minister|spokes(?:man|woman|person))|"
    r"secretary of state(?: for health(?: and social care)?)?|foreign secretary|home secretary|chancellor|"
    r"chair[- ]?(?:man|woman|person)?(?:[- ](?:designate|elect))?|convenor|convener|co-chair|president(?:-elect)?|"
    rf"(?:(?:{_AREA})(?:,? (?:and )?(?:{_AREA}))* )?director(?:[- ]general)?|(?:non-executive|"
    rf"senior independent) director|"
    r"(?:regional |national |branch |lead )?(?:organiser|officer|convenor|secretary)(?= (?:at|of|for|for the) )|"
    r"(?:clinical |strategic |programme |system |policy |workforce |national |managerial |"
    r"project )?(?:lead|leader)\b(?! to\b)|"
    r"head of [a-z][\w' -]{2,40}?(?=,| at | for | of the |\.|$| and )|"
    r"(?:regional |national )?(?:organiser)|managing partner|senior partner|partner(?= at )|(?:consultant|"
    r"vascular|heart|cardiac|orthopaedic|general) (?:surgeon|physician|psychiatrist|anaesthetist)|"
    r"medical officer|trust secretary|company secretary|lead governor|governor(?= (?:of|at))|treasurer|"
    r"comptroller|commissioner(?= (?:of|at|for))|"
    r"ombudsman|registrar|dean|provost|warden|senior fellow|policy director|fellow(?= at )|chief|boss|"
    r"(?:special )?adviser(?= (?:to|at))|(?:senior |policy |health |research |finance )*analyst|"
    r"(?:breast |general )?surgeon|(?:management )?consultant(?= (?:for|at|to|with) )|finance (?:boss|chief)|"
    r"top job(?= at )|number two(?= at )|"
    r"trustee|board member|non-exec|council leader|mayor|mp for [a-z]\w+|ward manager|matron|spokes(?:man|"
    r"woman|person)(?= for )|professor of [a-z ]+?(?= at )"
)
_POST = re.compile(
    rf"\b(?P<pre>(?:(?:{_BEFORE})[ -]){{0,4}})(?P<head>{_HEADS})(?P<designate>[- ](?:designate|elect))?"
    r"(?P<of> (?:of|for) (?!the (?:trust|board|pair|two|three|company|system|ccg|body|organisation|group)\b)"
    r"(?:the )?[a-z][\w'&-]*(?:(?:,| and| &| of| for) (?:the )?[a-z][\w'&-]*| [a-z][\w'&-]+){0,5})?",
)
_OF_HEADS = re.compile(r"(director|head|chief|secretary|lead|leader|officer|commissioner)$", re.I)
_OF_STOP = re.compile(
    r"\s+\b(at|in|from|with|who|that|which|was|is|has|had|said|says|told|to|by|on|as|until|since|after|"
    r"before|when|for the past|will|would|and (?:a|an|the|his|her|its|he|she|then|now|was|is))\b.*$",
    re.I,
)
_STATUS_WORDS = re.compile(
    r"^(?:(?:then|new|current|next|first|outgoing|incoming|former|ex|retiring|departing|newly appointed|"
    r"long-serving|veteran|longtime|founding|previous|past|sometime|permanent|substantive|trust(?! secretary))[ -])+",
    re.I,
)
_SAME = {
    "boss": "chief executive",
    "chief": "chief executive",
    "chief exec": "chief executive",
    "top job": "chief executive",
    "number two": "deputy chief executive",
    "chief executive officer": "chief executive",
    "chairman": "chair",
    "chairwoman": "chair",
    "chairperson": "chair",
}


@dataclass(frozen=True, slots=True)
class Post:
    """A post named in text: its stored `title`, the words that qualify it, its place (offsets in the text searched)."""

    title: str
    qualifier: str
    start: int
    end: int


def find_posts(text: str) -> list[Post]:
    """All posts named in a text, left to right.

    >>> [p.title for p in find_posts("X, interim chief executive and former director of nursing at Y")]
    ['interim chief executive', 'director of nursing']
    """
    plain = text.replace("’", "'")
    found: list[Post] = []
    for match in _POST.finditer(lowered(plain)):
        pre, head, of = (plain[slice(*match.span(part))] if match[part] else "" for part in ("pre", "head", "of"))
        end = match.end("designate") if match["designate"] else match.end("head")
        tail = ""
        if of and _OF_HEADS.search(head):
            tail = _OF_STOP.sub("", of)
            end = match.end("head") + len(tail)
        qualifier = pre.lower().replace("-", " ").strip()
        if match["head"] in {"chief", "boss"} and not _bare_chief(plain, match):
            continue
        title = _title(pre + head + tail)
        if title:
            found.append(Post(title, qualifier + (" designate" if match["designate"] else ""), match.start(), end))
    return found


def _bare_chief(text: str, match: re.Match[str]) -> bool:
    """ "Bolton's chief" and "the trust's boss" are posts; "chief among them", "NHS chiefs" are not."""
    after = text[match.end("head") : match.end("head") + 8]
    before = text[max(0, match.start() - 25) : match.start()]
    return not re.match(r"s\b|\s+(?:among|reason|concern|aim|worry)", after) and bool(
        re.search(r"('s?|its|their|[A-Z]\w+) $", before)
    )


def _title(words: str) -> str:
    title = _STATUS_WORDS.sub("", " ".join(words.split())).strip(" -")
    lower = title.lower()
    return _SAME.get(
        lower, lower if not re.search(r"\b(?:London|England|Midlands|North|South|East|West)\b", title) else title
    )
