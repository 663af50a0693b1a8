// title: Funding flows, largest first
// question: Who pays, offers or denies money to whom, and what is the newest sum told of each pair?
// tags: funding, overview
// param status (status of FUNDING, default ""): only money of this status, such as paid, empty for all
// param min_amount (float, default 0.0): only newest sums of this or more, in pounds; example: 1000000
// param since (date, default ""): only flows spoken of on or after this day, empty for all; example: 2015-01-01
// param min_confidence (float, default 0.5): leave out facts less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 50): give at most this many rows; example: 20
// column from_id (id): the payer
// column payer (string): its name
// column to_id (id): the recipient
// column recipient (string): its name
// column amount (float, pounds): the newest sum told of the pair, empty where none is; one told twice counts once
// column status (string): newest: proposed, conditional, confirmed, paid, withheld or refused
// column form (string): allocation, incentive, capital, loan, bailout, fine, bill or contract
// column first_seen (date): when a briefing first spoke of it
// column last_seen (date): when a briefing last spoke of it
// column statements (integer): how many statements tell of it; `evidence` shows them
// column quote (string): the newest sentence that tells this sum
// column briefing (string): title of the briefing it stands in
// column published (date): when that briefing was published, empty where not known
// column confidence (float, 0 to 1): how sure the extraction is, over all its statements

MATCH (a:Organisation)-[e:FUNDING]->(b:Organisation|Person)
WHERE e.confidence >= $min_confidence AND coalesce(e.amount, 0.0) >= $min_amount
  AND ($status = '' OR e.status = $status) AND coalesce(e.last_seen, '') >= $since
WITH a, e, b
ORDER BY coalesce(e.amount, -1.0) DESC, a.id, b.id
LIMIT toInteger($limit)
WITH a, e, b, 'FUNDING|' + a.id + '|' + b.id AS key
MATCH (s:Statement {edge: key})
WHERE coalesce(s.review, '') <> 'rejected' AND coalesce(s.amount, -1.0) = coalesce(e.amount, -1.0)
WITH a, e, b, substring(max(coalesce(s.published, '0000-00-00') + s.id), 10, 80) AS newest
MATCH (n:Statement {id: newest})-[:STATED_IN]->(d:Briefing)
RETURN a.id AS from_id, a.name AS payer, b.id AS to_id, b.name AS recipient, e.amount AS amount, e.status AS status,
       e.form AS form, e.first_seen AS first_seen, e.last_seen AS last_seen, e.statements AS statements,
       n.quote AS quote, d.title AS briefing, n.published AS published, e.confidence AS confidence
ORDER BY coalesce(amount, -1.0) DESC, from_id, to_id
LIMIT toInteger($limit)
