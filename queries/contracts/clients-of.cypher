// title: Clients of one contractor
// question: Who pays this firm, body or person for work, how often is it told and for how much?
// tags: contracts
// param contractor (entity, required): who does the work; example: Pikestaff Consulting
// param min_confidence (float, default 0.5): leave out facts less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 50): give at most this many rows; example: 20
// column from_id (id): the client
// column client (string): its name
// column to_id (id): the contractor
// column status (string): newest: planned, awarded, completed or cancelled; empty where not told
// column amount (float, pounds): the newest price told, empty where none is
// column first_seen (date): when a briefing first spoke of it
// column last_seen (date): when a briefing last spoke of it
// column statements (integer): how many statements tell of it; `contracts-of` shows them
// column quote (string): the newest sentence that tells this price
// column briefing (string): title of the briefing it stands in
// column published (date): when that briefing was published, empty where not known
// column confidence (float, 0 to 1): how sure the extraction is, over all its statements

MATCH (b:Organisation|Person {id: $contractor})<-[e:COMMISSIONED]-(a:Organisation)
WHERE e.confidence >= $min_confidence
WITH a, e, b
ORDER BY coalesce(e.last_seen, '') DESC, coalesce(e.amount, -1.0) DESC, a.id
LIMIT toInteger($limit)
WITH a, e, b, 'COMMISSIONED|' + a.id + '|' + b.id AS key
MATCH (s:Statement {edge: key})
WHERE coalesce(s.review, '') <> 'rejected' AND coalesce(s.amount, -1.0) = coalesce(e.amount, -1.0)
WITH a, e, b, substring(max(coalesce(s.published, '0000-00-00') + s.id), 10, 80) AS newest
MATCH (n:Statement {id: newest})-[:STATED_IN]->(d:Briefing)
RETURN a.id AS from_id, a.name AS client, b.id AS to_id, e.status AS status, e.amount AS amount,
       e.first_seen AS first_seen, e.last_seen AS last_seen, e.statements AS statements,
       n.quote AS quote, d.title AS briefing, n.published AS published, e.confidence AS confidence
ORDER BY coalesce(last_seen, '') DESC, coalesce(amount, -1.0) DESC, from_id
LIMIT toInteger($limit)
