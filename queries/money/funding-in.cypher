// title: Money to one recipient
// question: Who pays, offers or denies money to this body or person, and how much, sentence by sentence?
// tags: funding
// param recipient (entity, required): who gets the money; example: Ellermouth Hospitals
// param status (status of FUNDING, default ""): only money of this status, such as confirmed, empty for all
// param min_confidence (float, default 0.5): leave out facts less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 50): give at most this many rows; example: 20
// column from_id (id): the payer
// column payer (string): its name
// column to_id (id): the recipient
// column status (string): proposed, conditional, confirmed, paid, withheld or refused; empty where not told
// column form (string): allocation, incentive, capital, loan, bailout, fine, bill or contract
// column amount (float, pounds): the sum, empty where none is told
// column quote (string): the sentence that says so
// column briefing (string): title of the briefing it stands in
// column published (date): when that briefing was published, empty where not known
// column confidence (float, 0 to 1): how sure the extraction is
// column statement (string): the statement's id, for `review`

MATCH (b:Organisation|Person {id: $recipient})<-[:OBJECT]-(s:Statement {predicate: 'FUNDING'})
WHERE (s.confidence >= $min_confidence OR s.review = 'confirmed') AND coalesce(s.review, '') <> 'rejected'
  AND ($status = '' OR s.status = $status)
WITH b, s
ORDER BY coalesce(s.amount, -1.0) DESC, coalesce(s.published, '') DESC, s.id
LIMIT toInteger($limit)
MATCH (a:Organisation)<-[:SUBJECT]-(s)
WITH a, b, s
MATCH (s)-[:STATED_IN]->(d:Briefing)
RETURN a.id AS from_id, a.name AS payer, b.id AS to_id, s.status AS status, s.form AS form, s.amount AS amount,
       s.quote AS quote, d.title AS briefing, s.published AS published, s.confidence AS confidence, s.id AS statement
ORDER BY coalesce(amount, -1.0) DESC, coalesce(published, '') DESC, statement
LIMIT toInteger($limit)
