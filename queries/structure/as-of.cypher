// title: An organisation as of a day
// question: What had been told of this body and of its predecessors by this day?
// tags: structure, lineage, timeline
// param organisation (organisation, required): the body; example: Tarnbridge General Hospital
// param date (date, required): the day; what was published later or without a date is left out; example: 2024-12-31
// param min_confidence (float, default 0.5): leave out facts less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 50): give at most this many rows; example: 20
// column told_of (string): whose link it is, the body's own or a predecessor's
// column predicate (string): the kind of link
// column from_id (id): where it starts
// column organisation (string): its name
// column to_id (id): where it ends; a deficit ends where it starts
// column other (string): its name
// column status (string): newest status told by that day, empty where none is
// column form (string): form told with it
// column amount (float, pounds): sum told with it
// column role (string): post told with it
// column rating (string): rating told with it
// column first_seen (date): when a briefing first spoke of it
// column last_seen (date): when a briefing last spoke of it by that day
// column statements (integer): how many statements told of it by that day
// column quote (string): the newest sentence by that day that tells a status, else the newest
// column briefing (string): title of the briefing it stands in
// column published (date): when that briefing was published, empty where not known
// column confidence (float, 0 to 1): how sure the extraction is
// column statement (string): the statement's id, for `review`

MATCH (o:Organisation {id: $organisation})
MATCH (x:Organisation)-[:SUCCEEDED_BY*0..8]->(o)
WITH DISTINCT x
MATCH (x)<-[:SUBJECT|OBJECT]-(s:Statement)
WHERE s.published <= $date AND s.edge IS NOT NULL
  AND (s.confidence >= $min_confidence OR s.review = 'confirmed') AND coalesce(s.review, '') <> 'rejected'
// The body's own name comes before its predecessors', a sentence with a status before one without, then the newest.
WITH s.edge AS link, min(CASE WHEN x.id = $organisation THEN '0' ELSE '1' END + x.name) AS name,
     max(CASE WHEN s.status IS NULL THEN '0' ELSE '1' END + s.published + s.id) AS top,
     min(s.published) AS first_seen, max(s.published) AS last_seen, count(DISTINCT s.id) AS statements
ORDER BY last_seen DESC, link
LIMIT toInteger($limit)
WITH substring(name, 1, 500) AS told_of, substring(top, 11, 80) AS newest, first_seen, last_seen, statements,
     split(link, '|')[0] AS predicate, split(link, '|')[1] AS from_id, split(link, '|')[2] AS to_id
MATCH (a:Organisation|Person {id: from_id})
WITH told_of, newest, first_seen, last_seen, statements, predicate, a, to_id
MATCH (b:Organisation|Person {id: to_id})
WITH told_of, newest, first_seen, last_seen, statements, predicate, a, b
MATCH (n:Statement {id: newest})-[:STATED_IN]->(d:Briefing)
RETURN told_of, predicate, a.id AS from_id, a.name AS organisation, b.id AS to_id,
       b.name AS other, n.status AS status, n.form AS form, n.amount AS amount, n.role AS role,
       n.rating AS rating, first_seen, last_seen, statements,
       n.quote AS quote, d.title AS briefing, n.published AS published, n.confidence AS confidence, n.id AS statement
ORDER BY last_seen DESC, predicate, from_id, to_id
LIMIT toInteger($limit)
