// title: Disputes of one party
// question: Whom is this body or person at odds with, over what, and how did it end?
// tags: disputes
// param party (entity, required): the party; example: Ellermouth Hospitals
// param min_confidence (float, default 0.5): leave out facts less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 50): give at most this many rows; example: 20
// column from_id (id): the party asked about
// column to_id (id): the other party
// column other (string): its name
// column status (string): open or resolved
// column form (string): arbitration, contract, legal, tribunal, industrial_action, control_total, policy or other
// column amount (float, pounds): the sum in dispute, or awarded once it is over
// column quote (string): the sentence that says so
// column briefing (string): title of the briefing it stands in
// column published (date): when that briefing was published, empty where not known
// column confidence (float, 0 to 1): how sure the extraction is
// column statement (string): the statement's id, for `review`

MATCH (x:Organisation|Person {id: $party})<-[:SUBJECT|OBJECT]-(s:Statement {predicate: 'DISPUTE'})
WHERE (s.confidence >= $min_confidence OR s.review = 'confirmed') AND coalesce(s.review, '') <> 'rejected'
WITH DISTINCT s
ORDER BY coalesce(s.published, '') DESC, s.id
LIMIT toInteger($limit)
MATCH (s)-[:SUBJECT]->(a:Organisation|Person)
MATCH (s)-[:OBJECT]->(b:Organisation|Person)
MATCH (s)-[:STATED_IN]->(d:Briefing)
RETURN $party AS from_id, CASE WHEN a.id = $party THEN b.id ELSE a.id END AS to_id,
       CASE WHEN a.id = $party THEN b.name ELSE a.name END AS other,
       s.status AS status, s.form AS form, s.amount AS amount,
       s.quote AS quote, d.title AS briefing, s.published AS published, s.confidence AS confidence, s.id AS statement
ORDER BY coalesce(published, '') DESC, statement
LIMIT toInteger($limit)
