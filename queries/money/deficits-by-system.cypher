// title: Deficits by system
// question: In which systems do the deficits of the members add up to most?
// tags: finance, pressure, overview
// param since (date, default ""): only deficits spoken of on or after this day, empty for all; example: 2015-01-01
// param min_confidence (float, default 0.5): leave out facts less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 50): give at most this many rows; example: 20
// column from_id (id): the system
// column system (string): its name
// column bodies (integer): how many of its members have a deficit; boards and bodies since closed are among them
// column total (float, pounds): the newest sum of each member, added up
// column largest (float, pounds): the largest of these sums, empty where none is told
// column own (float, pounds): the newest sum told of the system itself, not in the total; empty where none is
// column statements (integer): how many statements tell of all these; `deficits` shows the newest ones
// column first_seen (date): when a briefing first spoke of one of them
// column last_seen (date): when a briefing last spoke of one of them

MATCH (m:Organisation)-[e:DEFICIT]->(:Organisation)
WHERE e.confidence >= $min_confidence AND coalesce(e.last_seen, '') >= $since
OPTIONAL MATCH (m)-[p:PART_OF]->(w:Organisation {kind: 'ics'})
WHERE p.confidence >= $min_confidence
WITH m.id AS body, e, collect(w.id) AS wholes
// Each deficit counts for the systems that its body belongs to, and for the body where that is a system itself.
UNWIND wholes + [body] AS id
WITH DISTINCT body, e, id
MATCH (y:Organisation {id: id})
WHERE y.kind = 'ics'
RETURN y.id AS from_id, y.name AS system, sum(CASE WHEN y.id = body THEN 0 ELSE 1 END) AS bodies,
       round(sum(CASE WHEN y.id = body THEN 0.0 ELSE coalesce(e.amount, 0.0) END), 2) AS total,
       max(CASE WHEN y.id <> body THEN e.amount END) AS largest, max(CASE WHEN y.id = body THEN e.amount END) AS own,
       sum(e.statements) AS statements, min(e.first_seen) AS first_seen, max(e.last_seen) AS last_seen
ORDER BY total DESC, coalesce(own, -1.0) DESC, from_id
LIMIT toInteger($limit)
