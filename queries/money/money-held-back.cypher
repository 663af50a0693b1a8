// title: Money withheld, refused or with strings attached
// question: Which bodies have money held back, refused or given only on conditions, and by whom?
// tags: funding, pressure
// param since (date, default ""): only what was published on or after this day, empty for all; example: 2015-01-01
// param min_confidence (float, default 0.5): leave out facts less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 50): give at most this many rows; example: 20
// column from_id (id): who holds the money
// column payer (string): its name
// column to_id (id): who goes without
// column recipient (string): its name
// column status (string): withheld, refused or conditional
// column form (string): allocation, incentive, capital, loan, bailout, fine, bill or contract
// column amount (float, pounds): the sum, empty where none is told
// column quote (string): the sentence that says so
// column briefing (string): title of the briefing it stands in
// column published (date): when that briefing was published, empty where not known
// column confidence (float, 0 to 1): how sure the extraction is
// column statement (string): the statement's id, for `review`

MATCH (s:Statement {predicate: 'FUNDING'})
WHERE s.status IN ['withheld', 'refused', 'conditional'] AND coalesce(s.published, '') >= $since
  AND (s.confidence >= $min_confidence OR s.review = 'confirmed') AND coalesce(s.review, '') <> 'rejected'
WITH s
ORDER BY coalesce(s.published, '') DESC, coalesce(s.amount, -1.0) DESC, s.id
LIMIT toInteger($limit)
MATCH (a:Organisation)<-[:SUBJECT]-(s)
WITH a, s
MATCH (b:Organisation|Person)<-[:OBJECT]-(s)
WITH a, b, s
MATCH (s)-[:STATED_IN]->(d:Briefing)
RETURN a.id AS from_id, a.name AS payer, b.id AS to_id, b.name AS recipient, s.status AS status, s.form AS form,
       s.amount AS amount,
       s.quote AS quote, d.title AS briefing, s.published AS published, s.confidence AS confidence, s.id AS statement
ORDER BY coalesce(published, '') DESC, coalesce(amount, -1.0) DESC, statement
LIMIT toInteger($limit)
