// title: Disputes by region
// question: In which regions are the parties to most disputes, how many are open, and over how much money?
// tags: disputes, money, overview
// param form (form of DISPUTE, default ""): only this form, such as arbitration, empty for all
// param since (date, default ""): only disputes spoken of on or after this day, empty for all; example: 2014-01-01
// param min_confidence (float, default 0.5): leave out links less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 50): give at most this many rows; example: 20
// column region (string): the region of a party; 'not known' where neither party's is, as of national bodies
// column disputes (integer): how many pairs of parties, of whom at least one is of the region
// column open (integer): how many of these are open, or nothing is told of their end
// column resolved (integer): how many are resolved
// column with_sum (integer): of how many a sum is told
// column total (float, pounds): their newest sums added up, one for each pair; empty where no sum is told
// column largest (float, pounds): the largest of these sums
// column statements (integer): how many statements speak of them
// column first_seen (date): when a briefing first spoke of one
// column last_seen (date): when a briefing last spoke of one
// column from_id (id): one party of the dispute told of last
// column party (string): its name
// column to_id (id): its other party
// column other (string): its name
// column quote (string): the newest sentence about that dispute
// column briefing (string): title of the briefing it stands in
// column published (date): when that briefing was published, empty where not known

// A dispute between parties of two regions counts in both, so the rows must not be added up.
// Each dispute with its sentence is in disputes-open, which takes a region.
MATCH (a:Organisation|Person)-[e:DISPUTE]->(b:Organisation|Person)
WHERE e.confidence >= $min_confidence AND ($form = '' OR e.form = $form) AND coalesce(e.last_seen, '') >= $since
WITH e, a.id + '|' + b.id AS pair,
     [coalesce(a.region, b.region), coalesce(b.region, a.region)] AS regions
UNWIND regions AS place
WITH DISTINCT e, pair, place
WITH coalesce(place, 'not known') AS region, count(*) AS disputes,
     sum(CASE WHEN coalesce(e.status, 'open') = 'open' THEN 1 ELSE 0 END) AS open,
     sum(CASE WHEN e.status = 'resolved' THEN 1 ELSE 0 END) AS resolved,
     count(e.amount) AS with_sum, sum(e.amount) AS total, max(e.amount) AS largest,
     sum(e.statements) AS statements, min(e.first_seen) AS first_seen, max(e.last_seen) AS last_seen,
     max(coalesce(e.last_seen, '0000-00-00') + 'DISPUTE|' + pair) AS example
ORDER BY disputes DESC, region
LIMIT toInteger($limit)
WITH region, disputes, open, resolved, with_sum, total, largest, statements, first_seen, last_seen, example,
     substring(example, 10) AS link
MATCH (s:Statement {edge: link})
WHERE coalesce(s.review, '') <> 'rejected'
WITH region, disputes, open, resolved, with_sum, total, largest, statements, first_seen, last_seen, example,
     max(coalesce(s.published, '0000-00-00') + s.id) AS newest
MATCH (n:Statement {id: substring(newest, 10, 80)})-[:STATED_IN]->(d:Briefing)
WITH region, disputes, open, resolved, with_sum, total, largest, statements, first_seen, last_seen, n, d,
     split(example, '|') AS parts
MATCH (x:Organisation|Person {id: parts[1]})
WITH region, disputes, open, resolved, with_sum, total, largest, statements, first_seen, last_seen, n, d, parts, x
MATCH (y:Organisation|Person {id: parts[2]})
RETURN region, disputes, open, resolved, with_sum, CASE WHEN with_sum > 0 THEN total END AS total, largest,
       statements, first_seen, last_seen, x.id AS from_id, x.name AS party, y.id AS to_id, y.name AS other,
       n.quote AS quote, d.title AS briefing, n.published AS published
ORDER BY disputes DESC, region
LIMIT toInteger($limit)
