// title: Funding flows, largest first
// question: Between whom does money move, and how much have the briefings told of altogether?
// tags: funding
// param min_amount (float, default 0.0): only flows whose sums add up to this or more, in pounds; example: 1000000
// param min_confidence (float, default 0.5): leave out facts less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 50): give at most this many rows; example: 20
// column from_id (id): the payer
// column payer (string): its name
// column to_id (id): the recipient
// column recipient (string): its name
// column status (string): proposed, conditional, confirmed, paid, withheld or refused; a flow has a row for each
// column total (float, pounds): the sums told, added up; one sum told twice counts twice
// column largest (float, pounds): the largest single sum told
// column statements (integer): how many statements tell of it
// column first_seen (date): when a briefing first spoke of it
// column last_seen (date): when a briefing last spoke of it

MATCH (a:Organisation)<-[:SUBJECT]-(s:Statement {predicate: 'FUNDING'})-[:OBJECT]->(b:Organisation|Person)
WHERE (s.confidence >= $min_confidence OR s.review = 'confirmed') AND coalesce(s.review, '') <> 'rejected'
WITH a.id AS from_id, a.name AS payer, b.id AS to_id, b.name AS recipient, s.status AS status,
     sum(coalesce(s.amount, 0.0)) AS total, max(s.amount) AS largest, count(s) AS statements,
     min(s.published) AS first_seen, max(s.published) AS last_seen
WHERE total >= $min_amount
RETURN from_id, payer, to_id, recipient, status, total, largest, statements, first_seen, last_seen
ORDER BY total DESC, payer, recipient, coalesce(status, ''), from_id, to_id
LIMIT $limit
