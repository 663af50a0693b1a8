"""The scripts of the bundle's first folder: finding a name, and pictures, which the templates' tables do not draw."""

from __future__ import annotations

import json

from queries.scripts import Script

START = "1 Start here"

_FIND = """\
// 2 Find a body or person
// Write part of a name between the quotes and run: the last column has the line that sets it
WITH toLower({part}) AS part
MATCH (e:Organisation|Person)
WHERE toLower(e.name) CONTAINS part OR any(alias IN e.aliases WHERE toLower(alias) = part)
RETURN e.name AS name, e.kind AS kind, e.id AS id,
       ':param ' + CASE e.kind WHEN 'person' THEN 'person' ELSE 'organisation' END + ' => "' + e.id + '"' AS sets
ORDER BY name, id
LIMIT 50
"""
_AROUND = """\
// 3 Picture: one body’s links
// Every link of the body that $organisation names, and the links between those it leads to
MATCH p = (:Organisation {id: $organisation})-[r]-(:Organisation|Person)
WHERE r.confidence >= $min_confidence
RETURN p
ORDER BY r.confidence DESC, elementId(r)
LIMIT 60
"""
_TALKS = """\
// 4 Picture: mergers
// The arrows say how far it went; click one for its dates and how many briefings tell of it
MATCH p = (a:Organisation)-[r:MERGER_TALKS]->(b:Organisation)
WHERE r.confidence >= $min_confidence
RETURN p
ORDER BY r.last_seen DESC, a.id, b.id
LIMIT 60
"""
_EVIDENCE = """\
// 5 Picture: the evidence
// The statements about the body that $organisation names; click one to read its sentence
MATCH p = (:Organisation {id: $organisation})<-[:SUBJECT|OBJECT]-(s:Statement)-[:STATED_IN]->(:Briefing)
WHERE coalesce(s.review, '') <> 'rejected' AND s.confidence >= $min_confidence
RETURN p
ORDER BY s.published DESC, s.id
LIMIT 25
"""


def start_scripts(part: str) -> tuple[Script, ...]:
    """Numbered scripts, to follow the one that sets the parameters; `part` is the name looked for at first."""
    find = _FIND.format(part=json.dumps(part, ensure_ascii=False))
    texts = {"2-find": find, "3-around": _AROUND, "4-talks": _TALKS, "5-evidence": _EVIDENCE}
    return tuple(Script(START, file, text) for file, text in texts.items())
