// title: Criticism by and of one party
// question: Whom has this body or person criticised, who has criticised it, and in which words?
// tags: criticism
// param party (entity, required): the party; example: Ellermouth Hospitals
// param min_confidence (float, default 0.5): leave out facts less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 50): give at most this many rows; example: 20
// column direction (string): of, where the party is criticised; by, where it criticises another
// column from_id (id): the critic
// column critic (string): the critic's name
// column to_id (id): who is criticised
// column criticised (string): its name
// column quote (string): the sentence that says so
// column briefing (string): title of the briefing it stands in
// column published (date): when that briefing was published, empty where not known
// column confidence (float, 0 to 1): how sure the extraction is
// column statement (string): the statement's id, for `review`

MATCH (x:Organisation|Person {id: $party})<-[:SUBJECT|OBJECT]-(s:Statement {predicate: 'CRITICISED'})
WHERE (s.confidence >= $min_confidence OR s.review = 'confirmed') AND coalesce(s.review, '') <> 'rejected'
// Where a party criticises itself both ends are the party: one row, not two.
WITH DISTINCT s
ORDER BY coalesce(s.published, '') DESC, s.id
LIMIT toInteger($limit)
MATCH (s)-[:SUBJECT]->(a:Organisation|Person)
MATCH (s)-[:OBJECT]->(b:Organisation|Person)
MATCH (s)-[:STATED_IN]->(d:Briefing)
RETURN CASE WHEN b.id = $party THEN 'of' ELSE 'by' END AS direction,
       a.id AS from_id, a.name AS critic, b.id AS to_id, b.name AS criticised,
       s.quote AS quote, d.title AS briefing, s.published AS published, s.confidence AS confidence, s.id AS statement
ORDER BY coalesce(published, '') DESC, statement
LIMIT toInteger($limit)
