// title: Work that one client buys
// question: What has this body commissioned, from whom and for how much, sentence by sentence?
// tags: contracts
// param client (organisation, required): who buys; example: Ellermouth Hospitals
// param status (status of COMMISSIONED, default ""): only work of this status, such as awarded, empty for all
// param min_confidence (float, default 0.5): leave out facts less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 50): give at most this many rows; example: 20
// column from_id (id): the client
// column to_id (id): the contractor
// column contractor (string): its name
// column kind (string): what the contractor is, such as supplier
// column status (string): planned, awarded, completed or cancelled; empty where not told
// column amount (float, pounds): the price, empty where none is told
// column quote (string): the sentence that says so
// column briefing (string): title of the briefing it stands in
// column published (date): when that briefing was published, empty where not known
// column confidence (float, 0 to 1): how sure the extraction is
// column statement (string): the statement's id, for `review`

MATCH (a:Organisation {id: $client})-[:COMMISSIONED]->(b:Organisation|Person)
WITH a, b, 'COMMISSIONED|' + a.id + '|' + b.id AS key
MATCH (s:Statement {edge: key})
WHERE (s.confidence >= $min_confidence OR s.review = 'confirmed') AND coalesce(s.review, '') <> 'rejected'
  AND ($status = '' OR s.status = $status)
WITH a, b, s
ORDER BY coalesce(s.published, '') DESC, coalesce(s.amount, -1.0) DESC, s.id
LIMIT toInteger($limit)
MATCH (s)-[:STATED_IN]->(d:Briefing)
RETURN a.id AS from_id, b.id AS to_id, b.name AS contractor, b.kind AS kind, s.status AS status, s.amount AS amount,
       s.quote AS quote, d.title AS briefing, s.published AS published, s.confidence AS confidence, s.id AS statement
ORDER BY coalesce(published, '') DESC, coalesce(amount, -1.0) DESC, statement
LIMIT toInteger($limit)
