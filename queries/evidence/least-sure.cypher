// title: Facts to check first
// question: Of which facts of a kind is the extraction least sure, and nobody has looked at them?
// tags: evidence, review
// param predicate (predicate, required): the kind of fact; example: FUNDING
// param below (float, default 0.7): only facts less sure than this, 0 to 1; example: 0.9
// param min_confidence (float, default 0.5): leave out facts less sure than this, 0 to 1, which answers leave out too
// param since (date, default ""): only what was published on or after this day, empty for all; example: 2014-01-01
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
// column published (date): when that briefing was published, empty where not known
// column rule (string): what found it
// column confidence (float, 0 to 1): how sure the extraction is
// column statement (string): the statement's id, for `review`

MATCH (s:Statement {predicate: $predicate})
WHERE s.confidence < $below AND s.confidence >= $min_confidence AND s.review IS NULL
  AND coalesce(s.published, '') >= $since
WITH s
ORDER BY s.confidence, coalesce(s.published, '') DESC, s.id
LIMIT toInteger($limit)
MATCH (s)-[:STATED_IN]->(d:Briefing)
MATCH (s)-[:SUBJECT]->(a:Organisation|Person)
OPTIONAL MATCH (s)-[:OBJECT]->(b:Organisation|Person)
RETURN s.predicate AS predicate, a.id AS from_id, a.name AS from_name, b.id AS to_id,
       b.name AS to_name, s.status AS status, s.form AS form, s.amount AS amount, s.role AS role, s.rating AS rating,
       s.quote AS quote, d.title AS briefing, s.published AS published, s.rule AS rule, s.confidence AS confidence,
       s.id AS statement
ORDER BY s.confidence, coalesce(s.published, '') DESC, s.id
LIMIT toInteger($limit)
