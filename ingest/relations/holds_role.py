"""HOLDS_ROLE: who holds, held or will hold which post where.

Told by a post beside a name ("X, chief executive of Y"; "Y's chair, X"; "finance director X"), by
a verb that makes one ("X has been named chief executive of Y"; "X joins Y as medical director"), and by
verbs that imply one ("X, who runs Y"; "X chairs Y"). The body is the one that owns the post in the
phrase, else the one that the sentence is about. Tense and words such as "former", "outgoing"
and "designate" give the status.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.schema import PERSON
from ingest.relations.base import Candidate, first_after, last_before, organisations
from ingest.relations.posts import Post, find_posts
from ingest.scene import Line, Mark, Scene, coordinated

_PHRASE_GAP = re.compile(
    r"^[\s,()–—-]*(?:(?:who|now|currently|then|also|formerly|previously|until \w+|the|a|an|its|their|is|was|as|has been|been|had been|will be|recently|himself|herself)[\s,]+)*$",
    re.I,
)
_AFTER_GAP = re.compile(
    r"^[\s,(–—:-]*(?:(?:is|was|will be|dr|sir|dame|professor|mr|ms|mrs|lord|lady|baroness|the)\s*)*$", re.I
)
_OWNER_GAP = re.compile(
    r"^(?:['’]s?)?\s*(?:\([^)]*\)\s*)?(?:(?:own|new|newly appointed|long-serving|current|outgoing|then|former|first|next|previous|other|[a-z]+ed|veteran|much-admired)\s+)*$",
    re.I,
)
_OF_GAP = re.compile(
    r"^,?\s*(?:of|at|for|to|with|in|from|,|\()\s+(?:both\s+)?(?:the\s+)?(?:(?:new|neighbouring|nearby|local|enlarged|then)\s+)?(?:both\s+)?$|^\s*\(|^\s*,\s*$",
    re.I,
)
_COPULA = re.compile(
    r"\b(?:is|was|be|been|being|becomes?|became|becoming|named|appointed|made|installed|confirmed|unveiled|announced|elected|chosen|hired|recruited|poached|promoted|serves?|served|serving|acts?|acting|acted|joins?|joined|joining|takes? over|took over|taking over|taken over|steps? up|stepped up|stepping up|starts?|started|starting|returns?|returned|works?|worked|working|remains?|stays?|stepping down|steps down|stepped down|stands? down|stood down|quits?|quit|resign\w*|retir\w+|leav\w+|left|sacked|departs?|departed|goes|gone|went|moves?|moved|moving|arrives?|arrived|holds?|held|spent|doubles?|doubled|combines?|succeeds?|succeeded|replaces?|replaced|begins?|began|for)\b",
    re.I,
)
_FORMER = re.compile(
    r"\b(former|formerly|ex|previous|previously|once|used to|until|sometime|past|late|erstwhile|had been|then|predecessor|has (?:quit|resigned|left|gone|retired|departed)|left|resigned|quit|was sacked|sacked|ousted)\b"
)
_DEPARTING = re.compile(
    r"\b(outgoing|departing|retiring|retires?|to retire|step(?:s|ping)? down|stand(?:s|ing)? down|leav(?:es|ing)|is to leave|will leave|bow(?:s|ing) out|resigns|quits|on (?:his|her) way out|give up|giving up|to go\b|departs|is off|goes in|last day|to quit)"
)
_APPOINTED = re.compile(
    r"\b(appointed|named|incoming|designate|elect|to be|is to|will be|will become|to become|becomes|becoming|next|takes? over|taking over|will take|joins|is joining|to join|will join|succeeds|new|starts|will start|chosen|unveiled|poached|recruited|steps? up|has been made|hired|picked|to lead|to run|to chair)\b"
)
_INTERIM = re.compile(
    r"\b(interim|acting|temporary|caretaker|stand-in|holding the fort|keeping the seat warm|stopgap)\b"
)
_RUNS = re.compile(
    r"\b(?:(?P<chair>chairs|chaired|chairing)|(?P<run>runs|run|ran|has run|running)|(?P<lead>leads|led|heads|headed|heading|leading))\b",
    re.I,
)
_LED_BY = re.compile(r"\b(?P<verb>led|headed|run|chaired|fronted)\s+by\s+(?:[\w’'-]+\s+){0,2}$", re.I)


def find(scene: Scene) -> Iterator[Candidate]:
    """Yield a candidate for each person, body and post that a sentence puts together."""
    told: list[Candidate] = []
    for line in scene.lines:
        people = [m for m in line.marks if m.entity.kind == PERSON]
        here: list[Candidate] = []
        for post in find_posts(line.text):
            here += _pairwise(scene, line, post, people) or _post(scene, line, post, people) or _definite(scene, line, post, people)
        done = {(c.subject, c.object) for c in here}
        here += [c for c in _verbs(scene, line, people) if (c.subject, c.object) not in done]
        told += here
        yield from here
        yield from _shared(scene, line, here)
        yield from _succession(scene, line, people, told)


def _post(scene: Scene, line: Line, post: Post, people: list[Mark]) -> list[Candidate]:
    """The post of a person named in the same sentence."""
    start, end = line.start + post.start, line.start + post.end
    if any(
        m.start < end and start < m.end and m.entity.kind != PERSON and m.mention.via != "pronoun" and m.end > end
        for m in line.marks
    ):
        return None
    holder = _holder(scene, line, start, end, people)
    if holder is None:
        return None
    person, how, sure = holder
    bodies, why, fit = _owner(scene, line, start, end, person)
    status = _status(line, person, start, end, post)
    return [_tell(line, person, body, f"{how}.{why}", sure * fit, status, post.title) for body in bodies]


def _tell(line: Line, person: Mark, body: Mark, rule: str, sure: float, status: str, role: str) -> Candidate:
    return Candidate(
        "HOLDS_ROLE", person.entity.id, body.entity.id, line.start, line.end,
        rule=f"holds_role.{rule}", confidence=round(sure, 3), status=status, role=role,
    )  # fmt: skip


_PLURAL_POST = re.compile(r"^\w*s\b\s*,?\s*$")


def _pairwise(scene: Scene, line: Line, post: Post, people: list[Mark]) -> list[Candidate]:
    """ "The respective chairs, A and B": one post each, in the order of the bodies named before."""
    start, end = line.start + post.start, line.start + post.end
    named = [m for m in people if m.start >= end and m.mention.via != "pronoun"]
    if not named or not _PLURAL_POST.match(scene.text[end : named[0].start]):
        return []
    row = [m for m in coordinated(named, named[0], scene.text)]
    bodies = list({m.entity.id: m for m in organisations(line.marks) if m.end <= start}.values())
    for other in scene.before(line, reach=2):
        if len(bodies) >= len(row):
            break
        bodies = list({m.entity.id: m for m in organisations(other.marks)}.values())
    if len(row) < 2 or len(bodies) != len(row):
        return []
    status = _status(line, row[0], start, end, post)
    return [_tell(line, person, body, "respective", 0.75, status, post.title) for person, body in zip(row, bodies, strict=True)]


def _definite(scene: Scene, line: Line, post: Post, people: list[Mark]) -> list[Candidate]:
    """ "John Smith gets the job. The chief executive of X …": a post with no name is the last person's."""
    start, end = line.start + post.start, line.start + post.end
    before = scene.text[max(line.start, start - 60) : start]
    if post.start > 90 or re.search(r"\b(?:a|an|no|any|every|each|another|new|next)\s+$", before, re.I):
        return []
    if any(m.mention.via != "pronoun" and abs(m.start - end) < 40 for m in people):
        return []
    bodies, why, fit = _owner(scene, line, start, end, None)
    if why not in {"of", "possessive", "at"}:
        return []
    for other in scene.before(line, reach=2):
        named = list({m.entity.id: m for m in other.marks if m.entity.kind == PERSON and m.mention.via != "pronoun"}.values())
        if named:
            if len(named) > 1:
                return []
            status = _status(line, named[0], start, end, post)
            return [_tell(line, named[0], body, f"definite.{why}", 0.6 * fit, status, post.title) for body in bodies]
    return []


def _shared(scene: Scene, line: Line, here: list[Candidate]) -> Iterator[Candidate]:
    """ "X would share its chief executive, A, with Y": the post is at Y as well."""
    match = re.search(r"\bshar(?:e|es|ed|ing)\b.{3,120}?\bwith\s+(?:the\s+)?", line.text)
    if match is None:
        return
    body = next((m for m in organisations(line.marks) if m.start == line.start + match.end()), None)
    for c in here:
        if body is not None and body.entity.id != c.object:
            yield Candidate("HOLDS_ROLE", c.subject, body.entity.id, line.start, line.end, "holds_role.shared", 0.6, status="appointed", role=c.role)


_TAKES_OVER = re.compile(r"\b(?:tak(?:es|ing|en)? over from|took over from|succeed(?:s|ed|ing)?|replac(?:es|ed|ing)|follow(?:s|ed|ing)|in place of|steps? into the shoes of|will succeed|hands? over to|handed over to|(?:was|is|be) (?:succeeded|replaced|followed) by)\s+", re.I)


def _succession(scene: Scene, line: Line, people: list[Mark], told: list[Candidate]) -> Iterator[Candidate]:
    """ "A is to chair X. She takes over from B": B had the post that A gets, and the other way round."""
    for match in _TAKES_OVER.finditer(line.text):
        place = line.start + match.end()
        left = last_before(people, line.start + match.start())
        right = next((m for m in people if m.start - place in range(25) and m.mention.via != "pronoun"), None)
        if left is None or right is None or left.entity.id == right.entity.id:
            continue
        forward = "by " in match[0] or "hand" in match[0].lower()
        for known, other in ((left, right), (right, left)):
            posts = [c for c in told if c.subject == known.entity.id and line.start - c.end < 400]
            if posts:
                leaves = (other is right) != forward
                status = "former" if leaves and re.search(r"ed\b|took", match[0]) else "departing" if leaves else "appointed"
                latest = posts[-1]
                for c in [p for p in posts if p.role == latest.role and p.start == latest.start]:
                    yield Candidate("HOLDS_ROLE", other.entity.id, c.object, line.start, line.end, "holds_role.succession", 0.65, status=status, role=c.role)
                break


def _holder(scene: Scene, line: Line, start: int, end: int, people: list[Mark]) -> tuple[Mark, str, float] | None:
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
            if len(gap) < 120 and (_COPULA.search(gap) or gap.rstrip().endswith(" as")) and not re.search(r"[;:?!]|\bsaid\b|\bsays\b|\btold\b", gap):
                return m, "verb", 0.75 if m.mention.via != "pronoun" else 0.6
            break
    return None


def _owner(scene: Scene, line: Line, start: int, end: int, person: Mark | None) -> tuple[list[Mark], str, float]:
    """The bodies that the post belongs to, how that is told, how sure it is."""
    text, bodies = scene.text, organisations(line.marks)
    before = last_before(bodies, start)
    after = first_after(bodies, end)
    if after is not None and _OF_GAP.match(text[end : after.start]) and len(text[end : after.start]) < 30:
        return _listed(scene, line, after), "of", 0.95
    if (
        before is not None
        and _OWNER_GAP.match(text[before.end : start])
        and (before.mention.via != "pronoun" or text[before.start : before.end].lower() == "its")
    ):
        return _listed(scene, line, before), "possessive", 0.9 if before.mention.via != "pronoun" else 0.75
    if person is not None and after is not None and person.start >= end:
        gap = text[person.end : after.start]
        if re.match(r"^\s*(?:,\s*)?(?:of|at|from)\s+(?:the\s+)?$", gap):
            return _listed(scene, line, after), "of", 0.85
    if (
        after is not None
        and after.start - end < 60
        and re.search(r"\b(?:at|of|for)\s+(?:both\s+)?(?:the\s+)?$", text[end : after.start])
        and not re.search(r"[.;]", text[end : after.start])
    ):
        return _listed(scene, line, after), "at", 0.75
    verb_body = [m for m in bodies if person is not None and person.end <= m.start and m.end <= start]
    if verb_body:
        return _listed(scene, line, verb_body[-1]), "between", 0.7
    if before is not None and before.mention.via != "pronoun":
        return [before], "sentence", 0.55
    for other in scene.before(line, reach=4):
        found = [m for m in organisations(other.marks) if m.mention.via != "pronoun"]
        if found:
            return [found[0]], "context" if len({m.entity.id for m in found}) == 1 else "context_many", 0.45
    return [], "none", 0.0


def _listed(scene: Scene, line: Line, mark: Mark) -> list[Mark]:
    row = coordinated(organisations(line.marks), mark, scene.text)
    return list({m.entity.id: m for m in row}.values())


def _status(line: Line, person: Mark, start: int, end: int, post: Post) -> str:
    text = line.text.lower().replace("’", "'")
    a, b = start - line.start, end - line.start
    p, q = person.start - line.start, person.end - line.start
    qualifier = post.qualifier
    near = text[max(0, min(a, p) - 28) : min(len(text), max(b, q) + 28)]
    between = text[min(b, q) : max(a, p)]
    if _INTERIM.search(qualifier):
        return "interim"
    if re.search(r"former|previous|ex\b|past|sometime|then", qualifier):
        return "former"
    if re.search(r"designate|elect|incoming|next", qualifier):
        return "appointed"
    if re.search(r"outgoing|departing|retiring", qualifier):
        return "departing"
    if _DEPARTING.search(near):
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


def _verbs(scene: Scene, line: Line, people: list[Mark]) -> Iterator[Candidate]:
    """ "X, who runs Y", "X chairs Y", "Y is led by X"."""
    text = scene.text
    bodies = organisations(line.marks)
    for match in _RUNS.finditer(line.text):
        start, end = line.start + match.start(), line.start + match.end()
        body = first_after(bodies, end)
        person = last_before(people, start)
        if body is None or person is None:
            continue
        if not re.match(r"^\s+(?:both\s+)?(?:the\s+)?(?:\w+\s+)?$", text[end : body.start]):
            continue
        if not re.match(
            r"^[\s,]*(?:who|and|now|also|currently|still|has|had|that)?(?:\s+\w+){0,2}\s*$", text[person.end : start]
        ):
            continue
        role = "chair" if match["chair"] else "chief executive" if match["run"] else "leader"
        status = "former" if match[0].lower() in {"chaired", "ran", "led", "headed"} else "current"
        for one in _listed(scene, line, body):
            yield Candidate(
                "HOLDS_ROLE", person.entity.id, one.entity.id, line.start, line.end,
                rule="holds_role.verb", confidence=0.7, status=status, role=role,
            )  # fmt: skip
    for person in people:
        match = _LED_BY.search(text[line.start : person.start])
        body = last_before(bodies, line.start + match.start()) if match else None
        if match and body and line.start + match.start() - body.end < 40:
            role = "chair" if match["verb"].lower() == "chaired" else "chief executive"
            yield Candidate(
                "HOLDS_ROLE", person.entity.id, body.entity.id, line.start, line.end,
                rule="holds_role.led_by", confidence=0.65, status="current", role=role,
            )  # fmt: skip


def describe(scene: Scene, line: Line, subject: str, obj: str | None) -> tuple[str | None, str | None, float | None]:
    """Status of the post that the sentence tells for the person `subject`; posts have no form or sum."""
    person = next((m for m in line.marks if m.entity.id == subject), None)
    posts = find_posts(line.text)
    if person is None or not posts:
        return "current", None, None
    post = _nearest(line, person, posts)
    return _status(line, person, line.start + post.start, line.start + post.end, post), None, None


def role_of(scene: Scene, line: Line, subject: str) -> str | None:
    """The post that the sentence, else the one before it, names nearest to the person `subject`."""
    for here in (line, *scene.before(line, reach=1)):
        posts = find_posts(here.text)
        if posts:
            person = next((m for m in here.marks if m.entity.id == subject), None)
            return (_nearest(here, person, posts) if person else posts[-1]).title
    return None


def _nearest(line: Line, person: Mark, posts: list[Post]) -> Post:
    return min(posts, key=lambda p: min(abs(line.start + p.start - person.end), abs(person.start - line.start - p.end)))
