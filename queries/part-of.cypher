// title: What belongs to what
// question: Which bodies belong to this one, or it to them, by the briefings and by the register?
// tags: structure
// param organisation (organisation, required): the body; example: Devon Integrated Care System
// param limit (integer, default 50): give at most this many rows; example: 20
// column from_id (id): the part
// column part (string): its name
// column kind (string): what the part is
// column to_id (id): the whole
// column whole (string): its name
// column origin (string): text where a briefing says so, register where the register does
// column last_seen (date): when a briefing last said so
// column statements (integer): how many statements say so; `evidence` shows them

MATCH (a:Organisation)-[e:PART_OF]->(b:Organisation)
WHERE a.id = $organisation OR b.id = $organisation
RETURN a.id AS from_id, a.name AS part, a.kind AS kind, b.id AS to_id, b.name AS whole,
       coalesce(e.origin, 'text') AS origin, e.last_seen AS last_seen, coalesce(e.statements, 0) AS statements
ORDER BY whole, part, from_id, to_id
LIMIT $limit
