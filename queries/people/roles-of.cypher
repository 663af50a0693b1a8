// title: Posts of one person
// question: Where does this person work, where did they before, and where are they going?
// tags: people, timeline
// param person (person, required): the person; example: Gethin Strake
// param min_confidence (float, default 0.5): leave out facts less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 50): give at most this many rows; example: 20
// column from_id (id): the person
// column role (string): the post
// column status (string): current, appointed, interim, departing or former, as of the briefing
// column to_id (id): the body
// column organisation (string): its name
// column quote (string): the sentence that says so
// column briefing (string): title of the briefing it stands in
// column published (date): when that briefing was published, empty where not known
// column confidence (float, 0 to 1): how sure the extraction is
// column statement (string): the statement's id, for `review`

MATCH (a:Person {id: $person})<-[:SUBJECT]-(s:Statement {predicate: 'HOLDS_ROLE'})
WHERE (s.confidence >= $min_confidence OR s.review = 'confirmed') AND coalesce(s.review, '') <> 'rejected'
WITH a, s
ORDER BY coalesce(s.published, '') DESC, s.id
LIMIT toInteger($limit)
MATCH (s)-[:OBJECT]->(b:Organisation)
MATCH (s)-[:STATED_IN]->(d:Briefing)
RETURN a.id AS from_id, s.role AS role, s.status AS status, b.id AS to_id, b.name AS organisation,
       s.quote AS quote, d.title AS briefing, s.published AS published, s.confidence AS confidence, s.id AS statement
ORDER BY coalesce(published, '') DESC, statement
LIMIT toInteger($limit)
