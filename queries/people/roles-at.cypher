// title: Who holds roles at an organisation
// question: Who runs this body or works there, who used to, and who is to come?
// tags: people
// param organisation (organisation, required): the body; example: NHS England
// param status (status of HOLDS_ROLE, default ""): only posts of this status, such as current, empty for all
// param min_confidence (float, default 0.5): leave out facts less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 50): give at most this many rows; example: 20
// column from_id (id): the person
// column person (string): the person's name
// column to_id (id): the body
// column role (string): the post
// column status (string): current, appointed, interim, departing or former, as of the briefing
// column quote (string): the sentence that says so
// column briefing (string): title of the briefing it stands in
// column published (date): when that briefing was published, empty where not known
// column confidence (float, 0 to 1): how sure the extraction is
// column statement (string): the statement's id, for `review`

MATCH (b:Organisation {id: $organisation})<-[:OBJECT]-(s:Statement {predicate: 'HOLDS_ROLE'})
WHERE (s.confidence >= $min_confidence OR s.review = 'confirmed') AND coalesce(s.review, '') <> 'rejected'
  AND ($status = '' OR s.status = $status)
WITH b, s
ORDER BY coalesce(s.published, '') DESC, s.id
LIMIT toInteger($limit)
MATCH (s)-[:SUBJECT]->(a:Person)
MATCH (s)-[:STATED_IN]->(d:Briefing)
RETURN a.id AS from_id, a.name AS person, b.id AS to_id, s.role AS role, s.status AS status,
       s.quote AS quote, d.title AS briefing, s.published AS published, s.confidence AS confidence, s.id AS statement
ORDER BY coalesce(published, '') DESC, statement
LIMIT toInteger($limit)
