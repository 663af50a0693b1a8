// title: Systems by members under action
// question: Which systems have most bodies in special measures, under enforcement or restriction, or rated poorly?
// tags: regulation, pressure, overview
// param since (date, default ""): only action spoken of on or after this day, empty for all; example: 2015-01-01
// param min_confidence (float, default 0.5): leave out facts less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 50): give at most this many rows; example: 20
// column from_id (id): the system
// column system (string): its name
// column bodies (integer): how many are under any of these, by the newest that each regulator is told to have done
// column special_measures (integer): how many are in special measures
// column enforcement (integer): how many are under enforcement
// column restriction (integer): how many are under restriction
// column rated_poorly (integer): how many are rated inadequate or requires improvement
// column statements (integer): how many statements tell of it; `regulation-by-system` shows them
// column first_seen (date): when a briefing first spoke of this action
// column last_seen (date): when a briefing last spoke of it

MATCH (:Organisation)-[e:REGULATORY_ACTION]->(b:Organisation)
WHERE e.confidence >= $min_confidence AND coalesce(e.last_seen, '') >= $since
  AND (e.form IN ['special_measures', 'enforcement', 'restriction']
       OR e.rating IN ['inadequate', 'requires improvement'])
WITH b, max(CASE WHEN e.form = 'special_measures' THEN 1 ELSE 0 END) AS special,
     max(CASE WHEN e.form = 'enforcement' THEN 1 ELSE 0 END) AS enforced,
     max(CASE WHEN e.form = 'restriction' THEN 1 ELSE 0 END) AS restricted,
     max(CASE WHEN e.rating IN ['inadequate', 'requires improvement'] THEN 1 ELSE 0 END) AS poor,
     sum(e.statements) AS told, min(e.first_seen) AS first, max(e.last_seen) AS last
OPTIONAL MATCH (b)-[p:PART_OF]->(w:Organisation {kind: 'ics'})
WHERE p.confidence >= $min_confidence
WITH b.id AS body, special, enforced, restricted, poor, told, first, last, collect(w.id) AS wholes
// A body counts for the systems that it belongs to; a system that is acted against counts as a body of its own.
UNWIND wholes + [body] AS id
WITH DISTINCT body, special, enforced, restricted, poor, told, first, last, id
MATCH (y:Organisation {id: id})
WHERE y.kind = 'ics'
RETURN y.id AS from_id, y.name AS system, count(body) AS bodies, sum(special) AS special_measures,
       sum(enforced) AS enforcement, sum(restricted) AS restriction, sum(poor) AS rated_poorly,
       sum(told) AS statements, min(first) AS first_seen, max(last) AS last_seen
ORDER BY bodies DESC, statements DESC, from_id
LIMIT toInteger($limit)
