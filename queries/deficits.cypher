// title: Deficits, largest first
// question: Which bodies report, plan or forecast a deficit, and how large?
// tags: finance, pressure
// param status (status of DEFICIT, default ""): only reported, forecast or planned ones, empty for all
// param since (date, default ""): only what was published on or after this day, empty for all; example: 2015-01-01
// param min_confidence (float, default 0.5): leave out facts less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 50): give at most this many rows; example: 20
// column from_id (id): the body
// column organisation (string): its name
// column kind (string): what it is, such as trust or ics
// column amount (float, pounds): the deficit, empty where no sum is told
// column status (string): reported, forecast or planned
// column quote (string): the sentence that says so
// column briefing (string): title of the briefing it stands in
// column published (date): when that briefing was published, empty where not known
// column confidence (float, 0 to 1): how sure the extraction is
// column statement (string): the statement's id, for `review`

MATCH (a:Organisation)<-[:SUBJECT]-(s:Statement {predicate: 'DEFICIT'})-[:STATED_IN]->(d:Briefing)
WHERE (s.confidence >= $min_confidence OR s.review = 'confirmed') AND coalesce(s.review, '') <> 'rejected'
  AND ($status = '' OR s.status = $status) AND coalesce(s.published, '') >= $since
RETURN a.id AS from_id, a.name AS organisation, a.kind AS kind, s.amount AS amount, s.status AS status,
       s.quote AS quote, d.title AS briefing, s.published AS published, s.confidence AS confidence, s.id AS statement
ORDER BY coalesce(s.amount, 0.0) DESC, a.name, s.id
LIMIT $limit
