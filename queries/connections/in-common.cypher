// title: Whom two have in common
// question: With whom are both of these two linked, and how?
// tags: connections
// param one (entity, required): one of the two; example: Ellermouth Hospitals
// param other (entity, required): the other; example: Tarnbridge General Hospital
// param min_confidence (float, default 0.5): leave out links less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 50): give at most this many rows; example: 20
// column common (string): who is linked with both; the links of one stand in a row
// column common_kind (string): what it is
// column predicate (string): the kind of link
// column from_id (id): where it starts
// column from_name (string): its name
// column to_id (id): where it ends
// column to_name (string): its name
// column status (string): newest status, if one is told
// column form (string): newest form, if one is told
// column amount (float, pounds): newest sum, if one is told
// column role (string): newest post, if one is told
// column rating (string): newest rating, if one is told
// column last_seen (date): when a briefing last spoke of it
// column quote (string): the newest sentence that tells this status; none for what only the register says
// column briefing (string): title of the briefing it stands in
// column published (date): when that briefing was published, empty where not known
// column confidence (float, 0 to 1): how sure the extraction is, over all its statements

MATCH (p:Organisation|Person {id: $one})
      -[e:MERGER_TALKS|DISPUTE|FUNDING|HOLDS_ROLE|COMMISSIONED|REGULATORY_ACTION|CRITICISED|PART_OF]-
      (x:Organisation|Person)
WHERE e.confidence >= $min_confidence
WITH collect(DISTINCT x.id) AS near
MATCH (p:Organisation|Person {id: $other})
      -[e:MERGER_TALKS|DISPUTE|FUNDING|HOLDS_ROLE|COMMISSIONED|REGULATORY_ACTION|CRITICISED|PART_OF]-
      (x:Organisation|Person)
WHERE e.confidence >= $min_confidence AND x.id IN near AND x.id <> $one AND x.id <> $other
WITH DISTINCT x
ORDER BY x.name, x.id
LIMIT toInteger($limit)
OPTIONAL MATCH (x)-[e:MERGER_TALKS|DISPUTE|FUNDING|HOLDS_ROLE|COMMISSIONED|REGULATORY_ACTION|CRITICISED|PART_OF]->
      (p:Organisation|Person)
WHERE p.id IN [$one, $other]
WITH x, collect({a: x, e: e, b: p}) AS out
OPTIONAL MATCH (x)<-[e:MERGER_TALKS|DISPUTE|FUNDING|HOLDS_ROLE|COMMISSIONED|REGULATORY_ACTION|CRITICISED|PART_OF]-
      (p:Organisation|Person)
WHERE p.id IN [$one, $other]
WITH x, out, collect({a: p, e: e, b: x}) AS come
UNWIND out + come AS link
WITH x, link.a AS a, link.e AS e, link.b AS b
WHERE a.id IS NOT NULL AND b.id IS NOT NULL AND e.confidence >= $min_confidence
WITH x, a, e, b, type(e) AS predicate
ORDER BY x.name, x.id, predicate, a.name, b.name, a.id, b.id
LIMIT toInteger($limit)
WITH x, a, e, b, predicate, predicate + '|' + a.id + '|' + b.id AS edge
OPTIONAL MATCH (s:Statement {edge: edge})
WHERE coalesce(s.review, '') <> 'rejected' AND coalesce(s.status, '') = coalesce(e.status, '')
WITH x, a, e, b, predicate, substring(max(coalesce(s.published, '0000-00-00') + s.id), 10, 80) AS newest
OPTIONAL MATCH (n:Statement {id: newest})-[:STATED_IN]->(d:Briefing)
RETURN x.name AS common, x.kind AS common_kind, predicate, a.id AS from_id, a.name AS from_name, b.id AS to_id,
       b.name AS to_name, e.status AS status, e.form AS form, e.amount AS amount, e.role AS role, e.rating AS rating,
       e.last_seen AS last_seen, n.quote AS quote, d.title AS briefing, n.published AS published,
       e.confidence AS confidence
ORDER BY x.name, x.id, predicate, a.name, b.name, a.id, b.id
LIMIT toInteger($limit)
