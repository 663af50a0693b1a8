// title: Who criticised whom
// question: Who has criticised whom in public, and in which words?
// tags: criticism
// param since (date, default ""): only what was published on or after this day, empty for all; example: 2014-01-01
// param min_confidence (float, default 0.5): leave out facts less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 50): give at most this many rows; example: 20
// column from_id (id): the critic
// column critic (string): the critic's name
// column to_id (id): who is criticised
// column criticised (string): its name
// column quote (string): the sentence that says so
// column briefing (string): title of the briefing it stands in
// column published (date): when that briefing was published, empty where not known
// column confidence (float, 0 to 1): how sure the extraction is
// column statement (string): the statement's id, for `review`

MATCH (s:Statement {predicate: 'CRITICISED'})
WHERE (s.confidence >= $min_confidence OR s.review = 'confirmed') AND coalesce(s.review, '') <> 'rejected'
  AND coalesce(s.published, '') >= $since
WITH s
ORDER BY coalesce(s.published, '') DESC, s.id
LIMIT toInteger($limit)
MATCH (s)-[:SUBJECT]->(a:Organisation|Person)
MATCH (s)-[:OBJECT]->(b:Organisation|Person)
MATCH (s)-[:STATED_IN]->(d:Briefing)
RETURN a.id AS from_id, a.name AS critic, b.id AS to_id, b.name AS criticised,
       s.quote AS quote, d.title AS briefing, s.published AS published, s.confidence AS confidence, s.id AS statement
ORDER BY coalesce(published, '') DESC, statement
LIMIT toInteger($limit)
