// title: Newest ratings, worst first
// question: How is each body rated by the newest briefing that tells its rating?
// tags: regulation, overview
// param rating (string, default ""): only bodies now rated so, such as inadequate, empty for all
// param since (date, default ""): only ratings told on or after this day, empty for all; example: 2015-01-01
// param min_confidence (float, default 0.5): leave out facts less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 50): give at most this many rows; example: 20
// column from_id (id): who gave the rating
// column regulator (string): its name
// column to_id (id): the body rated
// column organisation (string): its name
// column kind (string): what it is, such as trust
// column rating (string): inadequate, requires improvement, good or outstanding
// column quote (string): the sentence that says so
// column briefing (string): title of the briefing it stands in
// column published (date): when that briefing was published, empty where not known
// column confidence (float, 0 to 1): how sure the extraction is
// column statement (string): the statement's id, for `review`

MATCH (s:Statement {predicate: 'REGULATORY_ACTION'})
WHERE s.rating IS NOT NULL
  AND (s.confidence >= $min_confidence OR s.review = 'confirmed') AND coalesce(s.review, '') <> 'rejected'
WITH s
MATCH (s)-[:OBJECT]->(b:Organisation)
WITH b, substring(max(coalesce(s.published, '0000-00-00') + s.id), 10, 80) AS newest
MATCH (a:Organisation)<-[:SUBJECT]-(n:Statement {id: newest})-[:STATED_IN]->(d:Briefing)
WHERE ($rating = '' OR n.rating = $rating) AND coalesce(n.published, '') >= $since
RETURN a.id AS from_id, a.name AS regulator, b.id AS to_id, b.name AS organisation, b.kind AS kind, n.rating AS rating,
       n.quote AS quote, d.title AS briefing, n.published AS published, n.confidence AS confidence, n.id AS statement
ORDER BY CASE rating WHEN 'inadequate' THEN 0 WHEN 'requires improvement' THEN 1 WHEN 'good' THEN 2 ELSE 3 END,
         coalesce(published, '') DESC, statement
LIMIT toInteger($limit)
