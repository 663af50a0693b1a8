// title: Contractors by number of clients
// question: Which firms, bodies and people work for most clients, and for how much altogether?
// tags: contracts, overview
// param kind (kind, default ""): only contractors of this kind, such as supplier, empty for all
// param since (date, default ""): only work spoken of on or after this day, empty for all; example: 2015-01-01
// param min_confidence (float, default 0.5): leave out facts less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 50): give at most this many rows; example: 20
// column from_id (id): the contractor
// column contractor (string): its name
// column kind (string): what it is, such as supplier
// column clients (integer): how many clients it works for; work called off does not count in any column
// column total (float, pounds): the newest price told of each client, added up
// column largest (float, pounds): the largest of these prices, empty where none is told
// column statements (integer): how many statements tell of it; `clients-of` shows the newest sentences
// column first_seen (date): when a briefing first spoke of it
// column last_seen (date): when a briefing last spoke of it

MATCH (a:Organisation)-[e:COMMISSIONED]->(b:Organisation|Person)
WHERE e.confidence >= $min_confidence AND coalesce(e.status, '') <> 'cancelled' AND coalesce(e.last_seen, '') >= $since
  AND ($kind = '' OR b.kind = $kind)
RETURN b.id AS from_id, b.name AS contractor, b.kind AS kind, count(DISTINCT a.id) AS clients,
       round(sum(coalesce(e.amount, 0.0)), 2) AS total, max(e.amount) AS largest, sum(e.statements) AS statements,
       min(e.first_seen) AS first_seen, max(e.last_seen) AS last_seen
ORDER BY clients DESC, total DESC, from_id
LIMIT toInteger($limit)
