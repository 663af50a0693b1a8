// title: Newest facts
// question: What have briefings said since a date?
// tags: evidence, news, timeline
// param since (date, required): what was published on or after this day; example: 2024-01-01
// param predicate (predicate, default ""): only this kind of fact, empty for all
// param min_confidence (float, default 0.5): leave out facts less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 50): give at most this many rows; example: 20
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
// column published (date): when that briefing was published
// column confidence (float, 0 to 1): how sure the extraction is
// column statement (string): the statement's id, for `review`

MATCH (s:Statement)
WHERE s.published >= $since AND ($predicate = '' OR s.predicate = $predicate)
  AND (s.confidence >= $min_confidence OR s.review = 'confirmed') AND coalesce(s.review, '') <> 'rejected'
WITH s
ORDER BY s.published DESC, s.id
LIMIT toInteger($limit)
MATCH (s)-[:STATED_IN]->(d:Briefing)
MATCH (s)-[:SUBJECT]->(a:Organisation|Person)
OPTIONAL MATCH (s)-[:OBJECT]->(b:Organisation|Person)
RETURN s.predicate AS predicate, a.id AS from_id, a.name AS from_name, b.id AS to_id,
       b.name AS to_name, s.status AS status, s.form AS form, s.amount AS amount, s.role AS role, s.rating AS rating,
       s.quote AS quote, d.title AS briefing, s.published AS published, s.confidence AS confidence, s.id AS statement
ORDER BY s.published DESC, d.title, d.id, s.start, s.id
LIMIT toInteger($limit)
