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
from ingest.relations.base import Candidate, Trigger, first_after, group, last_before, organisations, triggers_in
from ingest.relations.post_ends import holder_of, leaving, owners_of, status_of
from ingest.relations.posts import Post, find_posts
from ingest.scene import Line, Mark, Scene, coordinated

_RUNS = re.compile(
    r"\b(?:(?P<chair>chairs|chaired|chairing)|(?P<run>runs|run|ran|has run|running)|(?P<lead>leads|led|"
    r"heads|headed|heading|leading))\b",
    re.I,
)
_RUN_BY_CHIEFS = frozenset({"trust", "icb", "ccg"})
"""Kinds of body whose leader is their chief executive; a system or a union may have another."""
_LED_BY = re.compile(r"\b(?P<verb>led|headed|run|chaired|fronted)\s+by\s+(?:[\w’'-]+\s+){0,2}$", re.I)


def find(scene: Scene) -> Iterator[Candidate]:
    """Yield a candidate for each person, body and post that a sentence puts together."""
    told: list[Candidate] = []
    for line in scene.lines:
        people = [m for m in line.marks if m.entity.kind == PERSON]
        here: list[Candidate] = []
        for post in find_posts(line.text):
            here += (
                _pairwise(scene, line, post, people)
                or _post(scene, line, post, people)
                or _definite(scene, line, post, people)
            )
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
        return []
    holder = holder_of(scene, line, start, end, people)
    if holder is None:
        return []
    person, how, sure = holder
    bodies, why, fit = owners_of(scene, line, start, end, person)
    status = status_of(line, person, start, end, post)
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
    row = coordinated(named, named[0], scene.text)
    bodies = list({m.entity.id: m for m in organisations(line.marks) if m.end <= start}.values())
    for other in scene.before(line, reach=2):
        if len(bodies) >= len(row):
            break
        bodies = list({m.entity.id: m for m in organisations(other.marks)}.values())
    if len(row) < 2 or len(bodies) != len(row):
        return []
    status = status_of(line, row[0], start, end, post)
    return [
        _tell(line, person, body, "respective", 0.75, status, post.title)
        for person, body in zip(row, bodies, strict=True)
    ]


def _definite(scene: Scene, line: Line, post: Post, people: list[Mark]) -> list[Candidate]:
    """ "John Smith gets the job. The chief executive of X …": a post with no name is the last person's."""
    start, end = line.start + post.start, line.start + post.end
    before = scene.text[max(line.start, start - 60) : start]
    if post.start > 90 or re.search(r"\b(?:a|an|no|any|every|each|another|new|next)\s+$", before, re.I):
        return []
    if any(m.mention.via != "pronoun" and abs(m.start - end) < 40 for m in people):
        return []
    bodies, why, fit = owners_of(scene, line, start, end, None)
    if why not in {"of", "possessive", "at"}:
        return []
    for other in scene.before(line, reach=2):
        named = list(
            {m.entity.id: m for m in other.marks if m.entity.kind == PERSON and m.mention.via != "pronoun"}.values()
        )
        if named:
            if len(named) > 1:
                return []
            status = status_of(line, named[0], start, end, post)
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
            yield Candidate(
                "HOLDS_ROLE",
                c.subject,
                body.entity.id,
                line.start,
                line.end,
                "holds_role.shared",
                0.6,
                status="appointed",
                role=c.role,
            )


_TAKES_OVER = re.compile(
    r"\b(?:tak(?:es|ing|en)? over from|took over from|succeed(?:s|ed|ing)?|replac(?:es|ed|ing)|follow(?:s|ed|"
    r"ing)|in place of|steps? into the shoes of|will succeed|hands? over to|handed over to|(?:was|is|"
    r"be) (?:succeeded|replaced|followed) by)\s+",
    re.I,
)


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
                status = (
                    "former" if leaves and re.search(r"ed\b|took", match[0]) else "departing" if leaves else "appointed"
                )
                latest = posts[-1]
                for c in [p for p in posts if p.role == latest.role and p.start == latest.start]:
                    yield Candidate(
                        "HOLDS_ROLE",
                        other.entity.id,
                        c.object,
                        line.start,
                        line.end,
                        "holds_role.succession",
                        0.65,
                        status=status,
                        role=c.role,
                    )
                break


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
        runs = match["run"] or body.entity.kind in _RUN_BY_CHIEFS
        role = "chair" if match["chair"] else "chief executive" if runs else "leader"
        past = match[0].lower() in {"chaired", "ran", "led", "headed"}
        status = "former" if past else leaving(line, person) or "current"
        for one in group(scene, line, body):
            yield Candidate(
                "HOLDS_ROLE", person.entity.id, one.entity.id, line.start, line.end,
                rule="holds_role.verb", confidence=0.7, status=status, role=role,
            )  # fmt: skip
    for person in people:
        led = _LED_BY.search(text[line.start : person.start])
        body = last_before(bodies, line.start + led.start()) if led else None
        if led and body and line.start + led.start() - body.end < 40:
            role = "chair" if led["verb"].lower() == "chaired" else "chief executive"
            yield Candidate(
                "HOLDS_ROLE", person.entity.id, body.entity.id, line.start, line.end,
                rule="holds_role.led_by", confidence=0.65, status="current", role=role,
            )  # fmt: skip


_OF_STATE = re.compile(r"\b(?:minister|health secretary|secretary of state|mp)\b", re.I)
_OF_PRESS = re.compile(r"\b(?:editor|reporter|correspondent|journalist|columnist|writer|presenter|publisher)\b", re.I)


def fits(role: str | None, kind: str) -> bool:
    """Whether a body of the kind can have the post: ministers are the government's, and a paper that is named because
    it has the story has editors and reporters."""
    if role and _OF_STATE.search(role):
        return kind in {"government", "political_party", "parliamentary_committee"}
    return kind != "media" or bool(role and _OF_PRESS.search(role))


def describe(scene: Scene, line: Line, subject: str, obj: str | None) -> tuple[str | None, str | None, float | None]:
    """Status of the post that the sentence tells for the person `subject`; posts have no form or sum."""
    person = next((m for m in line.marks if m.entity.id == subject), None)
    posts = find_posts(line.text)
    if person is None or not posts:
        return (leaving(line, person) if person else None) or "current", None, None
    post = _nearest(line, person, posts, obj)
    return status_of(line, person, line.start + post.start, line.start + post.end, post), None, None


def role_of(scene: Scene, line: Line, subject: str, obj: str | None = None) -> str | None:
    """The post that the sentence, else the nearest of the story with the person `subject`, names nearest to them."""
    near = sorted(scene.story(line), key=lambda other: (abs(other.index - line.index), other.index))
    for here in near:
        posts = [p for p in find_posts(here.text) if not _in_a_name(here, p)]
        person = next((m for m in here.marks if m.entity.id == subject), None)
        if posts and person is not None:
            return _nearest(here, person, posts, obj).title
        if posts and here.index == line.index:
            return posts[-1].title
    return _ON_BOARD if re.search(r"\b(?:sat|sits|sitting|seat) on\b[^.]{0,40}\bboard\b", line.text) else None


_ON_BOARD = "board member"


def _in_a_name(line: Line, post: Post) -> bool:
    """ "Association of Ambulance Chief Executives" holds no post."""
    start, end = line.start + post.start, line.start + post.end
    return any(
        m.start <= start and end <= m.end and m.entity.kind != PERSON and m.mention.via not in {"reference", "pronoun"}
        for m in line.marks
    )


def _nearest(line: Line, person: Mark, posts: list[Post], obj: str | None = None) -> Post:
    """The post that stands nearest to the person and, where the sentence names it, to the body."""
    bodies = [m for m in line.marks if m.entity.id == obj]

    def gap(post: Post, mark: Mark) -> int:
        return max(line.start + post.start - mark.end, mark.start - line.start - post.end, 0)

    return min(posts, key=lambda p: gap(p, person) + min((gap(p, body) for body in bodies), default=0))


def triggers(line: Line) -> list[Trigger]:
    """The posts in a sentence, and verbs that imply one."""
    posts = [Trigger(line.start + p.start, line.start + p.end, True) for p in find_posts(line.text)]
    return sorted([*posts, *triggers_in(line, (), [_RUNS])], key=lambda t: (t.start, -t.end))
