// title: Deficits, largest first
// question: Which bodies report, plan or forecast a deficit, and how large is the newest one told?
// tags: finance, pressure
// param status (status of DEFICIT, default ""): only those now reported, forecast or planned, empty for all
// param since (date, default ""): only deficits spoken of on or after this day, empty for all; example: 2015-01-01
// param min_confidence (float, default 0.5): leave out facts less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 50): give at most this many rows; example: 20
// column from_id (id): the body
// column organisation (string): its name
// column kind (string): what it is, such as trust or ics
// column amount (float, pounds): the newest sum told, empty where none is
// column status (string): newest status told: reported, forecast or planned
// column first_seen (date): when a briefing first spoke of it
// column last_seen (date): when a briefing last spoke of it
// column statements (integer): how many statements tell of it
// column quote (string): the newest sentence that tells this sum
// column briefing (string): title of the briefing it stands in
// column published (date): when that briefing was published, empty where not known
// column confidence (float, 0 to 1): how sure the extraction is, over all its statements

MATCH (a:Organisation)-[e:DEFICIT]->(:Organisation)
WHERE e.confidence >= $min_confidence AND ($status = '' OR e.status = $status) AND coalesce(e.last_seen, '') >= $since
WITH a, e
ORDER BY coalesce(e.amount, -1.0) DESC, a.id
LIMIT toInteger($limit)
// A deficit is an edge from the body to itself.
WITH a, e, 'DEFICIT|' + a.id + '|' + a.id AS key
MATCH (s:Statement {edge: key})
WHERE coalesce(s.review, '') <> 'rejected' AND coalesce(s.amount, -1.0) = coalesce(e.amount, -1.0)
WITH a, e, substring(max(coalesce(s.published, '0000-00-00') + s.id), 10, 80) AS newest
MATCH (n:Statement {id: newest})-[:STATED_IN]->(d:Briefing)
RETURN a.id AS from_id, a.name AS organisation, a.kind AS kind, e.amount AS amount, e.status AS status,
       e.first_seen AS first_seen, e.last_seen AS last_seen, e.statements AS statements,
       n.quote AS quote, d.title AS briefing, n.published AS published, e.confidence AS confidence
ORDER BY coalesce(amount, -1.0) DESC, from_id
LIMIT toInteger($limit)
