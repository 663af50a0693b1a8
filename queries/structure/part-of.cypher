// title: What belongs to what
// question: Which bodies belong to this one, or it to them, by the briefings and by the register?
// tags: structure
// param organisation (organisation, required): the body; example: Devon Integrated Care System
// param min_confidence (float, default 0.5): leave out facts less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 50): give at most this many rows; example: 20
// column from_id (id): the part
// column part (string): its name
// column kind (string): what the part is
// column to_id (id): the whole
// column whole (string): its name
// column origin (string): text where a briefing says so, register where the register does
// column last_seen (date): when a briefing last said so, empty where only the register does
// column statements (integer): how many statements say so; `evidence` shows them
// column quote (string): the newest sentence that says so, empty where only the register does
// column briefing (string): title of the briefing it stands in
// column published (date): when that briefing was published, empty where not known
// column confidence (float, 0 to 1): how sure the extraction is, over all its statements

MATCH (o:Organisation {id: $organisation})
OPTIONAL MATCH (x:Organisation)-[:PART_OF]->(o)
WITH o, collect(x.id) AS parts
UNWIND parts + [o.id] AS id
WITH DISTINCT id
MATCH (a:Organisation {id: id})-[e:PART_OF]->(b:Organisation)
WHERE (b.id = $organisation OR a.id = $organisation) AND e.confidence >= $min_confidence
WITH a, e, b
ORDER BY b.name, a.name, a.id, b.id
LIMIT toInteger($limit)
WITH a, e, b, 'PART_OF|' + a.id + '|' + b.id AS key
OPTIONAL MATCH (s:Statement {edge: key})
WHERE coalesce(s.review, '') <> 'rejected'
WITH a, e, b, substring(max(coalesce(s.published, '0000-00-00') + s.id), 10, 80) AS newest
OPTIONAL MATCH (n:Statement {id: newest})-[:STATED_IN]->(d:Briefing)
RETURN a.id AS from_id, a.name AS part, a.kind AS kind, b.id AS to_id, b.name AS whole, e.origin AS origin,
       e.last_seen AS last_seen, e.statements AS statements,
       n.quote AS quote, d.title AS briefing, n.published AS published, e.confidence AS confidence
ORDER BY whole, part, from_id, to_id
LIMIT toInteger($limit)
