"""The two ends of a post that a sentence names: who holds it, which bodies it belongs to, and since or until when.

Each answer says how it was told, so that every way of telling gets a confidence of its own.
"""

from __future__ import annotations

import re

from graph.schema import PERSON
from ingest.relations.base import first_after, group, last_before, organisations
from ingest.relations.posts import Post
from ingest.scene import Line, Mark, Scene

_PHRASE_GAP = re.compile(
    r"^[\s,()–—-]*(?:(?:who|now|currently|then|also|formerly|previously|until \w+|the|a|an|its|their|is|"
    r"was|as|has been|been|had been|will be|recently|himself|herself)[\s,]+)*$",
    re.I,
)
_AFTER_GAP = re.compile(
    r"^[\s,(–—:-]*(?:(?:is|was|will be|dr|sir|dame|professor|mr|ms|mrs|lord|lady|baroness|the)\s*)*$", re.I
)
_OWNER_GAP = re.compile(
    r"^(?:['’]s?)?\s*(?:\([^)]*\)\s*)?(?:(?:own|new|newly appointed|long-serving|current|outgoing|then|"
    r"former|first|next|previous|other|[a-z]+ed|veteran|much-admired)\s+)*$",
    re.I,
)
_OF_GAP = re.compile(
    r"^,?\s*(?:of|at|for|to|with|in|from|,|\()\s+(?:both\s+)?(?:the\s+)?(?:(?:new|neighbouring|nearby|"
    r"local|enlarged|then)\s+)?(?:both\s+)?$|^\s*\(|^\s*,\s*$",
    re.I,
)
_COPULA = re.compile(
    r"\b(?:is|was|be|been|being|becomes?|became|becoming|named|appointed|made|installed|confirmed|"
    r"unveiled|announced|elected|chosen|hired|recruited|poached|promoted|serves?|served|serving|acts?|"
    r"acting|acted|joins?|joined|joining|takes? over|took over|taking over|taken over|steps? up|"
    r"stepped up|stepping up|starts?|started|starting|returns?|returned|works?|worked|working|remains?|"
    r"stays?|stepping down|steps down|stepped down|stands? down|stood down|quits?|quit|resign\w*|retir\w+|"
    r"leav\w+|left|sacked|departs?|departed|goes|gone|went|moves?|moved|moving|arrives?|arrived|holds?|"
    r"held|spent|doubles?|doubled|combines?|succeeds?|succeeded|replaces?|replaced|begins?|began|for)\b",
    re.I,
)
_FORMER = re.compile(
    r"\b(former|formerly|ex|previous|previously|once|used to|until|sometime|past|late|erstwhile|had been|"
    r"then|predecessor|has (?:quit|resigned|left|gone|retired|departed)|left|resigned|quit|was sacked|"
    r"sacked|ousted)\b"
)
_REPLACED = re.compile(
    r"\b(?:succeed(?:ed|ing|s)?|replac(?:ed|ing|es)|took over from|taken over from|followed)\s+"
    r"(?:(?:sir|dame|lord|lady|dr|professor|mr|ms|mrs)\s+)?$"
)
_DEPARTING = re.compile(
    r"\b(outgoing|departing|retiring|retires?|to retire|step(?:s|ping)? down|stand(?:s|ing)? down|"
    r"leav(?:es|ing)|is to leave|will leave|bow(?:s|ing) out|resigns|quits|on (?:his|her) way out|give up|"
    r"giving up|to go\b|departs|is off|goes in|last day|to quit)"
)
_LEFT = re.compile(
    r"\b(?:retired|resigned|quit|stepped down|stood down|bowed out|departed|gave up (?:the|his|her|their)|"
    r"was (?:sacked|ousted|removed)|left (?:in|at|last|after|for|the (?:trust|job|post|board)))\b"
)
"""Of the only person of a sentence: the post is given up."""
_LEAVES = re.compile(
    r"\b(?:(?:is|are|was|were) (?:to (?:retire|leave|step down|stand down|depart)|leaving|retiring|stepping down|"
    r"standing down|bowing out|moving on|on (?:his|her|their) way out)|announced (?:his|her|their) (?:departure|"
    r"retirement|resignation))\b"
)
"""Of the only person of a sentence: the post is about to be given up."""
_APPOINTED = re.compile(
    r"\b(appointed|named|incoming|designate|elect|to be|is to|will be|will become|to become|becomes|"
    r"becoming|next|takes? over|taking over|will take|joins|is joining|to join|will join|succeeds|new|"
    r"starts|will start|chosen|unveiled|poached|recruited|steps? up|has been made|hired|picked|to lead|"
    r"to run|to chair)\b"
)
_INTERIM = re.compile(
    r"\b(interim|acting|temporary|caretaker|stand-in|holding the fort|keeping the seat warm|stopgap|"
    r"for the time being)\b"
)


def holder_of(scene: Scene, line: Line, start: int, end: int, people: list[Mark]) -> tuple[Mark, str, float] | None:
    """The person who holds the post at `start`–`end`, how that is told, how sure it is."""
    text = scene.text
    named = [m for m in people if m.mention.via != "pronoun"]
    after = first_after(named, end)
    if after is not None:
        gap = text[end : after.start]
        if _AFTER_GAP.match(gap) and len(gap) < 25:
            return after, "before_name", 0.95
        listed = [m for m in organisations(line.marks) if m.start >= end and m.end <= after.start]
        if (
            listed
            and _OF_GAP.match(text[end : listed[0].start])
            and _AFTER_GAP.match(text[listed[-1].end : after.start])
        ):
            return after, "before_name", 0.85
    before = last_before(named, start)
    if before is not None:
        gap = text[before.end : start]
        bodies = [m for m in organisations(line.marks) if m.start >= before.end and m.end <= start]
        bare = gap
        for m in reversed(bodies):
            bare = bare[: m.start - before.end] + bare[m.end - before.end :]
        bare = re.sub(r"['’]s?\b", "", bare)
        if _PHRASE_GAP.match(bare) and len(bare) < 50:
            return before, "after_name", 0.92
    for m in sorted(people, key=lambda m: -m.end):
        if m.end <= start:
            gap = text[m.end : start]
            if (
                len(gap) < 120
                and (_COPULA.search(gap) or gap.rstrip().endswith(" as"))
                and not re.search(r"[;:?!]|\bsaid\b|\bsays\b|\btold\b", gap)
            ):
                return m, "verb", 0.75 if m.mention.via != "pronoun" else 0.6
            break
    return None


def owners_of(scene: Scene, line: Line, start: int, end: int, person: Mark | None) -> tuple[list[Mark], str, float]:
    """The bodies that the post belongs to, how that is told, how sure it is."""
    text, bodies = scene.text, organisations(line.marks)
    before = last_before(bodies, start)
    after = first_after(bodies, end)
    office = next((m for m in bodies if m.start < end and start < m.end and m.entity.kind == "government"), None)
    if office is not None:
        return [office], "office", 0.9
    owned = before is not None and _OWNER_GAP.match(text[before.end : start]) is not None
    if owned and before is not None and before.mention.via != "pronoun" and text[end : end + 1] == ",":
        return group(scene, line, before), "possessive", 0.9
    if after is not None and _OF_GAP.match(text[end : after.start]) and len(text[end : after.start]) < 30:
        return group(scene, line, after), "of", 0.95
    if (
        before is not None
        and _OWNER_GAP.match(text[before.end : start])
        and (before.mention.via != "pronoun" or text[before.start : before.end].lower() == "its")
    ):
        return group(scene, line, before), "possessive", 0.9 if before.mention.via != "pronoun" else 0.75
    if person is not None and after is not None and person.start >= end:
        gap = text[person.end : after.start]
        if re.match(r"^\s*(?:,\s*)?(?:of|at|from)\s+(?:the\s+)?$", gap):
            return group(scene, line, after), "of", 0.85
    if (
        after is not None
        and after.start - end < 60
        and re.search(r"\b(?:at|of|for)\s+(?:both\s+)?(?:the\s+)?$", text[end : after.start])
        and not re.search(r"[.;]", text[end : after.start])
    ):
        return group(scene, line, after), "at", 0.75
    verb_body = [m for m in bodies if person is not None and person.end <= m.start and m.end <= start]
    if verb_body:
        return group(scene, line, verb_body[-1]), "between", 0.7
    if before is not None and before.mention.via != "pronoun":
        return [before], "sentence", 0.55
    for other in scene.before(line, reach=4):
        found = [m for m in organisations(other.marks) if m.mention.via != "pronoun"]
        if found:
            return [found[0]], "context" if len({m.entity.id for m in found}) == 1 else "context_many", 0.45
    return [], "none", 0.0


def leaving(line: Line, person: Mark) -> str | None:
    """ "departing", "former" or "interim" where the sentence says so of its only person, else None."""
    if any(m.entity.kind == PERSON and m.entity.id != person.entity.id for m in line.marks):
        return None
    text = line.text.lower().replace("’", "'")
    if _LEAVES.search(text):
        return "departing"
    return "former" if _LEFT.search(text) else "interim" if _INTERIM.search(text) else None


def status_of(line: Line, person: Mark, start: int, end: int, post: Post) -> str:
    """Status of the post at `start`–`end` (document offsets): the words that qualify it, else those around it."""
    text = line.text.lower().replace("’", "'")
    a, b = start - line.start, end - line.start
    p, q = person.start - line.start, person.end - line.start
    qualifier = post.qualifier
    near = text[max(0, min(a, p) - 28) : min(len(text), max(b, q) + 28)]
    between = text[min(b, q) : max(a, p)]
    if _INTERIM.search(qualifier):
        return "interim"
    if _REPLACED.search(text[max(0, p - 40) : p]):
        return "former"
    if re.search(r"former|previous|ex\b|past|sometime|then", qualifier):
        return "former"
    if re.search(r"designate|elect|incoming|next", qualifier):
        return "appointed"
    if re.search(r"outgoing|departing|retiring", qualifier):
        return "departing"
    gone = leaving(line, person)
    if gone == "former":
        return gone
    if _DEPARTING.search(near) or gone == "departing":
        return "departing"
    if _FORMER.search(between) or re.search(
        r"\b(former|formerly|previously|until|ex-|used to be|was once)\W*$", text[max(0, a - 22) : a]
    ):
        return "former"
    if _APPOINTED.search(between) or (re.search(r"\bnew", qualifier)):
        return "appointed"
    if re.search(r"\b(was|had been|were)\b", between) or re.match(
        r"\W*(until|from \d{4} to|in the \d{4}s)", text[b : b + 20]
    ):
        return "former"
    if _INTERIM.search(near):
        return "interim"
    return "current"
