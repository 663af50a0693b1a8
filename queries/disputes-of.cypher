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

MATCH (a:Organisation|Person {id: $party})<-[r:SUBJECT|OBJECT]-(s:Statement {predicate: 'DISPUTE'})
WHERE (s.confidence >= $min_confidence OR s.review = 'confirmed') AND coalesce(s.review, '') <> 'rejected'
MATCH (s)-[o:SUBJECT|OBJECT]->(b:Organisation|Person)
WHERE type(o) <> type(r)
MATCH (s)-[:STATED_IN]->(d:Briefing)
RETURN DISTINCT a.id AS from_id, b.id AS to_id, b.name AS other, s.status AS status, s.form AS form, s.amount AS amount,
       s.quote AS quote, d.title AS briefing, s.published AS published, s.confidence AS confidence, s.id AS statement
ORDER BY coalesce(published, '') DESC, other, to_id, statement
LIMIT $limit
