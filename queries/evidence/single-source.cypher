// title: Links that stand on one briefing
// question: Which links of a kind, told since a date, does no second briefing tell of?
// tags: evidence, review
// param predicate (predicate, required): the kind of link; example: MERGER_TALKS
// param since (date, required): only what was published on or after this day; example: 2014-01-01
// param min_confidence (float, default 0.5): leave out facts less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 50): give at most this many rows; example: 20
// column predicate (string): the kind of fact
// column from_id (id): its subject
// column from_name (string): the subject's name
// column to_id (id): its object, empty for a deficit
// column to_name (string): the object's name
// column statements (integer): how many sentences of that briefing tell it; the first is shown
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

// A kind of link and a first day keep this to an index.
MATCH (s:Statement)
WHERE s.predicate = $predicate AND s.published >= $since AND s.edge IS NOT NULL
  AND (s.confidence >= $min_confidence OR s.review = 'confirmed') AND coalesce(s.review, '') <> 'rejected'
WITH s.edge AS edge, min(s.published) AS first, max(s.published) AS last
WHERE first = last
// Told on one day only, as far as this looked: what else is told of the link, at any time and however sure?
MATCH (t:Statement {edge: edge})
WHERE coalesce(t.review, '') <> 'rejected'
MATCH (t)-[:STATED_IN]->(d:Briefing)
WITH edge, last, count(DISTINCT d) AS briefings, count(t) AS statements,
     min(CASE WHEN t.confidence >= $min_confidence OR t.review = 'confirmed'
              THEN toString(1000000000 + t.start) + '|' + t.id END) AS told
WHERE briefings = 1
WITH edge, last, statements, split(told, '|')[1] AS id
ORDER BY last DESC, edge
LIMIT toInteger($limit)
MATCH (s:Statement {id: id})-[:STATED_IN]->(d:Briefing)
MATCH (s)-[:SUBJECT]->(a:Organisation|Person)
OPTIONAL MATCH (s)-[:OBJECT]->(b:Organisation|Person)
RETURN s.predicate AS predicate, a.id AS from_id, a.name AS from_name, b.id AS to_id,
       b.name AS to_name, statements, s.status AS status, s.form AS form, s.amount AS amount, s.role AS role,
       s.rating AS rating, s.quote AS quote, d.title AS briefing, s.published AS published,
       s.confidence AS confidence, s.id AS statement
ORDER BY s.published DESC, from_name, to_name, statement
LIMIT toInteger($limit)
