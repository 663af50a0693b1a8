// title: Open disputes
// question: Who is in open conflict with whom, over what and how much?
// tags: disputes
// param form (form of DISPUTE, default ""): only this form, such as legal, empty for all
// param minimum (float, default 0): only sums in dispute of at least so many pounds; 0 for all, sum told or not
// param region (string, default ""): only where a party is of this region, empty for all; example: North West
// param min_confidence (float, default 0.5): leave out links less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 50): give at most this many rows; example: 20
// column from_id (id): one party
// column party (string): its name
// column to_id (id): the other party
// column other (string): its name
// column form (string): arbitration, contract, legal, tribunal, industrial_action, control_total, policy or other
// column amount (float, pounds): the sum in dispute, empty where none is told
// column region (string): the region of a party; both, with a slash between, where they differ; empty where not known
// column first_seen (date): when a briefing first spoke of it
// column last_seen (date): when a briefing last spoke of it
// column statements (integer): how many statements speak of it
// column quote (string): the newest sentence that tells this status
// column briefing (string): title of the briefing it stands in
// column published (date): when that briefing was published, empty where not known
// column confidence (float, 0 to 1): how sure the extraction is, over all its statements

MATCH (a:Organisation|Person)-[e:DISPUTE]->(b:Organisation|Person)
WHERE e.confidence >= $min_confidence
  // Disputes of which no end is told count as open.
  AND coalesce(e.status, 'open') = 'open' AND ($form = '' OR e.form = $form)
  AND ($minimum = 0.0 OR e.amount >= $minimum)
  AND ($region = '' OR toLower($region) IN [toLower(coalesce(a.region, '')), toLower(coalesce(b.region, ''))])
WITH a, e, b
ORDER BY coalesce(e.last_seen, '') DESC, a.name, b.name, a.id, b.id
LIMIT toInteger($limit)
WITH a, e, b, 'DISPUTE|' + a.id + '|' + b.id AS link
MATCH (s:Statement {edge: link})
WHERE coalesce(s.review, '') <> 'rejected' AND coalesce(s.status, '') = coalesce(e.status, '')
WITH a, e, b, substring(max(coalesce(s.published, '0000-00-00') + s.id), 10, 80) AS newest
MATCH (n:Statement {id: newest})-[:STATED_IN]->(d:Briefing)
RETURN a.id AS from_id, a.name AS party, b.id AS to_id, b.name AS other, e.form AS form, e.amount AS amount,
       CASE WHEN a.region <> b.region THEN a.region + ' / ' + b.region ELSE coalesce(a.region, b.region) END AS region,
       e.first_seen AS first_seen, e.last_seen AS last_seen, e.statements AS statements,
       n.quote AS quote, d.title AS briefing, n.published AS published, e.confidence AS confidence
ORDER BY coalesce(last_seen, '') DESC, party, other, from_id, to_id
LIMIT toInteger($limit)
