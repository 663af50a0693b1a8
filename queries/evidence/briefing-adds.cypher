// title: What a briefing added
// question: Which links did this briefing tell first, and which known links did it give a new status?
// tags: evidence, briefings, news
// param briefing (briefing, required): the briefing's id, title or file name; example: 2024-09-17-ward-round.txt
// param min_confidence (float, default 0.5): leave out facts less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 50): give at most this many rows; example: 20
// column adds (string): link where no older briefing tells of it, status where none gives it this status
// column start (integer, characters): where the quote starts in the briefing's text
// column predicate (string): the kind of fact
// column from_id (id): its subject
// column from_name (string): the subject's name
// column to_id (id): its object, empty for a deficit
// column to_name (string): the object's name
// column status (string): as the briefing puts it, if it does
// column form (string): as the briefing puts it, if it does
// column amount (float, pounds): the sum told, if any
// column role (string): the post told, if any
// column rating (string): the rating told, if any
// column quote (string): the sentence that says so
// column briefing (string): title of the briefing it stands in
// column published (date): when that briefing was published, empty where not known
// column confidence (float, 0 to 1): how sure the extraction is
// column statement (string): the statement's id, for `review`

MATCH (d:Briefing {id: $briefing})<-[:STATED_IN]-(s:Statement)
WHERE s.edge IS NOT NULL
  AND (s.confidence >= $min_confidence OR s.review = 'confirmed') AND coalesce(s.review, '') <> 'rejected'
WITH d, s, s.edge AS edge, coalesce(s.published, '') AS day
// Briefings of the same day did not know each other; one without a date counts as older than all that have one.
OPTIONAL MATCH (t:Statement {edge: edge})
WHERE coalesce(t.published, '') < day
  AND (t.confidence >= $min_confidence OR t.review = 'confirmed') AND coalesce(t.review, '') <> 'rejected'
WITH d, s, count(t) AS older, sum(CASE WHEN t.status = s.status THEN 1 ELSE 0 END) AS alike
WHERE older = 0 OR (s.status IS NOT NULL AND alike = 0)
WITH d, s, CASE WHEN older = 0 THEN 'link' ELSE 'status' END AS adds
ORDER BY s.start, s.predicate, s.id
LIMIT toInteger($limit)
MATCH (s)-[:SUBJECT]->(a:Organisation|Person)
OPTIONAL MATCH (s)-[:OBJECT]->(b:Organisation|Person)
RETURN adds, s.start AS start, s.predicate AS predicate, a.id AS from_id, a.name AS from_name, b.id AS to_id,
       b.name AS to_name, s.status AS status, s.form AS form, s.amount AS amount, s.role AS role, s.rating AS rating,
       s.quote AS quote, d.title AS briefing, s.published AS published, s.confidence AS confidence, s.id AS statement
ORDER BY s.start, s.predicate, s.id
LIMIT toInteger($limit)
