// title: A body's or person's links
// question: How is this body or person linked to others, by each kind of link?
// tags: connections, overview
// param entity (entity, required): the body or person; example: NHS England
// param min_confidence (float, default 0.5): leave out links less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 50): give at most this many rows; example: 20
// column predicate (string): the kind of link
// column from_id (id): where it starts
// column from_name (string): its name
// column to_id (id): where it ends; a deficit ends where it starts
// column to_name (string): its name
// column status (string): newest status, if one is told
// column form (string): newest form, if one is told
// column amount (float, pounds): newest sum, if one is told
// column role (string): newest post, if one is told
// column rating (string): newest rating, if one is told
// column first_seen (date): when a briefing first spoke of it; for lineage, when it took effect
// column last_seen (date): when a briefing last spoke of it
// column statements (integer): how many statements speak of it; `evidence` shows them all
// column quote (string): the newest sentence that tells this status; none for what only the register says
// column briefing (string): title of the briefing it stands in
// column published (date): when that briefing was published, empty where not known
// column confidence (float, 0 to 1): how sure the extraction is, over all its statements

MATCH (o:Organisation|Person {id: $entity})
// Links that start here, then those that end here: a link from the body to itself (a deficit) comes once.
OPTIONAL MATCH (o)-[e:MERGER_TALKS|DISPUTE|FUNDING|HOLDS_ROLE|COMMISSIONED|REGULATORY_ACTION|CRITICISED|PART_OF
                    |DEFICIT|SUCCEEDED_BY]->(x:Organisation|Person)
WITH o, collect({a: o, e: e, b: x}) AS out
OPTIONAL MATCH (o)<-[e:MERGER_TALKS|DISPUTE|FUNDING|HOLDS_ROLE|COMMISSIONED|REGULATORY_ACTION|CRITICISED|PART_OF
                     |SUCCEEDED_BY]-(x:Organisation|Person)
WHERE x.id <> o.id
WITH out, collect({a: x, e: e, b: o}) AS come
UNWIND out + come AS link
WITH link.a AS a, link.e AS e, link.b AS b
WHERE a.id IS NOT NULL AND b.id IS NOT NULL AND coalesce(e.confidence, 1.0) >= $min_confidence
WITH a, e, b, type(e) AS predicate
ORDER BY predicate, coalesce(e.last_seen, '') DESC, a.name, b.name, a.id, b.id
LIMIT toInteger($limit)
WITH a, e, b, predicate, predicate + '|' + a.id + '|' + b.id AS edge
OPTIONAL MATCH (s:Statement {edge: edge})
WHERE coalesce(s.review, '') <> 'rejected' AND coalesce(s.status, '') = coalesce(e.status, '')
WITH a, e, b, predicate, substring(max(coalesce(s.published, '0000-00-00') + s.id), 10, 80) AS newest
OPTIONAL MATCH (n:Statement {id: newest})-[:STATED_IN]->(d:Briefing)
RETURN predicate, a.id AS from_id, a.name AS from_name, b.id AS to_id, b.name AS to_name,
       e.status AS status, e.form AS form, e.amount AS amount, e.role AS role, e.rating AS rating,
       coalesce(e.first_seen, e.date) AS first_seen, e.last_seen AS last_seen, coalesce(e.statements, 0) AS statements,
       n.quote AS quote, d.title AS briefing, n.published AS published, coalesce(e.confidence, 1.0) AS confidence
ORDER BY predicate, coalesce(last_seen, '') DESC, from_name, to_name, from_id, to_id
LIMIT toInteger($limit)
