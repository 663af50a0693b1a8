// title: Contradictions between briefings
// question: Where do two briefings give the same fact a different status?
// tags: evidence, review
// param predicate (predicate, default ""): only this kind of fact, empty for all
// param min_confidence (float, default 0.0): leave out facts less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 50): give at most this many rows; example: 20
// column predicate (string): the kind of fact
// column from_id (id): one party
// column from_name (string): its name
// column to_id (id): the other party
// column to_name (string): its name
// column status (string): what the earlier briefing says
// column other_status (string): what the later briefing says
// column quote (string): the earlier sentence
// column briefing (string): title of the earlier briefing
// column published (date): when it was published, empty where not known
// column other_quote (string): the later sentence
// column other_briefing (string): title of the later briefing
// column other_published (date): when it was published, empty where not known
// column statement (string): the earlier statement's id, for `review`
// column other_statement (string): the later one's

MATCH (a:Organisation|Person)<-[:SUBJECT]-(s:Statement)-[:OBJECT]->(b:Organisation|Person)
WHERE (s.confidence >= $min_confidence OR s.review = 'confirmed') AND coalesce(s.review, '') <> 'rejected'
  AND s.status IS NOT NULL
  AND ($predicate = '' OR s.predicate = $predicate)
MATCH (a)<-[r:SUBJECT|OBJECT]-(t:Statement)
WHERE t.predicate = s.predicate AND t.status <> s.status
  AND coalesce(t.role, '') = coalesce(s.role, '') AND coalesce(t.form, s.form, '') = coalesce(s.form, t.form, '')
  AND (t.confidence >= $min_confidence OR t.review = 'confirmed') AND coalesce(t.review, '') <> 'rejected'
  AND coalesce(s.published, '') + s.id < coalesce(t.published, '') + t.id
MATCH (t)-[o:SUBJECT|OBJECT]->(b)
WHERE type(o) <> type(r) AND (type(r) = 'SUBJECT' OR s.predicate IN ['MERGER_TALKS', 'DISPUTE'])
MATCH (s)-[:STATED_IN]->(d:Briefing)
MATCH (t)-[:STATED_IN]->(f:Briefing)
WHERE d.id <> f.id
RETURN DISTINCT s.predicate AS predicate, a.id AS from_id, a.name AS from_name, b.id AS to_id,
       b.name AS to_name, s.status AS status, t.status AS other_status, s.quote AS quote, d.title AS briefing,
       s.published AS published, t.quote AS other_quote, f.title AS other_briefing, t.published AS other_published,
       s.id AS statement, t.id AS other_statement
ORDER BY predicate, from_name, to_name, coalesce(published, ''), statement, other_statement
LIMIT $limit
